"""Fetcher: the one door of HTTP. One deadline, few hops, bounded bytes, no cookies, every address checked.

Built straight on httpx transports rather than its client: a client keeps cookies from one journalist's submission to
the next, reads proxies from the environment and follows redirects without asking.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpcore
import httpx
import stamina

from archive.capture.answers import Answer
from archive.capture.egress import Resolve, check_port, resolve_host
from archive.capture.limits import Deadline, FetchLimits
from archive.capture.pace import HostPace
from archive.capture.wire import Budget, GuardedBackend, checked_addresses
from archive.domain.captures import CaptureClass, Captured, CaptureMethod, Provenance, TermsClass, captured
from archive.domain.ids import CaptureId, new_id
from archive.errors import CaptureError

HTML_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
JSON_ACCEPT = "application/json,*/*;q=0.1"

_LONGEST_URL = 2_048
_TOO_SLOW = (TimeoutError, httpx.TimeoutException, httpcore.TimeoutException)
_BROKEN = (httpx.TransportError, httpx.StreamError, httpcore.NetworkError, httpcore.ProtocolError, OSError)

# stamina's own report of a retry goes to standard output where structlog is installed: it would spoil JSON lines.
stamina.instrumentation.set_on_retry_hooks([])


def parsed_url(url: str, *, base: httpx.URL | None = None) -> httpx.URL:
    """``url`` read strictly, relative to ``base`` where it is a redirect's target; the fragment is dropped.

    CaptureError ``bad_url`` for what is no address, EgressDeniedError for schemes other than http and https.
    """
    if len(url) > _LONGEST_URL or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise CaptureError("That is not a web address: it is too long or has spaces in it.", code="bad_url")
    try:
        parsed = base.join(url) if base is not None else httpx.URL(url)
        parsed = parsed.copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise CaptureError("That is not a web address.", code="bad_url") from error
    if not parsed.scheme:
        raise CaptureError("That is not a web address: it must begin with http:// or https://.", code="bad_url")
    check_port(parsed.scheme, None)
    if not parsed.host:
        raise CaptureError("That is not a web address: it names no host.", code="bad_url")
    if parsed.userinfo:
        raise CaptureError("Addresses with a user name or password are not fetched.", code="bad_url")
    return parsed


class _PassingFaultError(Exception):
    """A fault worth another try: no answer at all, or a gateway's excuse."""

    def __init__(self, cause: CaptureError | Answer) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """Shared by all hops and attempts of one fetch."""

    deadline: Deadline
    budget: Budget
    accept: str


