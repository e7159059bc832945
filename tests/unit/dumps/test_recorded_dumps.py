import base64
import gzip
import hashlib
import io
import json
import re
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.domain.accounts import Platform
from archive.domain.dumps import LeftOut
from archive.errors import InvalidInputError
from archive.extraction.dumps.saved_pages import saved_address

from .given import found_in, gist, readings, remarks, zipped

STATUS = {
    "id": "110",
    "uri": "https://social.marrowland.example/users/orla/statuses/110",
    "created_at": "2024-05-01T10:00:00.000Z",
    "visibility": "public",
    "content": "<p>Ferries sail.</p>",
    "account": {"acct": "orla", "url": "https://social.marrowland.example/@orla"},
}
STATUS_URL = "https://social.marrowland.example/api/v1/statuses/110"
RELEASE = """<!doctype html><html lang="en"><head><title>Ferries to sail all winter</title>
<meta property="og:site_name" content="Harbour Ministry">
<meta property="article:published_time" content="2024-05-01T10:00:00Z"></head><body><article><h1>Ferries to sail all winter</h1>
<p>The Harbour Minister said on Wednesday that every ferry would sail all winter, whatever the weather may bring.</p>
<p>"We will keep every island in reach," the minister said, and thanked the crews for their long work.</p>
</article></body></html>"""


def warc(
    *responses: tuple[str, str, bytes], gz: bool = True, status: str = "200 OK", digests: bool = True, **headers: str
) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=gz)
    for url, media_type, body in responses:
        http = StatusAndHeaders(status, [("Content-Type", media_type), *headers.items()], protocol="HTTP/1.1")
        record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http)
        writer.write_record(record)
    body = file.getvalue()
    return body if digests else re.sub(rb"WARC-(?:Block|Payload)-Digest: [^\r]+\r\n", b"", body)


def answer(**more: object) -> tuple[str, str, bytes]:
    return STATUS_URL, "application/json", json.dumps({**STATUS, **more}).encode()


@pytest.mark.parametrize("gz", [True, False])
def test_recorded_answers_are_read_like_fresh_ones(gz: bool) -> None:
    body = warc(("https://site.example/logo.png", "image/png", b"\x89PNG"), answer(), gz=gz)
    assert gist("a.warc.gz" if gz else "a.warc", body) == ["not_a_post", "Ferries sail."]
    (reading,) = readings("a.warc.gz" if gz else "a.warc", body)
    assert reading.platform is Platform.MASTODON
    assert reading.locator is not None and STATUS_URL in reading.locator and "recorded 20" in reading.locator


def test_a_recorded_press_release_is_a_statement_of_its_site() -> None:
    (reading,) = readings(
        "a.warc", warc(("https://harbour.marrowland.example/news/1", "text/html", RELEASE.encode()), gz=False)
    )
    assert (reading.platform, reading.author_handle) == (Platform.WEB, "harbour.marrowland.example")
    assert "keep every island in reach" in reading.text


def test_errors_and_pages_built_by_script_give_no_post() -> None:
    missing = warc(answer(), gz=False, status="404 Not Found")
    empty_frame = warc(("https://x.com/OrlaVenn/status/1703436713362870723", "text/html", b"<html></html>"), gz=False)
    assert gist("a.warc", missing) == [LeftOut.NOT_AVAILABLE.value]
    assert gist("a.warc", empty_frame) == [LeftOut.NOT_A_POST.value]


def test_changed_answers_are_noticed_and_the_others_read() -> None:
    body = warc(answer(), answer(content="<p>And again.</p>"), gz=False)
    assert gist("a.warc", body.replace(b"Ferries sail", b"Ferries sink")) == ["warc_digest_wrong", "And again."]


def test_answers_without_a_digest_are_told() -> None:
    body = warc(answer(), gz=False, digests=False)
    assert gist("a.warc", body) == ["Ferries sail."]
    assert remarks("a.warc", body) == ["1 recorded answers have no digest: nobody can tell whether they were changed."]


def test_codings_of_the_recorded_answer_are_undone() -> None:
    url, media_type, body = answer()
    packed = warc((url, media_type, gzip.compress(body)), gz=False, **{"Content-Encoding": "gzip"})
    bomb = warc((url, media_type, gzip.compress(b" " * 20_000_000)), gz=False, **{"Content-Encoding": "gzip"})
    foreign = warc((url, media_type, body), gz=False, **{"Content-Encoding": "zstd"})
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    chunked = warc((url, media_type, chunks), gz=False, **{"Transfer-Encoding": "chunked"})
    assert gist("a.warc", packed) == gist("a.warc", chunked) == ["Ferries sail."]
    assert gist("a.warc", bomb) == ["capture_too_large"]
    assert gist("a.warc", foreign) == ["capture_bad_encoding"]


@pytest.mark.parametrize(
    "body",
    [
        b"WARC/1.0\r\n",
        b"WARC/1.0\r\nContent-Length: 99999\r\n\r\nshort",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n",
    ],
)
def test_a_broken_recording_ends_with_a_sentence_or_nothing(body: bytes) -> None:
    try:
        assert all(told in {"dump_damaged", "not_available", "not_a_post"} for told in gist("a.warc", body))
    except InvalidInputError as error:
        assert error.code == "dump_damaged"


def test_a_header_without_end_ends() -> None:
    body = gzip.compress(b"WARC/1.0\r\nX: " + b"a" * 30_000_000)
    with pytest.raises(InvalidInputError) as refused:
        gist("a.warc.gz", body)
    assert refused.value.code == "dump_damaged"


# WACZ


