import json
import zipfile

import pytest

from archive.errors import InvalidInputError

from .given import ACCOUNT, archive_zip, assigned, captured, gist, readings, remarks, tweet, zipped

LONG = "The ferry subsidy will be paid to every islander, " * 5
RETRIEVED = "2024-06-01T08:00:00Z"


def one(name: str, body: bytes, **more: str) -> object:
    (reading,) = readings(name, body, **more)
    return reading


def test_a_post_of_an_archive_is_the_accounts_own() -> None:
    (reading,) = readings("x.zip", archive_zip(tweet(1703436713362870723, "Ferries sail.")))
    assert (reading.author_handle, reading.author_name, reading.author_native_id) == ("OrlaVenn", "Orla Venn", "810")
    assert reading.native_id == "1703436713362870723"
    assert reading.posted_at.isoformat() == "2023-09-17T15:52:15+00:00"
    assert reading.locator == "data/tweets.js, item 1"


TEXTS = [
    ("Fish &amp; chips &lt;3", {}, "Fish & chips <3"),
    (
        "Read https://t.co/aa now",
        {"entities": {"urls": [{"url": "https://t.co/aa", "expanded_url": "https://marrowland.example/a"}]}},
        "Read https://marrowland.example/a now",
    ),
    ("A picture https://t.co/pp", {"entities": {"media": [{"url": "https://t.co/pp"}]}}, "A picture"),
    # Ranges count code points of the escaped text, and stand as texts in archives.
    ("@brann ⛴️⛴️ sails https://t.co/pp", {"display_text_range": ["7", "17"]}, "⛴️⛴️ sails"),
    ("@brann Fish &amp; chips", {"display_text_range": [7, 23]}, "Fish & chips"),
    ("short", {"display_text_range": ["9", "70000"]}, "short"),
    ("short", {"display_text_range": ["x", []]}, "short"),
]


@pytest.mark.parametrize(("written", "more", "expected"), TEXTS)
def test_the_words_are_what_the_author_wrote(written: str, more: dict[str, object], expected: str) -> None:
    assert gist("x.zip", archive_zip(tweet(1703436713362870723, written, **more))) == [expected]


def test_a_long_post_gets_its_full_words() -> None:
    cut = tweet(1703436713362870723, LONG[:240] + "… https://t.co/zz")
    note = {"noteTweet": {"noteTweetId": "17", "createdAt": "2023-09-17T15:52:15.000Z", "core": {"text": LONG}}}
    other = {
        "noteTweet": {"noteTweetId": "18", "createdAt": "2023-09-17T15:52:16.000Z", "core": {"text": "Other words."}}
    }
    body = archive_zip(cut, **{"data__note-tweet_js": assigned("note_tweet", [other, note])})
    (reading,) = readings("x.zip", body)
    assert (reading.text, reading.truncated) == (LONG.strip(), False)


def test_a_long_post_without_its_full_words_is_marked_as_cut() -> None:
    (reading,) = readings("x.zip", archive_zip(tweet(1703436713362870723, LONG[:240] + "… https://t.co/zz")))
    assert reading.truncated


def test_a_repost_is_somebody_elses_words() -> None:
    (reading,) = readings("x.zip", archive_zip(tweet(1703436713362870723, "RT @brann: We sail…")))
    assert (reading.is_repost, reading.truncated) == (True, True)


def test_an_edit_is_a_version_of_the_first_post() -> None:
    chain = ["1703436713362870723", "1703437713362870723"]
    edited = tweet(
        1703437713362870723,
        "Second",
        edit_info={"edit": {"initialTweetId": chain[0], "editControlInitial": {"editTweetIds": chain}}},
    )
    (reading,) = readings("x.zip", archive_zip(edited))
    assert reading.native_id == chain[0]
    assert reading.edited_at is not None and reading.edited_at > reading.posted_at


