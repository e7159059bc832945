"""The audit of what is known of posts besides their texts: numbers, looks at originals, voices and reports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import cast

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from archive.domain.availability import Availability, AvailabilityState, next_availability
from archive.domain.custody import CustodyKind
from archive.domain.ids import PostId
from archive.storage import captures, commitments, entries, posts, redactions, reported
from archive.storage.bulk import post_of_row
from archive.storage.rows.posts import ObservationRow, PostRow, ReportRow, SnapshotRow
from archive.storage.statement_rows import report_of_row, voice_of_row

PAGE = 2_000


def number_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Posts and looks are numbered from 1 without gaps: what was inserted or removed shows.

    Numbers of rows removed as recorded stay theirs.
    """
    removed = redactions.everything(session)
    for name, column in (("posts", PostRow.seq), ("snapshots", SnapshotRow.seq), ("observations", ObservationRow.seq)):
        held, least, most = session.execute(select(func.count(), func.min(column), func.max(column))).one()
        gone = removed.numbers(name)
        known = (*((least, most) if held else ()), *gone)
        count, first, last = held + len(gone), min(known, default=1), max(known, default=0)
        if count and (first, last) != (1, count):
            yield f"The numbers of {name} go from {first} to {last}, but there are {count}."


def textless_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Posts without a text were noted by an entry of their own; no other post is held."""
    wanted = entries.by_subject(session, CustodyKind.POST)
    held = session.scalar(select(func.count()).select_from(PostRow))
    with_text = session.scalar(select(func.count(SnapshotRow.post_seq.distinct())))
    if held != with_text:
        bare = select(PostRow).where(~exists().where(SnapshotRow.post_seq == PostRow.seq))
        for row in session.scalars(bare):
            manifest = commitments.post_manifest(post_of_row(row))
            if not any(entry.fits(manifest) for entry in wanted.get(f"post:{row.id}", ())):
                yield f"Post {row.id} has no text, and the custody log does not know it so."
    for subject in wanted:
        key = captures.capture_key(subject.removeprefix("post:"))
        if key is None or session.scalar(select(PostRow.seq).where(PostRow.id == key)) is None:
            yield f"The post of custody subject {subject} is no longer held."


def observation_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Every look against its entry, and every post's availability against the looks it follows from."""
    found = entries.entries(session, CustodyKind.OBSERVATION)
    wanted = {index: entry for index, subject, entry in found if subject.startswith("post:")}
    query = select(ObservationRow, PostRow).join(PostRow, PostRow.seq == ObservationRow.post_seq)
    rows = session.execute(query.order_by(ObservationRow.post_seq, ObservationRow.seq))
    for _, looks in groupby(rows, key=lambda pair: pair[1].seq):
        state = AvailabilityState()
        post: PostRow | None = None
        for look, post in looks:
            observation = posts.observation_of_row(look)
            state = next_availability(state, observation)
            if look.custody_index is None:
                continue
            entry = wanted.pop(look.custody_index, None)
            if entry is None or not entry.fits(posts.observation_manifest(observation, PostId(post.id))):
                yield f"Look number {look.seq} differs from what the custody log committed to."
        if post is not None and posts.availability_of_row(post) != state:
            yield f"The availability of post {post.id} is not what the looks at it led to."
    for index in wanted:
        yield f"The look of custody entry {index} is no longer held."
    yield from _never_looked_at(session)


def _never_looked_at(session: Session) -> Iterator[str]:
    touched = or_(
        PostRow.availability != Availability.NOT_CHECKED,
        PostRow.available_since.is_not(None),
        PostRow.last_seen_at.is_not(None),
        PostRow.suspected_at.is_not(None),
    )
    query = select(PostRow.id).where(touched, ~exists().where(ObservationRow.post_seq == PostRow.seq))
    for post_id in session.scalars(query):
        yield f"Post {post_id} has an availability, but nobody ever looked at it."


def report_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Every report against its entry; every reported post has one."""
    wanted = entries.by_index(session, CustodyKind.REGISTRY)
    query = select(ReportRow, PostRow).outerjoin(PostRow, PostRow.seq == ReportRow.post_seq)
    for row, found in session.execute(query.order_by(ReportRow.post_seq)):
        post = cast("PostRow | None", found)
        entry = wanted.get(row.custody_index)
        if entry is None or post is None or not _report_fits(entry, row, post):
            yield f"The report of post number {row.post_seq} differs from what the custody log committed to."
    bare = select(PostRow.id).where(PostRow.reported, ~exists().where(ReportRow.post_seq == PostRow.seq))
    for post_id in session.scalars(bare):
        yield f"The report of post {post_id} is no longer held."


def _report_fits(entry: entries.Entry, row: ReportRow, post: PostRow) -> bool:
    voice = None if entry.version == 1 else voice_of_row(post)
    return entry.fits(reported.manifest_of(report_of_row(row), PostId(post.id), voice=voice))
