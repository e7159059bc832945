"""Quotations: which marked stretches quote somebody, of what kind they are, and which pieces belong together.

The rules are few. A stretch that is a sentence of its own, or that a verb of saying introduces or follows, is direct.
A stretch inside a reported sentence is a fragment (``mixed``). A short stretch nobody speaks is a term, a title or a
scare quote (X1) and no quotation. "A," she said. "B." is one quotation in two pieces (X5).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.domain.claims import QuotationKind
from archive.domain.spans import Span
from archive.extraction.cues import best_reading
from archive.extraction.lexicon import Lexicon
from archive.extraction.marks import Stretch
from archive.extraction.narration import Narration, ends_sentence, is_dateline
from archive.extraction.readings import Reading, Side
from archive.extraction.tokens import Kind, Token

SHORT = 5
"""Words: below this a stretch needs a cue at its side to count as speech."""
ENOUGH = 300
"""Characters read at either end of a stretch."""
LETTERS_A_WORD = 3
"""Letters that make a word where no space parts them."""
LEAST_FRAGMENT = 3
"""Words: below this a fragment without a cue is a term."""

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_STOPS = (".", "!", "?", "…", "。", "！", "？", "।", "—", "–", "-")
_SOFT_STOPS = (*_STOPS, ",", "，", "、")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One stretch with the reading of its own sentence, and the kind that follows from both."""

    narration: Narration
    number: int
    reading: Reading | None
    kind: QuotationKind | None
    """None where the stretch is no quotation."""

    @property
    def stretch(self) -> Stretch:
        """The marked stretch."""
        return self.narration.stretches[self.number]

    @property
    def token(self) -> int:
        """Its place among the paragraph's tokens."""
        return self.narration.quotes[self.number]


def candidates_of(text: str, narration: Narration, lexicon: Lexicon) -> list[Candidate]:
    """Every stretch of a paragraph with its reading and kind."""
    found: list[Candidate] = []
    for number, at in enumerate(narration.quotes):
        reading = best_reading(narration, at, lexicon)
        stretch = narration.stretches[number]
        kind = kind_of(text, narration, number=number, reading=reading, lexicon=lexicon)
        goes_on = bool(found) and found[-1].stretch.single and found[-1].kind is QuotationKind.DIRECT
        if stretch.single and not _single_quotes_speak(text, stretch, reading) and not goes_on:
            kind = None
        found.append(Candidate(narration=narration, number=number, reading=reading, kind=kind))
    return found


def _single_quotes_speak(text: str, stretch: Stretch, reading: Reading | None) -> bool:
    """Single quotes hold terms as a rule; speech only with a cue at their side and a stop or comma inside."""
    if reading is None or reading.cue is None or not reading.adjacent or reading.strength < 0.85:
        return False
    parted = text[stretch.outside.end : stretch.outside.end + 1] in (",", "，", "、")
    return parted or stretch.inside.of(text).rstrip().endswith(_SOFT_STOPS)


