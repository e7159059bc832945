"""Capturing articles, posts and files in the simulated world, up to what extraction reads from them."""

import gzip
import lzma
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.capture.articles import capture_article
from archive.capture.content_types import declared_charset
from archive.capture.dumps import dump_lines, pasted, read_dump, read_upload
from archive.capture.endpoints import history_endpoint
from archive.capture.posts import capture_endpoint, capture_post
from archive.capture.timelines import timeline_endpoint
from archive.domain.accounts import Platform
from archive.domain.captures import CaptureMethod, TermsClass
from archive.errors import CaptureError, InvalidInputError
from archive.extraction.posts import Asked, read_posts
from archive.extraction.posts.states import PostState, read_state
from archive.text.post_urls import parse_post_url
from tests.world import Fault, World

NOW = datetime(2024, 2, 9, 2, 0, tzinfo=UTC)
HANDLES = {
    Platform.X: "AdaNorden",
    Platform.MASTODON: "ada@gov.example",
    Platform.BLUESKY: "ada.gov.example",
    Platform.TELEGRAM: "fishery",
}


@pytest.mark.parametrize("platform", HANDLES)
def test_a_published_post_is_captured_and_read_back(platform: Platform) -> None:
    world = World()
    post = world.publish(platform, HANDLES[platform], "Nets & boats,\nagain", name="Ada Norden")
    captured = capture_post(world.fetcher(), post.url)
    (reading,) = read_posts(platform, captured.body)
    assert (reading.native_id, reading.author_handle) == (post.native_id, post.handle)
    assert (reading.text, reading.author_name) == (post.text, "Ada Norden")
    assert reading.posted_at.replace(microsecond=0) == post.posted_at


@pytest.mark.parametrize("platform", HANDLES)
def test_a_deleted_post_is_an_answer_that_says_gone(platform: Platform) -> None:
    world = World()
    post = world.delete(world.publish(platform, HANDLES[platform], "Nets"))
    captured = capture_post(world.fetcher(), post.url)
    assert read_state(platform, status=captured.capture.provenance.status or 0, body=captured.body) is PostState.GONE


@pytest.mark.parametrize("platform", [Platform.X, Platform.MASTODON, Platform.BLUESKY])
@pytest.mark.parametrize(
    "fault", [Fault.WALL, Fault.FORBIDDEN, Fault.RATE_LIMIT, Fault.GATEWAY, Fault.GARBAGE, Fault.EMPTY]
)
def test_no_fault_of_the_way_is_taken_for_a_deletion(platform: Platform, fault: Fault) -> None:
    world = World()
    post = world.publish(platform, HANDLES[platform], "Nets")
    for host in ("publish.x.com", "gov.example", "public.api.bsky.app"):
        world.fault(host, fault)
    captured = capture_post(world.fetcher(), post.url)
    state = read_state(platform, status=captured.capture.provenance.status or 0, body=captured.body)
    assert state in {PostState.BLOCKED_US, PostState.UNKNOWN}


def test_an_edit_shows_in_the_history() -> None:
    world = World()
    post = world.publish(Platform.MASTODON, "ada@gov.example", "Nets")
    world.edit(post, "Nests", at=NOW)
    pointer = parse_post_url(post.url)
    assert pointer is not None
    endpoint = history_endpoint(pointer)
    assert endpoint is not None
    captured = capture_endpoint(world.fetcher(), endpoint)
    readings = read_posts(Platform.MASTODON, captured.body, asked=Asked(url=captured.capture.provenance.final_url))
    assert [(reading.native_id, reading.text) for reading in readings] == [
        (post.native_id, "Nets"),
        (post.native_id, "Nests"),
    ]


def test_what_the_terms_allow_is_recorded() -> None:
    world = World()
    x = world.publish(Platform.X, "AdaNorden", "Nets")
    bluesky = world.publish(Platform.BLUESKY, "ada.example", "Nets")
    assert capture_post(world.fetcher(), x.url).capture.terms_class is TermsClass.RESTRICTED
    assert capture_post(world.fetcher(), bluesky.url).capture.terms_class is TermsClass.OPEN


