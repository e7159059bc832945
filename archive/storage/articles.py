"""Article versions: appended as read; and when an article's address is due to be looked at again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.articles import ArticleText, ArticleVersion
from archive.domain.custody import CustodyKind
from archive.domain.ids import ArticleId, CaptureId
from archive.errors import NotFoundError
from archive.storage import commitments, custody, json_text
from archive.storage.rows.checks import ArticlePageRow, ArticleRow
from archive.storage.schedule import next_look
from archive.storage.stored import storable


def add(session: Session, version: ArticleVersion) -> None:
    """Append an article version and commit to it; the same one again changes nothing."""
    custody.lock(session)
    if session.get(ArticleRow, version.id) is not None:
        return
    document = json_text.dumps(version.article)
    manifest = manifest_of(version, document)
    event = custody.append(session, CustodyKind.ARTICLE, str(version.id), manifest=manifest, at=version.read_at)
    values = {
        "id": version.id,
        "capture_id": version.capture_id,
        "read_at": version.read_at,
        "text_digest": version.text_digest,
        "url": version.article.url,
        "title": version.article.title,
        "document": document,
        "custody_index": event.index,
    }
    session.execute(insert(ArticleRow), values)
    if version.article.url is not None:
        looked(session, version.article.url, at=version.read_at, published=version.article.published)


def get(session: Session, article_id: ArticleId) -> ArticleVersion:
    """The version; NotFoundError ``no_such_article`` where there is none."""
    row = session.get(ArticleRow, article_id)
    if row is None:
        raise NotFoundError("No such article version.", code="no_such_article")
    return version_of_row(row)


def some(session: Session, article_ids: Collection[ArticleId]) -> tuple[ArticleVersion, ...]:
    """The versions among those named that are held, in the order they were read."""
    if not article_ids:
        return ()
    query = select(ArticleRow).where(ArticleRow.id.in_(article_ids)).order_by(ArticleRow.read_at, ArticleRow.id)
    return tuple(version_of_row(row) for row in session.scalars(query))


def latest(session: Session, url: str) -> ArticleVersion | None:
    """The version of that address read last, None where none was."""
    query = select(ArticleRow).where(ArticleRow.url == storable(url)).order_by(ArticleRow.read_at.desc()).limit(1)
    row = session.scalars(query).one_or_none()
    return None if row is None else version_of_row(row)


def versions(session: Session, url: str) -> tuple[ArticleVersion, ...]:
    """Every version of that address, the first one first."""
    query = select(ArticleRow).where(ArticleRow.url == storable(url)).order_by(ArticleRow.read_at)
    return tuple(version_of_row(row) for row in session.scalars(query))


def due(session: Session, *, now: datetime, limit: int = 100) -> tuple[ArticleVersion, ...]:
    """The latest versions of articles whose addresses are due to be looked at, longest waiting first."""
    query = (
        select(ArticlePageRow.url)
        .where(ArticlePageRow.next_look_at <= now)
        .order_by(ArticlePageRow.next_look_at, ArticlePageRow.url)
        .limit(limit)
    )
    found = (latest(session, url) for url in session.scalars(query).all())
    return tuple(version for version in found if version is not None)


def looked(session: Session, url: str, *, at: datetime, published: datetime | None = None) -> None:
    """Note that an article's address was looked at, whatever it showed; young articles are due again sooner."""
    key = storable(url)
    row = session.get(ArticlePageRow, key)
    if row is None:
        row = ArticlePageRow(url=key)
        session.add(row)
    if published is None:
        published = session.scalar(select(ArticleRow.read_at).where(ArticleRow.url == key).order_by(ArticleRow.read_at))
    row.looked_at = at
    row.next_look_at = next_look(published=published or at, looked=at)
    session.flush()


def manifest_of(version: ArticleVersion, document: str) -> bytes:
    """What the version's custody entry commits to."""
    return commitments.values_manifest(*values_of(version, document))


def values_of(version: ArticleVersion, document: str) -> tuple[object, ...]:
    """The values of a version in the order of its manifest."""
    capture = None if version.capture_id is None else version.capture_id.hex
    return version.id.hex, capture, commitments.moment(version.read_at), version.text_digest, document


def version_of_row(row: ArticleRow) -> ArticleVersion:
    """The value of a row."""
    return ArticleVersion(
        id=ArticleId(row.id),
        capture_id=None if row.capture_id is None else CaptureId(row.capture_id),
        read_at=row.read_at,
        text_digest=row.text_digest,
        article=json_text.loads(ArticleText, row.document),
    )
