"""Cues to the right of a quotation: "…," Orlova said; "…," according to the minister; "…" — Jan Orlov."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.clauses import is_noun_here, is_relative
from archive.extraction.lexicon import DEFAULT_LANGUAGE, Lexicon
from archive.extraction.narration import Narration, sentence_end
from archive.extraction.offices import is_office
from archive.extraction.phrases import Phrase, Sort, is_pronoun, is_time
from archive.extraction.phrases_after import phrase_after
from archive.extraction.phrases_before import phrase_before
from archive.extraction.readings import FARTHEST_CUE, Reading, Side, cue_width
from archive.extraction.tokens import Kind, Token

LONGEST_OPENING = 8
"""Tokens between a quotation and the name that is the subject behind it."""
LONGEST_SIGNATURE = 16
"""Tokens of a paragraph that is only a signature."""


def read_after(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Reading | None:
    """The cue in the words that follow the quotation ``tokens[at]`` up to the next one or the sentence's end."""
    first = at + 1
    end = _reach(tokens, first)
    if first >= end:
        return None
    dashed = tokens[first].kind == Kind.DASH
    while first < end and tokens[first].kind in (Kind.COMMA, Kind.DASH, Kind.OTHER) and first - at < 4:
        first += 1
    if first >= end:
        return None
    for reader in (_named_source, _inverted, _subject_then_cue, _unknown_verb):
        found = reader(tokens, first, end, lexicon=lexicon)
        if found is not None:
            return found
    return _signature(tokens, first, end, lexicon=lexicon) if dashed else None


def _reach(tokens: Sequence[Token], first: int) -> int:
    end = min(sentence_end(tokens, first), first + FARTHEST_CUE)
    for here in range(first, min(end, len(tokens))):
        if tokens[here].kind == Kind.QUOTE:
            return here
    return min(end, len(tokens))


def _named_source(tokens: Sequence[Token], first: int, end: int, *, lexicon: Lexicon) -> Reading | None:
    """ "…", according to Orlova."""
    width = lexicon.before_source.at(tokens, first)
    subject = phrase_after(tokens, first + width, ceiling=end, lexicon=lexicon) if width else None
    return Reading(subject, (first, first + width), Side.AFTER, 0.95, tokens) if subject is not None else None


def _inverted(tokens: Sequence[Token], first: int, end: int, *, lexicon: Lexicon) -> Reading | None:
    """ "…," said Orlova; "…," later added a spokesman for the ministry."""
    verb = first
    while verb < end and verb < first + 3 and tokens[verb].lower in lexicon.adverbs | lexicon.auxiliaries:
        verb += 1
    if verb >= end or tokens[verb].lower not in lexicon.cues:
        return None
    behind = _after_times(tokens, verb + 1, end, lexicon=lexicon)
    subject = phrase_after(tokens, behind, ceiling=end, lexicon=lexicon)
    if subject is None and behind < end and tokens[behind].kind == Kind.COMMA:
        subject = phrase_after(tokens, behind + 1, ceiling=end, lexicon=lexicon)
    if subject is None and not lexicon.has_articles:
        subject = _far_name(tokens, verb + 1, end, lexicon=lexicon)
    if subject is None and (
        tokens[verb].lower in lexicon.participles or (end < len(tokens) and tokens[end].kind == Kind.QUOTE)
    ):
        return None  # "A," adding, "B": the participle leads on to the next quotation
    return Reading(
        subject, (first, verb + 1), Side.AFTER, 0.95 if subject else 0.5 if lexicon.has_pronouns else 0.85, tokens
    )


def _after_times(tokens: Sequence[Token], at: int, end: int, *, lexicon: Lexicon) -> int:
    """Past a day between verb and subject: "a déclaré vendredi le ministre", "afirmó el viernes la ministra"."""
    here = at
    while here < end and tokens[here].kind in (Kind.WORD, Kind.OPEN):
        if tokens[here].kind == Kind.OPEN:  # "disse nesta sexta-feira (6) a ministra"
            if here == at or here + 2 >= end or tokens[here + 2].kind != Kind.CLOSE:
                break
            here += 3
            continue
        following = tokens[here + 1].lower if here + 1 < end else ""
        timely = tokens[here].lower in lexicon.days or tokens[here].lower in lexicon.times
        if not timely and not (
            tokens[here].lower in lexicon.determiners | lexicon.joining and following in lexicon.days
        ):
            break
        here += 1
    return here


