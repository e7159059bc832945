"""Fetching from a real socket on loopback: deadline, byte budget and truncation where they really happen."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from archive.capture.fetcher import Fetcher
from archive.capture.limits import FetchLimits
from archive.capture.questions import Question
from archive.domain.exchanges import exchanges_digest
from archive.errors import CaptureError, EgressDeniedError

Serve = Callable[[socket.socket, threading.Event], None]
LIMITS = FetchLimits(seconds=0.6, per_host=None, attempts=1, wire_bytes=200_000)


@contextmanager
def server(serve: Serve) -> Iterator[int]:
    """A server of one behaviour on a free loopback port."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)

    def accept() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.recv(65_536)
                try:
                    serve(connection, over)
                except OSError:
                    continue

    worker = threading.Thread(target=accept, daemon=True)
    worker.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        worker.join(2)
        listener.close()


def drip_body(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not over.wait(0.02):
        connection.sendall(b"a")


def drip_headers(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not over.wait(0.02):
        connection.sendall(b"a")


def say_nothing(connection: socket.socket, over: threading.Event) -> None:
    over.wait(5)


def endless(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not over.is_set():
        connection.sendall(b"a" * 50_000)


def endless_interim(connection: socket.socket, over: threading.Event) -> None:
    while not over.is_set():
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nX: " + b"y" * 8_000 + b"\r\n\r\n")


def cut_by_length(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>half")


def cut_in_chunk(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<p>half")


def no_protocol(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"\x00\xff\x13 what?\r\n\r\n")


@pytest.mark.parametrize(
    ("serve", "code"),
    [
        (drip_body, "capture_timeout"),
        (drip_headers, "capture_timeout"),
        (say_nothing, "capture_timeout"),
        (endless, "capture_too_large"),
        (endless_interim, "capture_too_large"),
        (cut_by_length, "capture_truncated"),
        (cut_in_chunk, "capture_truncated"),
        (no_protocol, "capture_unreachable"),
    ],
)
def test_a_hostile_server_is_left_with_its_own_code(serve: Serve, code: str) -> None:
    with server(serve) as port, pytest.raises(CaptureError) as caught:
        Fetcher(LIMITS, allow_loopback=frozenset({port})).fetch(f"http://127.0.0.1:{port}/")
    assert caught.value.code == code


def test_a_whole_answer_arrives_with_its_peer() -> None:
    def answer(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Kept: As-Is\r\nContent-Length: 5\r\n\r\nwhole")

    with server(answer) as port:
        fetcher = Fetcher(LIMITS, allow_loopback=frozenset({port}), resolve=lambda host, number: ("127.0.0.1",))
        captured = fetcher.fetch(f"http://test.example:{port}/")
    assert captured.body == b"whole"
    assert captured.capture.provenance.peer == "127.0.0.1"
    assert ("X-Kept", "As-Is") in captured.capture.provenance.headers


def test_loopback_is_refused_unless_settings_open_it() -> None:
    with server(say_nothing) as port, pytest.raises(EgressDeniedError):
        Fetcher(LIMITS).fetch(f"http://127.0.0.1:{port}/")


def test_a_name_service_that_never_answers_ends_at_the_deadline() -> None:
    never = threading.Event()

    def resolve(host: str, port: int) -> tuple[str, ...]:
        never.wait(5)
        return ("93.184.215.14",)

    with pytest.raises(CaptureError) as caught:
        Fetcher(LIMITS, resolve=resolve).fetch("https://slow.example/")
    never.set()
    assert caught.value.code == "capture_timeout"


def chunked(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Odd: One\r\nx-odd: two\r\nTransfer-Encoding: chunked\r\n\r\n")
    connection.sendall(b"5\r\nNets \r\n4\r\nmend\r\n0\r\n\r\n")


def test_the_bytes_on_the_wire_are_kept_as_they_went() -> None:
    with server(chunked) as port:
        captured = Fetcher(LIMITS, allow_loopback=frozenset({port})).fetch(
            f"http://127.0.0.1:{port}/a", question=Question(headers=(("Authorization", "Bearer secret-token"),))
        )
    assert captured.body == b"Nets mend"
    (exchange,) = captured.exchanges
    assert exchange.response == (
        b"HTTP/1.1 200 OK\r\nX-Odd: One\r\nx-odd: two\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5\r\nNets \r\n4\r\nmend\r\n0\r\n\r\n"
    )
    assert exchange.request.startswith(b"GET /a HTTP/1.1\r\n") and b"secret-token" not in exchange.request
    assert b"authorization: [masked]\r\n" in exchange.request.lower()
    assert (exchange.peer, exchange.addresses, exchange.tls_chain) == ("127.0.0.1", ("127.0.0.1",), ())
    assert captured.capture.provenance.exchanges == exchanges_digest(captured.exchanges)


def test_every_hop_is_an_exchange_of_its_own_and_no_secret_goes_to_another_host() -> None:
    with server(chunked) as other:

        def redirect(connection: socket.socket, over: threading.Event) -> None:
            connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{other}/b\r\n\r\n".encode())

        with server(redirect) as port:
            captured = Fetcher(LIMITS, allow_loopback=frozenset({port, other})).fetch(
                f"http://127.0.0.1:{port}/a", question=Question(headers=(("Authorization", "Bearer x"),))
            )
    assert [exchange.status for exchange in captured.exchanges] == [302, 200]
    assert [b"uthorization" in exchange.request for exchange in captured.exchanges] == [True, False]
    assert captured.capture.provenance.redirects == (f"http://127.0.0.1:{port}/a",)


def test_a_form_is_sent_once_and_by_post() -> None:
    with server(chunked) as port:
        captured = Fetcher(LIMITS, allow_loopback=frozenset({port})).fetch(
            f"http://127.0.0.1:{port}/save", question=Question(form=b"url=x")
        )
    (exchange,) = captured.exchanges
    assert exchange.method == "POST"
    assert exchange.request.startswith(b"POST /save HTTP/1.1\r\n") and exchange.request.endswith(b"\r\n\r\nurl=x")
