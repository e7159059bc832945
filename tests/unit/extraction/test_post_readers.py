"""Platform payloads into readings: every shape, and what is left out."""

import json
from datetime import UTC, datetime

import pytest

from archive.domain.accounts import Platform
from archive.errors import ExtractionError
from archive.extraction.posts import Asked, read_posts

X_ID = "1703436713362870723"
USER = {"id_str": "42", "screen_name": "AdaNorden", "name": "Ada Norden"}


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def test_a_tweet_result_gives_the_words_without_the_media_link() -> None:
    (reading,) = read_posts(
        Platform.X,
        body(
            {
                "__typename": "Tweet",
                "id_str": X_ID,
                "created_at": "2023-09-17T15:52:15.000Z",
                "lang": "en",
                "user": USER,
                "text": "@other Nets &amp; boats https://t.co/aaa https://t.co/bbb",
                "display_text_range": [7, 40],
                "entities": {"urls": [{"url": "https://t.co/aaa", "expanded_url": "https://gov.example/nets"}]},
                "mediaDetails": [{"url": "https://t.co/bbb"}],
                "edit_control": {"edit_tweet_ids": [X_ID]},
            }
        ),
    )
    assert reading.text == "Nets & boats https://gov.example/nets"
    assert (reading.author_native_id, reading.author_handle) == ("42", "AdaNorden")
    assert not reading.truncated


def test_an_edit_is_a_version_of_the_first_post() -> None:
    later = str(int(X_ID) + (600_000 << 22))
    (reading,) = read_posts(
        Platform.X,
        body(
            {
                "__typename": "Tweet",
                "id_str": later,
                "created_at": "2023-09-17T16:02:15.000Z",
                "user": USER,
                "text": "Nets",
                "edit_control": {"edit_tweet_ids": [X_ID, later]},
            }
        ),
    )
    assert reading.native_id == X_ID
    assert reading.posted_at.replace(microsecond=0) == datetime(2023, 9, 17, 15, 52, 15, tzinfo=UTC)
    assert reading.edited_at is not None and reading.edited_at > reading.posted_at


def test_a_long_post_in_the_embed_back_end_is_marked_cut() -> None:
    (reading,) = read_posts(
        Platform.X,
        body(
            {
                "__typename": "Tweet",
                "id_str": X_ID,
                "created_at": "2023-09-17T15:52:15Z",
                "user": USER,
                "text": "Long",
                "note_tweet": {"id": "1"},
            }
        ),
    )
    assert reading.truncated


def test_the_api_gives_the_whole_note_and_the_relations() -> None:
    (reading,) = read_posts(
        Platform.X,
        body(
            {
                "data": [
                    {
                        "id": X_ID,
                        "text": "Cut …",
                        "author_id": "42",
                        "created_at": "2023-09-17T15:52:15.000Z",
                        "note_tweet": {"text": "The whole text"},
                        "referenced_tweets": [{"type": "quoted", "id": "7"}, {"type": "replied_to", "id": "8"}],
                    }
                ],
                "includes": {"users": [{"id": "42", "username": "AdaNorden", "name": "Ada Norden"}]},
                "errors": [{"type": "https://api.twitter.com/2/problems/resource-not-found"}],
            }
        ),
    )
    assert (reading.text, reading.truncated) == ("The whole text", False)
    assert (reading.quoted_native_id, reading.in_reply_to) == ("7", "8")


def test_old_statuses_tell_reposts_and_cut_texts() -> None:
    old = {"id_str": X_ID, "created_at": "Sun Sep 17 15:52:15 +0000 2023", "user": USER}
    readings = read_posts(
        Platform.X,
        body(
            [
                {**old, "text": "RT @other: Herring", "truncated": False},
                {**old, "text": "Nets", "truncated": True},
                {**old, "text": "Nets", "truncated": True, "extended_tweet": {"full_text": "Nets and boats"}},
            ]
        ),
    )
    assert [(r.is_repost, r.truncated, r.text) for r in readings] == [
        (True, False, "RT @other: Herring"),
        (False, True, "Nets"),
        (False, False, "Nets and boats"),
    ]


