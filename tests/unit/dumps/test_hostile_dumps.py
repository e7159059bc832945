import gzip
import io
import json
import lzma
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.domain.dumps import DumpFormat
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.json_stream import JsonStream

from .given import (
    ACCOUNT,
    Repository,
    archive_zip,
    assigned,
    bluesky_post,
    format_of,
    gist,
    note,
    readings,
    tweet,
    zipped,
)

REPOSITORY = Repository()
CAR = REPOSITORY.file(
    REPOSITORY.tree({f"app.bsky.feed.post/3kaheyt6vpc2{n}": bluesky_post(f"post {n}") for n in range(2, 6)})
)
ARCHIVE = archive_zip(tweet(1, "one"), tweet(2, "two"))
OUTBOX = json.dumps({"type": "OrderedCollection", "orderedItems": [note(1, "<p>one</p>"), note(2, "two")]}).encode()
ROWS = b'{"platform": "x", "handle": "a", "post_id": "1", "posted_at": "2024-01-01T00:00:00Z", "text": "one"}\n'

FORMATS = [
    ("x.zip", ARCHIVE, DumpFormat.X_ARCHIVE),
    ("tweets.js", assigned("tweets", [tweet(1, "one")]).encode(), DumpFormat.X_API1),
    ("a.json", b'[{"id_str": "1", "text": "x", "user": {}}]', DumpFormat.X_API1),
    ("a.json", b'{"statuses": []}', DumpFormat.X_API1),
    ("a.jsonl", b'{"data": [], "includes": {}}', DumpFormat.X_API2),
    ("a.jsonl", b'{"id": "1", "text": "x", "edit_history_tweet_ids": ["1"]}', DumpFormat.X_API2),
    (
        "a.json",
        b'[{"id": 1, "screen_name": "a", "time": "t", "link": "l", "text": "x", "source": "s"}]',
        DumpFormat.CONGRESSTWEETS,
    ),
    ("outbox.json", OUTBOX, DumpFormat.MASTODON_OUTBOX),
    ("export.zip", zipped({"outbox.json": OUTBOX}), DumpFormat.MASTODON_OUTBOX),
    (
        "s.json",
        b'[{"id": "1", "content": "x", "account": {"acct": "a"}, "uri": "https://s.example/1"}]',
        DumpFormat.MASTODON_API,
    ),
    ("repo.bin", CAR, DumpFormat.BLUESKY_CAR),
    ("t.json", b'[{"id": "1", "content": "x", "url": "https://truthsocial.com/@a/1"}]', DumpFormat.TRUTH_SOCIAL),
    ("t.xml", b'<?xml version="1.0"?><rss version="2.0"></rss>', DumpFormat.TRUTH_SOCIAL),
    ("r.json", b'{"status": "ok", "metadata": {}, "media": []}', DumpFormat.AUTO_ARCHIVER),
    ("r.csv", b"status,metadata,media\n", DumpFormat.AUTO_ARCHIVER),
    ("w", b"WARC/1.0\r\n", DumpFormat.WARC),
    ("w.wacz", zipped({"archive/a.warc.gz": b""}), DumpFormat.WACZ),
    ("p.htm", b"<!DOCTYPE html><html>", DumpFormat.PAGE),
    ("rows.jsonl", ROWS, DumpFormat.ROWS),
    ("rows.csv", b"platform,handle,post_id,posted_at,text\n", DumpFormat.ROWS),
    ("nonsense.jsonl", b"nonsense", DumpFormat.ROWS),
]


@pytest.mark.parametrize(("name", "body", "expected"), FORMATS, ids=[f"{known}-{name}" for name, _, known in FORMATS])
def test_the_content_tells_the_format(name: str, body: bytes, expected: DumpFormat) -> None:
    assert format_of(name, body) is expected


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packing_hides_no_format(pack: object) -> None:
    name = "o.json.gz" if pack is gzip.compress else "o.json.xz"
    assert gist(name, pack(OUTBOX)) == ["one", "two"]  # type: ignore[operator]


def refusal(name: str, body: bytes) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as refused:
        gist(name, body)
    return refused.value.code, refused.value.message


@pytest.mark.parametrize("name", ["posts.jsonl.xz", "posts.jsonl.gz", "posts.csv.xz"])
def test_a_name_that_promises_packing_is_held_to_it(name: str) -> None:
    assert refusal(name, ROWS) == (
        "dump_damaged",
        f"The file is called {name[-3:]}, but is not packed so; give it its right name.",
    )


ZIPS = [
    (zipped({"data/tweets.js": "[]", "../../etc/cron.d/x": "x"}), "zip_unsafe"),
    (zipped({"data/tweets.js": "[]", "/etc/passwd": "x"}), "zip_unsafe"),
    (zipped({"data/tweets.js": "[]", "data\\..\\..\\x": "x"}), "zip_unsafe"),
    (zipped({"data/tweets.js": "[]", "C:/x": "x"}), "zip_unsafe"),
    (zipped({"inner.zip": ARCHIVE}), "zip_nested"),
    (zipped({"photos/1.jpg": b"\xff"}), "dump_unknown"),
    (ARCHIVE[:-30], "dump_damaged"),
    (ARCHIVE[:200] + ARCHIVE[260:], "dump_damaged"),
    (b"PK\x03\x04", "dump_damaged"),
    (zipped({"data/account.js": ACCOUNT, "data/tweets.js": b"[" + b" " * 30_000_000}), "dump_too_large"),
    (b"\0" * 257 + b"ustar" + b"\0" * 250, "dump_unknown"),
]


