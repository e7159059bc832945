"""The word index: segments on disk that processes share, one in memory for what is newer, all derived from post_words.

Safe to delete at any moment: it is built again from the database when next opened. Files are written under another name
and renamed, the manifest last, so that a reader sees the old index or the new one. Several processes may share the
directory: whoever builds holds its lock, and first takes over what another has built meanwhile.

Segments of like size are merged into one of twice the size (a log-structured merge tree: O'Neil et al. 1996), so that
each snapshot is built into a segment a few times at most, however many small additions there were; a large backlog is
built straight into large ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from archive.domain.captures import digest_of
from archive.domain.statements import CandidateQuery
from archive.storage import cascade, redactions, segment_files, word_rows
from archive.storage.cascade import Proposed
from archive.storage.kernels import KERNEL, WORTH_LOADING, Answering, Interpreted
from archive.storage.postings import Numbers, Segment, build_segment
from archive.storage.rows.posts import PostRow, PostWordsRow
from archive.storage.segment_files import Manifest, StoredSegment
from archive.storage.word_rows import WordRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many snapshots the segment in memory holds at most (more are written to disk), and how many any one segment:
    building one of half a million takes some 700 MB of memory for a few seconds."""

    in_memory: int = 20_000
    in_one: int = 500_000


_USUAL = Sizes()
_MOST_GROUPS = 500


