"""Which letters the bytes stand for: BOM, header, ``<meta>``, UTF-8, and last a guess; the decision is told.

Labels mean what browsers take them for (WHATWG Encoding): a page that says ISO-8859-1 is windows-1252, one that says
Shift_JIS is code page 932.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BROWSER_NAMES = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
_NEVER = frozenset({"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "utf-32", "undefined"})
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-zA-Z0-9_.-]{2,40})", re.IGNORECASE)
_HEAD = 4_096
_SAMPLE = 64_000
_MOST_ERRORS = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text, the charset it was read in, and what decided: bom, header, meta, utf-8, guess."""

    text: str
    charset: str
    decided_by: str


def decoded(body: bytes, *, declared: str | None = None) -> Decoded:
    """``body`` as text; ``declared`` is the HTTP header's charset. Never fails: the last resort marks bad bytes."""
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return Decoded(text=body[len(bom) :].decode(charset, "replace"), charset=charset, decided_by="bom")
    candidates = _candidates(body, declared=declared)
    for charset, reason in candidates:
        text = _strictly(body, charset)
        if text is not None:
            return _unless_utf8(body, Decoded(text=text, charset=charset, decided_by=reason))
    for charset, reason in candidates:
        text = body.decode(charset, "replace")
        if text.count("\ufffd") <= len(text) * _MOST_ERRORS:
            return Decoded(text=text, charset=charset, decided_by=reason)
    return _guessed(body)


def _candidates(body: bytes, *, declared: str | None) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if charset := _known(declared):
        found.append((charset, "header"))
    if label := _META.search(body[:_HEAD]) or _XML.search(body[:_HEAD]):
        # A page that could be read as ASCII up to its <meta> is not UTF-16, whatever it says.
        charset = _known(label[1].decode("ascii"))
        if charset:
            found.append(("utf-8" if charset.startswith("utf-16") else charset, "meta"))
    found.append(("utf-8", "utf-8"))
    return found


def _known(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'").lower()).name
    except (LookupError, ValueError):
        return None
    if name in _NEVER:
        return None
    return _BROWSER_NAMES.get(name, name)


def _strictly(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except (UnicodeDecodeError, LookupError, TypeError, AssertionError):
        return None


def _unless_utf8(body: bytes, found: Decoded) -> Decoded:
    """Valid UTF-8 with letters beyond ASCII is UTF-8 even where a legacy label also decodes: chance cannot do that."""
    if found.charset == "utf-8" or found.charset.startswith(("utf-16", "iso2022")) or body.isascii():
        return found
    text = _strictly(body, "utf-8")
    return found if text is None else Decoded(text=text, charset="utf-8", decided_by="utf-8")


def _guessed(body: bytes) -> Decoded:
    best = from_bytes(body[:_SAMPLE]).best()
    charset = _known(best.encoding) if best is not None else None
    if charset is None:
        return Decoded(text=body.decode("utf-8", "replace"), charset="utf-8", decided_by="guess")
    return Decoded(text=body.decode(charset, "replace"), charset=charset, decided_by="guess")
