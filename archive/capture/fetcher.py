"""Fetcher: the one door of HTTP. One deadline, few hops, bounded bytes, no cookies, every address checked.

Built straight on httpx transports rather than its client: a client keeps cookies from one journalist's submission to
the next, reads proxies from the environment and follows redirects without asking.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpcore
import httpx
import stamina

from archive.capture.addresses import parsed_url
from archive.capture.answers import Answer
from archive.capture.egress import Resolve, check_port, resolve_host
from archive.capture.limits import Deadline, FetchLimits
from archive.capture.pace import HostPace
from archive.capture.policies import HOST_PACES
from archive.capture.questions import Question
from archive.capture.transport import WireTransport
from archive.capture.wire import Budget, GuardedBackend, Transcript, checked_addresses
from archive.domain.captures import CaptureClass, Captured, CaptureMethod, Exchange, Provenance, TermsClass, captured
from archive.domain.exchanges import exchanges_digest
from archive.domain.ids import CaptureId, new_id
from archive.errors import CaptureError

_TOO_SLOW = (TimeoutError, httpx.TimeoutException, httpcore.TimeoutException)
_BROKEN = (httpx.TransportError, httpx.StreamError, httpcore.NetworkError, httpcore.ProtocolError, OSError)

# stamina's own report of a retry goes to standard output where structlog is installed: it would spoil JSON lines.
stamina.instrumentation.set_on_retry_hooks([])


_PLAIN = Question()


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
    question: Question
    exchanges: list[Exchange] = field(default_factory=list)


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
        self._pace = HostPace(self.limits.per_host, slower=HOST_PACES)
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
        question: Question = _PLAIN,
        terms: TermsClass = TermsClass.OPEN,
        capture_class: CaptureClass = CaptureClass.PLATFORM_ATTESTED,
    ) -> Captured:
        """The answer at ``url``, whatever its status, with redirects followed and everything recorded.

        CaptureError codes: ``bad_url``, ``egress_denied``, ``capture_unreachable``, ``capture_timeout``,
        ``capture_too_large``, ``capture_too_many_redirects``, ``capture_truncated``, ``capture_bad_encoding``.
        """
        requested_at = self._now()
        answer, end, passed, exchanges = self._followed(parsed_url(url), question=question)
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
            exchanges=exchanges_digest(exchanges),
        )
        return captured(
            answer.body,
            capture_id=CaptureId(new_id()),
            media_type=answer.media_type,
            provenance=provenance,
            terms=terms,
            exchanges=exchanges,
        )

    def _followed(
        self, url: httpx.URL, *, question: Question
    ) -> tuple[Answer, httpx.URL, tuple[str, ...], tuple[Exchange, ...]]:
        """The last answer behind ``url``, where it stands, the addresses passed on the way, ``url`` first, and what
        went over the wire for each of them."""
        visit = _Visit(
            deadline=Deadline(self.limits.seconds),
            budget=Budget(self.limits.wire_bytes + self.limits.header_bytes),
            question=question,
        )
        passed: list[str] = []
        while True:
            answer = self._patiently(url, visit)
            if answer.location is None:
                return answer, url, tuple(passed), tuple(visit.exchanges)
            passed.append(str(url))
            if len(passed) > self.limits.hops:
                raise CaptureError("The page redirects too often.", code="capture_too_many_redirects")
            target = parsed_url(answer.location, base=url)
            is_same = (target.scheme, target.netloc) == (url.scheme, url.netloc) and question.form is None
            visit = visit if is_same else replace(visit, question=visit.question.elsewhere())
            url = target

    def _patiently(self, url: httpx.URL, visit: _Visit) -> Answer:
        """One hop, tried again after faults that pass (no connection, 502, 503, 504), all within the deadline."""
        try:
            for attempt in stamina.retry_context(
                on=_PassingFaultError,
                attempts=1 if visit.question.form is not None else self.limits.attempts,
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
            return self._received(self._transport, request, visit, transcript=Transcript(peer=peers[0]))
        backend = GuardedBackend(
            self._resolve,
            deadline=visit.deadline,
            budget=visit.budget,
            connect_seconds=self.limits.connect_seconds,
            allow_loopback=self._allow_loopback,
        )
        asked_at, left = self._now(), visit.deadline.left()
        with WireTransport(backend, tls=self._tls) as transport:
            answer = self._received(transport, request, visit, transcript=backend.transcript)
        held = backend.transcript
        visit.exchanges.append(
            Exchange(
                number=len(visit.exchanges) + 1,
                method=request.method,
                url=str(url),
                requested_at=asked_at,
                milliseconds=round((left - visit.deadline.left()) * 1000),
                status=answer.status,
                request=held.request(),
                response=bytes(held.received),
                complete=answer.complete,
                peer=held.peer,
                addresses=held.addresses,
                tls_version=held.tls_version,
                tls_chain=held.tls_chain,
            )
        )
        return answer

    def _request(self, url: httpx.URL, visit: _Visit) -> httpx.Request:
        question = visit.question
        fixed = {"Accept-Language": "en", "Accept-Encoding": "gzip, deflate", "Connection": "close"}
        asked = {"Host": url.netloc.decode("ascii"), "User-Agent": self.limits.user_agent, "Accept": question.accept}
        headers = {**asked, **fixed, **dict(question.headers)}
        if question.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return httpx.Request(question.method, url, headers=headers, content=question.form)

    def _received(
        self, transport: httpx.BaseTransport, request: httpx.Request, visit: _Visit, *, transcript: Transcript
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
        answer = Answer(status=response.status_code, headers=headers, body=wire, peer=transcript.peer)
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