def _far_name(tokens: Sequence[Token], first: int, end: int, *, lexicon: Lexicon) -> Phrase | None:
    """The name behind an office, else the last name before the clause ends: languages without articles put much
    between verb and subject."""
    for office in range(first, end):
        if tokens[office].kind == Kind.WORD and is_office(tokens[office].lower, lexicon):
            named = phrase_after(tokens, office, ceiling=end, lexicon=lexicon)
            if named is not None and named.sort is Sort.NAME:
                return named
    last = first
    while last < end and tokens[last].kind == Kind.WORD:
        last += 1
    here = last
    while here > first and not tokens[here - 1].is_name:
        here -= 1
    if here == first:
        return None
    core = here - 1
    while core > first and tokens[core - 1].is_name:
        core -= 1
    while core < here - 1 and tokens[core].lower in lexicon.platforms:
        core += 1  # "napsal na Facebooku Jan Orlov"
    return Phrase(core, here, Sort.NAME, (core, here))


def _subject_then_cue(tokens: Sequence[Token], first: int, end: int, *, lexicon: Lexicon) -> Reading | None:
    """ "…," Orlova, who leads the union, told reporters."""
    start = first
    if tokens[start].lower in lexicon.function and not is_pronoun(tokens[start], lexicon):
        start += 1  # "…," as Orlova put it
    for verb in range(first + 1, end):
        if tokens[verb].kind == Kind.COLON:
            return None
        width = cue_width(tokens, verb, lexicon)
        if not width or is_noun_here(tokens, verb, first, lexicon=lexicon):
            continue
        subject = _word_for_name(tokens, first, verb, lexicon=lexicon) or phrase_before(
            tokens, verb, floor=start, lexicon=lexicon
        )
        if subject is None or is_relative(tokens[subject.first], lexicon):
            continue
        begun = _begin_clause(tokens, subject, start, lexicon=lexicon)
        if begun is not None:
            strength = 0.95 if subject.first - start <= 3 else 0.85
            return Reading(begun, (verb, verb + width), Side.AFTER, strength, tokens)
    return _open_appositive(tokens, start, end, lexicon=lexicon)


def _open_appositive(tokens: Sequence[Token], start: int, end: int, *, lexicon: Lexicon) -> Reading | None:
    """A name right behind the quotation whose appositive lacks its second comma: "…," Orlov, who leads Brod tweeted."""
    subject = phrase_after(tokens, start, ceiling=end, lexicon=lexicon)
    if subject is None or subject.sort is not Sort.NAME or subject.last >= end:
        return None
    if tokens[subject.last].kind != Kind.COMMA:
        return None
    for verb in range(subject.last + 2, end):
        if tokens[verb].kind != Kind.WORD:
            return None
        if tokens[verb].lower in lexicon.finite and not is_noun_here(tokens, verb, start, lexicon=lexicon):
            return Reading(subject, (verb, verb + 1), Side.AFTER, 0.8, tokens)
    return None


def _word_for_name(tokens: Sequence[Token], first: int, verb: int, *, lexicon: Lexicon) -> Phrase | None:
    """One capitalised word between quotation and verb is a name even where it is a common word: "…," Will wrote."""
    token = tokens[first]
    common = token.lower in lexicon.determiners or token.lower in lexicon.pronouns or is_pronoun(token, lexicon)
    if verb != first + 1 or not token.is_capital or common or is_time(token, lexicon):
        return None
    return Phrase(first, verb, Sort.NAME, (first, verb))


def _begin_clause(tokens: Sequence[Token], subject: Phrase, start: int, *, lexicon: Lexicon) -> Phrase | None:
    """The subject where it begins the clause behind the quotation: after nothing, after words of its own ("Daily Brod
    opinion editor Jan Orlov"), which it takes in, or after adverbs and times; else None."""
    between = tokens[start : subject.first]
    if not between:
        return subject
    if len(between) > LONGEST_OPENING or any(token.lower in lexicon.finite for token in between):
        return None
    words = all(
        token.kind == Kind.WORD and token.lower not in lexicon.joining and token.lower not in lexicon.function
        for token in between
    )
    if words and subject.sort is Sort.NAME and not is_time(between[0], lexicon):
        return Phrase(start, subject.last, Sort.NAME, subject.core)
    known = lexicon.not_names | lexicon.titles.keys()
    plain = all(not token.is_capital or token.lower in known or is_time(token, lexicon) for token in between)
    return subject if plain else None


