"""The audit of the registry: every person, office, account and control as it was noted last, and voices that follow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.custody import CustodyKind
from archive.domain.ids import AccountId, OfficeId, PersonId
from archive.domain.voices import Voice, VoiceBasis
from archive.storage import attributions, entries, second_copies
from archive.storage.rows.accounts import AccountRow, ControlRow
from archive.storage.rows.custody import CustodyManifestRow, CustodyRow
from archive.storage.rows.posts import PostRow
from archive.storage.statement_rows import voice_of_row
from archive.storage.voices import Voices


def registry_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Everything in the registry that is not as the custody log says it was noted last."""
    noted = {
        subject: state
        for subject, state in attributions.latest_states(session)
        if subject.partition(":")[0] in set(attributions.Subject)
    }
    for subject, held in attributions.states(session):
        state = noted.pop(subject, None)
        if state is None:
            yield f"The custody log does not know the {subject.replace(':', ' ', 1)}."
        elif not attributions.is_same(state, held):
            yield f"The {subject.replace(':', ' ', 1)} is not as the custody log says it was noted last."
    for subject in noted:
        yield f"The {subject.replace(':', ' ', 1)} is in the custody log but no longer held."


def document_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Every manifest kept beside an entry, against that entry; entries that need theirs have one."""
    kept: set[int] = set()
    for index, _, _, manifest, entry in entries.documents(session):
        kept.add(index)
        if not entry.fits(manifest.encode("utf-8")):
            yield f"The manifest of custody entry {index} is not what it committed to."
    bare = select(CustodyManifestRow.position).where(CustodyManifestRow.position.not_in(select(CustodyRow.position)))
    for index in session.scalars(bare):
        yield f"There is a manifest for custody entry {index}, which does not exist."
    for kind in (CustodyKind.ATTRIBUTION, CustodyKind.KEY, CustodyKind.MIGRATION):
        for index, _, _ in entries.entries(session, kind):
            if index not in kept:
                yield f"The manifest of custody entry {index} is no longer held."
    for index, subject, _ in entries.entries(session, CustodyKind.REGISTRY):
        if subject.startswith(second_copies.SUBJECT) and index not in kept:
            yield f"The manifest of custody entry {index} is no longer held."


def voice_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Posts whose words are said to be somebody's other than the registry, a person or a report says."""
    accounts = set(session.scalars(select(AccountRow.id)))
    controlled = set(session.scalars(select(ControlRow.account_id)))
    names = _names_of_accounts(session)
    voices = Voices(session, accounts)
    lasting = _lasting_voices(session) if accounts - controlled else {}
    for account_id in sorted(accounts):
        in_use = lasting.get(account_id, ()) if account_id not in controlled else _voices_by_day(session, account_id)
        for day, voice in in_use:
            expected = voices.of(AccountId(account_id), day=day)
            if voice != expected and not _is_former(voice, expected, names=names.get(account_id, set())):
                yield f"Posts of account {account_id} are said to be words of “{voice.name}”, not as the registry says."
    lost = select(PostRow.account_id).where(PostRow.account_id.not_in(select(AccountRow.id))).distinct()
    for account_id in session.scalars(lost):
        yield f"There are posts of account {account_id}, which is not held."
    yield from _settled_problems(session)


def _is_former(voice: Voice, expected: Voice, *, names: set[str]) -> bool:
    """Whether a voice is the profile's own name as it was when the post was archived."""
    who = (VoiceBasis.PROFILE, None, None)
    found = ((one.basis, one.person_id, one.office_id) for one in (voice, expected))
    return all(one == who for one in found) and voice.name in names


_VOICE = (PostRow.voice_name, PostRow.voice_basis, PostRow.voice_person_id, PostRow.voice_office_id)
_BY_REGISTRY = ~PostRow.reported & PostRow.voice_basis.in_((VoiceBasis.CONTROL, VoiceBasis.PROFILE))


def _lasting_voices(session: Session) -> dict[UUID, list[tuple[date, Voice]]]:
    """Each voice that the registry gives posts of each account, with any day: for those that nobody controls."""
    found: dict[UUID, list[tuple[date, Voice]]] = {}
    query = select(PostRow.account_id, *_VOICE).where(_BY_REGISTRY).distinct()
    for account_id, name, basis, person, office in session.execute(query):
        voice = Voice(name=name, basis=basis, person_id=_person(person), office_id=_office(office))
        found.setdefault(account_id, []).append((date.min, voice))
    return found


def _voices_by_day(session: Session, account_id: UUID) -> Iterator[tuple[date, Voice]]:
    """Each voice of an account's posts that the registry gives, with every day of theirs. One account after the other,
    so that no database sorts a million posts."""
    query = select(PostRow.posted_at, *_VOICE).where(PostRow.account_id == account_id, _BY_REGISTRY).distinct()
    for at, name, basis, person, office in session.execute(query):
        moment: datetime = at
        yield moment.date(), Voice(name=name, basis=basis, person_id=_person(person), office_id=_office(office))


def _person(key: UUID | None) -> PersonId | None:
    return None if key is None else PersonId(key)


def _office(key: UUID | None) -> OfficeId | None:
    return None if key is None else OfficeId(key)


def _names_of_accounts(session: Session) -> dict[UUID, set[str]]:
    """Every name each profile ever showed, as far as it was noted."""
    found: dict[UUID, set[str]] = {}
    for _, kind, subject, manifest, _ in entries.documents(session):
        if kind is not CustodyKind.ATTRIBUTION or not subject.startswith(("account:", "names:")):
            continue
        state = json.loads(manifest)
        row = state.get("row", {})
        names = {*state.get("names", ()), row.get("display_name") or row.get("handle")}
        found.setdefault(UUID(subject.partition(":")[2]), set()).update(names)
    return found


def _settled_problems(session: Session) -> Iterator[str]:
    """Voices that a person or a signature settled, against what was noted of each."""
    settled: dict[str, object] = {}
    for _, kind, subject, manifest, _ in entries.documents(session):
        if kind is CustodyKind.ATTRIBUTION and subject.startswith("voice:"):
            settled[subject] = json.loads(manifest)
    by_hand = (VoiceBasis.SIGNATURE, VoiceBasis.CURATED, VoiceBasis.REPORT)
    query = select(PostRow).where(PostRow.voice_basis.in_(by_hand), ~PostRow.reported)
    for row in session.scalars(query):
        if settled.pop(f"voice:{row.id}", None) != attributions.voice_state(voice_of_row(row)):
            yield f"Whose words post {row.id} is, is not as the custody log says it was settled."
    for subject, state in settled.items():
        if isinstance(state, dict) and state.get("basis") in {basis.value for basis in by_hand}:
            yield f"What was settled of {subject.replace(':', ' of post ', 1)} is no longer held."