def kind_of(
    text: str, narration: Narration, *, number: int, reading: Reading | None, lexicon: Lexicon
) -> QuotationKind | None:
    """Direct, mixed (a fragment in reported speech), or None: not a quotation."""
    tokens, at = narration.tokens, narration.quotes[number]
    stretch = narration.stretches[number]
    inside = _ends_of(stretch.inside, text)
    size = len(_WORD.findall(inside))
    if not lexicon.is_spaced:
        size = max(size, len(inside) // LETTERS_A_WORD)
    if size == 0 or (stretch.bare and size < 2):
        return None
    if stretch.bare or _is_handed_over(tokens, at, reading, lexicon=lexicon):
        return QuotationKind.DIRECT  # a post in a block quote, a turn of a transcript: posts often end without a stop
    if _is_named(tokens, at, inside, size=size, lexicon=lexicon):
        return None
    if begins_sentence(tokens, at):
        return _kind_of_opening(inside, size, tokens, at=at, reading=reading)
    return _kind_within(inside, size, tokens, at=at, reading=reading, lexicon=lexicon)


def _is_named(tokens: Sequence[Token], at: int, inside: str, *, size: int, lexicon: Lexicon) -> bool:
    """Whether the words around say that the marks hold a title: "…," by Jan Orlov; her memoir, "…"."""
    if at + 1 < len(tokens) and tokens[at + 1].lower in lexicon.authored:
        return True
    return _is_named_before(tokens, at, lexicon) and _is_title(inside.rstrip(" .,"), size)


def _kind_within(
    inside: str, size: int, tokens: Sequence[Token], *, at: int, reading: Reading | None, lexicon: Lexicon
) -> QuotationKind | None:
    """A stretch in mid-sentence: speech behind a colon, a comma or a verb of saying, else a fragment or nothing."""
    before = tokens[at - 1] if at else None
    spoken = reading is not None and reading.cue is not None and reading.adjacent
    if before is not None and before.kind in (Kind.COLON, Kind.COMMA):
        if reading is not None and reading.strength >= 0.55 and _sounds_spoken(inside, before):
            titled = size <= 4 and _is_title(inside.rstrip(" .,"), size) and before.kind == Kind.COMMA
            return None if titled and not _ends_at(reading, at - 1) else QuotationKind.DIRECT
    elif before is not None and _is_cue(before, lexicon) and _begins_like_speech(inside):
        return QuotationKind.DIRECT if size >= 2 else QuotationKind.MIXED
    return _kind_of_fragment(inside, size, before=before, spoken=spoken, lexicon=lexicon)


def _is_handed_over(tokens: Sequence[Token], at: int, reading: Reading | None, *, lexicon: Lexicon) -> bool:
    """Whether the words right behind hand the quotation to a verb of saying: 「…」と述べた, 「…」と首相は語った."""
    if lexicon.is_spaced or reading is None or reading.cue is None or at + 1 >= len(tokens):
        return False
    return reading.cue[0] == at + 1 or tokens[at + 1].lower in lexicon.quoting


def _is_named_before(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether the word before says that a name or title follows: her memoir, "…"."""
    here = at - 1
    if here > 0 and tokens[here].kind == Kind.COMMA:
        here -= 1
    return here >= 0 and tokens[here].lower in lexicon.naming


def _ends_at(reading: Reading, at: int) -> bool:
    """Whether the cue ends just there, so that only a comma parts it from the quotation."""
    return reading.cue is not None and (reading.side is Side.AFTER or reading.cue[1] == at)


def _ends_of(span: Span, text: str) -> str:
    """The first and last words of a stretch: more is never needed to judge it, and a stretch may be a whole book."""
    if len(span) <= 2 * ENOUGH:
        return span.of(text)
    return text[span.start : span.start + ENOUGH] + text[span.end - ENOUGH : span.end]


def begins_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Whether the quotation ``tokens[at]`` begins a sentence of the narration."""
    here = at - 1
    while here >= 0 and tokens[here].kind in (Kind.OPEN, Kind.OTHER, Kind.DASH):
        here -= 1
    if here < 0 or ends_sentence(tokens, here) or is_dateline(tokens, at):
        return True
    return tokens[here].kind == Kind.QUOTE and tokens[here].text.rstrip().endswith(_STOPS)


def _kind_of_opening(
    inside: str, size: int, tokens: Sequence[Token], *, at: int, reading: Reading | None
) -> QuotationKind | None:
    """A stretch that begins a sentence: speech, unless the sentence goes on as narration ("The Voice" is a show)."""
    closed_sentence = inside.rstrip().endswith(_SOFT_STOPS)
    after = reading is not None and reading.side is Side.AFTER
    if (
        after
        and reading is not None
        and reading.cue is not None
        and reading.strength >= 0.85
        and _is_parted(tokens, at)
    ):
        return QuotationKind.DIRECT  # „Ich bleibe“, sagte sie: the comma stands outside in most of Europe
    if after and (closed_sentence or (size >= SHORT and not _is_title(inside, size))):
        return QuotationKind.DIRECT
    if _is_title(inside, size) and not _stands_alone(tokens, at):
        return None
    if closed_sentence and (size >= SHORT or _stands_alone(tokens, at)):
        return QuotationKind.DIRECT
    if reading is not None and reading.cue is not None and size >= SHORT and not _goes_on(tokens, at):
        return QuotationKind.DIRECT
    return QuotationKind.MIXED if size >= LEAST_FRAGMENT else None


def _is_parted(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].kind == Kind.COMMA


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 >= len(tokens) or tokens[at + 1].kind in (Kind.QUOTE, Kind.STOP)


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].kind == Kind.WORD and not tokens[at + 1].is_capital


def _sounds_spoken(inside: str, before: Token) -> bool:
    return before.kind == Kind.COLON or _begins_like_speech(inside)


def _begins_like_speech(inside: str) -> bool:
    first = inside.lstrip(" \t‘'“\"")[:1]
    return first.isupper() or first.isdigit() or first in "[(…#@.-—$" or (not first.isascii() and not first.islower())


def _is_cue(token: Token, lexicon: Lexicon) -> bool:
    return (token.lower in lexicon.cues or token.lower in lexicon.bare) and token.lower not in lexicon.naming


def _kind_of_fragment(
    inside: str, size: int, *, before: Token | None, spoken: bool, lexicon: Lexicon
) -> QuotationKind | None:
    if size >= LEAST_FRAGMENT:
        return None if _is_title(inside.rstrip(" ,"), size) and not spoken else QuotationKind.MIXED
    named = before is not None and before.lower in lexicon.naming
    return QuotationKind.MIXED if spoken and not named else None


def _is_title(inside: str, size: int) -> bool:
    """Whether most words begin with a capital, as in titles of books and programmes."""
    words = _WORD.findall(inside[:300])
    capitals = sum(1 for word in words if word[0].isupper() or len(word) <= 3)
    return (
        size <= 8 and capitals == len(words) and words[0][0].isupper() and not inside.rstrip().endswith((".", "!", "?"))
    )


def join_pieces(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Candidates of one paragraph grouped into quotations: pieces with only their attribution between them are one."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        if candidate.kind is None:
            continue
        if groups and _continues(groups[-1], candidate):
            groups[-1].append(replace(candidate, kind=groups[-1][0].kind))
        else:
            groups.append([candidate])
    return groups


def _continues(group: Sequence[Candidate], candidate: Candidate) -> bool:
    """Whether ``candidate`` goes on where the group's last piece stopped for "she said"."""
    last = group[-1]
    if last.kind is not QuotationKind.DIRECT or last.number + 1 != candidate.number:
        return False
    tokens = candidate.narration.tokens
    resumes = tokens[candidate.token - 1].kind in (Kind.COMMA, Kind.DASH)  # "The harbour," she said, "belongs to us."
    if candidate.kind is not QuotationKind.DIRECT and not candidate.stretch.single and not resumes:
        return False
    reading = group[0].reading
    if reading is None or reading.side is not Side.AFTER or (len(group) > 1 and last.reading is not reading):
        between = tokens[last.token + 1 : candidate.token]
        return not between and len(group) > 1 and not _has_own_cue(candidate)
    between = tokens[last.token + 1 : candidate.token]
    stops = sum(1 for step in range(last.token + 1, candidate.token) if ends_sentence(tokens, step))
    if not between or stops > 1 or (stops == 1 and between[-1].kind != Kind.STOP):
        return False
    return not _has_own_cue(candidate)


def _has_own_cue(candidate: Candidate) -> bool:
    """Whether somebody is credited behind the candidate itself: "A," said Venn, "B." "No," said Tamm."""
    reading = candidate.reading
    return reading is not None and reading.side is Side.AFTER and reading.adjacent


def join_paragraphs(groups: Sequence[list[Candidate]]) -> list[list[Candidate]]:
    """Joins a quotation its paragraph leaves open with the next paragraph's, where that begins with a mark (X3)."""
    joined: list[list[Candidate]] = []
    for group in groups:
        last = joined[-1][-1] if joined else None
        head = group[0]
        if (
            last is not None
            and not last.stretch.closed
            and head.token == 0
            and head.narration.paragraph == last.narration.paragraph + 1
        ):
            joined[-1] += [replace(piece, kind=QuotationKind.DIRECT) for piece in group]
        else:
            joined.append(list(group))
    return joined