def test_parts_are_read_in_the_order_of_their_numbers() -> None:
    parts = {f"data__tweets-part{n}_js": assigned("tweets", [tweet(n, f"part {n}")]) for n in (10, 2, 1)}
    assert gist("x.zip", archive_zip(tweet(5, "part 0"), **parts)) == ["part 0", "part 1", "part 2", "part 10"]


def test_community_posts_are_taken_in_and_private_files_stay_closed() -> None:
    # Were one of the others opened, it could not be read: it is no JSON.
    closed = {
        f"data__{name}_js": "window.secret("
        for name in ("direct-messages", "like", "deleted-tweets", "deleted-note-tweet")
    }
    body = archive_zip(
        tweet(1, "ours"),
        **closed,
        **{"data__community-tweet_js": assigned("community_tweet", [tweet(2, "among friends")])},
    )
    assert gist("x.zip", body) == ["among friends", "ours"]
    (remark,) = remarks("x.zip", body)
    assert remark.startswith("4 other files of the archive, private messages among them, were not opened")
    assert "deleted before the export were not taken in" in remark


@pytest.mark.parametrize("prefix", ["", "twitter-2024/", "data/", "twitter-2024/data/"])
def test_the_archive_may_stand_in_a_folder(prefix: str) -> None:
    body = zipped({f"{prefix}account.js": ACCOUNT, f"{prefix}tweet.js": assigned("tweet", [tweet(1, "old")])})
    assert gist("any.name", body) == ["old"]


def test_the_manifest_names_the_account_where_nothing_else_does() -> None:
    manifest = (
        'window.__THAR_CONFIG = {"userInfo": {"accountId": "9", "userName": "BrannOske", "displayName": "Brann"}}'
    )
    body = zipped({"data/manifest.js": manifest, "data/tweets.js": assigned("tweets", [tweet(1, "hello")])})
    (reading,) = readings("x.zip", body)
    assert (reading.author_handle, reading.author_native_id) == ("BrannOske", "9")


def test_an_archive_without_its_account_needs_it_said() -> None:
    body = zipped({"data/tweets.js": assigned("tweets", [tweet(1, "hello")])})
    with pytest.raises(InvalidInputError) as refused:
        gist("x.zip", body)
    assert refused.value.code == "dump_no_account"
    (reading,) = readings("x.zip", body, account="@OrlaVenn")
    assert reading.author_handle == "OrlaVenn"


def test_bad_items_are_named_and_the_others_kept() -> None:
    body = archive_zip(
        tweet(1, "good"),
        {"tweet": {"id_str": "1.70344E+18", "created_at": "Sun Sep 17 15:52:15 +0000 2023", "full_text": "rounded"}},
        {"tweet": {"id_str": "3", "created_at": "yesterday", "full_text": "undated"}},
        {"tweet": {"created_at": "Sun Sep 17 15:52:15 +0000 2023", "full_text": "nameless"}},
        "no object",
        tweet(6, "also good"),
    )
    assert gist("x.zip", body) == [
        "good",
        "row_mangled_id",
        "row_bad_date",
        "row_missing_field",
        "row_not_json",
        "also good",
    ]


def test_a_broken_list_keeps_what_came_before() -> None:
    whole = assigned("tweets", [tweet(1, "good"), tweet(2, "lost")])
    body = zipped({"data/account.js": ACCOUNT, "data/tweets.js": whole[:-60]})
    assert gist("x.zip", body) == ["good", "row_not_json"]


def test_times_that_contradict_the_identifier_are_told() -> None:
    moved = tweet(1703436713362870723, "moved", created_at="Sun Sep 17 18:52:15 +0000 2023")
    true = tweet(1703436713362870724, "true")
    told = remarks("x.zip", archive_zip(true, moved, moved))
    assert told[-1] == (
        "2 posts claim another time than the one in their identifiers, the first at data/tweets.js, item 2: "
        "look closer before relying on these times."
    )
    assert len(remarks("x.zip", archive_zip(true))) == 1


