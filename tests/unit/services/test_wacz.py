"""A web archive holds what went over the wire, byte by byte, where that was kept."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import replace

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.services import wacz
from tests.factories import NOON, a_capture, an_exchange

MOVED = b"HTTP/1.1 301 Moved Permanently\r\nLOCATION:  https://news.example/story\r\nContent-Length: 0\r\n\r\n"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nX-Odd:a\r\nx-odd: b\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5\r\nThe p\r\n9\r\nier opens\r\n0\r\n\r\n"
)
ASKED = b"GET /story HTTP/1.1\r\nHost: news.example\r\n\r\n"


def made(*captures):
    page = wacz.Page(url="https://news.example/story", title="Pier", captured_at=NOON)
    body = wacz.package(captures, pages=[page], evidence=[], title="Pier", made_at=NOON)
    return zipfile.ZipFile(io.BytesIO(body))


def hops():
    first = replace(an_exchange(url="https://short.example/s"), request=ASKED, response=MOVED, status=301)
    return first, replace(an_exchange(number=2), request=ASKED, response=CHUNKED)


def test_every_hop_is_there_as_it_was_sent_and_answered() -> None:
    warc = gzip.decompress(made(a_capture(exchanges=hops())).read(wacz.WARC))
    assert MOVED in warc
    assert CHUNKED in warc
    assert warc.count(ASKED) == 2


def test_its_digests_hold_for_the_tools_of_web_archives(tmp_path, capsys) -> None:
    path = tmp_path / "data.warc.gz"
    path.write_bytes(made(a_capture(exchanges=hops())).read(wacz.WARC))

    class Asked:
        inputs, verbose = (str(path),), True

    checker = Checker(Asked())
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest pass" in capsys.readouterr().out


def test_a_reader_of_web_archives_sees_the_page_without_its_chunks() -> None:
    warc = made(a_capture(exchanges=hops())).read(wacz.WARC)
    read = [
        (record.rec_type, record.rec_headers["WARC-Target-URI"], record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(warc))
    ]
    assert ("response", "https://news.example/story", b"The pier opens") in read
    assert [kind for kind, _, _ in read] == ["warcinfo", "response", "request", "response", "request"]


def test_the_index_names_each_answer_with_its_own_status() -> None:
    index = made(a_capture(exchanges=hops())).read("indexes/index.cdx").decode()
    rows = [json.loads(line.split(" ", 2)[2]) for line in index.splitlines()]
    assert {(row["url"], row["status"]) for row in rows} == {
        ("https://short.example/s", "301"),
        ("https://news.example/story", "200"),
    }


def test_a_capture_without_them_is_written_from_what_is_stored() -> None:
    warc = made(a_capture(b'{"pier": "opens"}')).read(wacz.WARC)
    bodies = [record.content_stream().read() for record in ArchiveIterator(io.BytesIO(warc))]
    assert b'{"pier": "opens"}' in bodies
