"""Walls are told from pages by structure; feeds are read whatever their kind; profiles are named in every form."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.capture.endpoints import x_embed_token
from archive.domain.accounts import Platform
from archive.errors import ExtractionError
from archive.extraction.feeds import feed_of_page, read_feed
from archive.extraction.posts import Asked, read_posts
from archive.extraction.posts.conditions import PostState
from archive.extraction.posts.looks import look_at
from archive.extraction.posts.previews import read_preview
from archive.extraction.posts.timelines import next_cursor
from archive.extraction.posts.walls import wall_of
from archive.extraction.web_archives import SaveState, read_closest, read_copies, read_save, read_time_map
from archive.text.post_urls import parse_post_url
from archive.text.profile_urls import parse_profile

ASKED = "https://harbour.ostrelund.example/news/ferries"


def titled(title: str, body: str = "<p>Ferries run later.</p>") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>".encode()


WALLS = [
    (titled("Just a moment..."), ASKED, PostState.BLOCKED_US),
    (titled("Attention Required! | Cloudflare"), ASKED, PostState.BLOCKED_US),
    (titled("Access Denied"), ASKED, PostState.BLOCKED_US),
    (titled("Log in to the portal"), ASKED, PostState.BLOCKED_US),
    (titled("Sign in - Harbour office"), ASKED, PostState.BLOCKED_US),
    (titled("Before you continue to the site"), ASKED, PostState.BLOCKED_US),
    (titled("Ferries", '<form id="challenge-form" action="/x"></form>'), ASKED, PostState.BLOCKED_US),
    (titled("Ferries"), "https://harbour.ostrelund.example/login?next=/news", PostState.BLOCKED_US),
    (titled("Ferries"), "https://consent.harbour.ostrelund.example/consent?continue=x", PostState.BLOCKED_US),
    (titled("Page not found | Harbour office"), ASKED, PostState.UNKNOWN),
    (titled("404 - Harbour office"), ASKED, PostState.UNKNOWN),
    (titled("404 Not Found"), ASKED, PostState.UNKNOWN),
    (titled("The page cannot be found"), ASKED, PostState.UNKNOWN),
    (titled("Error"), "https://harbour.ostrelund.example/error.htm", PostState.UNKNOWN),
    (titled("Ministry"), "https://harbour.ostrelund.example/error.htm", PostState.UNKNOWN),
    (titled("Harbour office"), "https://harbour.ostrelund.example/", PostState.UNKNOWN),
    (titled("Harbour office"), "https://www.ostrelund.example/en/index.html", PostState.UNKNOWN),
]


@pytest.mark.parametrize(("body", "final", "state"), WALLS)
def test_a_wall_is_told_by_what_it_calls_itself_and_where_the_way_ended(body, final, state) -> None:
    assert wall_of(body, asked_url=ASKED, final_url=final) is state


PAGES = [
    (titled("Ferries to run later | Harbour office"), ASKED),
    (titled("Login reform passed by the council"), ASKED),
    (titled("Minister: log in and vote", "<p>page not found, access denied, just a moment...</p>"), ASKED),
    (titled("Sorry seems to be the hardest word, says the mayor of a town with a very long name"), ASKED),
    (titled("404 days without rain"[4:]), ASKED),
    (titled("Ferries"), "https://harbour.ostrelund.example/news/2026/ferries"),
    (titled("Ferries"), "https://harbour.ostrelund.example/?p=12"),
]


@pytest.mark.parametrize(("body", "final"), PAGES)
def test_a_page_that_speaks_of_walls_is_none(body, final) -> None:
    assert wall_of(body, asked_url=ASKED, final_url=final) is None


def test_the_front_door_is_a_page_when_it_was_asked_for() -> None:
    home = "https://harbour.ostrelund.example/"
    assert wall_of(titled("Harbour office"), asked_url=home, final_url="https://www.ostrelund.example/en/") is None


@given(st.binary(max_size=400), st.sampled_from(list(Platform)), st.sampled_from([200, 304, 400, 404, 410, 451, 503]))
def test_no_bytes_whatever_break_a_look(body, platform, status) -> None:
    look = look_at(platform, body, status=status, asked=Asked(url=ASKED), way=(ASKED, ASKED))
    assert look.state in PostState and (not look.readings or look.state in (PostState.LIVE, PostState.WITHDRAWN))


RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><item><title>A</title><link>/a</link>
<pubDate>Sun, 01 Mar 2026 07:00:00 +0100</pubDate></item><item><title>No address</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>B</title><link rel="self" href="https://o.example/self"/>
<link rel="alternate" href="https://o.example/b"/><updated>2026-03-01T06:00:00Z</updated></entry></feed>"""


