"""Searchable forms of texts: folded words parted by spaces, and each character of scripts that write without spaces
(Han, kana, Thai, Lao, Khmer, Burmese) as a word of its own, so that two of them in a row are a phrase."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS = "".join(chr(point) for point in range(0x300, 0x10000) if unicodedata.category(chr(point)) in ("Mn", "Mc"))
"""Vowel signs of Indic scripts are marks: without them "मोदी" would be two words of one consonant each."""
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:[^\W_{_UNSPACED}][{_MARKS}]*)+")
_ACCENT = re.compile("[" + "".join(mark for mark in _MARKS if unicodedata.combining(mark)) + "]+")
_ASCII = "onrecord.ascii"
"""The name by which the encoder knows ``_in_ascii``."""
_LONGEST_RUN = 32


def searchable(text: str) -> str:
    """The text as it is indexed: folded words parted by spaces."""
    return " ".join(_TOKEN.findall(_fold(text)))


def searchable_words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of the form with where each begins and ends in the text."""
    return ((match.start(), match.end(), _fold(match.group())) for match in _TOKEN.finditer(text))


def searchable_in_ascii(text: str) -> bytes | None:
    """A text in ASCII that has the words of ``searchable``; None where ASCII cannot hold them."""
    try:
        return text.encode("ascii", _ASCII)
    except _BeyondAsciiError:
        return None


def _fold(text: str) -> str:
    """A text in lower case, without accents, in its compatible form (NFKD, NFC; Unicode Standard Annex 15)."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold())))


class _BeyondAsciiError(ValueError):
    """A text has words beyond ASCII."""


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    """What the encoder writes for a run of characters beyond ASCII. It finds them quicker than any pattern."""
    # Longer runs are a script of their own, or meant to fill the memory.
    if isinstance(error, UnicodeEncodeError) and error.end - error.start <= _LONGEST_RUN:
        form = _run_in_ascii(error.object[error.start : error.end])
        if form is not None:
            return form, error.end
    # Not the error itself: it would hold on to this frame, and the frame to it.
    raise _BeyondAsciiError


codecs.register_error(_ASCII, _in_ascii)


@lru_cache(maxsize=1 << 14)
def _run_in_ascii(run: str) -> str | None:
    """Letters and digits as ``_fold`` has them, a question mark for each character that parts words: nearly all that
    stands in posts beside ASCII is accents, quotation marks, dashes and pictures. None where that says something else.
    """
    found = ""
    for character in run:
        form = _fold(character)
        if form.isascii() and character not in _MARKS and form == form.lower():
            found += "".join(each if each.isalnum() else "?" for each in form)
        # A mark behind a letter is part of the word, and the letter may stand before the run.
        elif _TOKEN.search(form) is None and (character not in _MARKS or found.endswith("?")):
            found += "?"
        else:
            return None
    return found
