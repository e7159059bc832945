"""Zip files handed in: only named members are opened, each unpacked step by step; nothing is written to disk.

An account's archive also holds direct messages and addresses: what nobody names here is never opened. A file that
could mislead – members outside its folder, two of one name, locked ones, packed zips, bombs – is refused whole.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from archive.domain.captures import Captured
from archive.errors import InvalidInputError

_ZIP = b"PK\x03\x04"
_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_LARGEST_INDEX = 16 << 20
_STEP = 1 << 18
_MOST_UNPACKED = 2 << 30
_STEEPEST = 200
"""Text packs to a fifteenth; what packs to less than a two-hundredth is made to unpack."""
_STEEP_FROM = 10 << 20
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def is_zip(body: bytes) -> bool:
    """Whether the bytes begin like a zip file."""
    return body.startswith(_ZIP)


class ZipMembers:
    """The members of a zip file.

    InvalidInputError ``dump_damaged`` for what is no whole zip, ``zip_unsafe`` for names that leave the folder or occur
    twice, ``zip_encrypted``, ``zip_nested``, ``dump_too_large`` for bombs and indexes beyond reason.
    """

    def __init__(self, dump: Captured) -> None:
        _check_index(dump.body)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(dump.body))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise _damaged() from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            _check_name(info.filename)
            if info.filename in self._members:
                raise InvalidInputError(f"The zip holds {_shown(info.filename)} twice.", code="zip_unsafe")
            self._members[info.filename] = info
        files = [name for name in self._members if not name.endswith("/")]
        if files and all(name.lower().endswith(".zip") for name in files):
            raise InvalidInputError("The zip holds another zip; unpack the outer one first.", code="zip_nested")
        self.names = tuple(self._members)
        self._unpacked = 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """The member's bytes, unpacked on the way; all members together may give two gigabytes."""
        info = self._members[name]
        _check_packing(info)
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_STEP):
                    self._count(info, len(chunk))
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            struct.error,
            OSError,
            ValueError,
        ) as error:
            raise _damaged() from error

    def whole(self, name: str, *, most: int) -> bytes:
        """The whole member; ``dump_too_large`` above ``most`` bytes."""
        body = bytearray()
        for chunk in self.chunks(name):
            body += chunk
            if len(body) > most:
                raise InvalidInputError(f"{_shown(name)} in the zip is too large.", code="dump_too_large")
        return bytes(body)

    def _count(self, info: zipfile.ZipInfo, size: int) -> None:
        self._unpacked += size
        if self._unpacked > _MOST_UNPACKED:
            raise InvalidInputError("The zip unpacks to more than what is read.", code="dump_too_large")


def _check_index(body: bytes) -> None:
    """A zip's index is read whole, so its claimed size is looked at before."""
    at = body.rfind(_END, max(0, len(body) - 65_557))
    if at < 0 or len(body) < at + 22:
        raise _damaged()
    (size,) = struct.unpack_from("<L", body, at + 12)
    if size == 0xFFFFFFFF:
        at64 = body.rfind(_END64, max(0, at - 1_000), at)
        if at64 < 0 or len(body) < at64 + 48:
            raise _damaged()
        (size,) = struct.unpack_from("<Q", body, at64 + 40)
    if size > _LARGEST_INDEX:
        raise InvalidInputError("The zip lists more files than any export has.", code="dump_too_large")


def _check_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if not name or "\x00" in name or parts[0] == "" or parts[0].endswith(":") or ".." in parts:
        raise InvalidInputError(f"The zip's member {_shown(name)} lies outside its folder.", code="zip_unsafe")


def _check_packing(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise InvalidInputError("The zip is locked with a password; unlock it and pack it again.", code="zip_encrypted")
    if info.compress_type not in _METHODS:
        raise _damaged()
    if info.file_size > _STEEP_FROM and info.file_size > _STEEPEST * max(info.compress_size, 1):
        raise InvalidInputError(f"{_shown(info.filename)} in the zip is a bomb.", code="dump_too_large")


def _damaged() -> InvalidInputError:
    return InvalidInputError("The zip is damaged or ends early.", code="dump_damaged")


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[:80]) or "without a name"