def test_feeds_of_both_kinds_are_read() -> None:
    (rss,) = read_feed(RSS, url="https://o.example/feed")
    assert (rss.url, rss.title, rss.published) == ("https://o.example/a", "A", datetime(2026, 3, 1, 6, tzinfo=UTC))
    (atom,) = read_feed(ATOM, url="https://o.example/feed")
    assert (atom.url, atom.published) == ("https://o.example/b", datetime(2026, 3, 1, 6, tzinfo=UTC))


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"{}", titled("Feed")])
def test_what_is_no_feed_is_said_to_be_none(body) -> None:
    with pytest.raises(ExtractionError) as caught:
        read_feed(body, url="https://o.example/")
    assert caught.value.code == "not_a_feed"


def test_a_feed_that_declares_entities_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rss><channel><item><title>&a;</title></item></channel></rss>'
    with pytest.raises(ExtractionError):
        read_feed(bomb, url="https://o.example/")


def test_a_page_names_its_feed() -> None:
    page = b'<html><head><link rel="stylesheet" href="/x.css"><link rel="alternate" type="application/atom+xml" href="/f"></head>'
    assert feed_of_page(page, url="https://o.example/news/") == "https://o.example/f"
    assert feed_of_page(titled("None"), url="https://o.example/") is None


PROFILES = [
    ("https://bsky.app/profile/ada.gov.example", Platform.BLUESKY, "ada.gov.example", None),
    ("https://bsky.app/profile/did:plc:abc", Platform.BLUESKY, None, "did:plc:abc"),
    ("bluesky:ada.gov.example", Platform.BLUESKY, "ada.gov.example", None),
    ("https://gov.example/@ada", Platform.MASTODON, "ada@gov.example", None),
    ("https://gov.example/users/ada", Platform.MASTODON, "ada@gov.example", None),
    ("https://other.example/@ada@gov.example", Platform.MASTODON, "ada@gov.example", None),
    ("@ada@gov.example", Platform.MASTODON, "ada@gov.example", None),
    ("mastodon:ada@gov.example", Platform.MASTODON, "ada@gov.example", None),
    ("https://t.me/s/fishery", Platform.TELEGRAM, "fishery", None),
    ("https://x.com/AdaNorden", Platform.X, "AdaNorden", None),
    ("twitter:@AdaNorden", Platform.X, "AdaNorden", None),
    ("https://truthsocial.com/@AdaNorden", Platform.TRUTH_SOCIAL, "AdaNorden", None),
    ("https://www.youtube.com/channel/UC0000000000000000000001", Platform.YOUTUBE, None, "UC0000000000000000000001"),
    ("https://www.youtube.com/@harbours", Platform.YOUTUBE, "harbours", None),
    ("https://www.gov.uk/government/organisations/x.atom", Platform.WEB, None, None),
    ("web:harbour.ostrelund.example/feed", Platform.WEB, None, None),
]


@pytest.mark.parametrize(("given_as", "platform", "handle", "native_id"), PROFILES)
def test_an_account_is_named_in_many_ways(given_as, platform, handle, native_id) -> None:
    pointer = parse_profile(given_as)
    assert pointer is not None
    assert (pointer.platform, pointer.handle, pointer.native_id) == (platform, handle, native_id)


@pytest.mark.parametrize(
    "given_as", ["", "ada", "nowhere:ada", "x:", "https://", "https://localhost/@ada", "http://[::1"]
)
def test_what_names_no_account_names_none(given_as) -> None:
    assert parse_profile(given_as) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_a_profile(text) -> None:
    parse_profile(text)
    parse_profile(f"https://{text}")