@pytest.mark.parametrize(("body", "code"), ZIPS, ids=[f"{number}-{code}" for number, (_, code) in enumerate(ZIPS)])
def test_zips_that_mislead_are_refused_whole(body: bytes, code: str) -> None:
    assert refusal("x.zip", body)[0] == code


def test_two_members_of_one_name_are_refused() -> None:
    file = io.BytesIO()
    with pytest.warns(UserWarning), zipfile.ZipFile(file, "w") as package:
        for words in ("one", "two"):
            package.writestr("data/tweets.js", assigned("tweets", [tweet(1, words)]))
    assert refusal("x.zip", file.getvalue())[0] == "zip_unsafe"


def test_a_locked_zip_is_refused() -> None:
    body = bytearray(ARCHIVE)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = body.find(magic)
        while place >= 0:
            body[place + at] |= 1
            place = body.find(magic, place + 1)
    assert refusal("x.zip", bytes(body))[0] == "zip_encrypted"


def test_an_index_beyond_reason_is_not_read() -> None:
    body = bytearray(ARCHIVE)
    struct.pack_into("<L", body, body.rfind(b"PK\x05\x06") + 12, 1 << 30)
    assert refusal("x.zip", bytes(body))[0] == "dump_too_large"


def test_a_packed_file_of_very_many_parts_is_read_in_order() -> None:
    body = b"".join(gzip.compress(ROWS.replace(b'"1"', b'"%d"' % n)) for n in range(2_000))
    assert [reading.native_id for reading in readings("rows.jsonl.gz", body)] == [str(n) for n in range(2_000)]


DEEP = b"[" * 100_000
JSONS = [
    (b'{"orderedItems": ' + DEEP, "outbox"),
    (b'[{"id_str": "1", "text": "x", "user": {"a": ' + DEEP, "statuses"),
    (b'[{"id_str": "1", "text": "' + b"x" * 5_000_000, "statuses"),
    (b'{"data": ' + DEEP, "answers"),
    (b'[{"id": "1", "content": "x", "url": "https://truthsocial.com/@a/1", "x": ' + DEEP, "truth"),
    (b'{"status": "ok", "media": [], "metadata": ' + DEEP, "auto-archiver"),
    (b'[{"id_str": "1", "text": "x", "user": {}, "n": ' + b"9" * 10_000, "statuses"),
]


@pytest.mark.parametrize(("body", "_"), JSONS, ids=[f"{number}-{kind}" for number, (_, kind) in enumerate(JSONS)])
def test_json_built_to_exhaust_ends_with_a_sentence(body: bytes, _: str) -> None:
    try:
        told = gist("a.json", body)
    except InvalidInputError as error:
        told = [error.code]
    assert told and set(told) <= {"row_not_json", "row_missing_field", "dump_line_too_long"}


def harmless(name: str, body: bytes) -> bool:
    """Whether reading ends with readings and named faults, or one refusal on purpose."""
    try:
        gist(name, body)
    except ArchiveError as error:
        return bool(error.code)
    return True


SEEDS = [("x.zip", ARCHIVE), ("repo.car", CAR), ("outbox.json", OUTBOX), ("rows.jsonl", ROWS)]


@settings(max_examples=150)
@given(seed=st.sampled_from(SEEDS), data=st.data())
def test_a_damaged_dump_never_breaks_the_reader(seed: tuple[str, bytes], data: st.DataObject) -> None:
    name, whole = seed
    body = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(body)))
    assert harmless(name, bytes(body)) and harmless(name, bytes(body[:cut]) or b"x")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
KEYS = ["id", "id_str", "text", "full_text", "user", "created_at", "data", "includes", "tweet", "orderedItems", "content", "account",
        "url", "metadata", "status", "media", "entities", "display_text_range", "edit_info", "statuses", "object", "type", "to"]  # fmt: skip


@settings(max_examples=80)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8), min_size=1, max_size=3), st.booleans())
def test_any_json_is_read_or_named(found: list[object], lines: bool) -> None:
    body = "\n".join(map(json.dumps, found)) if lines else json.dumps(found)
    assert harmless("any.json", body.encode())


@settings(max_examples=80)
@given(st.lists(JSON, max_size=6), st.integers(1, 7))
def test_a_list_in_pieces_is_the_same_list(values: list[object], size: int) -> None:
    body = json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        body.decode()
    except UnicodeDecodeError:
        return
    chunks = (body[place : place + size] for place in range(0, len(body), size))
    assert list(JsonStream(chunks, where="x").list_items()) == values
