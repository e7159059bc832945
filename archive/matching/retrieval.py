"""Retrieval: what the matcher asks the archive for one claim."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive.domain.accounts import bare_handle
from archive.domain.claims import Claim
from archive.domain.directory import Directory
from archive.domain.ids import AccountId, OfficeId, PersonId
from archive.domain.statements import CandidateQuery
from archive.matching.passages import ELLIPSIS, LONGEST_QUOTATION
from archive.text.names import same_person_name
from archive.text.shingles import word_hashes

LATEST_AFTER_PUBLICATION = timedelta(days=2)
"""Articles are dated by their own clock: 10 of 290 real ones stand a day before their post's UTC date."""
_LONGEST_QUERY = 1_200


def candidate_query(claim: Claim, *, directory: Directory) -> CandidateQuery:
    """The words of each piece between ellipses, the credited speaker's accounts, the last instant that counts, and the
    post the article embeds or links, if it does."""
    people, offices = _credited(claim, directory)
    return CandidateQuery(
        hashes=_pieces(claim.quotation.content[:LONGEST_QUOTATION]),
        accounts=_accounts(claim, directory, people=people, offices=offices),
        people=people,
        offices=offices,
        before=_last_instant(claim),
        native_ids=(claim.embed.native_id,) if claim.embed is not None and claim.embed.native_id is not None else (),
    )


def _pieces(content: str) -> tuple[tuple[int, ...], ...]:
    pieces = (word_hashes(piece)[:_LONGEST_QUERY] for piece in ELLIPSIS.split(content))
    return tuple(piece for piece in pieces if piece)


def _credited(claim: Claim, directory: Directory) -> tuple[tuple[PersonId, ...], tuple[OfficeId, ...]]:
    attribution = claim.attribution
    names = [name for name in (attribution.speaker_name, attribution.relayed_by, attribution.office) if name]
    people = tuple(p.id for p in directory.people if any(same_person_name(n, form) for n in names for form in p.names))
    offices = tuple(
        o.id for o in directory.offices if any(same_person_name(n, title) for n in names for title in o.titles)
    )
    return people, offices


def _accounts(
    claim: Claim, directory: Directory, *, people: tuple[PersonId, ...], offices: tuple[OfficeId, ...]
) -> tuple[AccountId, ...]:
    handle = claim.attribution.handle
    own = [
        account.id for account in directory.accounts if handle and bare_handle(account.handle) == bare_handle(handle)
    ]
    held = [a.id for person in people for a in directory.accounts_of(person_id=person)]
    held += [a.id for office in offices for a in directory.accounts_of(office_id=office)]
    return tuple(dict.fromkeys([*own, *held]))


def _last_instant(claim: Claim) -> datetime | None:
    if claim.published_on is None:
        return None
    midnight = datetime(claim.published_on.year, claim.published_on.month, claim.published_on.day, tzinfo=UTC)
    return midnight + LATEST_AFTER_PUBLICATION
