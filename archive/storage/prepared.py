"""Prepared posts: readings as the columns that an import writes, made without a database, in a process of its own where
an import is large.

Everything that needs only the reading is done here: identifiers, digests, word numbers, the searchable form and the
manifest around the account's identifier. What is left to the writer is what only the database knows: numbers, accounts
and what is held already.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import repeat
from typing import Any, Self, cast

from archive.domain.accounts import Platform
from archive.domain.custody import SNAPSHOT_SALT_BYTES
from archive.domain.ids import CaptureId, named_bytes, ordered_ids
from archive.domain.posts import PostReading
from archive.storage import commitments, searchable_forms
from archive.storage.copying import Column, CopyText, Write, identifiers, text_of, times, values
from archive.storage.stored import is_storable, storable, stored_time, time_text, unstorable_count
from archive.text.packing import packed_words_of

_Columns = dict[str, Any]
_STORED_TEXTS = ("text", "native_id", "url", "in_reply_to", "language", "locator")
_UTC = "+00:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPosts:
    """Readings as columns, all of one length. Times as ``stored_time`` writes them, identifiers and digests as bytes.

    ``authors`` are numbers of accounts in a list that travels beside; ``days`` are proleptic ordinals;
    ``searchables`` is None where the text is its own searchable form; ``replaced`` counts characters that no database
    can hold; ``heads`` and ``tails`` are the manifest before and behind the account, for a first version. ``copied``
    holds some columns as PostgreSQL reads them, by their names here.
    """

    ids: list[bytes]
    platforms: list[str]
    native_ids: list[str]
    authors: list[int]
    days: list[int]
    posted_at: list[str]
    urls: list[str | None]
    in_reply_to: list[str | None]
    is_repost: list[bool]
    snapshot_ids: list[bytes]
    texts: list[str]
    digests: list[bytes]
    languages: list[str | None]
    edited_at: list[str | None]
    truncated: list[bool]
    locators: list[str | None]
    replaced: list[int]
    words: list[bytes]
    searchables: list[str | None]
    heads: list[bytes]
    tails: list[bytes]
    salts: list[bytes]
    copied: dict[str, CopyText] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many readings."""
        return len(self.ids)

    def columns(self) -> tuple[list[object], ...]:
        """All columns in the order of their declaration: what travels from one process to another."""
        return tuple(getattr(self, name) for name in _NAMES)

    @classmethod
    def of_columns(cls, columns: Sequence[list[object]]) -> Self:
        """The value whose ``columns`` these are."""
        return cls(**dict(zip(_NAMES, columns, strict=True)))  # type: ignore[arg-type]

    def ready_for(self, dialect: str) -> PreparedPosts:
        """The same, with what is written in the form that the database's driver takes as it is: for a thread that has
        time while the database works."""
        if not len(self):
            return self
        if dialect == "sqlite":
            bindable: _Columns = {name: list(map(bytearray, getattr(self, name))) for name in _BYTES}
            return replace(self, **bindable)
        return replace(self, copied={name: text_of(getattr(self, name), write) for name, write in _COPIED.items()})

    def written(self, name: str) -> Column:
        """A column in the best form that it has for writing."""
        return self.copied.get(name) or cast(Column, getattr(self, name))

    def only(self, kept: Sequence[int]) -> PreparedPosts:
        """The readings at these places."""
        some = PreparedPosts.of_columns([[column[place] for place in kept] for column in self.columns()])
        copied = {name: CopyText(column[place] for place in kept) for name, column in self.copied.items()}
        return replace(some, copied=copied)

    def reading(self, place: int) -> PostReading:
        """One reading again, without its author's names."""
        edited = self.edited_at[place]
        return PostReading(
            platform=Platform(self.platforms[place]),
            native_id=self.native_ids[place],
            author_handle="",
            author_name="",
            text=self.texts[place],
            posted_at=_moment(self.posted_at[place]),
            url=self.urls[place],
            language=self.languages[place],
            edited_at=None if edited is None else _moment(edited),
            in_reply_to=self.in_reply_to[place],
            is_repost=self.is_repost[place],
            truncated=self.truncated[place],
            locator=self.locators[place],
        )


_BYTES = ("snapshot_ids", "digests", "words", "salts")
_COPIED: dict[str, Write] = {
    "ids": identifiers,
    "native_ids": values,
    "posted_at": times,
    "urls": values,
    "in_reply_to": values,
    "is_repost": values,
    "snapshot_ids": identifiers,
    "texts": values,
    "digests": values,
    "languages": values,
    "edited_at": times,
    "truncated": values,
    "locators": values,
    "replaced": values,
    "words": values,
    "salts": values,
}
_NAMES = tuple(column.name for column in fields(PreparedPosts) if column.name != "copied")