def test_an_account_archive_is_read_as_data_never_run() -> None:
    part = {"tweet": {"id_str": X_ID, "full_text": "Nets", "created_at": "Sun Sep 17 15:52:15 +0000 2023"}}
    script = b"window.YTD.tweets.part0 = " + body([part])
    (reading,) = read_posts(Platform.X, script, asked=Asked(handle="AdaNorden"))
    assert (reading.text, reading.author_handle) == ("Nets", "AdaNorden")


STATUS = {
    "id": "117020586180926938",
    "uri": "https://s.example/users/ada/statuses/117020586180926938",
    "visibility": "public",
    "url": "https://s.example/@ada/117020586180926938",
    "created_at": "2026-08-01T13:54:00.505Z",
    "spoiler_text": "",
    "content": '<p>Nets &amp; boats<br>by <a href="https://gov.example/a/very/long/path"><span class="invisible">https://'
    '</span><span class="ellipsis">gov.example/a/ve</span><span class="invisible">ry/long/path</span></a></p>'
    "<p>@other</p>",
    "account": {
        "id": "9",
        "acct": "ada",
        "username": "ada",
        "display_name": "Ada",
        "url": "https://s.example/@ada",
        "uri": "https://s.example/users/ada",
    },
}


def test_a_status_gives_paragraphs_lines_and_whole_links() -> None:
    (reading,) = read_posts(Platform.MASTODON, body(STATUS))
    assert reading.text == "Nets & boats\nby https://gov.example/a/very/long/path\n\n@other"
    assert (reading.author_handle, reading.native_id) == ("ada@s.example", STATUS["uri"])


@pytest.mark.parametrize("visibility", ["private", "direct"])
def test_what_was_not_public_is_not_read(visibility: str) -> None:
    assert read_posts(Platform.MASTODON, body({**STATUS, "visibility": visibility})) == ()


def test_an_edit_history_is_every_version_of_one_post() -> None:
    entries = [
        {"content": f"<p>{text}</p>", "created_at": f"2026-08-01T13:5{n}:00Z", "account": STATUS["account"]}
        for n, text in enumerate(["Nets", "Nests"])
    ]
    url = "https://s.example/api/v1/statuses/117020586180926938/history"
    readings = read_posts(Platform.MASTODON, body(entries), asked=Asked(url=url))
    assert [reading.text for reading in readings] == ["Nets", "Nests"]
    assert {reading.native_id for reading in readings} == {STATUS["uri"]}
    assert [reading.edited_at is None for reading in readings] == [True, False]


def test_an_outbox_gives_public_notes_only() -> None:
    note = {
        "type": "Note",
        "id": STATUS["uri"],
        "attributedTo": "https://s.example/users/ada",
        "content": "<p>Nets</p>",
        "published": "2026-08-01T13:54:00Z",
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "cc": [],
    }
    outbox = {
        "orderedItems": [
            {"type": "Create", "object": note},
            {"type": "Create", "object": {**note, "to": ["https://s.example/users/ada/followers"]}},
            {"type": "Announce", "object": "https://other.example/1"},
        ]
    }
    assert [reading.text for reading in read_posts(Platform.MASTODON, body(outbox))] == ["Nets"]


URI = "at://did:plc:abc/app.bsky.feed.post/3kaheyt6vpc22"
RECORD = {
    "$type": "app.bsky.feed.post",
    "text": "Netze für alle: gov.example/lo...",
    "createdAt": "2023-09-28T12:49:36.123456789Z",
    "facets": [
        {
            "index": {"byteStart": 17, "byteEnd": 34},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://gov.example/long"}],
        }
    ],
    "langs": ["de"],
}


def test_bluesky_links_are_written_out_by_byte_offsets() -> None:
    (reading,) = read_posts(Platform.BLUESKY, body({"uri": URI, "cid": "b", "value": RECORD}))
    assert reading.text == "Netze für alle: https://gov.example/long"
    assert (reading.author_native_id, reading.language) == ("did:plc:abc", "de")


