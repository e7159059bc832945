"""The word index: segments on disk that processes share, one in memory for what is newer, all derived from post_words.

Safe to delete at any moment: it is built again from the database when next opened. Files are written under another name
and renamed, the manifest last, so that a reader sees the old index or the new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import numpy as np
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from archive.domain.captures import digest_of
from archive.domain.statements import CandidateQuery
from archive.storage import cascade, segment_files
from archive.storage.postings import Numbers, Segment, build_segment
from archive.storage.rows.posts import PostRow, PostWordsRow
from archive.storage.segment_files import Manifest, StoredSegment

IN_MEMORY = 20_000
"""Snapshots that the segment in memory holds at most; more are written to disk."""
_ON_DISK = 8
"""Segments on disk at most; more are built again as fewer."""
_IN_ONE = 500_000
_Row = tuple[int, int, bytes]


class WordIndex:
    """Looks posts up by the words of a quotation. Open one for each process and refresh it before use."""

    def __init__(self, directory: Path) -> None:
        """An empty index over that directory; ``open`` fills it."""
        self._directory = directory
        self._stored: tuple[StoredSegment, ...] = ()
        self._on_disk: tuple[Segment, ...] = ()
        self._fresh: tuple[_Row, ...] = ()
        self._segments: tuple[Segment, ...] = ()
        self._speakers: dict[UUID, Numbers] = {}

    @classmethod
    def open(cls, directory: Path, session: Session) -> WordIndex:
        """The index of the archive that ``session`` reads; built where it is missing, damaged or another archive's."""
        index = cls(directory)
        manifest = segment_files.read_manifest(directory)
        if manifest is None or not _belongs(session, manifest):
            index._rebuild(session)
        else:
            index._load(manifest)
        index.refresh(session)
        return index

    @property
    def size(self) -> int:
        """How many snapshots it holds."""
        return sum(segment.documents for segment in self._segments)

    def refresh(self, session: Session) -> None:
        """Take in the snapshots that were added since."""
        newest = session.scalar(select(func.max(PostWordsRow.seq))) or 0
        if newest == self._reached:
            return
        if newest < self._reached:
            # The database was put back to an earlier state.
            self._rebuild(session)
        for rows in _chunks(session, after=self._reached, size=IN_MEMORY):
            self._fresh = (*self._fresh, *rows)
            if len(self._fresh) >= IN_MEMORY:
                self._settle(session)
        self._renew()

    def lookup(self, query: CandidateQuery, *, speakers: Numbers | None = None) -> tuple[int, ...]:
        """The numbers (``posts.seq``) of posts that may hold the quotation, the likeliest first."""
        pieces = [piece for piece in query.hashes if piece]
        if not pieces or not self._segments:
            return ()
        return cascade.proposed(self._segments, pieces, speakers=speakers, limit=query.limit)

    def frequency(self, word: int) -> int:
        """How many snapshots hold the word with that hash; a little more where two words share a place."""
        return cascade.frequency(self._segments, word)

    def posts_by(self, session: Session, owners: tuple[UUID, ...]) -> Numbers | None:
        """The numbers of the posts of these accounts or people, ascending; None where nobody is asked for."""
        if not owners:
            return None
        for owner in owners:
            if owner not in self._speakers:
                query = select(PostRow.seq).where(or_(PostRow.account_id == owner, PostRow.voice_person_id == owner))
                self._speakers[owner] = np.array(sorted(session.scalars(query)), dtype=np.uint32)
        return np.unique(np.concatenate([self._speakers[owner] for owner in owners]))

    @property
    def _reached(self) -> int:
        if self._fresh:
            return self._fresh[-1][0]
        return self._stored[-1].last if self._stored else 0

    def _load(self, manifest: Manifest) -> None:
        self._stored = manifest.segments
        self._on_disk = tuple(segment_files.load(self._directory, stored) for stored in manifest.segments)
        self._fresh = ()
        self._renew()

    def _renew(self) -> None:
        # One assignment: a look-up in another thread sees the segments of before or of now, never half of each.
        self._segments = (*self._on_disk, *((_built(self._fresh),) if self._fresh else ()))
        self._speakers = {}

    def _rebuild(self, session: Session) -> None:
        self._stored, self._on_disk, self._fresh = (), (), ()
        for rows in _chunks(session, after=0, size=_IN_ONE):
            if len(rows) < IN_MEMORY:
                self._fresh = tuple(rows)
            else:
                self._write(rows)
        segment_files.write_manifest(self._directory, Manifest(segments=self._stored))
        self._renew()

    def _settle(self, session: Session) -> None:
        """Move what is in memory to disk."""
        if len(self._stored) >= _ON_DISK:
            self._rebuild(session)
            return
        rows, self._fresh = list(self._fresh), ()
        self._write(rows)
        segment_files.write_manifest(self._directory, Manifest(segments=self._stored))

    def _write(self, rows: list[_Row]) -> None:
        segment = _built(tuple(rows))
        first, last = rows[0][0], rows[-1][0]
        anchor = str(digest_of(rows[-1][2]))
        stored = segment_files.write(self._directory, segment, first=first, last=last, anchor=anchor)
        self._stored = (*self._stored, stored)
        self._on_disk = (*self._on_disk, segment_files.load(self._directory, stored))


def rebuild(directory: Path, session: Session) -> int:
    """Build the index anew from the database; how many snapshots it holds."""
    segment_files.remove(directory)
    return WordIndex.open(directory, session).size


def _belongs(session: Session, manifest: Manifest) -> bool:
    """Whether every segment ends at a snapshot whose words the database has as they were."""
    for stored in manifest.segments:
        words = session.scalar(select(PostWordsRow.words).where(PostWordsRow.seq == stored.last))
        if words is None or str(digest_of(words)) != stored.anchor:
            return False
    return True


def _chunks(session: Session, *, after: int, size: int) -> Iterator[list[_Row]]:
    reached = after
    while True:
        query = (
            select(PostWordsRow.seq, PostWordsRow.post_seq, PostWordsRow.words)
            .where(PostWordsRow.seq > reached)
            .order_by(PostWordsRow.seq)
            .limit(size)
        )
        rows = [(seq, post_seq, words) for seq, post_seq, words in session.execute(query)]
        if rows:
            reached = rows[-1][0]
            yield rows
        if len(rows) < size:
            return


def _built(rows: tuple[_Row, ...]) -> Segment:
    words = np.frombuffer(b"".join(row[2] for row in rows), dtype="<u4").astype(np.uint32, copy=False)
    lengths = np.array([len(row[2]) // 4 for row in rows], dtype=np.int64)
    posts = np.array([row[1] for row in rows], dtype=np.uint32)
    return build_segment(words, lengths=lengths, posts=posts)
