"""The audit of the registry: every person, office, account and control as it was noted last, and voices that follow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.domain.custody import CustodyKind
from archive.domain.ids import AccountId
from archive.domain.voices import Voice, VoiceBasis
from archive.storage import attributions, entries
from archive.storage.rows.accounts import AccountRow, ControlRow
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
    for kind in (CustodyKind.ATTRIBUTION, CustodyKind.KEY, CustodyKind.MIGRATION):
        for index, _, _ in entries.entries(session, kind):
            if index not in kept:
                yield f"The manifest of custody entry {index} is no longer held."


def voice_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Posts whose words are said to be somebody's other than the registry, a person or a report says."""
    accounts = set(session.scalars(select(AccountRow.id)))
    controlled = set(session.scalars(select(ControlRow.account_id)))
    names = _names_of_accounts(session)
    voices = Voices(session, accounts)
    for account_id, day, voice in _voices_in_use(session, controlled):
        if account_id not in accounts:
            yield f"There are posts of account {account_id}, which is not held."
            continue
        if voice.basis in (VoiceBasis.CONTROL, VoiceBasis.PROFILE):
            expected = voices.of(AccountId(account_id), day=day)
            is_former = voice.basis is VoiceBasis.PROFILE and voice.name in names.get(account_id, ())
            bare = (voice.basis, voice.person_id, voice.office_id)
            if voice != expected and not (
                is_former and bare == (expected.basis, expected.person_id, expected.office_id)
            ):
                yield f"Posts of account {account_id} are said to be words of “{voice.name}”, not as the registry says."
    yield from _settled_problems(session)


def _voices_in_use(session: Session, controlled: set[UUID]) -> Iterator[tuple[UUID, date, Voice]]:
    """Each voice of each account with a day of its posts: every day, where the account has a control."""
    columns = (PostRow.voice_name, PostRow.voice_basis, PostRow.voice_person_id, PostRow.voice_office_id)
    query = (
        select(PostRow.account_id, func.min(PostRow.posted_at), *columns)
        .where(~PostRow.reported)
        .group_by(PostRow.account_id, *columns)
    )
    by_day = (
        select(PostRow.account_id, PostRow.posted_at, *columns)
        .where(~PostRow.reported, PostRow.account_id.in_(select(ControlRow.account_id)))
        .distinct()
    )
    for account_id, at, name, basis, person, office in (*session.execute(query), *session.execute(by_day)):
        moment: datetime = at
        voice = Voice(name=name, basis=basis, person_id=person, office_id=office)
        if account_id not in controlled or voice.basis in (VoiceBasis.CONTROL, VoiceBasis.PROFILE):
            yield account_id, moment.date(), voice


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
