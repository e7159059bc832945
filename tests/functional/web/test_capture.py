"""Capturing over HTTP: the form, the bookmarklet, and what is refused."""

from dataclasses import replace

import pytest

from archive.domain.accounts import Platform
from archive.runtime import Audience, Network
from archive.services import search, verify
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
    runtime = replace(site.runtime, network=Network(world.fetcher))
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


MEMBERS_ONLY = "!no-unauthenticated"


def test_a_post_whose_author_asks_not_to_be_shown_to_strangers_is_kept_and_not_shown(desk: Site, world: World) -> None:
    """From the look that sees the wish until one that no longer does: on pages, in the interface, exports and search."""
    post = world.publish(Platform.BLUESKY, "ada.gov.example", WORDS, name="Ada Norden")
    address = desk.post("/capture", form="/capture", url=post.url).headers["Location"]
    places = [address, f"{address}/export/jsonld", f"{address}/export/csv", f"{address}/export/citation", "/statements"]
    places += [f"/api/v1{address}", "/api/v1/statements?q=boat", "/api/v1/statements?q=platform:bluesky"]

    def showing_it() -> list[str]:
        return [place for place in places if WORDS in desk.client.get(place).text]

    assert showing_it() == places
    world.label(post, MEMBERS_ONLY)
    told = desk.post("/capture?format=json", form="/capture", url=post.url)
    assert told.json["state"] == "withheld" and WORDS not in told.text
    assert showing_it() == []
    page = desk.client.get(address).text
    assert "Held, not shown." in page and "asks that strangers are shown none" in page and problems_of(page) == []
    assert desk.client.get(f"{address}/versions/1.txt").status_code == 451
    (seen,) = search.search_statements(
        replace(desk.runtime, audience=Audience.OPERATOR), search.parse_query("boat")
    ).hits
    assert seen.statement.snapshot.text == WORDS
    assert verify.verify_archive(desk.runtime).problems == ()
    world.label(post)
    desk.post("/capture", form="/capture", url=post.url)
    assert showing_it() == places


def test_a_post_of_such_an_author_is_no_statement_when_first_met(desk: Site, world: World) -> None:
    post = world.label(world.publish(Platform.BLUESKY, "ada.gov.example", WORDS), MEMBERS_ONLY, "bot")
    sent = desk.post("/capture", form="/capture", url=post.url)
    assert sent.status_code == 200 and "Withheld: there, but not shown to us." in sent.text
    assert desk.client.get("/api/v1/statements").json["results"] == []


def test_other_labels_hide_nothing(desk: Site, world: World) -> None:
    post = world.label(world.publish(Platform.BLUESKY, "ada.gov.example", WORDS), "bot")
    address = desk.post("/capture", form="/capture", url=post.url).headers["Location"]
    assert WORDS in desk.client.get(address).text
