"""The commands of capturing, against a server on this very machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from .conftest import Command

WORDS = "The last boat leaves at nine and waits for nobody."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Ferries</title>
<meta property="article:published_time" content="2026-02-08T10:00:00Z"></head><body><main><article><h1>Ferries</h1>
<p>{WORDS} {WORDS}</p><p>The harbour office said so on Sunday, and {WORDS.lower()}</p></article></main></body></html>"""
FEED = '<rss version="2.0"><channel><item><title>Ferries</title><link>/ferries</link></item></channel></rss>'
PAGES = {"/ferries": ("text/html", PAGE), "/feed": ("application/rss+xml", FEED)}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, page = PAGES.get(self.path, ("text/html", "<html><title>Not found</title></html>"))
        body = page.encode()
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    worker = threading.Thread(target=server.serve_forever, daemon=True)
    worker.start()
    monkeypatch.setenv("ONRECORD_ALLOW_LOOPBACK", str(server.server_address[1]))
    monkeypatch.setenv("ONRECORD_FETCH_PER_HOST", "1000")
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_captured_page_is_printed_and_found(command: Command, site: str) -> None:
    answer = command("capture", f"{site}/ferries")
    assert answer.status == 0, answer.err
    for shown in ("state: live", f"post: web:{site}/ferries (new)", "posted: 2026-02-08 10:00:00 UTC", WORDS):
        assert shown in answer.out
    assert "capture: sha256:" in answer.out
    assert "known, unchanged" in command("capture", f"{site}/ferries").out
    assert WORDS[:20] in command("search", "boat").out


def test_as_json_it_says_everything_and_nothing_else(command: Command, site: str) -> None:
    answer = command("capture", f"{site}/ferries", f"{site}/nowhere", "http://10.0.0.1/", "--json")
    assert answer.status == 3
    found = answer.json()
    (live, gone), (error,) = found["captures"], found["errors"]
    assert (live["state"], live["held"], live["post"]["version"]) == ("live", True, 1)
    assert len(live["capture"]["exchanges_sha256"]) == 64
    assert (gone["state"], gone["held"], gone["post"]) == ("gone", False, None)
    assert error == {
        "url": "http://10.0.0.1/",
        "error": {"code": "egress_denied", "message": error["error"]["message"]},
    }


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (("capture", "nonsense"), 2, "bad_url"),
        (("capture", "file:///etc/passwd"), 2, "egress_denied"),
        (("capture", "https://user:secret@news.example/"), 2, "bad_url"),
        (("capture", "https://archive.ph/aB3dE"), 2, "distrusted_archive"),
        (("capture",), 2, "usage"),
        (("follow", "ada"), 2, "bad_account"),
        (("follow", "https://x.com/AdaNorden"), 2, "follow_not_offered"),
        (("unfollow", "x:ada"), 2, "not_followed"),
        (("capture", "https://x.com/a/status/1", "--cost-limit", "much"), 2, "usage"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_with_a_code(
    command: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], status: int, code: str
) -> None:
    answer = command(*words)
    assert (answer.status, answer.out) == (status, "")
    assert f"[{code}]" in answer.err


def test_the_paid_api_says_its_price_before_it_is_asked(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_X_ROUTE", "api")
    answer = command("capture", "https://x.com/a/status/20", "https://x.com/a/status/21")
    assert answer.status == 2
    assert "2 posts, at most 0.030 US dollars" in answer.err and "[cost_not_accepted]" in answer.err


def test_a_platform_can_be_switched_off_and_a_wrong_name_is_refused(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_PLATFORMS_OFF", "twitter, telegram")
    assert "[platform_off]" in command("capture", "https://x.com/a/status/20").err
    monkeypatch.setenv("ONRECORD_PLATFORMS_OFF", "myspace")
    assert "[configuration]" in command("capture", "https://x.com/a/status/20").err


def test_a_site_is_followed_listed_and_let_go(command: Command, site: str) -> None:
    answer = command("follow", f"{site}/feed")
    assert answer.status == 0, answer.err
    assert "1 posts read, 1 new, 0 changed" in answer.out and "a feed covers nothing" in answer.out
    assert "web:127.0.0.1" in command("follow").out
    (listed,) = command("follow", "--json").json()["follows"]
    assert (listed["route"], listed["failures"], listed["silence"]) == (f"{site}/feed", 0, None)
    assert "no longer followed" in command("unfollow", f"{site}/feed").out
    assert command("follow", "--json").json()["follows"] == []


def test_second_copies_are_queued_and_shown(command: Command) -> None:
    assert "waiting" in command("copies", "ask", "https://news.example/a").out
    (copy,) = command("copies", "show", "--json").json()["copies"]
    assert (copy["url"], copy["state"], copy["attempts"]) == ("https://news.example/a", "waiting", 0)
    assert "https://news.example/a" in command("copies", "show").out
