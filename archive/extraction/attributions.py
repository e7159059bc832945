"""Attributions: a quotation's own sentence, else what stands before it, made into who said it, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.domain.claims import Attribution, Medium, QuotationKind
from archive.domain.spans import Span
from archive.extraction.channels import Channel, channel_of
from archive.extraction.clauses import last_spoken
from archive.extraction.cues_after import read_heading, read_name_below, read_signature
from archive.extraction.days import Clock, Dated, said_on
from archive.extraction.lexicon import DEFAULT_LANGUAGE, Lexicon
from archive.extraction.narration import Narration, sentence_around
from archive.extraction.phrases import Sort
from archive.extraction.quotations import Candidate, begins_sentence
from archive.extraction.readings import Reading, Side
from archive.extraction.roles import office_elsewhere
from archive.extraction.speakers import Speaker, speaker_of
from archive.extraction.tokens import Kind

LEAST_STRENGTH = 0.5
"""Strength from which a description without a verb of saying is believed to speak."""
MOST_NAMED = 40
"""Earlier quotations whose speakers' names are compared."""
NEAR = 6
"""Paragraphs that may say who, where and when: the quotation's own and those before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The paragraphs around a quotation, the reading of the quotation before it, and those already dated."""

    narrations: Sequence[Narration]
    last: Reading | None
    earlier: Sequence[Dated]


def read_context(group: Sequence[Candidate], around: Surroundings, lexicon: Lexicon) -> Reading | None:
    """The reading of a quotation in pieces: its own sentence's, else that of the sentence or paragraph before."""
    for piece in group:
        if piece.reading is not None and (piece.reading.cue is not None or piece.reading.strength >= 0.6):
            return piece.reading
    head = group[0]
    signature = _signature_below(group, around, lexicon)
    if signature is not None:
        return signature
    tokens, at = head.narration.tokens, head.token
    if at > 0 and begins_sentence(tokens, at):
        if tokens[at - 1].kind == Kind.QUOTE and around.last is not None:
            return around.last
        before = last_spoken(head.narration, at, lexicon)
        if before is not None:
            return before
    if head.reading is not None:
        return head.reading
    if at == 0 and head.narration.paragraph:
        return _from_earlier(around.narrations[head.narration.paragraph - 1], around.last, lexicon)
    return around.last if head.kind is QuotationKind.DIRECT else None


def _signature_below(group: Sequence[Candidate], around: Surroundings, lexicon: Lexicon) -> Reading | None:
    """The dash signature on the line below a quotation that fills its paragraph (X13)."""
    narration = group[-1].narration
    following = narration.paragraph + 1
    if len(narration.tokens) > len(narration.quotes) or following >= len(around.narrations):
        return None
    bare = group[-1].stretch.bare
    return (read_name_below if bare else read_signature)(around.narrations[following], lexicon)


def _from_earlier(earlier: Narration, last: Reading | None, lexicon: Lexicon) -> Reading | None:
    """From the paragraph before: the one it quotes last, unless it ends with words that lead on to the quotation."""
    heading = read_heading(earlier, lexicon)
    if heading is not None:
        return heading
    if not earlier.tokens or (earlier.tokens[-1].kind == Kind.QUOTE and last is not None):
        return last
    found = last_spoken(earlier, len(earlier.tokens), lexicon)
    return last if found is None else found._replace(side=Side.EARLIER_PARAGRAPH)


def attribute(
    group: Sequence[Candidate], reading: Reading | None, *, around: Surroundings, clock: Clock
) -> Attribution:
    """Who said the quotation, with which cue, where and when, as far as the article says."""
    head = group[0]
    here = head.narration.paragraph + 1
    before = around.narrations[max(0, here - NEAR) : here]
    speaker = None
    if reading is not None:
        source = _with_subject(reading, head, around, lexicon=clock.lexicon)
        if _may_speak(source, head, lexicon=clock.lexicon):
            speaker = speaker_of(source, before=before, cast=clock.cast, text=clock.text, lexicon=clock.lexicon)
    channel = _channel(head, reading, speaker, lexicon=clock.lexicon)
    day = said_on(
        reading,
        speaker=speaker.name if speaker else None,
        relay=speaker.relay if speaker else None,
        narrations=before,
        at=head.token,
        clock=clock,
        earlier=around.earlier,
    )
    cue = _cue_span(reading)
    return Attribution(
        speaker_printed=speaker.printed if speaker else None,
        speaker_span=speaker.span if speaker else None,
        speaker_name=_fullest(speaker.name, around.earlier, lexicon=clock.lexicon) if speaker else None,
        office=_office(speaker, around.narrations, clock=clock),
        cue=cue.of(clock.text) if cue else None,
        cue_span=cue,
        platform=channel.platform,
        medium=channel.medium,
        handle=channel.handle,
        relayed_by=speaker.relayed_by if speaker else None,
        said_on=day,
        confidence=_confidence(reading, speaker),
    )


