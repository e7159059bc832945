"""The word index's files, compared with the words they are derived from.

No evidence: the files may be thrown away at any moment. But a quotation is looked up in nothing else, so whoever alters
them, with the digests in their manifest, hides statements from every check. Some posts are looked up each time, drawn
at random; a deep look builds every segment again and compares all of it.

Files that the next look-up would throw away – none, another archive's, of an earlier state – hide nothing, and pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import SystemRandom

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.storage import redactions, segment_files, segments, word_rows
from archive.storage.postings import Numbers, Postings, Segment, build_segment, document_keys, halves
from archive.storage.rows.posts import PostWordsRow
from archive.storage.segment_files import Manifest, StoredSegment
from archive.storage.word_rows import WordRows

SAMPLE = 256
"""How many snapshots one verification looks up in the files."""
_REMEDY = "`onrecord database rebuild-index` builds it anew."
_UNREADABLE = (ArchiveError, OSError, TypeError, ValueError, KeyError, IndexError)
_Look = Callable[[Path, Session, Manifest], Iterator[str]]


def sample_problems(directory: Path, session: Session) -> tuple[str, ...]:
    """What is amiss with the files of the word index: posts that they lack or have other words of, drawn at random."""
    return _looked(directory, session, look=_sampled)


def all_problems(directory: Path, session: Session) -> tuple[str, ...]:
    """What is amiss with any part of the files: minutes and some hundred megabytes, where there are a million posts."""
    return _looked(directory, session, look=_compared)


def _looked(directory: Path, session: Session, *, look: _Look) -> tuple[str, ...]:
    if segment_files.known_manifest(directory) is None:
        return ()
    with segment_files.read_lock(directory):
        manifest = segment_files.known_manifest(directory)
        if manifest is None or not _is_in_use(session, manifest):
            return ()
        try:
            return tuple((*_count_problems(session, manifest), *look(directory, session, manifest)))
        except _UNREADABLE as error:
            return (f"The word index cannot be read: {type(error).__name__}. {_REMEDY}",)


def _is_in_use(session: Session, manifest: Manifest) -> bool:
    of_now = manifest.removed == len(redactions.removed_snapshots(session))
    return bool(manifest.segments) and of_now and segments.belongs(session, manifest)


def _count_problems(session: Session, manifest: Manifest) -> Iterator[str]:
    reached = manifest.segments[-1].last
    due = session.scalar(select(func.count()).select_from(PostWordsRow).where(PostWordsRow.seq <= reached)) or 0
    held = sum(stored.documents for stored in manifest.segments)
    if held != due:
        yield f"The word index has {held:,} texts where the archive has {due:,}. {_REMEDY}"


def _sampled(directory: Path, session: Session, manifest: Manifest) -> Iterator[str]:
    loaded = [(stored, segment_files.load(directory, stored)) for stored in manifest.segments]
    reached = manifest.segments[-1].last
    asked = sorted(SystemRandom().sample(range(1, reached + 1), min(SAMPLE, reached)))
    count, wrong = 0, []
    for seq in asked:
        rows = word_rows.read(session, after=seq - 1, until=seq, most=1, reworded=manifest.reworded)
        if rows is None:
            continue
        count += 1
        if not any(stored.first <= seq <= stored.last and _holds(segment, rows) for stored, segment in loaded):
            wrong.append(seq)
    if wrong:
        told = f"The word index does not hold {len(wrong):,} of {count:,} texts as they are"
        yield f"{told} (one is snapshot number {wrong[0]}). {_REMEDY}"


def _holds(segment: Segment, rows: WordRows) -> bool:
    """Whether the one document of ``rows`` stands in the segment: its words, its time, and its post under each key."""
    texts, post = segment.texts, rows.posts[0]
    first, last = (int(np.searchsorted(texts.posts, post, side=side)) for side in ("left", "right"))
    words = halves(rows.words)
    is_written = any(
        texts.times[place] == rows.times[0]
        and np.array_equal(texts.words[texts.offsets[place] : texts.offsets[place + 1]], words)
        for place in range(first, last)
    )
    return (
        is_written
        and _leads_to(segment.words, np.unique(rows.words), post)
        and _leads_to(segment.runs, document_keys(rows.words), post)
    )


def _leads_to(postings: Postings, keys: Numbers, post: np.uint32) -> bool:
    starts, ends = postings.bounds(keys)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        posts = postings.posts[start:end]
        place = int(np.searchsorted(posts, post))
        if place == len(posts) or posts[place] != post:
            return False
    return True


def _compared(directory: Path, session: Session, manifest: Manifest) -> Iterator[str]:
    for stored in manifest.segments:
        if not _is_as_built(session, stored, held=segment_files.load(directory, stored), reworded=manifest.reworded):
            yield f"The word index of the texts {stored.first} to {stored.last} is not made of their words. {_REMEDY}"


def _is_as_built(session: Session, stored: StoredSegment, *, held: Segment, reworded: int) -> bool:
    rows = word_rows.read(
        session, after=stored.first - 1, until=stored.last, most=stored.documents + 1, reworded=reworded
    )
    if rows is None:
        return False
    due = build_segment(rows.words, lengths=rows.lengths, posts=rows.posts, times=rows.times)
    pairs = zip(segment_files.arrays_of(held), segment_files.arrays_of(due), strict=True)
    return held.documents == due.documents and all(np.array_equal(mine, expected) for mine, expected in pairs)