def test_cursors_lead_to_the_page_before() -> None:
    assert next_cursor(Platform.BLUESKY, b'{"feed": [], "cursor": "abc"}') == "abc"
    assert next_cursor(Platform.MASTODON, b'[{"id": "9"}, {"id": "7"}]') == "7"
    assert next_cursor(Platform.MASTODON, b"[]") is None
    assert next_cursor(Platform.TELEGRAM, b'<div class="tgme_widget_message" data-post="a/12"></div>') == "12"


@pytest.mark.parametrize(
    ("native_id", "token"),
    [
        # As JavaScript computes ((Number(id) / 1e15) * Math.PI).toString(36) without zeros and the point.
        ("1703436713362870723", "44ni5iyte19"),
        ("681507091064946688", "1nhmwfx6cj"),
        ("1384138850478346243", "3cseez4i51l"),
        ("20", "6dq1a2xwd93"),
    ],
)
def test_the_token_of_embedded_posts_is_javascripts(native_id, token) -> None:
    assert x_embed_token(native_id) == token


def test_web_archives_answers_are_read() -> None:
    rows = [
        ["timestamp", "original", "statuscode", "mimetype", "digest"],
        ["20240208110000", ASKED, "200", "text/html", "A"],
    ]
    (copy,) = read_copies(json.dumps(rows).encode())
    assert (copy.made_at, copy.status, copy.digest) == (datetime(2024, 2, 8, 11, tzinfo=UTC), 200, "A")
    assert copy.bytes_url == f"https://web.archive.org/web/20240208110000id_/{ASKED}"
    assert read_copies(b"[]") == read_copies(b"") == ()
    closest = {
        "archived_snapshots": {
            "closest": {"available": True, "url": "u", "timestamp": "20240208110000", "status": "200"}
        }
    }
    assert read_closest(json.dumps(closest).encode(), original=ASKED) is not None
    assert read_closest(b'{"archived_snapshots": {}}', original=ASKED) is None
    assert read_time_map(b"no links at all") == ()


@pytest.mark.parametrize(
    ("status", "body", "state"),
    [
        (200, {"job_id": "spn2-1"}, SaveState.PENDING),
        (200, {"status": "pending", "job_id": "spn2-1"}, SaveState.PENDING),
        (200, {"status": "success", "timestamp": "20240208110000", "original_url": ASKED}, SaveState.DONE),
        (200, {"status": "error", "status_ext": "error:blocked-url"}, SaveState.NEVER),
        (200, {"status": "error", "status_ext": "error:too-many-daily-captures"}, SaveState.LATER),
        (429, {}, SaveState.LATER),
        (502, {"status": "success", "timestamp": "20240208110000"}, SaveState.LATER),
        (200, [], SaveState.LATER),
        (200, {}, SaveState.LATER),
    ],
)
def test_a_copy_counts_only_when_the_archive_says_it_is_made(status, body, state) -> None:
    assert read_save(json.dumps(body).encode(), status=status, original=ASKED).state is state


X = "https://x.com/AdaNorden/status/1703436713362870723"


def test_a_saved_page_shows_the_post_only_under_its_own_number() -> None:
    pointer = parse_post_url(X)
    assert pointer is not None
    page = """<html><head><meta property="og:title" content="Ada Norden (@AdaNorden) on X">
<meta property="og:url" content="{url}"><meta property="og:description" content="\u201cNets &amp; boats, mended until\u2026\u201d"></head>"""
    reading = read_preview(page.format(url=X).encode(), pointer=pointer)
    assert reading is not None
    assert (reading.text, reading.truncated, reading.author_name) == (
        "Nets & boats, mended until\u2026",
        True,
        "Ada Norden",
    )
    assert reading.posted_at.date().isoformat() == "2023-09-17"
    assert read_preview(page.format(url="https://x.com/").encode(), pointer=pointer) is None


@pytest.mark.parametrize("kind", ["gone", "redirect", "vanish"])
def test_a_page_of_govuk_that_went_gives_no_words(kind) -> None:
    body = json.dumps({"base_path": "/a", "document_type": kind, "title": "A"}).encode()
    assert read_posts(Platform.WEB, body) == ()