def _with_subject(reading: Reading, head: Candidate, around: Surroundings, *, lexicon: Lexicon) -> Reading:
    """The reading that says who: the quotation's own, else that of the sentence before, for languages that leave the
    pronoun out («No habrá recortes», añadió)."""
    if reading.subject is not None or around.last is None or lexicon.has_pronouns:
        return reading
    if begins_sentence(head.narration.tokens, head.token) and head.token:
        before = last_spoken(head.narration, head.token, lexicon)
        if before is not None and before.subject is not None and around.last.paragraph != head.narration.paragraph:
            return before
    return around.last


def _fullest(name: str | None, earlier: Sequence[Dated], *, lexicon: Lexicon) -> str | None:
    """The fullest form of a name credited so far, where no capitals tell names: 小林 after 小林太郎."""
    if name is None or not lexicon.subject_marks:
        return name
    joint = " " if lexicon.is_spaced else ""
    for dated in reversed(earlier[-MOST_NAMED:]):
        known = dated.speaker
        if known is not None and known != name and (known.endswith(joint + name) or known.startswith(name + joint)):
            return known
    return name


def _may_speak(reading: Reading, head: Candidate, *, lexicon: Lexicon) -> bool:
    """Whether the subject may be credited at all: a description that no verb of saying ties to a fragment is whatever
    the sentence is about (the plan is a "fairy tale"); so it is to whole sentences where our word lists are short."""
    if reading.cue is not None or reading.subject is None or reading.subject.sort is not Sort.DESCRIPTION:
        return True
    unsure = head.kind is QuotationKind.MIXED or lexicon.language != DEFAULT_LANGUAGE
    return not unsure or reading.strength >= LEAST_STRENGTH


def _office(speaker: Speaker | None, narrations: Sequence[Narration], *, clock: Clock) -> str | None:
    """The office printed with the speaker, else with another mention of the same person."""
    if speaker is None or speaker.office is not None or speaker.name is None:
        return speaker.office if speaker is not None else None
    return office_elsewhere(speaker.name, narrations=narrations, cast=clock.cast, text=clock.text)


def _cue_span(reading: Reading | None) -> Span | None:
    if reading is None or reading.cue is None:
        return None
    first, last = reading.cue
    return Span(reading.tokens[first].start, reading.tokens[last - 1].end)


def _channel(head: Candidate, reading: Reading | None, speaker: Speaker | None, *, lexicon: Lexicon) -> Channel:
    """The channel named in the cue's sentence; for "the statement read" also where the statement was introduced."""
    if reading is None:
        return Channel()
    tokens = reading.tokens
    at = (
        reading.cue[0]
        if reading.cue is not None
        else reading.subject.first
        if reading.subject is not None
        else head.token
    )
    channel = channel_of(tokens, *sentence_around(tokens, at), lexicon=lexicon)
    if channel.platform is None and speaker is not None and speaker.relay is not None:
        relay = speaker.relay
        introduced = channel_of(relay.narration.tokens, *relay.sentence, lexicon=lexicon)
        medium = introduced.medium if introduced.medium is not Medium.UNKNOWN else channel.medium
        return Channel(platform=introduced.platform, medium=medium, handle=introduced.handle)
    return channel


def _confidence(reading: Reading | None, speaker: Speaker | None) -> float:
    """How sure: the strength of the reading, less where the name behind the printed words is not known."""
    if reading is None or speaker is None:
        return 0.0
    return round(reading.strength * (1.0 if speaker.name is not None else 0.9), 3)
