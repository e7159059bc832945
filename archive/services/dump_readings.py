"""The one door where a dump becomes readings: recognised by its content, unpacked, read by its format's own reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from archive.capture.dumps import count_lines, dump_lines, read_dump, unpacked
from archive.capture.zips import ZipMembers, is_zip
from archive.domain.accounts import Platform
from archive.domain.captures import Captured, CaptureMethod
from archive.domain.dumps import DumpFormat, Found, Place, Remark
from archive.domain.ids import CaptureId, named_id
from archive.domain.posts import PostReading
from archive.extraction import dumps
from archive.extraction.clocks import is_clock_consistent
from archive.extraction.dumps.checking import Located, Objects, objects
from archive.extraction.posts import read_posts
from archive.extraction.posts.asking import Asked
from archive.services.dump_recordings import readings_of_wacz, readings_of_warc
from archive.services.dump_rows import Row, each_row
from archive.services.dump_rows import readings_of as rows_read

_LARGEST_DOCUMENT = 256 << 20
_LARGEST_PAGE = 10_000_000
_CSV = re.compile(r"\.csv(?:\.(?:gz|xz))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """A captured dump and what was said of it: its format (None: to be recognised), the account it does not name, and
    the key (multibase) that account signs with, where the archive knows it."""

    captured: Captured
    dump_format: DumpFormat | None = None
    account: str | None = None
    signing_key: str | None = None


def dump_at(path: Path, *, now: datetime, dump_format: DumpFormat | None = None, account: str | None = None) -> Dump:
    """The file at ``path`` as a dump; InvalidInputError as ``read_dump``."""
    return Dump(captured=same_identifier(read_dump(path, now=now)), dump_format=dump_format, account=account)


def same_identifier(captured: Captured) -> Captured:
    """The same capture for the same bytes from the same source, so that taking a file in twice records it once."""
    capture = captured.capture
    if capture.provenance.method is CaptureMethod.DEMO:
        return captured
    identifier = CaptureId(named_id("taken in", capture.provenance.source, capture.digest))
    return replace(captured, capture=replace(capture, id=identifier))


def recognised(dump: Dump) -> Dump:
    """The dump with its format; InvalidInputError ``dump_unknown``, or why it cannot be opened."""
    if dump.dump_format is not None:
        return dump
    captured = dump.captured
    if is_zip(captured.body):
        return replace(dump, dump_format=dumps.recognition.of_members(ZipMembers(captured).names))
    return replace(dump, dump_format=dumps.recognition.of_bytes(dumps.recognition.head_of(unpacked(captured))))


def size_of(dump: Dump) -> int:
    """How many lines or items the dump has; InvalidInputError where it cannot be read to its end."""
    if dump.dump_format is DumpFormat.ROWS:
        return count_lines(unpacked(dump.captured))
    return sum(1 for _ in readings_of(dump))


def repository_of(dump: Dump) -> str | None:
    """The account that a repository file is of; InvalidInputError where it cannot be read."""
    return dumps.bluesky_repo.account_of(_whole(dump.captured, most=_LARGEST_DOCUMENT))


def is_signed_repository(dump: Dump) -> bool:
    """Whether the commit of a repository file is signed by the key that the archive knows; InvalidInputError where it
    cannot be read."""
    return dumps.bluesky_repo.is_signed_by(_whole(dump.captured, most=_LARGEST_DOCUMENT), key=dump.signing_key)


def readings_of(dump: Dump) -> Iterator[Located]:
    """What each place of the dump holds, in its order: a reading, a fault, what is left out, or a remark.

    InvalidInputError for a file that cannot be read at all.
    """
    dump = recognised(dump)
    assert dump.dump_format is not None
    asked = Asked(handle=dump.account.lstrip("@") if dump.account else None, signing_key=dump.signing_key)
    found = _READERS[dump.dump_format](dump.captured, asked)
    return found if dump.dump_format is DumpFormat.ROWS else _with_clocks(found)


def _with_clocks(located: Iterator[Located]) -> Iterator[Located]:
    """The same, and at the end how many posts claim another time than the one hidden in their identifiers."""
    place, first, count = Place(number=1), None, 0
    for place, found in located:
        yield place, found
        if isinstance(found, PostReading):
            agrees = is_clock_consistent(found.platform, found.native_id, claimed=found.posted_at)
            if agrees is False:
                count, first = count + 1, first or place
    if first is not None:
        words = f"{count:,} posts claim another time than the one in their identifiers, the first at {first}"
        yield place, Remark(sentence=f"{words}: look closer before relying on these times.")


def _rows(captured: Captured, _: Asked) -> Iterator[Located]:
    return ((Place(number=line), found) for line, found in rows_read(captured))


def _table(captured: Captured, read: Callable[[Row, int], Found]) -> Iterator[Located]:
    return ((Place(number=line), found) for line, found in each_row(captured, read))


def _x_archive(captured: Captured, asked: Asked) -> Iterator[Located]:
    return dumps.x_archive.read(ZipMembers(captured), asked=asked)


def _x_api1(captured: Captured, asked: Asked) -> Iterator[Located]:
    return dumps.x_statuses.read(_objects(captured), asked=asked)


def _x_api2(captured: Captured, asked: Asked) -> Iterator[Located]:
    return dumps.x_answers.read(_objects(captured), asked=asked)


def _congresstweets(captured: Captured, _: Asked) -> Iterator[Located]:
    return dumps.congresstweets.read(_objects(captured))


def _mastodon_outbox(captured: Captured, _: Asked) -> Iterator[Located]:
    if is_zip(captured.body):
        return dumps.mastodon_exports.read_package(ZipMembers(captured))
    return dumps.mastodon_exports.read_outbox(unpacked(captured))


def _mastodon_api(captured: Captured, _: Asked) -> Iterator[Located]:
    return dumps.mastodon_exports.read_statuses(_objects(captured))


def _bluesky_api(captured: Captured, asked: Asked) -> Iterator[Located]:
    return dumps.bluesky_answers.read(_objects(captured), asked=asked)


def _bluesky_car(captured: Captured, asked: Asked) -> Iterator[Located]:
    return dumps.bluesky_repo.read(_whole(captured, most=_LARGEST_DOCUMENT), asked=asked)


def _truth_social(captured: Captured, asked: Asked) -> Iterator[Located]:
    if _is_table(captured):
        return _table(captured, lambda row, line: dumps.truth_exports.row_at(Place(number=line), row, asked=asked))
    head = dumps.recognition.head_of(unpacked(captured))
    if head.lstrip().startswith(b"<"):
        readings = read_posts(Platform.TRUTH_SOCIAL, _whole(captured, most=_LARGEST_PAGE), asked=asked)
        return ((Place(number=number), reading) for number, reading in enumerate(readings, start=1))
    return dumps.truth_exports.read_list(_objects(captured), asked=asked)


def _auto_archiver(captured: Captured, _: Asked) -> Iterator[Located]:
    if _is_table(captured):
        return _table(captured, lambda row, line: dumps.auto_archiver.row_at(Place(number=line), row))
    return dumps.auto_archiver.read(_objects(captured))


def _warc(captured: Captured, _: Asked) -> Iterator[Located]:
    return readings_of_warc(captured)


def _wacz(captured: Captured, _: Asked) -> Iterator[Located]:
    return readings_of_wacz(captured)


def _page(captured: Captured, _: Asked) -> Iterator[Located]:
    return dumps.saved_pages.read_page(_whole(captured, most=_LARGEST_PAGE))


_READERS: dict[DumpFormat, Callable[[Captured, Asked], Iterator[Located]]] = {
    DumpFormat.ROWS: _rows,
    DumpFormat.X_ARCHIVE: _x_archive,
    DumpFormat.X_API1: _x_api1,
    DumpFormat.X_API2: _x_api2,
    DumpFormat.CONGRESSTWEETS: _congresstweets,
    DumpFormat.MASTODON_OUTBOX: _mastodon_outbox,
    DumpFormat.MASTODON_API: _mastodon_api,
    DumpFormat.BLUESKY_API: _bluesky_api,
    DumpFormat.BLUESKY_CAR: _bluesky_car,
    DumpFormat.TRUTH_SOCIAL: _truth_social,
    DumpFormat.AUTO_ARCHIVER: _auto_archiver,
    DumpFormat.WARC: _warc,
    DumpFormat.WACZ: _wacz,
    DumpFormat.PAGE: _page,
}


def _objects(captured: Captured) -> Objects:
    return objects(unpacked(captured), lines=dump_lines(captured))


def _is_table(captured: Captured) -> bool:
    return _CSV.search(captured.capture.provenance.source) is not None


def _whole(captured: Captured, *, most: int) -> bytes:
    return b"".join(unpacked(captured, most_bytes=most))
