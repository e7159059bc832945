"""Voices anew: whose words posts are, once the registry knows more of their accounts than when they were archived."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from archive.domain.ids import AccountId
from archive.domain.voices import VoiceBasis
from archive.storage.rows.posts import PostRow
from archive.storage.voices import Voices

_BY_REGISTRY = (VoiceBasis.CONTROL, VoiceBasis.PROFILE)
"""A voice that a person or a signature settled is left alone, and so is that of a report."""


def renew_voices(session: Session, account_ids: Iterable[AccountId]) -> int:
    """Give the posts of those accounts the voice their controls say; how many changed."""
    wanted = set(account_ids)
    if not wanted:
        return 0
    voices = Voices(session, wanted)
    query = select(
        PostRow.seq,
        PostRow.account_id,
        PostRow.posted_at,
        PostRow.voice_name,
        PostRow.voice_basis,
        PostRow.voice_person_id,
        PostRow.voice_office_id,
    ).where(PostRow.account_id.in_(wanted), PostRow.voice_basis.in_(_BY_REGISTRY))
    changed: list[dict[str, object]] = []
    for seq, account_id, posted_at, *held in session.execute(query):
        voice = voices.of(AccountId(account_id), day=posted_at.date())
        if [voice.name, voice.basis, voice.person_id, voice.office_id] != held:
            changed.append(
                {
                    "at": seq,
                    "name": voice.name,
                    "basis": voice.basis,
                    "person": voice.person_id,
                    "office": voice.office_id,
                }
            )
    if changed:
        statement = update(PostRow.__table__).where(PostRow.__table__.c.seq == bindparam("at"))  # type: ignore[arg-type]
        session.execute(
            statement.values(
                voice_name=bindparam("name"),
                voice_basis=bindparam("basis"),
                voice_person_id=bindparam("person"),
                voice_office_id=bindparam("office"),
            ),
            changed,
        )
    return len(changed)
