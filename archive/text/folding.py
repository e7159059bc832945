"""Folding: one spelling of a text for comparison, with a map back to the characters it was made from.

What is folded never changes what is said: HTML entities, Unicode compatibility forms (NFKC), the shapes of quotation
marks, dashes and ellipses, white space, invisible characters. Letters that only look alike ("pаy" with a Cyrillic а)
are kept apart on purpose: folding them silently would hide a forgery.
"""

from __future__ import annotations

import html
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5

import regex

from archive.domain.spans import Span

_SINGLE_MARKS = "\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u02b9\u02bb\u00b4\u0060\u2039\u203a\uff07\u05f3"
_DOUBLE_MARKS = "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\uff02\u05f4\u301d\u301e\u301f\u300c\u300d\u300e\u300f"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
# Not sent through NFKC: "Brand\u2122" would become one word "BrandTM", and "1\u00bd" would become "11/2".
_KEPT_SIGNS = "\u2122\u2120\u00ae\u00a9" + "".join(map(chr, (0xBC, 0xBD, 0xBE, *range(0x2150, 0x215F))))

_TABLE: dict[str, str] = {
    **dict.fromkeys(_SINGLE_MARKS, "'"),
    **dict.fromkeys(_DOUBLE_MARKS, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_INVISIBLE, ""),
    **{sign: sign for sign in _KEPT_SIGNS},
    **{chr(tag): "" for tag in range(0xE0000, 0xE0080)},
}

# Marks and dashes that fold into one ASCII character each: with nothing else to fold, every character keeps its place.
_PLAIN_MARKS = str.maketrans(
    {mark: made for mark, made in _TABLE.items() if not mark.isascii() and len(made) == 1 and made.isascii()}
)

# A piece is what becomes one stretch of folded text: an entity (also one escaped twice, "&amp;quot;"), a run of white
# space, plain ASCII, Hangul parts, or one character with its combining marks. At most 30 marks are taken at once, for
# Unicode normalisation sorts them in quadratic time and a hostile text may hold millions.
_PIECE = regex.compile(
    r"(?P<entity>&(?:amp;)*(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<space>[\s\x00-\x08\x0e-\x1f\x7f]+)"
    r"|(?P<plain>[\x21-\x25\x27-\x7e]+(?!\p{M})|&(?!\p{M}))"
    r"|(?P<other>[\u1100-\u11ff]{1,3}|.\p{M}{0,30})",
    regex.DOTALL,
)
# The last six are other forms of marks before them, which compatibility folding brings back.
_DOUBLE_OR_ENTITY = regex.compile(f'["&{_DOUBLE_MARKS}\ufe41-\ufe44\uff62\uff63]')
_CONTROLS = regex.compile(r"[\s\p{Cc}]+")
_NEEDS_FOLDING = regex.compile(r"[\x00-\x1f\x7f]|  |^ | $|&(?:amp;)*(?:\#[0-9xX]|[A-Za-z][A-Za-z0-9]{1,30};)")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. ``offsets[i]`` is where the original of folded character ``i`` starts, ``ends[i]`` where it ends;
    both never decrease."""

    text: str
    offsets: Sequence[int]
    ends: Sequence[int]

    def original(self, span: Span) -> Span:
        """The original characters that a stretch of folded text was made from; an empty stretch marks a place."""
        if span.start >= span.end:
            place = self.offsets[span.start] if span.start < len(self.offsets) else (self.ends[-1] if self.ends else 0)
            return Span(place, place)
        return Span(self.offsets[span.start], self.ends[span.end - 1])

    def folded(self, span: Span) -> Span:
        """The folded characters made from a stretch of the original: all that touch it."""
        start = bisect_right(self.ends, span.start)
        end = bisect_left(self.offsets, span.end)
        return Span(start, max(start, end))


def fold(text: str) -> Folded:
    """Fold ``text``: entities, Unicode form, marks, dashes, invisible characters, white space (runs become one space,
    none at the ends). Case, accents and look-alike letters stay."""
    plain = text if text.isascii() else text.translate(_PLAIN_MARKS)
    if plain.isascii() and not _NEEDS_FOLDING.search(plain):
        count = len(plain)
        return Folded(plain, range(count), range(1, count + 1))
    return _fold_pieces(text)


def fold_text(text: str) -> str:
    """The folded text alone, without its map."""
    return fold(text).text


def may_hold_double_marks(text: str) -> bool:
    """Whether the folded text may hold a double quotation mark: False only where it does not."""
    return _DOUBLE_OR_ENTITY.search(text) is not None


def _fold_pieces(text: str) -> Folded:
    parts: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    for match in _PIECE.finditer(text):
        start, end = match.span()
        if match.lastgroup == "plain":
            parts.append(match.group())
            offsets.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            continue
        made = _fold_piece(match.group(), match.lastgroup == "entity")
        if made == " " and (not parts or parts[-1] == " "):
            # Control characters and white space alike: one space between words, none at the start.
            continue
        if made:
            parts.append(made)
            offsets.extend([start] * len(made))
            ends.extend([end] * len(made))
    if parts and parts[-1] == " ":
        parts.pop()
        offsets.pop()
        ends.pop()
    return Folded("".join(parts), tuple(offsets), tuple(ends))


@lru_cache(maxsize=8192)
def _fold_piece(piece: str, is_entity: bool) -> str:
    if is_entity:
        piece = _unescaped(piece)
    if piece.isspace() or _CONTROLS.fullmatch(piece):
        return " "
    known = _TABLE.get(piece)
    if known is not None:
        return known
    composed = "".join(_TABLE.get(mark, mark) for mark in piece)
    if not composed or composed in _KEPT_SIGNS:
        return composed
    made = unicodedata.normalize("NFKC", composed)
    if " " in made:
        return composed  # a spacing accent: NFKC would give a space and a mark that hangs on the letter before
    return "".join(_TABLE.get(mark, mark) for mark in made).replace("\u2044", "/")


def _unescaped(entity: str) -> str:
    """What an entity stands for; one that HTML does not know stays as written."""
    inner = entity
    while inner.startswith("&amp;") and len(inner) > 5:
        inner = "&" + inner[5:]
    if inner.startswith("&#"):
        return html.unescape(inner)
    return html5.get(inner[1:], entity)
