"""Capturing over HTTP: the form, the bookmarklet, and what is refused."""

from dataclasses import replace

import pytest

from archive.domain.accounts import Platform
from tests.functional.web.markup import problems_of
from tests.functional.web.sites import Site
from tests.world import Fault, World
from web.application import create_app

WORDS = "The last boat leaves at nine and waits for nobody."


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def desk(site: Site, world: World) -> Site:
    """The empty site, in the world."""
    runtime = replace(site.runtime, fetcher=world.fetcher())
    app = create_app(runtime)
    return replace(site, app=app, runtime=runtime, client=app.test_client())


def test_a_captured_post_is_a_statement_at_once(desk: Site, world: World) -> None:
    post = world.publish(Platform.MASTODON, "ada@gov.example", WORDS, name="Ada Norden")
    sent = desk.post("/capture", form="/capture", url=post.url)
    assert sent.status_code == 303
    page = desk.client.get(sent.headers["Location"]).text
    assert WORDS in page and "Ada Norden" in page


def test_the_bookmarklet_fills_the_form_in_and_captures_nothing(desk: Site, world: World) -> None:
    page = desk.client.get("/capture?url=https://gov.example/@ada/117020586180926938").text
    assert 'value="https://gov.example/@ada/117020586180926938"' in page
    assert "javascript:location.href=&#39;http://localhost/capture?url=&#39;+encodeURIComponent(location.href)" in page
    assert problems_of(page) == []
    assert world.requests == []


def test_capturing_needs_the_form(desk: Site, world: World) -> None:
    post = world.publish(Platform.MASTODON, "ada@gov.example", WORDS)
    assert desk.client.post("/capture", data={"url": post.url}).status_code == 400
    assert world.requests == []


def test_an_answer_without_the_post_says_what_it_was(desk: Site, world: World) -> None:
    post = world.publish(Platform.X, "AdaNorden", WORDS)
    world.fault("publish.x.com", Fault.WALL)
    sent = desk.post("/capture", form="/capture", url=post.url)
    assert sent.status_code == 200 and "Blocked" in sent.text
    assert problems_of(sent.text) == []
    pointer = desk.post("/capture", form="/capture", url="https://www.instagram.com/p/C3GhAbcdefg/").text
    assert "Pointer only" in pointer and "hidden in the address" in pointer


@pytest.mark.parametrize(
    ("url", "status", "code"),
    [
        ("", 400, "nothing_submitted"),
        ("not an address", 400, "bad_url"),
        ("javascript:alert(1)", 400, "bad_url"),
        ("http://127.0.0.1/", 422, "egress_denied"),
        ("http://169.254.169.254/latest/meta-data", 422, "egress_denied"),
        ("https://nowhere.invalid/", 502, "capture_unreachable"),
    ],
)
def test_what_cannot_be_captured_says_why_beside_the_field(desk: Site, url: str, status: int, code: str) -> None:
    sent = desk.post("/capture", form="/capture", url=url)
    assert (sent.status_code, problems_of(sent.text)) == (status, [])
    assert "There is a problem" in sent.text or "Error" in sent.text
    assert desk.post("/capture?format=json", form="/capture", url=url).json["code"] == code


def test_hostile_words_of_a_post_stay_words(desk: Site, world: World) -> None:
    post = world.publish(Platform.MASTODON, "ada@gov.example", '<script>alert(1)</script> "quoted" & more')
    sent = desk.post("/capture", form="/capture", url=post.url)
    page = desk.client.get(sent.headers["Location"]).text
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
