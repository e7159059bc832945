"""The time hidden in a platform's identifiers: a free cross-check that also works for posts long gone.

X and the Mastodon family put milliseconds in the high bits of the number, Bluesky microseconds in the record key.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from archive.domain.accounts import Platform
from archive.text.post_urls import parse_post_url

_X_EPOCH_MS = 1_288_834_974_657
_FIRST_X_CLOCK_ID = 29_700_859_247  # before November 2010 X counted its posts one by one
_INSTAGRAM_EPOCH_MS = 1_314_220_021_721
_TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_TID = re.compile(rf"[{_TID_LETTERS}]{{13}}")
_SHORT_CODE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_EARLIEST = datetime(2006, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)

TOLERANCE = timedelta(minutes=2)
"""How far a claimed time may lie from the hidden one: clients stamp before sending, servers number after receiving."""


def hidden_time(platform: Platform, native_id: str) -> datetime | None:
    """When the post was numbered (aware UTC, to the millisecond), or None where its identifier has no clock."""
    match platform:
        case Platform.X:
            return _of_number(native_id, least=_FIRST_X_CLOCK_ID, shift=22, epoch=_X_EPOCH_MS)
        case Platform.TRUTH_SOCIAL:
            return _of_number(native_id, least=1 << 50, shift=16, epoch=0)
        case Platform.MASTODON:
            return _of_number(_last_number(native_id), least=1 << 50, shift=16, epoch=0)
        case Platform.BLUESKY:
            return _of_record_key(native_id.rsplit("/", 1)[-1])
        case Platform.INSTAGRAM | Platform.THREADS:
            return _of_short_code(native_id)
        case _:
            return None


def is_clock_consistent(platform: Platform, native_id: str, *, claimed: datetime) -> bool | None:
    """Whether ``claimed`` agrees with the identifier's clock within TOLERANCE; None where there is no clock."""
    hidden = hidden_time(platform, native_id)
    return None if hidden is None else abs(hidden - claimed) <= TOLERANCE


def time_of_url(url: str) -> datetime | None:
    """When the post behind ``url`` was numbered, known without fetching it; None where the address has no clock."""
    pointer = parse_post_url(url)
    if pointer is None or pointer.native_id is None:
        return None
    return hidden_time(pointer.platform, pointer.native_id)


def _of_number(native_id: str, *, least: int, shift: int, epoch: int) -> datetime | None:
    if not re.fullmatch(r"[0-9]{1,20}", native_id) or int(native_id) < least:
        return None
    return _of_milliseconds((int(native_id) >> shift) + epoch)


def _last_number(native_id: str) -> str:
    found = re.findall(r"[0-9]+", native_id.split("?")[0])
    return found[-1] if found else ""


def _of_record_key(key: str) -> datetime | None:
    if not _TID.fullmatch(key):
        return None
    number = 0
    for letter in key:
        number = (number << 5) | _TID_LETTERS.index(letter)
    return _of_milliseconds((number >> 10) / 1000)


def _of_short_code(native_id: str) -> datetime | None:
    if native_id.isascii() and native_id.isdigit():
        return _of_number(native_id, least=1 << 50, shift=23, epoch=_INSTAGRAM_EPOCH_MS)
    if not re.fullmatch(r"[\w-]{10,12}", native_id, re.ASCII):
        return None
    number = 0
    for letter in native_id:
        number = number * 64 + _SHORT_CODE_LETTERS.index(letter)
    return _of_milliseconds((number >> 23) + _INSTAGRAM_EPOCH_MS)


def _of_milliseconds(milliseconds: float) -> datetime | None:
    try:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
    return moment if _EARLIEST <= moment <= _LATEST else None
