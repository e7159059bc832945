"""Exchanges: what went over the wire for one capture, and the digest that ties it to the capture's manifest."""

from __future__ import annotations

from collections.abc import Sequence

from archive.domain.captures import Digest, Exchange, digest_of
from archive.domain.custody import canonical_manifest, instant


def exchanges_digest(exchanges: Sequence[Exchange]) -> Digest | None:
    """The digest over all exchanges of a capture in their order; None where there are none.

    It stands in the capture's manifest, so that the custody log commits to every byte that was sent and received.
    """
    if not exchanges:
        return None
    return digest_of(canonical_manifest({"exchanges": [_manifest(exchange) for exchange in exchanges]}))


def _manifest(exchange: Exchange) -> dict[str, object]:
    return {
        "v": 1,
        "number": exchange.number,
        "method": exchange.method,
        "url": exchange.url,
        "requested_at": instant(exchange.requested_at),
        "milliseconds": exchange.milliseconds,
        "status": exchange.status,
        "request_sha256": digest_of(exchange.request),
        "response_sha256": digest_of(exchange.response),
        "complete": exchange.complete,
        "peer": exchange.peer,
        "addresses": list(exchange.addresses),
        "tls_version": exchange.tls_version,
        "tls_chain": [str(digest) for digest in exchange.tls_chain],
    }
