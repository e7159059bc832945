"""Transcripts: turns of speech that carry a label and no marks – "Q: …", "VENN: …".

A label is believed only in company: one line with a colon is a heading, four of two speakers are a conversation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from archive.domain.spans import Span
from archive.extraction.marks import Stretch

_LABEL = re.compile(
    r"(?P<label>[QA](?=[:.])|[^\W\d_a-z][\w.’'-]{0,30}(?:[ ][^\W\d_a-z][\w.’'-]{0,30}){0,4})"
    r"(?:[ ]\([^()\n]{1,40}\))?[:：.]\s+(?=\S)"
)
_LEAST_TURNS = 3
_LONGEST_LABEL = 120


def turns_of(text: str, paragraphs: Sequence[Span]) -> frozenset[Span]:
    """The paragraphs that are turns of a transcript; empty where the article is none."""
    labelled: dict[Span, str] = {}
    for paragraph in paragraphs:
        label = _label(text, paragraph)
        if label is not None:
            labelled[paragraph] = label
    counts = Counter(labelled.values())
    if sum(counts.values()) < _LEAST_TURNS or len(counts) < 2 or len(counts) > max(2, len(labelled) // 2 + 1):
        return frozenset()
    if not any(count > 1 for count in counts.values()) or not all(_is_speaker(label) for label in counts):
        return frozenset()
    return frozenset(labelled)


def read_turn(text: str, paragraph: Span, *, index: int) -> list[Stretch]:
    """What is said in one turn, as one stretch without marks."""
    match = _LABEL.match(text, paragraph.start, paragraph.end)
    if match is None:
        return []
    inside = Span(match.end(), paragraph.end)
    return [Stretch(inside=inside, outside=inside, closed=True, paragraph=index, bare=True)]


def _label(text: str, paragraph: Span) -> str | None:
    match = _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + _LONGEST_LABEL))
    if match is None or (match[0].rstrip().endswith(".") and match["label"] not in ("Q", "A")):
        return None
    return match["label"]


def _is_speaker(label: str) -> bool:
    """Whether a label is one of transcripts: Q, A, or a name in capitals."""
    return label in ("Q", "A") or (label.isupper() and len(label) > 1) or label.istitle()
