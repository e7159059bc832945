"""Exchanges: what went over the wire for each capture, appended beside its body."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import cast

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.captures import Digest, Exchange, digest_of
from archive.domain.exchanges import Manifest, exchange_manifest
from archive.domain.ids import CaptureId, PostId
from archive.storage import bodies
from archive.storage.rows.exchanges import ExchangeRow, PostCaptureRow
from archive.storage.rows.posts import PostRow
from archive.storage.stored import storable


def write(session: Session, capture_id: CaptureId, exchanges: Iterable[Exchange]) -> None:
    """Append the exchanges of a capture; its bytes go among the bodies. ``captures.add`` calls this."""
    for exchange in exchanges:
        request, response = digest_of(exchange.request), digest_of(exchange.response)
        bodies.write(session, request, exchange.request)
        bodies.write(session, response, exchange.response)
        values = {
            "capture_id": capture_id,
            "number": exchange.number,
            "method": exchange.method,
            "url": storable(exchange.url),
            "requested_at": exchange.requested_at,
            "milliseconds": exchange.milliseconds,
            "status": exchange.status,
            "request_digest": request,
            "response_digest": response,
            "complete": exchange.complete,
            "peer": exchange.peer,
            "addresses": json.dumps(exchange.addresses),
            "tls_version": exchange.tls_version,
            "tls_chain": json.dumps(exchange.tls_chain),
        }
        session.execute(insert(ExchangeRow).values(**values))


def of_capture(session: Session, capture_id: CaptureId) -> tuple[Exchange, ...]:
    """The exchanges of a capture in their order, with their bytes; nothing where none were recorded."""
    query = select(ExchangeRow).where(ExchangeRow.capture_id == capture_id).order_by(ExchangeRow.number)
    return tuple(_with_bytes(session, row) for row in session.scalars(query))


def note_posts(session: Session, capture_id: CaptureId, post_ids: Iterable[PostId]) -> None:
    """Note that a capture shows these posts; noting it again changes nothing.."""
    held = select(PostCaptureRow.post_seq).where(PostCaptureRow.capture_id == capture_id)
    query = select(PostRow.seq).where(PostRow.id.in_(set(post_ids)), PostRow.seq.not_in(held))
    rows = [{"post_seq": seq, "capture_id": capture_id} for seq in session.scalars(query)]
    if rows:
        session.execute(insert(PostCaptureRow), rows)


def manifests(session: Session, capture_id: CaptureId) -> list[Manifest]:
    """The manifests of a capture's exchanges in their order, without reading any bytes."""
    query = select(ExchangeRow).where(ExchangeRow.capture_id == capture_id).order_by(ExchangeRow.number)
    return [
        exchange_manifest(
            _exchange(row, request=b"", response=b""),
            request=Digest(row.request_digest),
            response=Digest(row.response_digest),
        )
        for row in session.scalars(query)
    ]


def _with_bytes(session: Session, row: ExchangeRow) -> Exchange:
    request = bodies.read(session, Digest(row.request_digest))
    return _exchange(row, request=request, response=bodies.read(session, Digest(row.response_digest)))


def _exchange(row: ExchangeRow, *, request: bytes, response: bytes) -> Exchange:
    return Exchange(
        number=row.number,
        method=row.method,
        url=row.url,
        requested_at=row.requested_at,
        milliseconds=row.milliseconds,
        status=row.status,
        request=request,
        response=response,
        complete=row.complete,
        peer=row.peer,
        addresses=tuple(cast(list[str], json.loads(row.addresses))),
        tls_version=row.tls_version,
        tls_chain=tuple(Digest(digest) for digest in cast(list[str], json.loads(row.tls_chain))),
    )
