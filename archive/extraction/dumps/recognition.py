"""Which format a dump is in, told by what it holds: a name can be anything, and often is."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping

from archive.domain.dumps import DumpFormat
from archive.errors import InvalidInputError
from archive.extraction import dumps
from archive.extraction.json_stream import JsonStream
from archive.extraction.payloads import mapping

_HEAD = 1 << 16
_WARC = b"WARC/1."
_CAR = re.compile(rb"^.{1,2}\xa2(?:eroots|gversion)", re.DOTALL)
_TAR_AT, _TAR = 257, b"ustar"
_PDF = b"%PDF-"
_BEGINNING = 1_000
"""Bytes in which text holds no zero; one further on is a fault of its row."""
_SCRIPT = re.compile(rb"\s*window\.(?:YTD\.|__THAR)")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|!--|head|body|\?xml|rss)", re.IGNORECASE)
_FEED = re.compile(rb"<rss\b")
_TRUTH = "truthsocial.com"
_API2 = frozenset({"edit_history_tweet_ids", "public_metrics", "referenced_tweets", "__twarc", "conversation_id"})
_DAILY = frozenset({"screen_name", "time", "link", "text"})
_RECORD = frozenset({"status", "metadata", "media"})
_BLUESKY = frozenset({"feed", "thread", "posts"})
_THREADS = frozenset({"ancestors", "descendants"})
_MOST_NAMES = 200


def of_members(names: tuple[str, ...]) -> DumpFormat:
    """The format of a zip with these members; InvalidInputError ``dump_unknown``."""
    if dumps.x_archive.is_archive(names):
        return DumpFormat.X_ARCHIVE
    if dumps.mastodon_exports.outbox_in(names) is not None:
        return DumpFormat.MASTODON_OUTBOX
    if any(re.fullmatch(r"archive/[^/]+\.warc(?:\.gz)?", name) for name in names):
        return DumpFormat.WACZ
    raise InvalidInputError("The zip is no export that is known: its files have other names.", code="dump_unknown")


def of_bytes(head: bytes) -> DumpFormat:
    """The format of a file that begins so (unpacked); what looks like nothing else counts as rows of our own."""
    if head.startswith(_WARC):
        return DumpFormat.WARC
    if _CAR.match(head):
        return DumpFormat.BLUESKY_CAR
    if head[_TAR_AT : _TAR_AT + 5] == _TAR:
        raise InvalidInputError("The file is a tar; unpack it and give the file inside.", code="dump_unknown")
    if head.startswith(_PDF) or b"\0" in head[:_BEGINNING]:
        raise InvalidInputError("The file is no text in UTF-8, and no export that is known.", code="dump_unknown")
    if _SCRIPT.match(head):
        return DumpFormat.X_API1
    if _MARKUP.match(head):
        return DumpFormat.TRUTH_SOCIAL if _FEED.search(head) else DumpFormat.PAGE
    start = head.lstrip(b" \t\r\n\xef\xbb\xbf")[:1]
    if start in {b"{", b"["}:
        return _of_item(_first_item(head))
    return _of_table(head)


def _first_item(head: bytes) -> Mapping[str, object]:
    """The members of the first object, as far as the head holds them; those too long for it by their name only."""
    stream = JsonStream(iter((head[:_HEAD],)), where="The file")
    found: dict[str, object] = {}
    try:
        if stream.peek() == "[":
            stream.enter_list()
        for name in stream.member_names():
            found[name] = None
            if len(found) > _MOST_NAMES or (name == "orderedItems" and stream.peek() == "["):
                break
            found[name] = stream.value()
    except InvalidInputError:
        return found
    return found


def _of_item(item: Mapping[str, object]) -> DumpFormat:
    return next((known for known, fits in _SHAPES if fits(item)), DumpFormat.ROWS)


def _is_bluesky(item: Mapping[str, object]) -> bool:
    return str(item.get("uri")).startswith("at://") or bool(item.keys() & _BLUESKY)


def _is_answer(item: Mapping[str, object]) -> bool:
    return "data" in item or bool(item.keys() & _API2) or item.keys() >= {"errors", "title"}


def _is_old_answer(item: Mapping[str, object]) -> bool:
    return bool(item.keys() & {"statuses", "tweet", "__typename"}) or _is_status(item) or _is_shown_by_x(item)


def _is_truth(item: Mapping[str, object]) -> bool:
    hosts = f"{item.get('url')} {mapping(item.get('account')).get('url')} {item.get('uri')}"
    return "content" in item and _TRUTH in hosts


def _is_federated(item: Mapping[str, object]) -> bool:
    is_status = "content" in item and "account" in item
    return is_status or bool(item.keys() & _THREADS) or item.keys() >= {"accounts", "statuses"}


def _is_status(item: Mapping[str, object]) -> bool:
    names = item.keys()
    has_text = "full_text" in names or "text" in names
    return "id_str" in names and has_text and (isinstance(item.get("user"), dict) or "entities" in names)


def _is_shown_by_x(item: Mapping[str, object]) -> bool:
    """Whether it is the form in which X shows a post on other people's pages (oEmbed)."""
    return "html" in item and re.match(r"https://(?:x|twitter)\.com/", str(item.get("author_url"))) is not None


def _of_table(head: bytes) -> DumpFormat:
    text = head.decode("utf-8-sig", "replace")
    try:
        names = {name.strip().lower() for name in next(csv.reader(text.splitlines()[:1]), [])}
    except csv.Error:
        return DumpFormat.ROWS
    if names >= _RECORD:
        return DumpFormat.AUTO_ARCHIVER
    if "platform" not in names and names >= {"id", "created_at", "content", "url"} and _TRUTH in text:
        return DumpFormat.TRUTH_SOCIAL
    return DumpFormat.ROWS


_SHAPES: tuple[tuple[DumpFormat, Callable[[Mapping[str, object]], bool]], ...] = (
    (DumpFormat.ROWS, lambda item: "platform" in item),
    (DumpFormat.MASTODON_OUTBOX, lambda item: "orderedItems" in item),
    (DumpFormat.AUTO_ARCHIVER, lambda item: item.keys() >= _RECORD),
    (DumpFormat.BLUESKY_API, _is_bluesky),
    (DumpFormat.TRUTH_SOCIAL, _is_truth),
    (DumpFormat.MASTODON_API, _is_federated),
    (DumpFormat.X_API2, _is_answer),
    (DumpFormat.X_API1, _is_old_answer),
    (DumpFormat.CONGRESSTWEETS, lambda item: item.keys() >= _DAILY),
)
"""What the first object of a file looks like in each format, asked in this order."""


def head_of(chunks: Iterable[bytes]) -> bytes:
    """The first 64 KB of a file that comes in pieces."""
    head = bytearray()
    for chunk in chunks:
        head += chunk
        if len(head) >= _HEAD:
            break
    return bytes(head[:_HEAD])