class WordIndex:
    """Looks posts up by the words of a quotation. Open one for each process and refresh it before use."""

    def __init__(self, directory: Path, *, sizes: Sizes = _USUAL) -> None:
        """An empty index over that directory; ``open`` fills it."""
        self._directory = directory
        self._sizes = sizes
        self._stored: tuple[StoredSegment, ...] = ()
        self._on_disk: tuple[Segment, ...] = ()
        self._fresh: WordRows | None = None
        self._segments: tuple[Segment, ...] = ()
        self._answers: tuple[tuple[Segment, ...], Answering] = ((), Interpreted(()))
        self._speakers: dict[UUID, Numbers] = {}
        self._groups: dict[tuple[UUID, ...], Numbers] = {}
        self._reworded = 0
        """The last snapshot whose words are read from its text, because another version wrote them down."""
        self._removed = 0
        self._newest = 0

    @classmethod
    def open(cls, directory: Path, session: Session, *, sizes: Sizes = _USUAL) -> WordIndex:
        """The index of the archive that ``session`` reads; built where it is missing, damaged, another archive's, or of
        words that another version of the normaliser wrote."""
        index = cls(directory, sizes=sizes)
        with segment_files.read_lock(directory):
            is_loaded = index._loaded(session)
        if not is_loaded:
            with segment_files.write_lock(directory):
                # Another process may have built it while we waited.
                if not index._loaded(session):
                    index._forget(session)
                    index._catch_up(session)
        index.refresh(session)
        return index

    @property
    def size(self) -> int:
        """How many snapshots it holds."""
        return sum(segment.documents for segment in self._segments)

    def refresh(self, session: Session) -> None:
        """Take in the snapshots that were added since."""
        removed = redactions.removed_snapshots(session)
        newest = max(session.scalar(select(func.max(PostWordsRow.seq))) or 0, *removed[-1:], 0)
        if newest == self._newest and len(removed) == self._removed:
            return
        backlog = newest - (self._stored[-1].last if self._stored else 0)
        if len(removed) == self._removed and backlog < self._sizes.in_memory and newest >= self._reached:
            self._read_on(session)
        else:
            with segment_files.write_lock(self._directory):
                self._take_over(session)
                if newest < self._reached:
                    # The database was put back to an earlier state.
                    self._forget(session)
                if len(removed) != self._removed:
                    self._cleanse(session, removed)
                self._catch_up(session)
        self._newest = newest
        self._renew()

    def prepare(self) -> None:
        """Have the compiled look-up at hand, where there is one: before more look-ups than it takes to fetch it."""
        KERNEL.over(self._segments, look_ups=WORTH_LOADING)
        KERNEL.wait()

    def lookup(self, query: CandidateQuery, *, speakers: Numbers | None = None) -> tuple[int, ...]:
        """The numbers (``posts.seq``) of posts that may hold the quotation, the best first."""
        return self.propose(query, speakers=speakers).posts

    def propose(self, query: CandidateQuery, *, speakers: Numbers | None = None) -> Proposed:
        """The same posts, with how much of the quotation each of them holds."""
        return self.propose_many((query,), speakers=(speakers,))[0]

    def propose_many(
        self, queries: Sequence[CandidateQuery], *, speakers: Sequence[Numbers | None] = ()
    ) -> tuple[Proposed, ...]:
        """The same for several quotations, in their order; ``speakers`` gives the posts of each one's speaker, or
        nothing where no speaker is known of any."""
        own = speakers or (None,) * len(queries)
        return self._answering(len(queries)).of(
            [query.hashes for query in queries], speakers=own, limits=[query.limit for query in queries]
        )

    def frequencies(self, words: Iterable[int]) -> dict[int, int]:
        """How many snapshots hold each of the words; a little more where two words share a place."""
        asked = list(words)
        counts = cascade.frequencies(self._segments, np.array(asked, dtype=np.uint32))
        return dict(zip(asked, counts.tolist(), strict=True))

    def posts_by(self, session: Session, owners: tuple[UUID, ...]) -> Numbers | None:
        """The numbers of the posts of these accounts or people, ascending; None where nobody is asked for."""
        if not owners:
            return None
        for owner in owners:
            if owner not in self._speakers:
                query = select(PostRow.seq).where(or_(PostRow.account_id == owner, PostRow.voice_person_id == owner))
                self._speakers[owner] = np.array(sorted(session.scalars(query)), dtype=np.uint32)
        if len(owners) == 1:
            return self._speakers[owners[0]]
        if owners not in self._groups:
            if len(self._groups) >= _MOST_GROUPS:
                self._groups.clear()
            self._groups[owners] = np.unique(np.concatenate([self._speakers[owner] for owner in owners]))
        return self._groups[owners]

    def _answering(self, look_ups: int) -> Answering:
        """What answers over the segments of now: compiled code where it is at hand, else numpy."""
        segments, (known, answers) = self._segments, self._answers
        if known is not segments or isinstance(answers, Interpreted):
            answers = KERNEL.over(segments, look_ups=look_ups) or Interpreted(segments)
            self._answers = segments, answers
        return answers

    @property
    def _reached(self) -> int:
        if self._fresh:
            return self._fresh.last
        return self._stored[-1].last if self._stored else 0

    def _loaded(self, session: Session) -> bool:
        """Whether the files are intact and of this archive; then they are taken."""
        manifest = segment_files.read_manifest(self._directory)
        if manifest is None or not belongs(session, manifest):
            return False
        self._load(manifest)
        return True

    def _load(self, manifest: Manifest) -> None:
        known = dict(zip(self._stored, self._on_disk, strict=True))
        self._on_disk = tuple(
            known.get(stored) or segment_files.load(self._directory, stored) for stored in manifest.segments
        )
        self._stored, self._reworded = manifest.segments, manifest.reworded
        self._removed = manifest.removed
        self._fresh = None
        self._renew()

    def _renew(self) -> None:
        # One assignment: a look-up in another thread sees the segments of before or of now, never half of each.
        self._segments = (*self._on_disk, *((_built(self._fresh),) if self._fresh else ()))
        self._speakers, self._groups = {}, {}

    def _forget(self, session: Session) -> None:
        """Begin anew, from what the database holds now."""
        self._stored, self._on_disk, self._fresh = (), (), None
        self._reworded, self._removed = word_rows.outdated(session), len(redactions.removed_snapshots(session))
        self._write_manifest()

    def _write_manifest(self) -> None:
        segment_files.write_manifest(
            self._directory, Manifest(segments=self._stored, reworded=self._reworded, removed=self._removed)
        )

    def _take_over(self, session: Session) -> None:
        """With the lock held: what another process has made of the directory since we looked."""
        manifest = segment_files.known_manifest(self._directory)
        if manifest is None or (
            (manifest.segments, manifest.removed) != (self._stored, self._removed) and not self._loaded(session)
        ):
            self._forget(session)

    def _read_on(self, session: Session) -> None:
        while rows := word_rows.read(session, after=self._reached, most=self._sizes.in_one, reworded=self._reworded):
            self._fresh = word_rows.joined([self._fresh, rows]) if self._fresh else rows

    def _catch_up(self, session: Session) -> None:
        """With the lock held: read what is new, to disk whatever is too much for memory."""
        while rows := word_rows.read(session, after=self._reached, most=self._sizes.in_one, reworded=self._reworded):
            self._fresh = word_rows.joined([self._fresh, rows]) if self._fresh else rows
            if self._fresh.documents >= self._sizes.in_memory:
                self._settle(session)
        self._renew()

    def _cleanse(self, session: Session, removed: tuple[int, ...]) -> None:
        """Build the segments anew that hold snapshots removed on purpose: not even the hashes of their words stay."""
        fresh, stored, on_disk = self._fresh, self._stored, self._on_disk
        self._fresh, self._stored, self._on_disk = None, (), ()
        for segment, arrays in zip(stored, on_disk, strict=True):
            if not any(segment.first <= seq <= segment.last for seq in removed):
                self._stored, self._on_disk = (*self._stored, segment), (*self._on_disk, arrays)
                continue
            rows = word_rows.read(
                session, after=segment.first - 1, until=segment.last, most=segment.documents, reworded=self._reworded
            )
            if rows is not None:
                self._write(rows)
        if fresh is not None:
            self._fresh = word_rows.read(
                session, after=fresh.first - 1, until=fresh.last, most=fresh.documents, reworded=self._reworded
            )
        self._removed = len(removed)
        self._write_manifest()

    def _settle(self, session: Session) -> None:
        """Move what is in memory to disk, merging from the end whatever is of like size."""
        rows, self._fresh = self._fresh, None
        while rows is not None:
            self._write(rows)
            rows = self._alike(session)
        self._write_manifest()

    def _alike(self, session: Session) -> WordRows | None:
        """The rows of the last two segments, taken off, when these are of like size; None when they are not."""
        if len(self._stored) < 2:
            return None
        earlier, later = self._stored[-2:]
        together = earlier.documents + later.documents
        if together > self._sizes.in_one or earlier.documents >= 2 * later.documents:
            return None
        rows = word_rows.read(
            session, after=earlier.first - 1, until=later.last, most=together, reworded=self._reworded
        )
        if rows is not None:
            self._stored, self._on_disk = self._stored[:-2], self._on_disk[:-2]
        return rows

    def _write(self, rows: WordRows) -> None:
        anchor = str(digest_of(rows.last_words))
        stored = segment_files.write(self._directory, _built(rows), first=rows.first, last=rows.last, anchor=anchor)
        self._stored = (*self._stored, stored)
        self._on_disk = (*self._on_disk, segment_files.load(self._directory, stored))


def rebuild(directory: Path, session: Session) -> int:
    """Build the index anew from the database; how many snapshots it holds."""
    with segment_files.write_lock(directory):
        segment_files.remove(directory)
    return WordIndex.open(directory, session).size


def belongs(session: Session, manifest: Manifest) -> bool:
    """Whether every segment ends at a snapshot whose words the database has as they were."""
    for stored in manifest.segments:
        within = select(PostWordsRow.words).where(PostWordsRow.seq.between(stored.first, stored.last))
        words = session.scalar(within.order_by(PostWordsRow.seq.desc()).limit(1))
        if words is None or str(digest_of(words)) != stored.anchor:
            return False
    return True


def _built(rows: WordRows) -> Segment:
    return build_segment(rows.words, lengths=rows.lengths, posts=rows.posts, times=rows.times)
