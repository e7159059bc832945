"""Paragraphs as spans: the rule for what a paragraph of plain text is."""

from __future__ import annotations

import re
from itertools import pairwise

from archive.domain.spans import Span

_LINE = re.compile(r"\S(?:[^\n\r\v\f\x85\u2028\u2029]*\S)?")
"""From the first sign of a line to its last."""
_BLANK = re.compile(r"(?:\r\n|[\n\r\u2028\u2029])[ \t\u00a0]*(?:\r\n|[\n\r\u2028\u2029])")
WRAPPED = range(45, 100)
"""Lengths of the lines of hard-wrapped text (mail, wire terminals)."""


def paragraphs_of(text: str) -> tuple[Span, ...]:
    """The paragraphs of plain text: its lines, or its blocks between blank lines where the lines are hard-wrapped."""
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    if not _is_wrapped(text, lines):
        return tuple(lines)
    blocks: list[Span] = []
    for line in lines:
        if blocks and _BLANK.search(text, blocks[-1].end, line.start) is None:
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return tuple(blocks)


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether most lines break in mid-sentence at the same width, and blank lines part the paragraphs."""
    inner = [line for line, following in pairwise(lines) if _BLANK.search(text, line.end, following.start) is None]
    if len(inner) < 4 or len(inner) < len(lines) / 2:
        return False
    cut = [line for line in inner if len(line) in WRAPPED and text[line.end - 1] not in ".!?”\"':"]
    return len(cut) > 0.6 * len(inner)
