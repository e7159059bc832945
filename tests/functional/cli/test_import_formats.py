"""Exports of platforms, from the file on disk to the statement that people find."""

import json
import zipfile
from pathlib import Path

from .conftest import Command

TWEETS = [
    {
        "tweet": {
            "id_str": "1703436713362870723",
            "created_at": "Sun Sep 17 15:52:15 +0000 2023",
            "full_text": "Every ferry sails, fog &amp; ice or not.",
        }
    },
    {"tweet": {"id_str": "1.7E+18", "created_at": "Sun Sep 17 15:52:15 +0000 2023", "full_text": "Rounded."}},
]
ACCOUNT = [{"account": {"username": "TavrinOskelbeck", "accountId": "910", "accountDisplayName": "Tavrin Oskelbeck"}}]


def archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("data/account.js", f"window.YTD.account.part0 = {json.dumps(ACCOUNT)}")
        package.writestr("data/tweets.js", f"window.YTD.tweets.part0 = {json.dumps(TWEETS)}")
        package.writestr("data/direct-messages.js", "window.YTD.direct_messages.part0 = [secret")
    return path


def test_an_archive_of_x_is_taken_in_and_its_private_files_stay_closed(command: Command, tmp_path: Path) -> None:
    answer = command("import", "posts", archive(tmp_path / "twitter.zip"))
    assert answer.status == 3
    assert "2 rows read: 1 added, 0 held already, 1 passed over." in answer.out
    assert "data/tweets.js, item 2: The id_str was rounded" in answer.err and "[row_mangled_id]" in answer.err
    assert "1 other files of the archive, private messages among them, were not opened." in answer.err
    found = command("search", "fog ice from:@TavrinOskelbeck", "--json").json()
    assert "fog & ice" in json.dumps(found, ensure_ascii=False)


def test_the_same_archive_twice_adds_nothing(command: Command, tmp_path: Path) -> None:
    path = archive(tmp_path / "twitter.zip")
    command("import", "posts", path)
    again = command("import", "posts", path, "--json").json()
    assert (again["added"], again["unchanged"], again["refused"]) == (0, 1, 1)
    assert again["errors"] == [
        {
            "line": 2,
            "member": "data/tweets.js",
            "code": "row_mangled_id",
            "message": "The id_str was rounded by a spreadsheet or script and cannot be recovered.",
        }
    ]


def test_a_large_archive_is_read_in_a_process_of_its_own(command: Command, tmp_path: Path) -> None:
    path = archive(tmp_path / "twitter.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as package:
        package.writestr("data/tweets_media/1.mp4", b"\0" * 5_000_000)
        private = [{"tweet": {**TWEETS[0]["tweet"], "id_str": "3", "withheld_copyright": True}}]
        package.writestr("data/tweets-part1.js", f"window.YTD.tweets.part1 = {json.dumps(private)}")
    answer = command("import", "posts", path, "--json").json()
    assert (answer["read"], answer["added"], answer["refused"], answer["left_out"]) == (3, 1, 1, {"not_available": 1})
    assert answer["remarks"] == ["2 other files of the archive, private messages among them, were not opened."]
    assert answer["errors"][0]["member"] == "data/tweets.js"  # type: ignore[index]


def test_what_is_left_out_is_counted(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "outbox.json"
    private = {"type": "Create", "to": [], "object": {"type": "Note", "id": "https://s.example/1", "to": ["x"]}}
    path.write_text(json.dumps({"type": "OrderedCollection", "orderedItems": [private, {"type": "Like"}]}))
    answer = command("import", "posts", path, "--json").json()
    assert answer["left_out"] == {"not_a_post": 1, "private": 1}
    assert "left out: 1 not addressed to the public" in command("import", "posts", path).err


def test_a_format_can_be_forced_and_an_account_named(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "statuses.json"
    path.write_text(json.dumps([{**TWEETS[0]["tweet"], "user": {"id_str": "910"}}]))
    assert "[row_missing_field]" in command("import", "posts", path).err
    answer = command("import", "posts", path, "--format", "x-api1", "--account", "TavrinOskelbeck")
    assert (answer.status, answer.out) == (0, "1 rows read: 1 added, 0 held already, 0 passed over.\n")
    assert command("import", "posts", path, "--format", "telex").status == 2


def test_a_broken_package_leaves_nothing_behind(command: Command, tmp_path: Path) -> None:
    path = archive(tmp_path / "twitter.zip")
    path.write_bytes(path.read_bytes()[:-10])
    answer = command("import", "posts", path)
    assert (answer.status, answer.err.strip()) == (2, "The zip is damaged or ends early. [dump_damaged]")


def test_an_account_known_by_key_only_keeps_its_handle(command: Command, tmp_path: Path) -> None:
    did = "did:plc:tavrin"
    people = tmp_path / "people.jsonl"
    people.write_text(
        json.dumps(
            {
                "person": "Tavrin Oskelbeck",
                "platform": "bluesky",
                "handle": "tavrin.ostrelund.example",
                "account_id": did,
            }
        )
    )
    record = {"$type": "app.bsky.feed.post", "text": "Every ferry sails tonight.", "createdAt": "2024-05-01T10:00:00Z"}
    path = tmp_path / "post.json"
    path.write_text(json.dumps({"uri": f"at://{did}/app.bsky.feed.post/3kaheyt6vpc22", "cid": "b", "value": record}))
    assert command("import", "registry", people).status == command("import", "posts", path).status == 0
    assert "tavrin.ostrelund.example" in command("search", "every ferry", "--json").out
    assert "every ferry sails" in command("search", "from:@tavrin.ostrelund.example ferry", "--json").out.lower()
