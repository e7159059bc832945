"""Speech whose attribution stands inside its marks, or that has no marks but dashes, as in much of Europe.

« Je ne signerai pas, explique Orla Venn. Pas encore. » and «Закон, — подчеркнула Венн, — принят» hold three words that
nobody quoted; —No voy a dimitir —respondió Tamm— is a quotation though no mark encloses it. A listed verb of saying at
the joint is what tells them from other commas and dashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from archive.domain.spans import Span
from archive.extraction.lexicon import DEFAULT_LANGUAGE, Lexicon
from archive.extraction.marks import Stretch

LONGEST = 3_000
"""Characters of a quotation searched for an aside."""
MOST_ASIDES = 4
LONGEST_TAIL, MOST_TAIL_WORDS = 80, 6
"""Characters and words of "Orla Venn said" behind a quotation whose closing mark was forgotten."""
_WORDS = r"(?P<said>[^\W\d_][\w’'-]*(?:\s[\w’'.-]+){1,7}?|[^\W\d_]+-[\w-]+)"
_COMMA_ASIDE = re.compile(rf"(?P<before>,)\s{_WORDS}(?P<after>[.,])(?=\s)")
_DASH_ASIDE = re.compile(rf"(?P<before>[,.!?…]?\s[—–-])\s{_WORDS}(?P<after>[.,:]\s[—–-])(?=\s)")
_OPENS_DIALOGUE = re.compile(r"\s*[—–-]\s?(?=[^\s\d—–-])")
_TURNS = re.compile(r"(?:,\s?|\s)[—–-]\s?(?P<verb>[^\W\d_][\w’'-]*)")
_RESUMES = re.compile(r"(?:[.,:;]\s?|\s?)[—–-][.,]?\s(?=\S)")


def without_asides(text: str, stretch: Stretch, lexicon: Lexicon) -> list[Stretch]:
    """The stretch without the attributions inside its marks, as its pieces in order; itself where it has none."""
    if lexicon.language == DEFAULT_LANGUAGE or not stretch.closed or len(stretch.inside) > LONGEST:
        return [stretch]
    asides = list(islice(_asides(text, stretch.inside, lexicon), MOST_ASIDES))
    if not asides:
        return [stretch]
    starts = [stretch.inside.start, *(after for _, after in asides)]
    ends = [*(before for before, _ in asides), stretch.inside.end]
    pieces = [Span(start, end) for start, end in zip(starts, ends, strict=True)]
    outer = [stretch.outside.start, *starts[1:]], [*ends[:-1], stretch.outside.end]
    return [
        replace(stretch, inside=_trimmed(text, piece), outside=Span(first, last))
        for piece, first, last in zip(pieces, *outer, strict=True)
        if text[piece.start : piece.end].strip()
    ]


def _asides(text: str, inside: Span, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Where each aside begins and ends, the signs around it left to the narration."""
    at = inside.start
    while True:
        ways = (_DASH_ASIDE.search(text, at, inside.end), _COMMA_ASIDE.search(text, at, inside.end))
        found = min((each for each in ways if each is not None), key=lambda each: each.start(), default=None)
        if found is None:
            return
        if _says(found["said"], lexicon):
            yield found.start("before"), found.end("after")
            at = found.end("after")
        else:
            at = found.start("said")


def _says(words: str, lexicon: Lexicon) -> bool:
    """Whether the words are a verb of saying with somebody behind it: explique Mme Venn, a-t-elle dit."""
    row = words.split()
    verb = _verb(row[0], lexicon)
    hangs = verb != row[0].lower()
    if hangs and verb in lexicon.auxiliaries:
        return len(row) > 1 and row[-1].lower() in lexicon.finite
    named = any(word[0].isupper() for word in row[1:])
    who = hangs or named or any(word.lower() in lexicon.subjects for word in row[1:])
    return verb in lexicon.finite and who


def _verb(word: str, lexicon: Lexicon) -> str:
    low = word.lower()
    tail = next((tail for tail in lexicon.enclitics if low.endswith(tail)), "")
    return low.removesuffix(tail)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def read_dialogue(text: str, paragraph: Span, *, index: int, lexicon: Lexicon) -> list[Stretch]:
    """The speech of a paragraph that begins with a dash and names its speaker behind another one; else nothing."""
    opening = _OPENS_DIALOGUE.match(text, paragraph.start, paragraph.end)
    if opening is None:
        return []
    end = min(paragraph.end, paragraph.start + LONGEST)
    turns = (
        turn for turn in _TURNS.finditer(text, opening.end(), end) if _verb(turn["verb"], lexicon) in lexicon.finite
    )
    turn = next(turns, None)
    if turn is None:
        return []
    pieces = [Span(opening.end(), turn.start())]
    resumed = _RESUMES.search(text, turn.end(), end)
    if resumed is not None:
        pieces.append(Span(resumed.end(), paragraph.end))
    kept = [_trimmed(text, piece) for piece in pieces]
    return [
        Stretch(inside=piece, outside=piece, closed=True, paragraph=index, bare=True)
        for piece in kept
        if len(piece) > 0
    ]


def closed_before_cue(text: str, stretch: Stretch, lexicon: Lexicon) -> Stretch:
    """An open stretch closed where its paragraph ends with who said it: “The boats are late, Orla Venn said."""
    if stretch.closed:
        return stretch
    comma = text.rfind(",", max(stretch.inside.start, stretch.inside.end - LONGEST_TAIL), stretch.inside.end)
    if comma < 0 or not text[stretch.inside.start : comma].strip():
        return stretch
    words = text[comma + 1 : stretch.inside.end].strip().rstrip(".").split()
    if not 2 <= len(words) <= MOST_TAIL_WORDS or not {words[0].lower(), words[-1].lower()} & lexicon.finite:
        return stretch
    named = any(word[0].isupper() for word in words) or any(word.lower() in lexicon.subjects for word in words)
    end = comma + 1
    inside, outside = Span(stretch.inside.start, end), Span(stretch.outside.start, end)
    return replace(stretch, inside=inside, outside=outside, closed=True) if named else stretch
