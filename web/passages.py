"""Passages: a text cut at the borders of the spans that matter, so that templates mark words and never slice them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from archive.domain.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of text and the numbers of the spans that cover it; ``begins`` are those that start here."""

    text: str
    numbers: tuple[int, ...] = field(default=())
    begins: tuple[int, ...] = field(default=())
    anchors: tuple[int, ...] = field(default=())
    """Of those that begin, the ones that begin here for the first time on the page."""


def passages_of(text: str, *, spans: Sequence[tuple[int, Span]], within: Span | None = None) -> tuple[Passage, ...]:
    """``text`` (or the part ``within``) cut wherever one of the numbered ``spans`` starts or ends, in order.

    The first passage a number covers is where it begins. Spans may nest and overlap; what lies outside is left out.
    """
    whole = within or Span(0, len(text))
    held = [(number, clipped) for number, span in spans if (clipped := _clip(span, whole)) is not None]
    borders = sorted({whole.start, whole.end, *(edge for _, span in held for edge in (span.start, span.end))})
    passages: list[Passage] = []
    for start, end in pairwise(borders):
        numbers = tuple(number for number, span in held if span.start <= start and end <= span.end)
        begins = tuple(number for number, span in held if span.start == start)
        passages.append(Passage(text=text[start:end], numbers=numbers, begins=begins))
    return tuple(passages)


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """``text`` as stretches, each with whether it is to be highlighted. Spans beyond the text are cut to it."""
    numbered = [(1, Span(min(start, len(text)), min(end, len(text)))) for start, end in spans if 0 <= start < end]
    return tuple((passage.text, bool(passage.numbers)) for passage in passages_of(text, spans=numbered))


def _clip(span: Span, whole: Span) -> Span | None:
    start, end = max(span.start, whole.start), min(span.end, whole.end)
    return Span(start, end) if start < end else None
