"""Edits of any post: each changes its words, or what the article says of them, in the way one code names.

An operator finds no place for its edit in most posts; then it gives nothing. The same seed makes the same edits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random

from archive.domain.findings import FindingCode as Code
from bench.scenes import Arrange, Scene

NAME = "Ilse Brandvold"
_LINK = re.compile(r"\s*(?:https?://\S+|pic\.\S+)")
_LEADS_ON = re.compile(
    r"\b(?:an?|the|of|to|in|at|on|for|with|by|from|and|or|but|as|than|into|about|our|your)$", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[a-z]{2}[.!?])\s+(?=[A-Z])")


def _as_is(scene: Scene) -> Scene:
    return scene


@dataclass(frozen=True, slots=True)
class Edit:
    """A quotation made from a post. ``code`` is what it must carry – or, where ``near_miss``, what it must not.
    ``handle`` is the one that the registry holds under ``name``; ``breaks``: characters at which a speech tag stands;
    ``arrange`` changes what is around the words."""

    code: Code
    quoted: str
    archived: str
    near_miss: bool = False
    handle: str | None = None
    name: str = NAME
    breaks: tuple[int, ...] = field(default=())
    continuation: str | None = None
    arrange: Arrange = _as_is


Operator = Callable[[str, Random], Edit | None]


def body(text: str) -> str:
    """A post without links and closing tags; with the tags where the sentence runs into them ("a day off as #Velmora"):
    without them it would be cut."""
    linkless = _LINK.sub("", text)
    tagless = re.sub(r"(?:\s*[#@]\w+)+\s*$", "", linkless).strip()
    return linkless.strip() if _LEADS_ON.search(tagless) else tagless


def parts(text: str, least: int) -> list[str] | None:
    """The sentences of a post's body: at least so many, of four words and more."""
    found = _SENTENCE.split(body(text))
    return found if len(found) >= least and all(len(part.split()) >= 4 for part in found[:least]) else None


@cache
def place_of(old: str) -> re.Pattern[str]:
    """Where a word or phrase stands by itself: no part of a handle, a tag, a number or a longer word."""
    return re.compile(rf"(?<![\w@#'’$.,/-]){re.escape(old)}(?![\w'’%-]|[.,:/]\d)(?!\.\w)")


def swap(code: Code, pairs: tuple[tuple[str, str], ...], *, near_miss: bool = False) -> Operator:
    """One of the pairs that the post holds is exchanged, at its first place."""

    def operator(text: str, random: Random) -> Edit | None:
        there = body(text)
        fitting = [(old, new) for old, new in pairs if old in there and place_of(old).search(there)]
        if not fitting:
            return None
        old, new = random.choice(fitting)
        if not new and there.endswith(("...", "…")):
            return None  # what is left out there looks marked
        made = tidy(place_of(old).sub(lambda _: new, there, count=1))
        # "I think we will" without its hedge is printed "We will".
        made = made if new or there[0] == made[:1] else made[:1].upper() + made[1:]
        return Edit(code, made, text, near_miss)

    return operator


def tidy(text: str) -> str:
    """No double spaces, none before a comma, no double points, no comma or dash left over before the last mark."""
    text = re.sub(r"\s+([,.!?;:])", r"\1", " ".join(text.split()))
    text = re.sub(r"(?:,|\s[–—-])+(?=[.!?]|$)", "", text)
    return text.replace("..", ".") if "..." not in text else text


def edit(
    code: Code, quoted: Callable[[str], str | None], archived: Callable[[str], str] | None = None, *,
    near_miss: bool = False, arrange: Arrange = _as_is,
) -> Operator:  # fmt: skip
    """The body changed by ``quoted``; the archive has the post as it is, or its body changed by ``archived``."""

    def operator(text: str, random: Random) -> Edit | None:
        made, there = quoted(body(text)), archived(body(text)) if archived is not None else text
        changes = arrange is not _as_is
        if made is None or (made == there and not changes):
            return None
        return Edit(code, made, there, near_miss, arrange=arrange)

    return operator


def drawn(code: Code, change: Callable[[str, Random], tuple[str, str] | None], *, near_miss: bool = False) -> Operator:
    """``change`` gives the quotation and the archived text, or nothing."""

    def operator(text: str, random: Random) -> Edit | None:
        made = change(text, random)
        return None if made is None or made[0] == made[1] else Edit(code, made[0], made[1], near_miss)

    return operator


def arranged(code: Code, arrange: Arrange, *, near_miss: bool = False,
          archived: Callable[[str], str | None] | None = None) -> Operator:  # fmt: skip
    """The words are the post's own; what is around them is arranged."""

    def operator(text: str, random: Random) -> Edit | None:
        there = text if archived is None else archived(body(text))
        return None if there is None else Edit(code, body(text), there, near_miss, arrange=arrange)

    return operator


def after(pattern: str, new: str) -> Callable[[str], str | None]:
    """The first place of a pattern replaced, or nothing where there is none."""
    return lambda text: re.sub(pattern, new, text, count=1) if re.search(pattern, text) else None


def same(text: str) -> str:
    return text


def closed(text: str) -> str | None:
    """A text that ends with a sentence's stop."""
    return text if text.endswith((".", "!")) else None
