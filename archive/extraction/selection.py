"""Which blocks of a page are the article: those trafilatura names, and their neighbours it lost.

A block it names is kept unless it only leads elsewhere. A block it does not name comes back when it stands among the
kept ones, under the same parent, and is no noise: that is where quotations and block quotes get lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.domain.articles import Embed
from archive.extraction.blocks import Block
from archive.extraction.boilerplate import MainText, letters

_LONG = 60
_ENDS = 28
_SHORT = 12


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
    known = letters(main.text)
    wanted = {id(item) for item in items if isinstance(item, Block) and _is_named(item, known=known)}
    if not wanted:
        wanted = {id(item) for item in items if isinstance(item, Block) and _is_likely(item)}
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
        if id(item) not in wanted and not (first < place <= last + 1 and _is_lost(item, parents=parents)):
            continue
        key = letters(item.text)
        if key and (key not in seen or len(key) < _SHORT):
            kept.append(item)
            seen.add(key)
    return Selected(items=tuple(kept))


_TRAILING = 6
"""How many items after the last paragraph an embed may stand and still belong to the article."""


def _is_named(block: Block, *, known: str) -> bool:
    if block.is_teaser or (block.noisy and block.quoted is None):
        return False
    key = letters(block.text)
    if not key:
        return False
    if len(key) < _SHORT:
        return False
    if key in known:
        return True
    return len(key) >= _LONG and key[:_ENDS] in known and key[-_ENDS:] in known


def _parents(items: list[Block | Embed], wanted: set[int]) -> dict[int, int]:
    """How many kept letters stand under each parent."""
    found: dict[int, int] = {}
    for item in items:
        if isinstance(item, Block) and id(item) in wanted:
            for holder in (item.tag, item.tag.parent):
                found[id(holder)] = found.get(id(holder), 0) + len(item.text)
    return found


def _is_lost(block: Block, *, parents: dict[int, int]) -> bool:
    """Whether a block that was not named belongs to the article all the same."""
    if block.noisy or block.is_teaser:
        return False
    if block.quoted is not None:
        return True
    if id(block.tag) in parents:
        return True
    return block.tag.name in {"p", "div"} and id(block.tag.parent) in parents and block.linked < len(block.text) / 2


def _is_likely(block: Block) -> bool:
    """Without any opinion: a paragraph of some length that is no noise."""
    return not block.noisy and not block.is_teaser and len(block.text) > 80 and block.tag.name in {"p", "div", "li"}
