"""Statements as reported: words known only because an article quoted them, kept under a key of their own."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.captures import text_digest
from archive.domain.custody import CustodyKind
from archive.domain.ids import PostId
from archive.domain.posts import Post, post_id_of
from archive.domain.statements import Report, Statement
from archive.domain.voices import Voice
from archive.errors import InvalidInputError
from archive.storage import commitments, custody, redactions, statement_rows, writing
from archive.storage.rows.posts import PostRow, ReportRow, SnapshotRow
from archive.storage.stored import storable, unstorable_count
from archive.storage.writing import NewPost, NewSnapshot, snapshot_salt

REPORTED = "reported:"
"""How the native id of a post begins that is known from a report only."""


def keep(session: Session, statement: Statement) -> Statement:
    """Keep a statement with its report; the same one again is the one held. Its account has to be held already.

    RedactedError where it was removed on purpose; InvalidInputError ``not_reported`` for a statement that has no
    report or whose post has another key than a report's.
    """
    report = statement.report
    if report is None or not statement.post.native_id.startswith(REPORTED):
        raise InvalidInputError("Only a reported statement is kept as one.", code="not_reported")
    custody.lock(session)
    redactions.refuse_removed_statement(session, _storable_post(statement.post).id)
    seq = session.scalar(select(PostRow.seq).where(PostRow.id == statement.post.id))
    if seq is None:
        seq = _add(session, statement, report=report)
    return statement_rows.newest(session, (seq,))[0]


def manifest_of(report: Report, post_id: PostId, *, voice: Voice | None) -> bytes:
    """What custody commits to besides the words: by whom they were reported, and whose they are said to be.

    Reports of version 1 left the voice out (None).
    """
    days = (report.article_published_on, report.said_on)
    texts = (report.outlet, report.article_title, report.article_url, report.embedded_url)
    return commitments.values_manifest(
        post_id.hex,
        *(None if text is None else storable(text) for text in texts),
        *(None if day is None else day.isoformat() for day in days),
        *(None if key is None else key.hex for key in (report.check_id, report.article_id)),
        *(() if voice is None else _voice_values(voice)),
    )


def _add(session: Session, statement: Statement, *, report: Report) -> int:
    post = _storable_post(statement.post)
    words = storable(statement.snapshot.text)
    snapshot = replace(statement.snapshot, post_id=post.id, version=1, text=words, text_digest=text_digest(words))
    seq = writing.next_number(session, PostRow.seq)
    new = NewPost(seq=seq, post=post, voice=_storable_voice(statement), reported=True, next_look_at=None)
    writing.write_posts(session, (new,))
    text = NewSnapshot(
        seq=writing.next_number(session, SnapshotRow.seq),
        post_seq=seq,
        snapshot=snapshot,
        replaced=unstorable_count(statement.snapshot.text),
        salt=snapshot_salt(),
    )
    index = writing.commit_snapshots(session, (text,), posts=(post,), at=snapshot.seen_at)
    writing.write_snapshots(session, (text,), custody_index=index)
    _add_report(session, report, seq=seq, post_id=post.id, statement=statement)
    return seq


def _add_report(session: Session, report: Report, *, seq: int, post_id: PostId, statement: Statement) -> None:
    manifest, at = manifest_of(report, post_id, voice=_storable_voice(statement)), statement.snapshot.seen_at
    event = custody.append(session, CustodyKind.REGISTRY, f"report:{post_id}", manifest=manifest, at=at)
    values = {
        "post_seq": seq,
        "outlet": report.outlet,
        "article_title": report.article_title,
        "article_url": report.article_url,
        "article_published_on": report.article_published_on,
        "embedded_url": report.embedded_url,
        "said_on": report.said_on,
        "check_id": report.check_id,
        "article_id": report.article_id,
        "custody_index": event.index,
    }
    session.execute(insert(ReportRow), values)


def _voice_values(voice: Voice) -> tuple[object, ...]:
    keys = (voice.person_id, voice.office_id)
    return voice.name, voice.basis.value, *(None if key is None else key.hex for key in keys)


def _storable_post(post: Post) -> Post:
    native_id = storable(post.native_id)
    url = None if post.url is None else storable(post.url)
    return replace(post, id=post_id_of(post.platform, native_id), native_id=native_id, url=url)


def _storable_voice(statement: Statement) -> Voice:
    return replace(statement.voice, name=storable(statement.voice.name))