def wacz(recording: bytes, *, listed: bytes | None = None) -> bytes:
    members: dict[str, str | bytes] = {"archive/data.warc.gz": recording}
    if listed is not None:
        digest = f"sha256:{hashlib.sha256(listed).hexdigest()}"
        members["datapackage.json"] = json.dumps({"resources": [{"path": "archive/data.warc.gz", "hash": digest}]})
    return zipped(members)


def test_a_package_is_read_once_its_digests_fit() -> None:
    recording = warc(answer())
    body = wacz(recording, listed=recording)
    assert gist("a.wacz", body) == ["Ferries sail."]
    assert remarks("a.wacz", body) == []
    ((place, _),) = found_in("a.wacz", body)
    assert str(place) == "archive/data.warc.gz, item 1"


def test_a_package_whose_recording_was_changed_is_refused() -> None:
    with pytest.raises(InvalidInputError) as refused:
        gist("a.wacz", wacz(warc(answer()), listed=b"another"))
    assert refused.value.code == "warc_digest_wrong"


def test_a_package_without_its_list_says_so() -> None:
    assert remarks("a.wacz", wacz(warc(answer()))) == [
        "The package lists no digest of archive/data.warc.gz: nobody can tell whether it was changed."
    ]


# Saved pages

COMMENT = "<!--\n Page saved with SingleFile \n url: {} \n saved date: Wed May 01 2024 12:00:00 GMT+0200\n-->"


def saved(url: str, page: str = RELEASE) -> bytes:
    return page.replace('<html lang="en">', f'<html lang="en">{COMMENT.format(url)}').encode()


def test_a_saved_page_knows_where_it_came_from() -> None:
    (reading,) = readings("page.html", saved("https://harbour.marrowland.example/news/1"))
    assert reading.native_id == "https://harbour.marrowland.example/news/1"
    assert saved_address(saved("javascript:alert(1)")) is None
    assert saved_address(b"<html>url: https://a.example/</html>") is None


def test_saved_pages_that_cannot_be_read_say_why() -> None:
    assert gist("page.html", saved("https://x.com/OrlaVenn/status/1703436713362870723")) == ["page_unreadable"]
    assert gist("page.html", saved("https://a.example/", '<!doctype html><html lang="en"><p>short</p></html>'))[
        0
    ].startswith(("article_", "post_undated"))
    with pytest.raises(InvalidInputError) as refused:
        gist("page.html", RELEASE.encode())
    assert refused.value.code == "page_unaddressed"


# auto-archiver

RECORD = {
    "status": "twitter: success",
    "metadata": {
        "url": "https://x.com/OrlaVenn/status/1703436713362870723",
        "title": "Ferries sail.",
        "timestamp": datetime(2023, 9, 17, 15, 52, 15, tzinfo=UTC).timestamp(),
    },
    "media": [],
}


def test_records_give_the_words_they_hold() -> None:
    bare = {**RECORD, "metadata": {"url": "https://news.example/story", "title": "A story"}}
    failed = {**RECORD, "status": "no archiver"}
    instagram = {**RECORD, "metadata": {**RECORD["metadata"], "url": "https://www.instagram.com/p/CrAbCdEfGhI/"}}  # type: ignore[dict-item]
    wordless = {**RECORD, "metadata": {"url": RECORD["metadata"]["url"]}}  # type: ignore[index]
    body = json.dumps([RECORD, bare, failed, instagram, wordless]).encode()
    expected = ["Ferries sail.", "not_a_post", "not_available", "platform_pointer_only", "row_bad_value"]
    assert gist("results.json", body) == expected


def test_the_platforms_own_answer_goes_before_the_title() -> None:
    status = {
        "id_str": "1703436713362870723",
        "created_at": "Sun Sep 17 15:52:15 +0000 2023",
        "full_text": "Ferries sail &amp; sail.",
    }
    content = json.dumps({**status, "user": {"screen_name": "OrlaVenn", "name": "Orla Venn", "id_str": "810"}})
    body = json.dumps({**RECORD, "metadata": {**RECORD["metadata"], "content": content}}).encode()  # type: ignore[dict-item]
    (reading,) = readings("result.json", body)
    assert (reading.text, reading.author_native_id) == ("Ferries sail & sail.", "810")


PRINTED = (
    "{'url': 'https://x.com/OrlaVenn/status/1703436713362870723', 'title': \"Ferries won't sink\", '_processed_at': "
    "datetime.datetime(2023, 9, 18, 1, 2, 3, 4, tzinfo=datetime.timezone.utc), 'timestamp': datetime.datetime(2023, 9, 17, 15, 52, 15)}"
)
HOSTILE = [
    "__import__('os').system('x')",
    "{'a': " * 40,
    "-" * 50_000 + "1",
    "not " * 30_000 + "True",
    "a" + ".b" * 50_000,
    "(",
]


def table(metadata: str) -> bytes:
    return b"status,metadata,media\n" + b'ok,"' + metadata.replace('"', '""').encode() + b'",[]\n'


def test_tables_hold_what_a_program_printed() -> None:
    (reading,) = readings("db.csv", table(PRINTED))
    assert reading.text == "Ferries won't sink"
    assert reading.posted_at.isoformat() == "2023-09-17T15:52:15+00:00"


@pytest.mark.parametrize("metadata", HOSTILE, ids=lambda text: text[:12])
def test_what_a_program_printed_is_never_evaluated(metadata: str) -> None:
    assert gist("db.csv", table(metadata)) == ["row_bad_value"]


def test_base64_is_no_recording() -> None:
    assert gist("a.jsonl", base64.b64encode(warc(answer()))) == ["row_not_json"]
