"""The wire beneath a fetch: connects to the very address that was checked, and counts every second and byte.

httpx has no total timeout (a byte a second outlives all of its timeouts) and resolves names itself (which a second
answer can turn to a private address); both are settled here, in the network stream, where nothing passes unseen.
"""

from __future__ import annotations

import hashlib
import re
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore

from archive.capture.egress import Resolve, permitted
from archive.capture.limits import Deadline
from archive.domain.captures import Digest
from archive.errors import CaptureError

_SECRET = re.compile(rb"(?im)^(authorization:[ \t]*)[^\r\n]*")


@dataclass(slots=True, kw_only=True)
class Transcript:
    """What went over one connection, in both directions, beneath TLS; and whom it was with."""

    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)
    peer: str | None = None
    addresses: tuple[str, ...] = ()
    tls_version: str | None = None
    tls_chain: tuple[Digest, ...] = ()

    def request(self) -> bytes:
        """The bytes sent; a credential is masked, everything else is as it went out."""
        head, mark, body = bytes(self.sent).partition(b"\r\n\r\n")
        return _SECRET.sub(rb"\1[masked]", head) + mark + body

    def note_tls(self, connection: object) -> None:
        """Keep the version and the certificates' digests of a TLS connection."""
        if not isinstance(connection, ssl.SSLSocket | ssl.SSLObject):
            return
        self.tls_version = connection.version()
        self.tls_chain = tuple(Digest(hashlib.sha256(der).hexdigest()) for der in _certificates(connection))


def _certificates(connection: ssl.SSLSocket | ssl.SSLObject) -> list[bytes]:
    """The chain as the site sent it, in DER. Python 3.13 shows it; before that only the inner object does."""
    inner = getattr(connection, "_sslobj", None)
    for holder in (connection, inner):
        chain = getattr(holder, "get_unverified_chain", None)
        if chain is not None:
            return [entry if isinstance(entry, bytes) else entry.public_bytes(2) for entry in chain() or ()]
    own = connection.getpeercert(binary_form=True)
    return [own] if own else []


class Budget:
    """The bytes one fetch may still receive, over all hops and attempts, framing included."""

    def __init__(self, size: int) -> None:
        self._left = size

    def spend(self, size: int) -> None:
        """Count ``size`` received bytes; CaptureError ``capture_too_large`` when the budget is used up."""
        self._left -= size
        if self._left < 0:
            raise CaptureError("The answer is larger than what is fetched.", code="capture_too_large")


class GuardedStream(httpcore.NetworkStream):
    """A connection whose reads and writes end at the deadline, count against the budget and are written down.

    Once TLS is begun the transcript is that of the stream inside it: the plain bytes of HTTP.
    """

    def __init__(
        self, inner: httpcore.NetworkStream, *, deadline: Deadline, budget: Budget, transcript: Transcript
    ) -> None:
        self._inner = inner
        self._deadline = deadline
        self._budget = budget
        self._transcript = transcript

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to ``max_bytes`` bytes, by the deadline."""
        data = self._inner.read(max_bytes, timeout=self._deadline.require())
        self._budget.spend(len(data))
        self._transcript.received += data
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send ``buffer``, by the deadline."""
        self._inner.write(buffer, timeout=self._deadline.require())
        self._transcript.sent += buffer

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection under TLS, still guarded."""
        inner = self._inner.start_tls(ssl_context, server_hostname, timeout=self._deadline.require())
        self._transcript.note_tls(inner.get_extra_info("ssl_object"))
        return GuardedStream(inner, deadline=self._deadline, budget=self._budget, transcript=self._transcript)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself (TLS object, addresses)."""
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens the connection of one request, to checked addresses only, and keeps its transcript."""

    def __init__(
        self,
        resolve: Resolve,
        *,
        deadline: Deadline,
        budget: Budget,
        connect_seconds: float,
        allow_loopback: frozenset[int],
    ) -> None:
        self._resolve = resolve
        self._deadline = deadline
        self._budget = budget
        self._connect_seconds = connect_seconds
        self._allow_loopback = allow_loopback
        self._inner = httpcore.SyncBackend()
        self.transcript = Transcript()

    def connect_tcp(  # noqa: PLR0917 - the signature is httpcore's
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to ``host``: resolved once, each address checked, and exactly those addresses dialled."""
        addresses = checked_addresses(
            host, port, resolve=self._resolve, deadline=self._deadline, allow_loopback=self._allow_loopback
        )
        self.transcript.addresses = addresses
        failure: Exception | None = None
        for address in addresses:
            try:
                left = min(self._deadline.require(), self._connect_seconds)
                inner = self._inner.connect_tcp(address, port, timeout=left, socket_options=socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            self.transcript.peer = address
            return GuardedStream(inner, deadline=self._deadline, budget=self._budget, transcript=self.transcript)
        raise failure or CaptureError("The host name has no address.", code="capture_unreachable")


def checked_addresses(
    host: str, port: int, *, resolve: Resolve, deadline: Deadline, allow_loopback: frozenset[int]
) -> tuple[str, ...]:
    """The addresses of ``host``, resolved once within the deadline, all of them allowed."""
    addresses = _resolved(host, port, resolve=resolve, deadline=deadline)
    return permitted(addresses, port=port, allow_loopback=allow_loopback)


def _resolved(host: str, port: int, *, resolve: Resolve, deadline: Deadline) -> tuple[str, ...]:
    # The system's resolver cannot be given a time limit: it runs beside us, and we stop waiting for it.
    answers: list[tuple[str, ...]] = []
    failures: list[CaptureError] = []

    def ask() -> None:
        try:
            answers.append(resolve(host, port))
        except CaptureError as error:
            failures.append(error)
        except Exception as error:
            failures.append(CaptureError(f"The host name cannot be found ({error}).", code="capture_unreachable"))

    asker = threading.Thread(target=ask, name="resolve", daemon=True)
    asker.start()
    asker.join(deadline.require())
    if failures:
        raise failures[0]
    if not answers:
        raise CaptureError("The host name could not be looked up in time.", code="capture_timeout")
    if not answers[0]:
        raise CaptureError("The host name has no address.", code="capture_unreachable")
    return answers[0]