def prepare(
    raw: Sequence[PostReading],
    authors: list[int],
    *,
    capture_id: CaptureId,
    seen_at: datetime,
    dialect: str,
    first: int = 0,
) -> PreparedPosts:
    """Readings of one capture as columns. ``authors`` numbers each one's account, ``dialect`` is the database's,
    ``first`` counts the readings of the capture before these."""
    read = _read(raw)
    is_storable = _are_storable(read)
    if not is_storable:
        read = _read([storable_reading(reading) for reading in raw])
    texts, platforms = read["text"], _platforms(read["platform"])
    salts = secrets.token_bytes(SNAPSHOT_SALT_BYTES * len(raw))
    columns: _Columns = _plain_columns(read) | {
        "platforms": platforms,
        "ids": list(map(named_bytes, repeat("post"), platforms, read["native_id"])),
        "authors": authors,
        "snapshot_ids": ordered_ids(len(raw), at=seen_at, first=first),
        "digests": [sha256(text.encode("utf-8")).digest() for text in texts],
        "replaced": [0] * len(raw) if is_storable else [unstorable_count(reading.text) for reading in raw],
        "words": packed_words_of(texts),
        "searchables": list(map(searchable_forms.form_for(dialect), texts)),
        "salts": [salts[start : start + SNAPSHOT_SALT_BYTES] for start in range(0, len(salts), SNAPSHOT_SALT_BYTES)],
    }
    heads, tails = _manifests(columns, capture=capture_id.hex, seen_at=stored_time(seen_at))
    return PreparedPosts(**columns, heads=heads, tails=tails)


def _read(readings: Sequence[PostReading]) -> _Columns:
    """The readings' own columns."""
    columns = zip(*readings, strict=True) if readings else repeat(())
    return dict(zip(PostReading._fields, map(list, columns), strict=False))


def _are_storable(read: _Columns) -> bool:
    """Whether nothing is to be replaced in any reading: nearly always, and one look at all is quick."""
    return all(is_storable("".join(filter(None, read[name]))) for name in _STORED_TEXTS)


def storable_reading(reading: PostReading) -> PostReading:
    """The reading with what no database can hold replaced in every text of it (``types.storable``)."""
    return reading._replace(
        text=storable(reading.text),
        native_id=storable(reading.native_id),
        url=_storable(reading.url),
        in_reply_to=_storable(reading.in_reply_to),
        language=_storable(reading.language),
        locator=_storable(reading.locator),
    )


def _platforms(platforms: Sequence[Platform]) -> list[str]:
    names = {platform: platform.value for platform in Platform}
    found: list[str] = []
    last, name = None, ""
    for platform in platforms:
        # An enumeration's member tells its value slowly, and most dumps are of one platform.
        if platform is not last:
            last, name = platform, names[platform]
        found.append(name)
    return found


def _plain_columns(read: _Columns) -> _Columns:
    return {
        "native_ids": read["native_id"],
        "days": list(map(datetime.toordinal, read["posted_at"])),
        "posted_at": list(map(time_text, read["posted_at"])),
        "urls": read["url"],
        "in_reply_to": read["in_reply_to"],
        "is_repost": read["is_repost"],
        "texts": read["text"],
        "languages": read["language"],
        "edited_at": [None if edited is None else stored_time(edited) for edited in read["edited_at"]],
        "truncated": read["truncated"],
        "locators": read["locator"],
    }


def _manifests(columns: _Columns, *, capture: str, seen_at: str) -> tuple[list[bytes], list[bytes]]:
    """Each first snapshot's manifest before and behind the account."""
    heads = list(map(commitments.before_account, columns["platforms"], columns["native_ids"]))
    values = zip(
        columns["posted_at"],
        columns["urls"],
        columns["in_reply_to"],
        columns["is_repost"],
        map(bytes.hex, columns["snapshot_ids"]),
        repeat(1),
        repeat(capture),
        repeat(seen_at),
        map(bytes.hex, columns["digests"]),
        columns["languages"],
        columns["edited_at"],
        columns["truncated"],
        columns["locators"],
        columns["replaced"],
        strict=False,
    )
    return heads, list(map(commitments.behind_account, values))


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored + _UTC).astimezone(UTC)
