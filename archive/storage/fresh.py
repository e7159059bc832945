"""Fresh posts: the rows of a batch none of whose posts is held yet, built and written column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from archive.domain.availability import Availability
from archive.domain.ids import AccountId, CaptureId
from archive.domain.voices import Voice
from archive.storage import columns, fulltext
from archive.storage.copying import Column
from archive.storage.prepared import PreparedPosts
from archive.storage.references import settled_together
from archive.storage.stored import stored_time
from archive.storage.voices import Voices


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshPosts:
    """Prepared posts that are new to the archive, with the accounts they number and the numbers they get."""

    batch: PreparedPosts
    accounts: Sequence[AccountId]
    post_seq: int
    snapshot_seq: int

    def digests(self) -> list[bytes]:
        """What the custody entry commits to, a snapshot after the other: ``commitments.snapshot_digest``."""
        batch = self.batch
        names = [account.hex.encode("ascii") for account in self.accounts]
        return [
            sha256(salt + head + names[author] + tail).digest()
            for salt, head, author, tail in zip(batch.salts, batch.heads, batch.authors, batch.tails, strict=True)
        ]

    def write(self, session: Session, *, capture_id: CaptureId, seen_at: datetime, custody_index: int) -> None:
        """Write the posts, their first snapshots, and what makes their words findable."""
        batch, length = self.batch, len(self.batch)
        if not length:
            return
        posts = list(range(self.post_seq, self.post_seq + length))
        seqs = list(range(self.snapshot_seq, self.snapshot_seq + length))
        first_seen = [stored_time(seen_at)] * length
        snapshots = {
            "seq": seqs,
            "id": batch.written("snapshot_ids"),
            "post_seq": posts,
            "capture_id": [capture_id.bytes] * length,
            "version": [1] * length,
            "seen_at": first_seen,
            "text": batch.written("texts"),
            "text_digest": batch.written("digests"),
            "language": batch.written("languages"),
            "edited_at": batch.written("edited_at"),
            "truncated": batch.written("truncated"),
            "locator": batch.written("locators"),
            "replaced": batch.written("replaced"),
            "custody_index": [custody_index] * length,
            "salt": batch.written("salts"),
        }
        with settled_together(session, {"posts": posts, "snapshots": seqs, "post_words": seqs}):
            columns.insert(session, "posts", self._posts(session, posts, first_seen=first_seen))
            columns.insert(session, "snapshots", snapshots)
            columns.insert(session, "post_words", {"seq": seqs, "post_seq": posts, "words": batch.written("words")})
        fulltext.index(session, seqs, texts=batch.texts, forms=batch.searchables)

    def _posts(self, session: Session, seqs: list[int], *, first_seen: list[str]) -> dict[str, Column]:
        batch, length = self.batch, len(self.batch)
        accounts = [account.bytes for account in self.accounts]
        voices = self._voices(session)
        return {
            "seq": seqs,
            "id": batch.written("ids"),
            "platform": batch.platforms,
            "native_id": batch.written("native_ids"),
            "account_id": [accounts[author] for author in batch.authors],
            "posted_at": batch.written("posted_at"),
            "url": batch.written("urls"),
            "in_reply_to": batch.written("in_reply_to"),
            "is_repost": batch.written("is_repost"),
            "reported": [False] * length,
            "voice_name": [voice.name for voice in voices],
            "voice_basis": [voice.basis.value for voice in voices],
            "voice_person_id": [None if voice.person_id is None else voice.person_id.bytes for voice in voices],
            "voice_office_id": [None if voice.office_id is None else voice.office_id.bytes for voice in voices],
            "availability": [Availability.NOT_CHECKED.value] * length,
            "next_look_at": first_seen,
        }

    def _voices(self, session: Session) -> list[Voice]:
        """Whose words each post is, by its account and, where somebody is known to control that, by its day."""
        batch, accounts = self.batch, self.accounts
        known = Voices(session, {accounts[author] for author in set(batch.authors)})
        anywhen = date.fromordinal(batch.days[0])
        constant = {
            author: known.of(accounts[author], day=anywhen)
            for author in set(batch.authors)
            if not known.is_controlled(accounts[author])
        }
        return [
            constant.get(author) or known.of(accounts[author], day=date.fromordinal(day))
            for author, day in zip(batch.authors, batch.days, strict=True)
        ]
