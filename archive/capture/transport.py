"""httpx's face over one guarded connection, used once."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpcore
import httpx

from archive.capture.wire import GuardedBackend


class WireTransport(httpx.BaseTransport):
    """httpx's face over one guarded connection, used once."""

    def __init__(self, backend: GuardedBackend, *, tls: ssl.SSLContext | None) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls, network_backend=backend, http1=True, http2=False, retries=0, max_keepalive_connections=0
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request through the guarded connection."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.read() or None,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_WireStream(answer))

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()


class _WireStream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
