"""The audit of exchanges: what went over the wire against the digest that each capture's manifest holds."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.exchanges import digest_of_manifests
from archive.domain.ids import CaptureId
from archive.storage import exchanges
from archive.storage.rows.captures import CaptureRow
from archive.storage.rows.exchanges import ExchangeRow

PAGE = 2_000


def exchange_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Everything amiss with what went over the wire. The bytes themselves are among the bodies, and looked at there.

    All of it each time: ``since`` is for checks that follow the log's order.
    """
    query = select(CaptureRow.id, CaptureRow.exchanges_digest).where(CaptureRow.exchanges_digest.is_not(None))
    for capture_id, digest in session.execute(query.order_by(CaptureRow.id).execution_options(yield_per=PAGE)):
        if digest_of_manifests(exchanges.manifests(session, CaptureId(capture_id))) != digest:
            yield f"The exchanges of capture {capture_id} differ from what the custody log committed to."
    strays = (
        select(ExchangeRow.capture_id)
        .outerjoin(CaptureRow, CaptureRow.id == ExchangeRow.capture_id)
        .where(CaptureRow.exchanges_digest.is_(None))
        .distinct()
    )
    for capture_id in session.scalars(strays):
        yield f"Capture {capture_id} has exchanges that the custody log never committed to."
