"""Speakers: from the noun phrase at the cue to whoever it stands for, with office and relaying account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.domain.spans import Span
from archive.extraction.institutions import institution_behind
from archive.extraction.lexicon import Lexicon
from archive.extraction.mentions import mention_at
from archive.extraction.narration import Narration
from archive.extraction.offices import is_office, name_start, named_beside, without_office
from archive.extraction.people import Cast, is_common_noun
from archive.extraction.phrases import Phrase, Sort
from archive.extraction.readings import Reading
from archive.extraction.relays import Relay, find_relay, thing_that_speaks
from archive.extraction.roles import bare_end, name_row, office_of
from archive.extraction.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Whom the article credits: as printed, and as far as it can be resolved within the article."""

    printed: str
    span: Span
    name: str | None = None
    office: str | None = None
    relayed_by: str | None = None
    relay: Relay | None = None


def speaker_of(
    reading: Reading, *, before: Sequence[Narration], cast: Cast, text: str, lexicon: Lexicon
) -> Speaker | None:
    """The speaker of a reading; ``before`` are the paragraphs up to and with the quotation's own."""
    subject = reading.subject
    tokens = reading.tokens
    if subject is None or not _names_somebody(reading, subject, lexicon):
        return None
    span = subject.span(tokens)
    printed = span.of(text)
    if subject.sort is Sort.PRONOUN:
        return _behind_pronoun(reading, subject, printed=printed, before=before, cast=cast, text=text)
    if len(printed.rstrip(".")) == 1 and printed[0].isalpha() and lexicon.is_spaced:
        return None  # the Q and A of an interview name nobody
    if subject.sort is Sort.NAME or _is_named_office(tokens, subject, lexicon):
        return Speaker(
            printed=printed,
            span=span,
            name=_named(tokens, subject, paragraph=reading.paragraph, cast=cast, text=text),
            office=office_of(tokens, subject, text=text, lexicon=lexicon),
        )
    noun = thing_that_speaks(tokens, subject, lexicon)
    if noun is not None and before:
        return _relayed(noun, reading, printed=printed, span=span, before=before, cast=cast, text=text, lexicon=lexicon)
    beside = named_beside(tokens, subject.last, lexicon=lexicon)
    if beside is not None and any(is_office(token.lower, lexicon) for token in tokens[subject.first : subject.last]):
        return Speaker(  # "le président de la commission, Ivo Corm,"
            printed=printed,
            span=span,
            name=_name(tokens, beside, paragraph=reading.paragraph, cast=cast),
            office=_office_alone(tokens, subject, text=text, lexicon=lexicon),
        )
    name = _possessor(tokens, subject, reading.paragraph, cast=cast, lexicon=lexicon) or cast.behind_title(
        reading.paragraph, subject.last - 1
    )
    return Speaker(printed=printed, span=span, name=name)


def _behind_pronoun(
    reading: Reading, subject: Phrase, *, printed: str, before: Sequence[Narration], cast: Cast, text: str
) -> Speaker:
    """He and she are people; it and they an institution, or a statement that somebody passed on."""
    tokens, lexicon, span = reading.tokens, cast.lexicon, subject.span(reading.tokens)
    name = cast.behind_pronoun(reading.paragraph, subject.first) or institution_behind(
        subject, tokens, reading.paragraph, before=before, cast=cast
    )
    if name is None and before and lexicon.pronouns.get(tokens[subject.first].lower) == "neuter":
        return _relayed("", reading, printed=printed, span=span, before=before, cast=cast, text=text, lexicon=lexicon)
    return Speaker(printed=printed, span=span, name=name)


def _names_somebody(reading: Reading, subject: Phrase, lexicon: Lexicon) -> bool:
    """Whether a phrase is worth printing as a speaker: more than little words."""
    words = [token.lower for token in reading.tokens[subject.first : subject.last]]
    return subject.sort is Sort.PRONOUN or not all(
        (word in lexicon.determiners or word in lexicon.function) and word not in lexicon.subjects for word in words
    )


