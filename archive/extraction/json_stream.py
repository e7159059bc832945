"""JSON read piece by piece: lists of a hundred thousand posts without holding them all, each item bounded.

A broken item ends the list it stands in, since nobody can tell where the next one begins; what came before is kept.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator

from archive.errors import InvalidInputError

_LARGEST_ITEM = 4_000_000
_SPACE = re.compile(r"[ \t\r\n]*")
_STEP = 1 << 18


class JsonStream:
    """A JSON text that arrives in chunks of UTF-8.

    InvalidInputError ``row_not_json`` for what is none, ``dump_line_too_long`` for one value above four million
    characters.
    """

    def __init__(self, chunks: Iterable[bytes], *, where: str) -> None:
        self._chunks = iter(chunks)
        self._where = where
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder(parse_constant=lambda _: None)
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character behind white space, empty at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip_to(self, marks: str, *, within: int) -> None:
        """Skip what stands before the first of ``marks``: the assignment in front of an archive's lists."""
        while len(self._text) < within and self._more():
            pass
        found = next((place for place, letter in enumerate(self._text[:within]) if letter in marks), None)
        if found is None:
            raise self._fault("is not the list it should be")
        self._at = found

    def enter_list(self) -> None:
        """Step over the bracket of the list that begins here."""
        self._take("[")

    def list_items(self) -> Iterator[object]:
        """The items of the list that begins here."""
        self.enter_list()
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self.peek() == "]":
                self._at += 1
                return
            self._take(",")

    def member_names(self) -> Iterator[str]:
        """The names of the object that begins here; the caller takes each one's value before asking for the next."""
        self._take("{")
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            name = self.value()
            self._take(":")
            yield str(name)
            if self.peek() == "}":
                self._at += 1
                return
            self._take(",")

    def value(self) -> object:
        """The whole value that begins here."""
        self.peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self._fault("is nested too deeply") from error
            except ValueError as error:
                if len(self._text) - self._at > _LARGEST_ITEM:
                    raise self._fault("is not JSON, or one item of it is too large") from error
                if not self._more():
                    raise self._fault("is not JSON, or ends early") from error
                continue
            if end == len(self._text) and self._text[self._at] not in '"[{' and self._more():
                continue  # 12 may be the beginning of 123
            self._at = end
            return value

    def _take(self, mark: str) -> None:
        if self.peek() != mark:
            raise self._fault("is not JSON")
        self._at += 1

    def _more(self) -> bool:
        if self._ended:
            return False
        # Taken in large steps whatever the chunks: an item is tried again whenever more has come.
        gathered = bytearray()
        while len(gathered) < _STEP and not self._ended:
            chunk = next(self._chunks, None)
            self._ended = chunk is None
            gathered += chunk or b""
        try:
            fresh = self._decoder.decode(bytes(gathered), self._ended)
        except UnicodeDecodeError as error:
            raise InvalidInputError(f"{self._where} is not UTF-8.", code="row_not_json") from error
        self._text = self._text[self._at :] + fresh
        self._at = 0
        return not self._ended or bool(fresh)

    def _fault(self, words: str) -> InvalidInputError:
        return InvalidInputError(f"{self._where} {words}.", code="row_not_json")
