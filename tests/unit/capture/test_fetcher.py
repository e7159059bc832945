"""Fetching in the simulated world: the matrix of faults, redirects, retries, and what provenance records."""

from datetime import UTC, datetime

import httpx
import pytest

from archive.capture.addresses import parsed_url
from archive.capture.fetcher import Fetcher
from archive.capture.limits import FetchLimits
from archive.errors import ArchiveError, CaptureError, EgressDeniedError
from tests.world import Fault, World

PAGE = "https://news.example/story"
HTML = "<html><body><p>The minister spoke of herring.</p></body></html>"


@pytest.fixture
def world() -> World:
    world = World()
    world.article(PAGE, HTML)
    return world


FAILURES = [
    (Fault.REFUSED, "capture_unreachable"),
    (Fault.SLOW, "capture_timeout"),
    (Fault.RESET_INSIDE, "capture_truncated"),
    (Fault.SHORT_LENGTH, "capture_truncated"),
    (Fault.SHORT_GZIP, "capture_truncated"),
    (Fault.GZIP_BOMB, "capture_too_large"),
    (Fault.DOUBLE_GZIP, "capture_bad_encoding"),
    (Fault.FOREIGN_CODING, "capture_bad_encoding"),
    (Fault.HUGE, "capture_too_large"),
    (Fault.HEADER_FLOOD, "capture_too_large"),
    (Fault.LOOP, "capture_too_many_redirects"),
    (Fault.TO_PRIVATE, "egress_denied"),
    (Fault.TO_FILE, "egress_denied"),
]


@pytest.mark.parametrize(("fault", "code"), FAILURES)
def test_a_fault_on_the_way_has_its_own_code(world: World, fault: Fault, code: str) -> None:
    world.fault(PAGE, fault)
    with pytest.raises(CaptureError) as caught:
        world.fetcher().fetch(PAGE)
    assert caught.value.code == code


@pytest.mark.parametrize("host", ["archive.today", "archive.ph", "www.archive.is", "ARCHIVE.LI", "archive.vn."])
def test_a_web_archive_that_is_not_believed_is_not_asked(world: World, host: str) -> None:
    """Nor is it reached by a redirect: its copies were shown to be altered."""
    for url, base in ((f"https://{host}/aB3dE", None), (f"//{host}/aB3dE", httpx.URL(PAGE))):
        with pytest.raises(EgressDeniedError) as caught:
            parsed_url(url, base=base)
        assert caught.value.code == "distrusted_archive"
    assert parsed_url("https://archive.example/aB3dE").host == "archive.example"


ANSWERS = [
    (Fault.RATE_LIMIT, 429),
    (Fault.FORBIDDEN, 403),
    (Fault.LEGAL, 451),
    (Fault.GATEWAY, 502),
    (Fault.EMPTY, 200),
]


@pytest.mark.parametrize(("fault", "status"), ANSWERS)
def test_an_unwelcome_status_is_an_answer_and_is_recorded(world: World, fault: Fault, status: int) -> None:
    world.fault(PAGE, fault)
    assert world.fetcher().fetch(PAGE).capture.provenance.status == status


def test_a_passing_fault_is_tried_again(world: World) -> None:
    world.fault(PAGE, Fault.GATEWAY, None)
    assert world.fetcher().fetch(PAGE).body == HTML.encode()


@pytest.mark.parametrize("fault", [Fault.RATE_LIMIT, Fault.FORBIDDEN, Fault.LEGAL])
def test_a_refusal_is_not_hammered(world: World, fault: Fault) -> None:
    world.fault(PAGE, fault)
    world.fetcher().fetch(PAGE)
    assert len(world.requests) == 1


def test_redirects_are_followed_and_recorded(world: World) -> None:
    world.redirect("https://short.example/a", "/b")
    world.redirect("https://short.example/b", PAGE, status=308)
    provenance = world.fetcher().fetch("https://short.example/a#top").capture.provenance
    assert provenance.redirects == ("https://short.example/a", "https://short.example/b")
    assert provenance.final_url == PAGE
    assert provenance.peer == "93.184.215.14"