class Fetcher:
    """Fetches public pages within ``limits``. Safe to share between threads; nothing is kept from fetch to fetch.

    ``transport`` replaces the network by a simulated world, ``resolve`` the name service; ``allow_loopback`` are ports
    on 127.0.0.1 and ::1 that may be contacted (test servers, given by settings only); ``now`` is the wall clock.
    """

    def __init__(
        self,
        limits: FetchLimits | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
        resolve: Resolve | None = None,
        allow_loopback: frozenset[int] = frozenset(),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.limits = limits or FetchLimits()
        self._transport = transport
        self._resolve = resolve or resolve_host
        self._allow_loopback = allow_loopback
        self._now = now
        self._pace = HostPace(self.limits.per_host)
        self._tls = ssl.create_default_context() if transport is None else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the simulated transport, if there is one; connections never outlive their fetch."""
        if self._transport is not None:
            self._transport.close()

    def fetch(
        self,
        url: str,
        *,
        accept: str = HTML_ACCEPT,
        terms: TermsClass = TermsClass.OPEN,
        capture_class: CaptureClass = CaptureClass.PLATFORM_ATTESTED,
    ) -> Captured:
        """The answer at ``url``, whatever its status, with redirects followed and everything recorded.

        CaptureError codes: ``bad_url``, ``egress_denied``, ``capture_unreachable``, ``capture_timeout``,
        ``capture_too_large``, ``capture_too_many_redirects``, ``capture_truncated``, ``capture_bad_encoding``.
        """
        requested_at = self._now()
        answer, end, passed = self._followed(parsed_url(url), accept=accept)
        provenance = Provenance(
            method=CaptureMethod.FETCH,
            capture_class=capture_class,
            source=url,
            requested_at=requested_at,
            received_at=self._now(),
            final_url=str(end),
            redirects=passed,
            status=answer.status,
            headers=answer.headers,
            peer=answer.peer,
            complete=answer.complete,
            collector=self.limits.user_agent,
        )
        capture_id = CaptureId(new_id())
        return captured(
            answer.body, capture_id=capture_id, media_type=answer.media_type, provenance=provenance, terms=terms
        )

    def _followed(self, url: httpx.URL, *, accept: str) -> tuple[Answer, httpx.URL, tuple[str, ...]]:
        """The last answer behind ``url``, where it stands, and the addresses passed on the way, ``url`` first."""
        visit = _Visit(
            deadline=Deadline(self.limits.seconds),
            budget=Budget(self.limits.wire_bytes + self.limits.header_bytes),
            accept=accept,
        )
        passed: list[str] = []
        while True:
            answer = self._patiently(url, visit)
            if answer.location is None:
                return answer, url, tuple(passed)
            passed.append(str(url))
            if len(passed) > self.limits.hops:
                raise CaptureError("The page redirects too often.", code="capture_too_many_redirects")
            url = parsed_url(answer.location, base=url)

    def _patiently(self, url: httpx.URL, visit: _Visit) -> Answer:
        """One hop, tried again after faults that pass (no connection, 502, 503, 504), all within the deadline."""
        try:
            for attempt in stamina.retry_context(
                on=_PassingFaultError,
                attempts=self.limits.attempts,
                timeout=visit.deadline.require(),
                wait_initial=self.limits.retry_wait,
                wait_max=max(2.0, self.limits.retry_wait),
                wait_jitter=self.limits.retry_wait,
            ):
                with attempt:
                    return self._once(url, visit)
        except _PassingFaultError as fault:
            if isinstance(fault.cause, Answer):
                return fault.cause
            raise fault.cause from fault
        raise CaptureError("The page took too long to arrive.", code="capture_timeout")

    def _once(self, url: httpx.URL, visit: _Visit) -> Answer:
        port = check_port(url.scheme, url.port, loopback_ports=self._allow_loopback)
        self._pace.wait(url.host, deadline=visit.deadline)
        try:
            answer = self._asked(url, port=port, visit=visit)
        except CaptureError as error:
            if error.code == "capture_unreachable":
                raise _PassingFaultError(error) from error
            raise
        if answer.may_pass_soon(visit.deadline):
            raise _PassingFaultError(answer)
        return answer

    def _asked(self, url: httpx.URL, *, port: int, visit: _Visit) -> Answer:
        request = self._request(url, visit)
        if self._transport is not None:
            peers = checked_addresses(
                url.raw_host.decode("ascii"),
                port,
                resolve=self._resolve,
                deadline=visit.deadline,
                allow_loopback=self._allow_loopback,
            )
            return self._received(self._transport, request, visit, peer=lambda: peers[0])
        backend = GuardedBackend(
            self._resolve,
            deadline=visit.deadline,
            budget=visit.budget,
            connect_seconds=self.limits.connect_seconds,
            allow_loopback=self._allow_loopback,
        )
        with _WireTransport(backend, tls=self._tls) as transport:
            return self._received(transport, request, visit, peer=lambda: backend.peer)

    def _request(self, url: httpx.URL, visit: _Visit) -> httpx.Request:
        fixed = {"Accept-Language": "en", "Accept-Encoding": "gzip, deflate", "Connection": "close"}
        asked = {"Host": url.netloc.decode("ascii"), "User-Agent": self.limits.user_agent, "Accept": visit.accept}
        return httpx.Request("GET", url, headers={**asked, **fixed})

    def _received(
        self, transport: httpx.BaseTransport, request: httpx.Request, visit: _Visit, *, peer: Callable[[], str | None]
    ) -> Answer:
        started = False
        try:
            response = transport.handle_request(request)
            started = True
            try:
                wire = self._wire_bytes(response, visit)
            finally:
                response.close()
        except _TOO_SLOW as error:
            raise CaptureError("The page took too long to arrive.", code="capture_timeout") from error
        except _BROKEN as error:
            if started:
                raise CaptureError("The page ended before it was whole.", code="capture_truncated") from error
            raise CaptureError("The site cannot be reached.", code="capture_unreachable") from error
        headers = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers.raw)
        answer = Answer(status=response.status_code, headers=headers, body=wire, peer=peer())
        return answer.unpacked(limit=self.limits.decoded_bytes)

    def _wire_bytes(self, response: httpx.Response, visit: _Visit) -> bytes:
        headers = response.headers.raw
        if sum(len(key) + len(value) + 4 for key, value in headers) > self.limits.header_bytes:
            raise CaptureError("The answer's headers are larger than what is read.", code="capture_too_large")
        wire = bytearray()
        assert isinstance(response.stream, httpx.SyncByteStream)
        for chunk in response.stream:
            visit.deadline.require()
            wire += chunk
            if len(wire) > self.limits.wire_bytes:
                raise CaptureError("The page is larger than what is fetched.", code="capture_too_large")
        visit.deadline.require()
        return bytes(wire)


class _WireTransport(httpx.BaseTransport):
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
