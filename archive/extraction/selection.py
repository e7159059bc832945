"""Which blocks of a page are the article: those trafilatura names, and their neighbours it lost.

A block it names is kept unless it only leads elsewhere. A block it does not name comes back when it stands among the
kept ones, under the same parent, and is no noise: that is where quotations and block quotes get lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from bs4.element import Tag

from archive.domain.articles import Embed
from archive.extraction.blocks import Block
from archive.extraction.boilerplate import MainText, letters
from archive.extraction.markup import classes

_LONG = 60
_ENDS = 28
_SHORT = 12
_MOST_NOISE = 0.25
"""A tag that holds this share of the named text is the article, whatever its class says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """The article's blocks and embeds in reading order."""

    items: tuple[Block | Embed, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks among them."""
        return tuple(item for item in self.items if isinstance(item, Block))


def select(items: list[Block | Embed], *, main: MainText, title: str | None) -> Selected:
    """The article among all blocks and embeds of its page."""
    blocks = [item for item in items if isinstance(item, Block)]
    named = [block for block in blocks if _is_named(block, known=letters(main.text))]
    if not named:
        named = [block for block in blocks if _is_likely(block)] or [block for block in blocks if _is_words(block)]
    cleared = _cleared(named)
    wanted = {id(block) for block in named if block.quoted is not None or not _is_noisy(block, cleared)}
    places = [place for place, item in enumerate(items) if id(item) in wanted]
    if not places:
        return Selected(items=())
    first, last = places[0], places[-1]
    parents = _parents(items, wanted)
    kept: list[Block | Embed] = []
    seen: set[str] = {letters(title)} if title else set()
    for place, item in enumerate(items):
        if isinstance(item, Embed):
            if first <= place <= last + _TRAILING:
                kept.append(item)
            continue
        if id(item) not in wanted and not (
            first < place <= last + 1 and _is_lost(item, parents=parents, cleared=cleared)
        ):
            continue
        key = letters(item.text)
        if key and (key not in seen or len(key) < _SHORT):
            kept.append(item)
            seen.add(key)
    return Selected(items=tuple(kept))


_TRAILING = 6
"""How many items after the last paragraph an embed may stand and still belong to the article."""


def _is_named(block: Block, *, known: str) -> bool:
    if block.is_teaser:
        return False
    key = letters(block.text)
    if not key:
        return False
    if len(key) < _SHORT:
        return False
    if key in known:
        return True
    return len(key) >= _LONG and key[:_ENDS] in known and key[-_ENDS:] in known


def _cleared(named: list[Block]) -> frozenset[str]:
    """The noisy-looking kinds of tag that hold article text all the same: a wrapper called ``premium`` around it all.

    Counted by kind (name and classes), because a page may cut its article into ten sections of the same class.
    """
    letters_under: dict[str, int] = {}
    for block in named:
        for kind in {_kind(tag) for tag in block.noise}:
            letters_under[kind] = letters_under.get(kind, 0) + len(block.text)
    whole = sum(len(block.text) for block in named)
    return frozenset(kind for kind, size in letters_under.items() if size >= whole * _MOST_NOISE)


def _kind(tag: Tag) -> str:
    return " ".join((tag.name, *sorted(classes(tag))))


def _is_noisy(block: Block, cleared: frozenset[str]) -> bool:
    return any(_kind(tag) not in cleared for tag in block.noise)


def _parents(items: list[Block | Embed], wanted: set[int]) -> dict[int, int]:
    """How many kept letters stand under each parent."""
    found: dict[int, int] = {}
    for item in items:
        if isinstance(item, Block) and id(item) in wanted:
            for holder in (item.tag, item.tag.parent):
                found[id(holder)] = found.get(id(holder), 0) + len(item.text)
    return found


def _is_lost(block: Block, *, parents: dict[int, int], cleared: frozenset[str]) -> bool:
    """Whether a block that was not named belongs to the article all the same."""
    if _is_noisy(block, cleared) or block.is_teaser:
        return False
    if block.quoted is not None:
        return True
    if id(block.tag) in parents:
        return True
    return block.tag.name in {"p", "div"} and id(block.tag.parent) in parents and block.linked < len(block.text) / 2


def _is_likely(block: Block) -> bool:
    """Without any opinion: a paragraph of some length that is no noise."""
    return not block.is_teaser and len(block.text) > 80 and block.tag.name in {"p", "div", "li"}


def _is_words(block: Block) -> bool:
    """Of a page without any longer paragraph: all that is said on it and neither leads elsewhere nor is a heading."""
    return not block.is_teaser and not block.heading