def test_five_redirects_are_enough(world: World) -> None:
    for number in range(5):
        world.redirect(f"https://hop.example/{number}", f"https://hop.example/{number + 1}")
    world.article("https://hop.example/5", HTML)
    assert world.fetcher().fetch("https://hop.example/0").body == HTML.encode()
    world.redirect("https://hop.example/5", "https://hop.example/6")
    with pytest.raises(CaptureError):
        world.fetcher().fetch("https://hop.example/0")


def test_a_host_that_resolves_inwards_is_never_asked(world: World) -> None:
    world.lives_at("rebound.example", "93.184.215.14", "192.168.0.1")
    with pytest.raises(EgressDeniedError):
        world.fetcher().fetch("https://rebound.example/")
    assert world.requests == []


BAD = [
    ("news.example/story", "bad_url"),
    ("https://", "bad_url"),
    ("https:///path", "bad_url"),
    ("", "bad_url"),
    ("https://user:secret@news.example/", "bad_url"),
    ("https://news.example/a b", "bad_url"),
    ("https://news.example/\r\nHost: x", "bad_url"),
    ("https://news.example/" + "a" * 3000, "bad_url"),
    ("https://[::1", "bad_url"),
    ("https://news.example:99999/", "egress_denied"),
    ("ftp://news.example/", "egress_denied"),
    ("javascript:alert(1)", "egress_denied"),
    ("http://news.example:8080/", "egress_denied"),
    ("http://127.0.0.1/", "egress_denied"),
    ("http://[::1]/", "egress_denied"),
    ("http://127。0。0。1/", "egress_denied"),
    ("http://nowhere.invalid/", "capture_unreachable"),
]


@pytest.mark.parametrize(("url", "code"), BAD)
def test_what_is_no_public_address_is_refused_in_words(world: World, url: str, code: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        world.fetcher().fetch(url)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")
    assert world.requests == []


def test_no_cookie_referrer_or_user_travels_with_a_request(world: World) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, headers={"set-cookie": "a=1"}, html="<p>x</p>")

    fetcher = Fetcher(
        FetchLimits(per_host=None), transport=httpx.MockTransport(answer), resolve=lambda host, port: ("8.8.8.8",)
    )
    fetcher.fetch("https://a.example/")
    fetcher.fetch("https://a.example/")
    names = {name.lower() for request in seen for name in request.headers}
    assert names == {"host", "user-agent", "accept", "accept-language", "accept-encoding", "connection"}


def test_provenance_tells_times_headers_and_type(world: World) -> None:
    moments = iter([datetime(2024, 2, 8, 10, 0, tzinfo=UTC), datetime(2024, 2, 8, 10, 1, tzinfo=UTC)])
    captured = world.fetcher(now=lambda: next(moments)).fetch(PAGE)
    provenance = captured.capture.provenance
    assert (provenance.requested_at.minute, provenance.received_at.minute) == (0, 1)
    assert captured.capture.media_type == "text/html"
    assert ("content-type", "text/html; charset=utf-8") in provenance.headers
    assert provenance.complete


@pytest.mark.parametrize(
    ("body", "complete"), [("<p>cut in the mid", False), ("<html><p>a</p></html>", True), ('{"a": 1}', True)]
)
def test_a_body_nothing_delimits_is_complete_only_if_it_ends_as_one(body: str, complete: bool) -> None:
    class Undelimited(httpx.SyncByteStream):
        def __iter__(self):
            yield body.encode()

    transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Undelimited()))
    fetcher = Fetcher(FetchLimits(per_host=None), transport=transport, resolve=lambda host, port: ("8.8.8.8",))
    assert fetcher.fetch("https://a.example/").capture.provenance.complete is complete
