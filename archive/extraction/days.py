"""Days: when, by the article, the quoted words were said or posted.

Nearest first: the quotation's own sentence; its paragraph before it; a paragraph shortly before whose subject is the
same speaker ("Earlier, on February 8, the minister congratulated …"); the lead just above, which dates the event and
not surely the post (D9). Where a statement answers another, the other's day is a bound: an answer is not older.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from archive.domain.claims import ClaimedDate
from archive.domain.spans import Span
from archive.extraction.clauses import main_subject
from archive.extraction.lexicon import Lexicon
from archive.extraction.mentions import mention_at
from archive.extraction.narration import LONGEST_NARRATION, Narration, sentence_around, sentence_end, sentence_start
from archive.extraction.people import Cast
from archive.extraction.phrases_after import phrase_after
from archive.extraction.readings import Reading
from archive.extraction.relays import Relay
from archive.extraction.sequences import later_than
from archive.extraction.speakers import phrase_name
from archive.extraction.tokens import Hint, Kind
from archive.text.dates import PrintedDate, find_dates

FARTHEST = 4
"""Paragraphs searched back for a day."""
WINDOW = 300
"""Tokens of a paragraph searched for a day or an answer; a paragraph may be a whole book."""
MOST_EARLIER = 40
"""Earlier claims looked at for the day of what is answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What is needed to read days: the article's text, its own day and its language."""

    text: str
    published_on: date | None
    language: str | None
    today: date | None = None
    """The day of the dateline, where it is another."""
    cast: Cast
    lexicon: Lexicon
    read: dict[int, tuple[PrintedDate, ...]] = field(default_factory=dict)
    """The days of the paragraphs read so far: neighbouring quotations ask for the same ones."""

    def days_in(self, narration: Narration, first: int, last: int) -> Sequence[PrintedDate]:
        """The days printed in the narration between two tokens, quotations left out."""
        days = self.days_of(narration)
        tokens = narration.tokens
        first, last = max(0, first), min(last, len(tokens))
        if not days or first >= last:
            return ()
        start = bisect_left(days, tokens[first].start, key=lambda day: day.span.start)
        end = bisect_right(days, tokens[last - 1].end, key=lambda day: day.span.end)
        return days[start:end]

    def days_of(self, narration: Narration) -> Sequence[PrintedDate]:
        """The days printed in a paragraph, quotations left out."""
        days = self.read.get(narration.paragraph)
        if days is None:
            days = self.read[narration.paragraph] = tuple(self._days_of(narration))
        return days

    def _days_of(self, narration: Narration) -> Iterator[PrintedDate]:
        tokens = narration.tokens
        telling = [tokens[at].start for at in narration.hinting if tokens[at].hints & Hint.DAY]
        if not telling:
            return
        start = narration.span.start
        for stretch in (*narration.stretches, None):
            end = stretch.outside.start if stretch is not None else narration.span.end
            told = bisect_left(telling, end) > bisect_left(telling, start)
            if told and start < end <= start + LONGEST_NARRATION:
                yield from find_dates(
                    self.text,
                    Span(start, end),
                    published_on=self.published_on,
                    language=self.language,
                    today=self.today,
                )
            start = stretch.outside.end if stretch is not None else end


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A claim already dated: whose it is and its day, for the answers that follow."""

    speaker: str | None
    said_on: ClaimedDate | None


def said_on(
    reading: Reading | None,
    *,
    speaker: str | None,
    relay: Relay | None = None,
    narrations: Sequence[Narration],
    at: int,
    clock: Clock,
    earlier: Sequence[Dated],
) -> ClaimedDate | None:
    """The day of the quotation at token ``at`` of the last of ``narrations``; ``relay`` is where its statement was
    introduced."""
    own = narrations[-1]
    found = (
        _in_own_sentence(own, at, reading, clock=clock)
        or (_in_relay(relay, clock) if relay is not None else None)
        or later_than(own, at, earlier=[dated.said_on for dated in earlier[-MOST_EARLIER:]], lexicon=clock.lexicon)
        or _in_own_paragraph(own, at, clock)
        or _in_earlier(narrations, speaker, clock)
    )
    if found is not None:
        return found
    return _bound_by_answer(narrations[-2:], speaker=speaker, clock=clock, earlier=earlier)


def _claimed(printed: PrintedDate, clock: Clock, *, event_only: bool) -> ClaimedDate:
    return ClaimedDate(
        first=printed.first,
        last=printed.last,
        printed=printed.span.of(clock.text),
        span=printed.span,
        event_only=event_only,
    )


def _in_own_sentence(own: Narration, at: int, reading: Reading | None, *, clock: Clock) -> ClaimedDate | None:
    if not clock.days_of(own):
        return None
    tokens = own.tokens
    if reading is not None and reading.paragraph == own.paragraph and reading.cue is not None:
        at = reading.cue[0]
    first, last = sentence_around(tokens, at)
    days = clock.days_in(own, first, last + 1)
    if not days:
        return None
    cue = tokens[at].start
    return _claimed(min(days, key=lambda day: abs(day.span.start - cue)), clock, event_only=False)


def _in_relay(relay: Relay, clock: Clock) -> ClaimedDate | None:
    """The day in the sentence that introduced the statement: "On February 24, the ministry shared Venn's message"."""
    first, last = relay.sentence
    days = clock.days_in(relay.narration, first, last + 1)
    return _claimed(days[0], clock, event_only=False) if days else None


def _in_own_paragraph(own: Narration, at: int, clock: Clock) -> ClaimedDate | None:
    days = clock.days_in(own, max(0, at - WINDOW), at)
    return _claimed(days[-1], clock, event_only=True) if days else None


def _in_earlier(narrations: Sequence[Narration], speaker: str | None, clock: Clock) -> ClaimedDate | None:
    for step, narration in enumerate(reversed(narrations[-FARTHEST - 1 : -1]), start=1):
        days = clock.days_in(narration, 0, WINDOW)
        if not days:
            continue
        tokens = narration.tokens
        subject = main_subject(tokens, 0, sentence_end(tokens, 0), lexicon=clock.lexicon)
        name = (
            phrase_name(subject, tokens, paragraph=narration.paragraph, cast=clock.cast, text=clock.text)
            if subject
            else None
        )
        if name is not None and name == speaker and not (narration.quotes and step > 1):
            return _claimed(days[0], clock, event_only=False)
        return _claimed(days[-1], clock, event_only=True) if step == 1 and not narration.quotes else None
    return None


def _bound_by_answer(
    narrations: Sequence[Narration], *, speaker: str | None, clock: Clock, earlier: Sequence[Dated]
) -> ClaimedDate | None:
    """Bounds from "X's statement came in response to Y's message": X's day is not before Y's, Y's not after X's."""
    if speaker is None:
        return None
    for narration in reversed(narrations):
        for answering, answered, span in _answers(narration, clock):
            if answering == speaker:
                floor = _day_of(earlier, but=speaker)
                return ClaimedDate(first=floor, last=clock.published_on, printed=span.of(clock.text), span=span)
            if answered == speaker and answering is not None:
                ceiling = _day_of(earlier, of=answering) or clock.published_on
                return ClaimedDate(first=None, last=ceiling, printed=span.of(clock.text), span=span)
    return None


def _day_of(earlier: Sequence[Dated], *, of: str | None = None, but: str | None = None) -> date | None:
    for dated in earlier[: -MOST_EARLIER - 1 : -1]:
        wanted = dated.speaker == of if of is not None else dated.speaker != but
        if wanted and dated.said_on is not None and dated.said_on.first is not None:
            return dated.said_on.first
    return None


def _answers(narration: Narration, clock: Clock) -> list[tuple[str | None, str | None, Span]]:
    """Who answers whom in a paragraph, by name, and the words that say so."""
    tokens, lexicon = narration.tokens, clock.lexicon
    found: list[tuple[str | None, str | None, Span]] = []
    for at in narration.hinting:
        if not tokens[at].hints & Hint.ANSWER or at < len(tokens) - WINDOW:
            continue
        group = lexicon.answers.at(tokens, at)
        if not group:
            continue
        start, end = sentence_start(tokens, at), sentence_end(tokens, at)
        answered = _owner_at(narration, at + group, end, clock=clock)
        answering = _owner_at(narration, start, at, clock=clock) or _subject_after(
            narration, at + group, end, clock=clock
        )
        found.append((answering, answered, Span(tokens[at].start, tokens[at + group - 1].end)))
    return found


def _subject_after(narration: Narration, first: int, last: int, *, clock: Clock) -> str | None:
    """ "In response to his wishes, Orlova thanked …": the subject behind the comma."""
    for at in range(first, last):
        if narration.tokens[at].kind == Kind.COMMA:
            subject = main_subject(narration.tokens, at + 1, last, lexicon=clock.lexicon)
            return (
                None
                if subject is None
                else phrase_name(
                    subject, narration.tokens, paragraph=narration.paragraph, cast=clock.cast, text=clock.text
                )
            )
    return None


def _owner_at(narration: Narration, first: int, last: int, *, clock: Clock) -> str | None:
    """The owner of what is named next: "Orlov's message" → Orlov; "his wishes" → whoever he is; else the subject."""
    tokens = narration.tokens
    if first >= last:
        return None
    if clock.lexicon.pronouns.get(tokens[first].lower) in ("male", "female"):
        return clock.cast.behind_pronoun(narration.paragraph, first)
    here = first
    while here < last and not tokens[here].is_possessive and tokens[here].is_name:
        here += 1
    if here < last and tokens[here].is_possessive and tokens[here].is_name:
        mention = mention_at(tokens, first, clock.lexicon)
        return clock.cast.behind_name(narration.paragraph, mention.first) or clock.cast.full_name(mention.words)
    subject = phrase_after(tokens, first, ceiling=last, lexicon=clock.lexicon)
    return (
        None
        if subject is None
        else phrase_name(subject, tokens, paragraph=narration.paragraph, cast=clock.cast, text=clock.text)
    )