def test_scripts_are_never_run_only_read() -> None:
    body = zipped({"data/account.js": ACCOUNT, "data/tweets.js": 'window.YTD.tweets.part0 = [alert(1), {"tweet": {}}]'})
    assert gist("x.zip", body) == ["row_not_json"]


# API v1.1

USER = {"id_str": "810", "screen_name": "OrlaVenn", "name": "Orla Venn"}
STATUS = {"id_str": "1703436713362870723", "created_at": "Sun Sep 17 15:52:15 +0000 2023", "user": USER, "entities": {}}
OTHERS = {
    **STATUS,
    "id_str": "1703436713362870000",
    "user": {"screen_name": "brann"},
    "full_text": "Every word of a long post by somebody else.",
}
STATUSES = [
    ({**STATUS, "full_text": "Ferries sail."}, ("Ferries sail.", False, False)),
    ({**STATUS, "text": "Cut off afte…", "truncated": True}, ("Cut off afte…", False, True)),
    (
        {**STATUS, "text": "Cut…", "truncated": True, "extended_tweet": {"full_text": "Cut no more."}},
        ("Cut no more.", False, False),
    ),
    (
        {**STATUS, "text": "RT @brann: Every word…", "retweeted_status": OTHERS},
        ("RT @brann: Every word of a long post by somebody else.", True, False),
    ),
    ({**STATUS, "full_text": "Mine.", "retweeted_status": None}, ("Mine.", False, False)),
]


@pytest.mark.parametrize(("status", "expected"), STATUSES)
def test_statuses_of_the_old_interface(status: dict[str, object], expected: tuple[str, bool, bool]) -> None:
    for body in (json.dumps([status]), json.dumps({"search_metadata": {}, "statuses": [status]})):
        (reading,) = readings("timeline.json", body.encode())
        assert (reading.text, reading.is_repost, reading.truncated) == expected


def test_a_withheld_status_is_a_notice_and_no_statement() -> None:
    held = {
        **STATUS,
        "text": "This Tweet from @OrlaVenn has been withheld in response to a report.",
        "withheld_copyright": True,
    }
    elsewhere = {**STATUS, "text": "Ferries sail.", "withheld_in_countries": ["MR"]}
    assert gist("t.json", json.dumps([held, elsewhere]).encode()) == ["not_available", "Ferries sail."]


def test_a_status_that_knows_only_its_authors_number_needs_the_account() -> None:
    body = json.dumps([{**STATUS, "text": "Ferries sail.", "user": {"id_str": "810"}}]).encode()
    assert gist("t.json", body) == ["row_missing_field"]
    (reading,) = readings("t.json", body, account="OrlaVenn")
    assert (reading.author_handle, reading.author_native_id) == ("OrlaVenn", "810")


# API v2

AUTHOR = {"id": "810", "username": "OrlaVenn", "name": "Orla Venn"}
POST = {
    "id": "1703436713362870723",
    "author_id": "810",
    "created_at": "2023-09-17T15:52:15.000Z",
    "text": "Ferries sail.",
}


def page(*posts: dict[str, object], **more: object) -> bytes:
    held = {"data": list(posts), "includes": {"users": [AUTHOR], **dict(more.pop("includes", {}))}, **more}  # type: ignore[call-overload]
    return json.dumps(held).encode()


def test_pages_and_flattened_lines_give_the_same_posts() -> None:
    retrieved = {"__twarc": {"retrieved_at": RETRIEVED}}
    flat = json.dumps({**POST, "author": AUTHOR, "edit_history_tweet_ids": [POST["id"]], **retrieved}).encode()
    pages = page(POST, **retrieved)
    pretty = json.dumps(json.loads(pages), indent=2).encode()
    for body in (pages, flat, pretty):
        (reading,) = readings("tweets.jsonl", body)
        assert (reading.native_id, reading.author_handle, reading.text) == (POST["id"], "OrlaVenn", "Ferries sail.")
        assert reading.locator == f"line 1, retrieved {RETRIEVED}"


