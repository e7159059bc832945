"""Exchanges: what went over the wire for one capture, and the digest that ties it to the capture's manifest."""

from __future__ import annotations

from collections.abc import Sequence

from archive.domain.captures import Digest, Exchange, digest_of
from archive.domain.custody import canonical_manifest, instant

Manifest = dict[str, object]


def exchanges_digest(exchanges: Sequence[Exchange]) -> Digest | None:
    """The digest over all exchanges of a capture in their order; None where there are none.

    It stands in the capture's manifest, so that the custody log commits to every byte that was sent and received.
    """
    return digest_of_manifests([exchange_manifest(exchange) for exchange in exchanges])


def digest_of_manifests(manifests: Sequence[Manifest]) -> Digest | None:
    """The digest over the manifests of a capture's exchanges; they hold the bytes' digests, so that it can be checked
    after the bytes were removed on purpose."""
    return digest_of(canonical_manifest({"exchanges": list(manifests)})) if manifests else None


def exchange_manifest(exchange: Exchange, *, request: Digest | None = None, response: Digest | None = None) -> Manifest:
    """What is committed to of one exchange; ``request`` and ``response`` stand in for bytes that are not at hand."""
    return {
        "v": 1,
        "number": exchange.number,
        "method": exchange.method,
        "url": exchange.url,
        "requested_at": instant(exchange.requested_at),
        "milliseconds": exchange.milliseconds,
        "status": exchange.status,
        "request_sha256": request or digest_of(exchange.request),
        "response_sha256": response or digest_of(exchange.response),
        "complete": exchange.complete,
        "peer": exchange.peer,
        "addresses": list(exchange.addresses),
        "tls_version": exchange.tls_version,
        "tls_chain": [str(digest) for digest in exchange.tls_chain],
    }