@pytest.mark.parametrize(
    "url",
    ["https://truthsocial.com/@ada/114132050804394743", "https://www.facebook.com/m/posts/12345678",
     "https://www.threads.net/@ada/post/abcDEF123"],
)  # fmt: skip
def test_platforms_behind_walls_are_not_fetched(url: str) -> None:
    world = World()
    with pytest.raises(CaptureError) as caught:
        capture_post(world.fetcher(), url)
    assert caught.value.code == "capture_not_offered"
    assert world.requests == []


def test_timelines_have_addresses_where_they_are_open() -> None:
    assert timeline_endpoint(Platform.TELEGRAM, "fishery") is not None
    assert timeline_endpoint(Platform.MASTODON, "ada@gov.example") is None
    assert timeline_endpoint(Platform.X, "AdaNorden") is None


PAGE = "https://news.example/story"


def test_an_article_is_captured_with_the_charset_it_declares() -> None:
    world = World()
    world.article(PAGE, "<html><p>Fisché</p></html>".encode("latin-1"), media_type="text/html; charset=ISO-8859-1")
    captured = capture_article(world.fetcher(), PAGE)
    assert (declared_charset(captured), captured.capture.media_type) == ("ISO-8859-1", "text/html")


@pytest.mark.parametrize(
    ("fault", "code"),
    [(Fault.FORBIDDEN, "capture_status"), (Fault.GATEWAY, "capture_status"), (Fault.EMPTY, "capture_empty"),
     (Fault.PDF, "capture_not_html"), (Fault.SLOW, "capture_timeout"), (Fault.SHORT_LENGTH, "capture_truncated")],
)  # fmt: skip
def test_what_is_no_whole_article_page_is_refused(fault: Fault, code: str) -> None:
    world = World()
    world.fault(PAGE, fault)
    with pytest.raises(CaptureError) as caught:
        capture_article(world.fetcher(), PAGE)
    assert caught.value.code == code


@pytest.mark.parametrize("pack", [lambda body: body, gzip.compress, lzma.compress])
def test_a_dump_is_kept_as_it_came_and_read_line_by_line(tmp_path: Path, pack) -> None:
    packed = pack(b"one\r\n\ntwo")
    path = tmp_path / "posts.jsonl"
    path.write_bytes(packed)
    captured = read_dump(path, now=NOW)
    assert captured.body == packed
    assert captured.capture.provenance.method is CaptureMethod.IMPORT
    assert captured.capture.provenance.source == "posts.jsonl"
    assert list(dump_lines(captured)) == [(1, b"one"), (2, b""), (3, b"two")]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_parts_may_follow_each_other_and_damage_is_told(pack) -> None:
    both = read_upload("a", pack(b"one\n") + pack(b"two\n"), now=NOW)
    assert [line for _, line in dump_lines(both)] == [b"one", b"two"]
    with pytest.raises(InvalidInputError) as caught:
        list(dump_lines(read_upload("a", pack(b"one\n" * 99)[:-9], now=NOW)))
    assert caught.value.code == "dump_damaged"


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_bomb_ends_at_the_cap(pack) -> None:
    bomb = read_upload("a", pack(b"line\n" * 2_000_000), now=NOW)
    with pytest.raises(InvalidInputError) as caught:
        for _ in dump_lines(bomb, most_bytes=1_000_000):
            pass
    assert caught.value.code == "dump_too_large"


def test_files_that_cannot_be_read_are_told_in_words(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.csv", "no_such_file"), (tmp_path, "unreadable_file")):
        with pytest.raises(InvalidInputError) as caught:
            read_dump(path, now=NOW)
        assert caught.value.code == code


def test_uploads_and_pasted_text_are_captures_too() -> None:
    upload = read_upload("C:\\fakepath\\st\x00ory.html", b"<p>a</p>", now=NOW)
    assert (upload.capture.provenance.source, upload.capture.media_type) == ("story.html", "text/html")
    paste = pasted("Nets \ud800", now=NOW)
    assert paste.capture.provenance.method is CaptureMethod.PASTE
    for empty in (lambda: read_upload("a", b" \n", now=NOW), lambda: pasted(" ", now=NOW)):
        with pytest.raises(InvalidInputError):
            empty()