def test_other_records_and_authors_who_ask_for_privacy_are_left_out() -> None:
    like = {"uri": "at://did:plc:abc/app.bsky.feed.like/3k", "value": {"$type": "app.bsky.feed.like"}}
    assert read_posts(Platform.BLUESKY, body(like)) == ()
    author = {"did": "did:plc:abc", "handle": "ada.example", "labels": [{"val": "!no-unauthenticated"}]}
    assert read_posts(Platform.BLUESKY, body({"posts": [{"uri": URI, "author": author, "record": RECORD}]})) == ()


def test_a_telegram_reply_forward_and_edit_are_told_apart() -> None:
    html = """<html><body><div class="tgme_widget_message" data-post="fishery/55">
<a class="tgme_widget_message_reply" href="https://t.me/fishery/54">
<div class="tgme_widget_message_text js-message_reply_text">Old words</div></a>
<a class="tgme_widget_message_forwarded_from">Forwarded from
<span class="tgme_widget_message_forwarded_from_name">Other</span></a>
<div class="tgme_widget_message_text js-message_text">Nets<br/>and boats</div>
<span class="tgme_widget_message_meta">edited
<a class="tgme_widget_message_date"><time datetime="2024-02-08T10:00:00+00:00"></time></a></span></div></body></html>"""
    (reading,) = read_posts(Platform.TELEGRAM, html.encode())
    assert reading.text == "Nets\nand boats"
    assert (reading.is_repost, reading.in_reply_to, reading.edited_at is not None) == (True, "fishery/54", True)


def test_a_video_without_a_date_is_refused_rather_than_dated() -> None:
    answer = {
        "title": "Nets",
        "author_name": "Ministry",
        "author_url": "https://www.youtube.com/@ministry",
        "html": '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
    }
    with pytest.raises(ExtractionError) as caught:
        read_posts(Platform.YOUTUBE, body(answer))
    assert caught.value.code == "post_undated"
    moment = datetime(2024, 2, 8, tzinfo=UTC)
    (reading,) = read_posts(Platform.YOUTUBE, body(answer), asked=Asked(posted_at=moment))
    assert (reading.native_id, reading.author_handle) == ("abcdefghijk", "ministry")


@pytest.mark.parametrize("platform", [Platform.X, Platform.MASTODON, Platform.BLUESKY, Platform.TRUTH_SOCIAL])
@pytest.mark.parametrize("garbage", [b"", b"<html>wall</html>", b"\xff\xfe\x00", b"{", b"[" * 100_000])
def test_a_wall_where_json_was_promised_is_said_to_be_one(platform: Platform, garbage: bytes) -> None:
    with pytest.raises(ExtractionError) as caught:
        read_posts(platform, garbage)
    assert caught.value.code == "payload_not_json"


@pytest.mark.parametrize("platform", [Platform.X, Platform.MASTODON, Platform.BLUESKY, Platform.TRUTH_SOCIAL])
@pytest.mark.parametrize(
    "odd",
    [
        None,
        1,
        "x",
        [],
        {},
        [1, None],
        {"data": 3},
        {"posts": {}},
        {"thread": []},
        {"id": [], "text": {}},
        {"html": 1, "author_url": []},
        {"orderedItems": [3]},
        [{"content": 1}],
        {"uri": "at://", "value": {}},
    ],
)
def test_odd_json_gives_no_reading_and_no_crash(platform: Platform, odd: object) -> None:
    assert read_posts(platform, body(odd)) == ()


@pytest.mark.parametrize("platform", [Platform.FACEBOOK, Platform.INSTAGRAM, Platform.THREADS])
def test_platforms_that_forbid_keeping_are_not_read(platform: Platform) -> None:
    with pytest.raises(ExtractionError) as caught:
        read_posts(platform, b"{}")
    assert caught.value.code == "platform_pointer_only"