def _named(tokens: Sequence[Token], subject: Phrase, *, paragraph: int, cast: Cast, text: str) -> str | None:
    """The fullest name behind a row of capitals; of an office alone, whoever is named beside it or holds it."""
    start = name_start(tokens, name_row(tokens, subject, cast.lexicon), subject.last, lexicon=cast.lexicon)
    if start < subject.last:
        if not cast.lexicon.is_spaced:
            printed = subject.span(tokens).of(text)
            return None if printed in cast.lexicon.cue_nouns else without_office(printed, cast.lexicon) or None
        known = _name(tokens, start, paragraph=paragraph, cast=cast)
        if known is None and is_common_noun(tokens, start, subject.last, lexicon=cast.lexicon):
            return None
        return known or Span(tokens[start].start, bare_end(tokens[subject.last - 1])).of(text)
    beside = named_beside(tokens, subject.last, lexicon=cast.lexicon)
    if beside is not None:
        return _name(tokens, beside, paragraph=paragraph, cast=cast)
    return cast.holder_of(tokens[subject.last - 1].lower)


def _is_named_office(tokens: Sequence[Token], subject: Phrase, lexicon: Lexicon) -> bool:
    """Whether a description is an office with its department and then a name: "la ministre de la Santé Orla Venn"."""
    start = name_start(tokens, subject.first, subject.last, lexicon=lexicon)
    return subject.first < start < subject.last and tokens[start - 1].lower in lexicon.departments


def _name(tokens: Sequence[Token], first: int, *, paragraph: int, cast: Cast) -> str | None:
    mention = mention_at(tokens, first, cast.lexicon)
    return cast.behind_name(paragraph, mention.first) or cast.full_name(mention.words)


def _office_alone(tokens: Sequence[Token], subject: Phrase, *, text: str, lexicon: Lexicon) -> str:
    first = subject.first
    while first < subject.last - 1 and tokens[first].lower in lexicon.determiners:
        first += 1
    return Span(tokens[first].start, bare_end(tokens[subject.last - 1])).of(text)


def _possessor(tokens: Sequence[Token], subject: Phrase, paragraph: int, *, cast: Cast, lexicon: Lexicon) -> str | None:
    """ "Orlova's letter" speaks for Orlova; "Orlova's brother" does not."""
    if tokens[subject.last - 1].lower not in lexicon.cue_nouns:
        return None
    for at in range(subject.first, subject.last):
        if tokens[at].is_possessive and tokens[at].is_name:
            first = at
            while first > subject.first and tokens[first - 1].is_name:
                first -= 1
            return _name(tokens, first, paragraph=paragraph, cast=cast)
    return None


def _relayed(
    noun: str,
    reading: Reading,
    *,
    printed: str,
    span: Span,
    before: Sequence[Narration],
    cast: Cast,
    text: str,
    lexicon: Lexicon,
) -> Speaker:
    subject = reading.subject
    at = subject.first if subject is not None and before[-1].tokens is reading.tokens else len(before[-1].tokens)
    relay = find_relay(noun, before=before, at=at, lexicon=lexicon)
    if relay is None or relay.owner is None:
        return Speaker(printed=printed, span=span)
    tokens, paragraph = relay.narration.tokens, relay.narration.paragraph
    name = phrase_name(relay.owner, tokens, paragraph=paragraph, cast=cast, text=text)
    giver = relay.relayed_by.span(tokens).of(text) if relay.relayed_by is not None else None
    return Speaker(printed=printed, span=span, name=name, relayed_by=giver, relay=relay)


def phrase_name(phrase: Phrase, tokens: Sequence[Token], *, paragraph: int, cast: Cast, text: str) -> str | None:
    """The fullest name of whoever a phrase names, or the words themselves where it names an institution."""
    if phrase.sort is Sort.PRONOUN:
        return cast.behind_pronoun(paragraph, phrase.first)
    if phrase.sort is Sort.NAME:
        return _name(tokens, phrase.core[0], paragraph=paragraph, cast=cast) or phrase.core_span(tokens).of(text)
    return phrase.span(tokens).of(text)