def _unknown_verb(tokens: Sequence[Token], first: int, end: int, *, lexicon: Lexicon) -> Reading | None:
    """The open class: any verb right between the quotation and a subject ("…," Orlova chortled)."""
    subject = phrase_after(tokens, first, ceiling=end, lexicon=lexicon)
    if subject is not None and subject.last < end and subject.sort is not Sort.DESCRIPTION:
        verb = tokens[subject.last]
        helping = verb.lower in lexicon.auxiliaries or is_relative(tokens[subject.first], lexicon)
        if verb.kind == Kind.WORD and verb.lower.endswith(("ed", "s")) and not verb.is_capital and not helping:
            return Reading(subject, (subject.last, subject.last + 1), Side.AFTER, 0.6, tokens)
    verb = tokens[first]
    if not _may_be_verb(verb, lexicon) or first + 1 >= end:
        return None
    inverted = phrase_after(tokens, _after_times(tokens, first + 1, end, lexicon=lexicon), ceiling=end, lexicon=lexicon)
    if inverted is None or inverted.sort is not Sort.NAME:
        return None
    strength = 0.5 if lexicon.language == DEFAULT_LANGUAGE else 0.85 if tokens[first - 1].kind != Kind.QUOTE else 0.6
    return Reading(inverted, (first, first + 1), Side.AFTER, strength, tokens)


def _may_be_verb(token: Token, lexicon: Lexicon) -> bool:
    """Whether an unlisted word between a quotation and a name may be its verb: in English its ending must say so, in
    languages that turn the clause round behind a quotation anything that is no little word may."""
    low = token.lower
    if token.kind != Kind.WORD or token.is_capital:
        return False
    if lexicon.language == DEFAULT_LANGUAGE:
        return low.endswith("ed")
    little = (
        low in lexicon.function or low in lexicon.joining or low in lexicon.determiners or low in lexicon.auxiliaries
    )
    return len(low) > 3 and not little and low not in lexicon.adverbs and low not in lexicon.subjects


def _signature(tokens: Sequence[Token], first: int, end: int, *, lexicon: Lexicon) -> Reading | None:
    """ "…" — Jan Orlov, minister of health."""
    subject = phrase_after(tokens, first, ceiling=end, lexicon=lexicon)
    if subject is None or subject.sort is not Sort.NAME:
        return None
    return Reading(subject, (first - 1, first), Side.AFTER, 0.8, tokens)


def read_heading(narration: Narration, lexicon: Lexicon) -> Reading | None:
    """A paragraph that is only "From Orla Venn:" or "Orla Venn, mayor of Brod:", above the words themselves."""
    tokens = narration.tokens
    if not 2 <= len(tokens) <= LONGEST_SIGNATURE or tokens[-1].kind != Kind.COLON:
        return None
    first = 1 if tokens[0].lower in lexicon.signatures else 0
    subject = phrase_after(tokens, first, ceiling=len(tokens), lexicon=lexicon)
    if subject is None or subject.sort is not Sort.NAME or tokens[subject.last].kind not in (Kind.COLON, Kind.COMMA):
        return None
    return Reading(subject, None, Side.EARLIER_PARAGRAPH, 0.8, tokens, paragraph=narration.paragraph, adjacent=False)


def read_signature(narration: Narration, lexicon: Lexicon) -> Reading | None:
    """A paragraph that is only a dash signature: — Jan Orlov, minister of health."""
    tokens = narration.tokens
    if len(tokens) < 2 or len(tokens) > LONGEST_SIGNATURE or tokens[0].kind != Kind.DASH:
        return None
    found = _signature(tokens, 1, len(tokens), lexicon=lexicon)
    return None if found is None else found._replace(side=Side.LATER_PARAGRAPH, paragraph=narration.paragraph)


def read_name_below(narration: Narration, lexicon: Lexicon) -> Reading | None:
    """A line below a block quote that is a dash signature, or nothing but a name: "Orla Venn, mayor of Brod"."""
    signature = read_signature(narration, lexicon)
    if signature is not None or narration.quotes or not 1 < len(narration.tokens) <= LONGEST_SIGNATURE:
        return signature
    tokens = narration.tokens
    subject = phrase_after(tokens, 0, ceiling=len(tokens), lexicon=lexicon)
    if subject is None or subject.sort is not Sort.NAME:
        return None
    ends = subject.last == len(tokens) or tokens[subject.last].kind in (Kind.COMMA, Kind.DASH, Kind.OPEN)
    if not ends or tokens[-1].kind == Kind.STOP:
        return None
    return Reading(subject, None, Side.LATER_PARAGRAPH, 0.7, tokens, paragraph=narration.paragraph, adjacent=False)