def test_long_words_and_reposts_come_from_what_came_along() -> None:
    long = {**POST, "text": LONG[:270] + "…", "note_tweet": {"text": LONG}}
    repost = {**POST, "id": "2", "text": "RT @brann: Every w…", "referenced_tweets": [{"type": "retweeted", "id": "7"}]}
    body = page(long, repost, includes={"tweets": [{"id": "7", "text": "Every word of it."}]})
    first, second = readings("t.jsonl", body)
    assert (first.text, first.truncated) == (LONG.strip(), False)
    assert (second.text, second.is_repost, second.truncated) == ("RT @brann: Every word of it.", True, False)


def test_earlier_versions_of_an_edited_post_come_first() -> None:
    chain = ["1703436713362870723", "1703437713362870723"]
    edited = {**POST, "id": chain[1], "text": "Second", "edit_history_tweet_ids": chain}
    first, second = readings("t.jsonl", page(edited, includes={"tweets": [{**POST, "id": chain[0], "text": "First"}]}))
    assert [first.text, second.text] == ["First", "Second"]
    assert first.native_id == second.native_id == chain[0]
    assert first.edited_at is None and second.edited_at is not None


def test_posts_that_were_not_handed_out_are_counted() -> None:
    errors = [
        {"parameter": "ids", "resource_id": "9", "type": "https://api.twitter.com/2/problems/resource-not-found"},
        {
            "parameter": "referenced_tweets.id",
            "resource_id": "8",
            "type": "https://api.twitter.com/2/problems/resource-not-found",
        },
    ]
    held = {**POST, "withheld": {"copyright": True, "country_codes": ["XX"]}}
    assert gist("t.jsonl", page(POST, held, errors=errors)) == ["Ferries sail.", "not_available", "not_available"]


def test_a_broken_line_costs_only_itself() -> None:
    body = b"\n".join((page(POST), b'{"data": [', page({**POST, "id": "2", "text": "And again."})))
    assert gist("t.jsonl", body) == ["Ferries sail.", "row_not_json", "And again."]


def test_a_post_without_its_author_needs_the_account() -> None:
    body = json.dumps({"data": [POST]}).encode()
    assert gist("t.jsonl", body) == ["row_missing_field"]
    assert [reading.author_handle for reading in readings("t.jsonl", body, account="OrlaVenn")] == ["OrlaVenn"]


# congresstweets

DAILY = {
    "id": "877418565336354817",
    "screen_name": "OrlaVenn",
    "user_id": "810",
    "time": "2017-06-21T00:01:00-04:00",
    "link": "https://www.twitter.com/OrlaVenn/statuses/877418565336354817",
    "text": "Fish &amp; chips",
    "source": "Web",
}


def test_daily_lists() -> None:
    passed_on = {
        **DAILY,
        "id": "877418565336354818",
        "link": "https://www.twitter.com/brann/statuses/1",
        "text": "RT @brann We sail",
    }
    mangled = {**DAILY, "id": 8.77418565336e17}
    first, second = readings("2017-06-21.json", json.dumps([DAILY, passed_on, mangled]).encode())
    assert (first.text, first.is_repost) == ("Fish & chips", False)
    assert first.posted_at.isoformat() == "2017-06-21T04:01:00+00:00"
    assert second.is_repost
    assert gist("2017-06-21.json", json.dumps([mangled]).encode()) == ["row_mangled_id"]


def test_zip_methods_beyond_the_usual_are_refused() -> None:
    body = zipped({"data/account.js": ACCOUNT, "data/tweets.js": assigned("tweets", [])}, method=zipfile.ZIP_LZMA)
    with pytest.raises(InvalidInputError) as refused:
        gist("x.zip", body)
    assert refused.value.code == "dump_damaged"
    assert captured("x.zip", body).capture.media_type == "application/zip"
