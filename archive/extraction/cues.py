"""Cues: the words that tie a quotation to whoever said it, in the quotation's own sentence.

Two readers look to the right and to the left of a quotation; each gives at most one ``Reading``. Which of them is
believed is decided by ``best_reading``: the punctuation inside the marks says on which side the sentence goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import Kind, Narration, Token, ends_sentence, sentence_end, sentence_start
from archive.extraction.phrases import Phrase, Sort, is_name_word, is_pronoun, phrase_after, phrase_before

LONGEST_SIGNATURE = 16
FARTHEST_CUE = 40
"""Tokens between a quotation and its cue; beyond that the cue belongs to something else."""


class Side(Enum):
    """Where a cue stands."""

    AFTER = "after"
    BEFORE = "before"
    EARLIER_SENTENCE = "earlier sentence"
    EARLIER_PARAGRAPH = "earlier paragraph"
    LATER_PARAGRAPH = "later paragraph"


@dataclass(frozen=True, slots=True)
class Reading:
    """A subject and a cue found for a quotation; ``strength`` from 0 to 1, ``cue`` a range of tokens."""

    subject: Phrase | None
    cue: tuple[int, int] | None
    side: Side
    strength: float
    tokens: Sequence[Token]
    paragraph: int = -1
    """Of whose tokens these are."""
    adjacent: bool = True
    """Whether cue or subject touches the quotation."""


def best_reading(narration: Narration, at: int, lexicon: Lexicon) -> Reading | None:
    """The reading of the quotation at token ``at`` from its own sentence, or None."""
    reading = _best(narration.tokens, at, lexicon)
    return None if reading is None else replace(reading, paragraph=narration.paragraph)


def _best(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Reading | None:
    if lexicon.subject_marks:
        return read_marked(tokens, at, lexicon)
    after = read_after(tokens, at, lexicon)
    before = read_before(tokens, at, lexicon)
    if after is None or before is None:
        return after or before
    inside = tokens[at].text.rstrip()
    goes_on = inside.endswith((",", "，")) or (not inside.endswith((".", "。")) and before.strength < 0.9)
    if goes_on:
        return after
    if inside.endswith((".", "。")) and before.strength >= 0.7:
        return before
    return after if after.strength >= before.strength else before


# ---------------------------------------------------------------- to the right


def read_after(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Reading | None:
    """The cue in the words that follow the quotation ``tokens[at]`` up to the next one or the sentence's end."""
    first = at + 1
    end = _reach(tokens, first)
    if first >= end:
        return None
    dashed = tokens[first].kind is Kind.DASH
    while first < end and tokens[first].kind in (Kind.COMMA, Kind.DASH, Kind.OTHER) and first - at < 4:
        first += 1
    if first >= end:
        return None
    for reader in (_named_source, _inverted, _subject_then_cue, _unknown_verb):
        found = reader(tokens, first, end, lexicon)
        if found is not None:
            return found
    return _signature(tokens, first, end, lexicon) if dashed else None


def _reach(tokens: Sequence[Token], first: int) -> int:
    end = min(sentence_end(tokens, first), first + FARTHEST_CUE)
    for here in range(first, min(end, len(tokens))):
        if tokens[here].kind is Kind.QUOTE:
            return here
    return min(end, len(tokens))


def _named_source(tokens: Sequence[Token], first: int, end: int, lexicon: Lexicon) -> Reading | None:
    """"…", according to Orlova."""
    width = lexicon.before_source.at(tokens, first)
    subject = phrase_after(tokens, first + width, ceiling=end, lexicon=lexicon) if width else None
    return Reading(subject, (first, first + width), Side.AFTER, 0.95, tokens) if subject is not None else None


def _inverted(tokens: Sequence[Token], first: int, end: int, lexicon: Lexicon) -> Reading | None:
    """"…," said Orlova; "…," later added a spokesman for the ministry."""
    verb = first
    while verb < end and verb < first + 3 and tokens[verb].lower in lexicon.adverbs | lexicon.auxiliaries:
        verb += 1
    if verb >= end or tokens[verb].lower not in lexicon.cues:
        return None
    behind = _after_times(tokens, verb + 1, end, lexicon)
    subject = phrase_after(tokens, behind, ceiling=end, lexicon=lexicon)
    if subject is None and behind < end and tokens[behind].kind is Kind.COMMA:
        subject = phrase_after(tokens, behind + 1, ceiling=end, lexicon=lexicon)
    if subject is None and not lexicon.has_articles:
        subject = _far_name(tokens, verb + 1, end, lexicon)
    if subject is None and (tokens[verb].lower in lexicon.participles or end < len(tokens) and tokens[end].kind is Kind.QUOTE):
        return None  # "A," adding, "B": the participle leads on to the next quotation
    return Reading(subject, (first, verb + 1), Side.AFTER, 0.95 if subject else 0.5, tokens)


def _after_times(tokens: Sequence[Token], at: int, end: int, lexicon: Lexicon) -> int:
    """Past a day between verb and subject: "a déclaré vendredi le ministre", "afirmó el viernes la ministra"."""
    here = at
    while here < end and tokens[here].kind is Kind.WORD:
        following = tokens[here + 1].lower if here + 1 < end else ""
        timely = tokens[here].lower in lexicon.days or tokens[here].lower in lexicon.times
        if not timely and not (tokens[here].lower in lexicon.determiners | lexicon.joining and following in lexicon.days):
            break
        here += 1
    return here


def _far_name(tokens: Sequence[Token], first: int, end: int, lexicon: Lexicon) -> Phrase | None:
    """The last name before the clause ends: languages without articles put much between verb and subject."""
    last = first
    while last < end and tokens[last].kind is Kind.WORD:
        last += 1
    here = last
    while here > first and not is_name_word(tokens[here - 1], lexicon):
        here -= 1
    if here == first:
        return None
    core = here - 1
    while core > first and is_name_word(tokens[core - 1], lexicon):
        core -= 1
    return Phrase(core, here, Sort.NAME, (core, here))


def _subject_then_cue(tokens: Sequence[Token], first: int, end: int, lexicon: Lexicon) -> Reading | None:
    """"…," Orlova, who leads the union, told reporters."""
    start = first
    if tokens[start].lower in ("as", "but", "and", "then", "how", "jak", "как", "wie"):
        start += 1
    for verb in range(start + 1, end):
        if tokens[verb].kind is Kind.COLON:
            return None
        width = _cue_width(tokens, verb, lexicon)
        if not width:
            continue
        subject = phrase_before(tokens, verb, floor=start, lexicon=lexicon)
        if subject is None or not _begins_clause(tokens, subject.first, start, lexicon):
            continue
        strength = 0.95 if subject.first - start <= 3 else 0.85
        return Reading(subject, (verb, verb + width), Side.AFTER, strength, tokens)
    return None


def _cue_width(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    """How many tokens of a cue begin at ``at``; 0 where none does."""
    if tokens[at].kind is not Kind.WORD:
        return 0
    width = lexicon.phrasal.at(tokens, at)
    if width:
        return width
    return 1 if tokens[at].lower in lexicon.finite else 0


def _begins_clause(tokens: Sequence[Token], first: int, start: int, lexicon: Lexicon) -> bool:
    """Whether only adverbs, times and titles stand between the quotation and the subject."""
    if first <= start:
        return True
    between = tokens[start:first]
    if len(between) > 7:
        return False
    if any(token.lower in lexicon.finite for token in between):
        return False
    return all(token.kind is Kind.COMMA or not token.is_capital or token.lower in lexicon.not_names
               or token.lower in lexicon.titles for token in between)


def _unknown_verb(tokens: Sequence[Token], first: int, end: int, lexicon: Lexicon) -> Reading | None:
    """The open class: any verb right between the quotation and a subject ("…," Orlova chortled)."""
    subject = phrase_after(tokens, first, ceiling=end, lexicon=lexicon)
    if subject is not None and subject.last < end and subject.sort is not Sort.DESCRIPTION:
        verb = tokens[subject.last]
        if verb.kind is Kind.WORD and verb.lower.endswith(("ed", "s")) and not verb.is_capital:
            return Reading(subject, (subject.last, subject.last + 1), Side.AFTER, 0.6, tokens)
    verb = tokens[first]
    if verb.kind is Kind.WORD and verb.lower.endswith("ed") and not verb.is_capital and first + 1 < end:
        inverted = phrase_after(tokens, first + 1, ceiling=end, lexicon=lexicon)
        if inverted is not None and inverted.sort is Sort.NAME:
            return Reading(inverted, (first, first + 1), Side.AFTER, 0.5, tokens)
    return None


def _signature(tokens: Sequence[Token], first: int, end: int, lexicon: Lexicon) -> Reading | None:
    """"…" — Jan Orlov, minister of health."""
    subject = phrase_after(tokens, first, ceiling=end, lexicon=lexicon)
    if subject is None or subject.sort is not Sort.NAME:
        return None
    return Reading(subject, (first - 1, first), Side.AFTER, 0.8, tokens)


def read_signature(narration: Narration, lexicon: Lexicon) -> Reading | None:
    """A paragraph that is only a dash signature: — Jan Orlov, minister of health."""
    tokens = narration.tokens
    if len(tokens) < 2 or len(tokens) > LONGEST_SIGNATURE or tokens[0].kind is not Kind.DASH:
        return None
    found = _signature(tokens, 1, len(tokens), lexicon)
    return None if found is None else replace(found, side=Side.LATER_PARAGRAPH, paragraph=narration.paragraph)


# ---------------------------------------------------------------- to the left


def read_before(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Reading | None:
    """The cue in the words of the same sentence that precede the quotation ``tokens[at]``."""
    floor = _floor(tokens, at)
    if floor >= at:
        return None
    joint = tokens[at - 1]
    introduces = joint.kind in (Kind.COLON, Kind.COMMA, Kind.DASH)
    found = _cue_to_the_left(tokens, at, floor, lexicon)
    if found is not None:
        return found
    if joint.kind is Kind.COLON:
        return _before_colon(tokens, at, floor, lexicon)
    return _source_opening(tokens, at, floor, lexicon) or _main_clause(
        tokens, at, floor, lexicon, strength=0.4 if introduces else 0.3)


def _floor(tokens: Sequence[Token], at: int) -> int:
    floor = max(sentence_start(tokens, at), at - FARTHEST_CUE)
    for here in range(at - 1, floor - 1, -1):
        if tokens[here].kind is Kind.QUOTE and tokens[here].text.rstrip().endswith((".", "!", "?")):
            return here + 1
    return floor


def _cue_to_the_left(tokens: Sequence[Token], at: int, floor: int, lexicon: Lexicon) -> Reading | None:
    """The nearest verb of saying before the quotation, with its subject."""
    for verb in range(at - 1, floor - 1, -1):
        token = tokens[verb]
        if token.kind is not Kind.WORD or _is_noun_here(tokens, verb, floor, lexicon):
            continue
        low = token.lower
        near = at - verb
        joint = tokens[at - 1].kind in (Kind.COLON, Kind.COMMA) or near == 1
        strength = 0.95 if joint and near <= 3 else 0.85 if joint else 0.7 if near <= 12 else 0.55
        if low in lexicon.finite or _cue_width(tokens, verb, lexicon):
            found = _finite_cue(tokens, verb, floor, lexicon, strength=strength)
        elif low in lexicon.participles or (low in lexicon.bare and _takes_infinitive(tokens, verb, floor, lexicon)):
            found = _borrowed_subject(tokens, verb, floor, lexicon, strength=strength)
        elif low in lexicon.bare:
            subject = phrase_before(tokens, verb, floor=floor, lexicon=lexicon)
            plural = subject is not None and (tokens[subject.last - 1].lower.endswith("s") or subject.sort is Sort.PRONOUN)
            found = Reading(subject, (verb, verb + 1), Side.BEFORE, strength, tokens) if plural else None
        else:
            continue
        if found is not None:
            return found
    return None


def _is_noun_here(tokens: Sequence[Token], at: int, floor: int, lexicon: Lexicon) -> bool:
    """Whether a word that may be a verb stands after an article or possessor: "the reports", "his remarks"."""
    if at <= floor:
        return False
    before = tokens[at - 1]
    determined = before.lower in lexicon.determiners or before.lower in lexicon.possessives
    return before.is_possessive or (determined and before.lower not in lexicon.subjects)


def _takes_infinitive(tokens: Sequence[Token], verb: int, floor: int, lexicon: Lexicon) -> bool:
    before = tokens[verb - 1].lower if verb > floor else ""
    return before == "to" or before in lexicon.auxiliaries or before in lexicon.adverbs


def read_marked(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Reading | None:
    """The reading where the language marks subjects: the phrase before the mark nearest to the left of the quotation."""
    start, end = max(sentence_start(tokens, at), at - FARTHEST_CUE), min(sentence_end(tokens, at), at + 8, len(tokens))
    marks = [here for here in range(start + 1, at) if tokens[here].lower in lexicon.subject_marks]
    cues = [here for here in (*range(at - 1, start, -1), *range(at + 1, end)) if tokens[here].lower in lexicon.finite]
    cue = (cues[0], cues[0] + 1) if cues else None
    if not marks:
        pronoun = next((here for here in range(start, at) if is_pronoun(tokens[here], lexicon)), None)
        subject = None if pronoun is None else Phrase(pronoun, pronoun + 1, Sort.PRONOUN, (pronoun, pronoun + 1))
    else:
        first = marks[-1]
        while first > start and marks[-1] - first < 6 and tokens[first - 1].kind is Kind.WORD and (
                tokens[first - 1].lower not in lexicon.function):
            first -= 1
        subject = Phrase(first, marks[-1], Sort.NAME, (first, marks[-1])) if first < marks[-1] else None
    if subject is None and cue is None:
        return None
    return Reading(subject, cue, Side.BEFORE, 0.8 if cue is not None else 0.5, tokens)


def _finite_cue(tokens: Sequence[Token], verb: int, floor: int, lexicon: Lexicon, *, strength: float) -> Reading | None:
    subject = phrase_before(tokens, verb, floor=floor, lexicon=lexicon)
    if subject is not None and subject.sort is Sort.PRONOUN and _is_relative(tokens[subject.first], lexicon):
        subject = _antecedent(tokens, subject.first, floor, lexicon) or subject
    if subject is not None and subject.sort is Sort.DESCRIPTION and not lexicon.has_articles:
        main = main_subject(tokens, floor, verb, lexicon)
        subject = main if main is not None and main.sort is Sort.NAME else subject
    if subject is not None:
        return Reading(subject, (verb, verb + 1), Side.BEFORE, strength, tokens)
    inverted = phrase_after(tokens, verb + 1, ceiling=min(len(tokens), verb + 12), lexicon=lexicon)
    main = _earlier_speaker(tokens, floor, verb, lexicon) or main_subject(tokens, floor, verb, lexicon)
    if main is not None:
        return Reading(main, (verb, verb + 1), Side.BEFORE, strength - 0.1, tokens)
    if inverted is not None and (inverted.sort is not Sort.DESCRIPTION or not lexicon.has_articles):
        return Reading(inverted, (verb, verb + 1), Side.BEFORE, strength - 0.1, tokens)
    return None


def _earlier_speaker(tokens: Sequence[Token], floor: int, verb: int, lexicon: Lexicon) -> Phrase | None:
    """The subject of the first verb of saying in the sentence: "Orlova said she would come and added: …"."""
    for here in range(floor, verb):
        if tokens[here].lower in lexicon.finite and not _is_noun_here(tokens, here, floor, lexicon):
            subject = phrase_before(tokens, here, floor=floor, lexicon=lexicon)
            if subject is not None and not _is_relative(tokens[subject.first], lexicon):
                return subject
    return None


def _is_relative(token: Token, lexicon: Lexicon) -> bool:
    return lexicon.pronouns.get(token.lower) == "relative"


def _antecedent(tokens: Sequence[Token], relative: int, floor: int, lexicon: Lexicon) -> Phrase | None:
    here = relative
    while here > floor and tokens[here - 1].kind is Kind.COMMA:
        here -= 1
    return phrase_before(tokens, here, floor=floor, lexicon=lexicon)


def _borrowed_subject(tokens: Sequence[Token], verb: int, floor: int, lexicon: Lexicon, *, strength: float) -> Reading | None:
    """ "Orlova smiled, adding"; "a sign saying"; "Orlova went on to say"."""
    here = verb
    while here > floor and tokens[here - 1].lower in lexicon.adverbs | {"to"}:
        here -= 1
    before = tokens[here - 1] if here > floor else None
    if before is not None and before.kind is Kind.WORD and tokens[verb].lower in lexicon.participles:
        near = phrase_before(tokens, here, floor=floor, lexicon=lexicon)
        if near is not None and near.sort is not Sort.PRONOUN and _speaks(tokens[near.last - 1], lexicon):
            return Reading(near, (verb, verb + 1), Side.BEFORE, strength, tokens)
        if near is not None and near.first > floor and tokens[near.first - 1].lower in lexicon.absolute:
            return Reading(near, (verb, verb + 1), Side.BEFORE, strength, tokens)
    subject = _earlier_speaker(tokens, floor, here, lexicon) or main_subject(tokens, floor, here, lexicon)
    if subject is None:
        return None
    return Reading(subject, (verb, verb + 1), Side.BEFORE, strength - 0.1, tokens)


def _speaks(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.cue_nouns


def main_subject(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> Phrase | None:
    """The subject of the clause between two indices: the first noun phrase that no preposition governs and that is not
    the whole of an opening phrase ("On Tuesday, …", "In a speech in Brod, …")."""
    here = first
    while here < last:
        token = tokens[here]
        if token.kind is Kind.QUOTE and here > first:
            here += 1
            continue
        if token.kind is not Kind.WORD:
            here += 1
            continue
        if _opens_adverbial(token, lexicon):
            here = _after_adverbial(tokens, here, last, lexicon)
            continue
        phrase = phrase_after(tokens, here, ceiling=last, lexicon=lexicon)
        if phrase is not None and not _is_relative(token, lexicon):
            return _cut_at_verb(tokens, phrase, lexicon)
        here += 1
    return None


def _cut_at_verb(tokens: Sequence[Token], phrase: Phrase, lexicon: Lexicon) -> Phrase:
    """A description read rightwards may swallow its verb ("the crowd roared back"); the name in front of it may not."""
    if phrase.sort is not Sort.DESCRIPTION:
        return phrase
    for here in range(phrase.first + 1, phrase.last):
        if tokens[here].lower.endswith("ed") and here > phrase.first + 1 or is_name_word(tokens[here - 1], lexicon) and (
                tokens[here].lower.endswith(("ed", "s")) and not tokens[here].is_capital
                and not tokens[here - 1].is_possessive):
            sort = Sort.NAME if is_name_word(tokens[here - 1], lexicon) else Sort.DESCRIPTION
            return Phrase(phrase.first, here, sort, (phrase.first, here))
    return phrase


def _opens_adverbial(token: Token, lexicon: Lexicon) -> bool:
    low = token.lower
    return low in lexicon.joining or (low in lexicon.function and low not in lexicon.subjects
                                      and low not in lexicon.determiners) or low in lexicon.participles


def _after_adverbial(tokens: Sequence[Token], here: int, last: int, lexicon: Lexicon) -> int:
    """Past the comma that ends an opening phrase; past one noun phrase where no comma stands."""
    if tokens[here].lower in ("and", "but", "so", "then", "also", "now", "still", "yet", "or"):
        return here + 1
    for step in range(here + 1, min(last, here + 25)):
        if tokens[step].kind is Kind.COMMA:
            return step + 1
    phrase = phrase_after(tokens, here + 1, ceiling=last, lexicon=lexicon)
    return phrase.last if phrase is not None else here + 1


def _before_colon(tokens: Sequence[Token], at: int, floor: int, lexicon: Lexicon) -> Reading | None:
    """"Orlova: …", "From Orlova: …", "The minister had one message: …"."""
    start = floor + 1 if tokens[floor].lower in lexicon.signatures else floor
    near = phrase_after(tokens, start, ceiling=at - 1, lexicon=lexicon)
    if near is not None and near.last == at - 1:
        return Reading(near, None, Side.BEFORE, 0.8, tokens)
    return _source_opening(tokens, at, floor, lexicon) or _main_clause(tokens, at, floor, lexicon, strength=0.7)


def _source_opening(tokens: Sequence[Token], at: int, floor: int, lexicon: Lexicon) -> Reading | None:
    """"According to Orlova, …"."""
    for here in range(floor, at):
        width = lexicon.before_source.at(tokens, here)
        subject = phrase_after(tokens, here + width, ceiling=at, lexicon=lexicon) if width else None
        if subject is not None:
            return Reading(subject, (here, here + width), Side.BEFORE, 0.85, tokens)
    return None


def _main_clause(tokens: Sequence[Token], at: int, floor: int, lexicon: Lexicon, *, strength: float) -> Reading | None:
    subject = main_subject(tokens, floor, at, lexicon)
    if subject is None:
        return None
    return Reading(subject, None, Side.BEFORE, strength, tokens, adjacent=False)


def last_spoken(narration: Narration, at: int, lexicon: Lexicon) -> Reading | None:
    """The subject of the last verb of saying (else of the last clause) in the sentence that ends before ``at``."""
    reading = _last_spoken(narration.tokens, at, lexicon)
    return None if reading is None else replace(reading, paragraph=narration.paragraph)


def _last_spoken(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Reading | None:
    end = at
    while end > 0 and tokens[end - 1].kind in (Kind.STOP, Kind.OTHER, Kind.QUOTE, Kind.COLON):
        end -= 1
    if end == 0:
        return None
    start = sentence_start(tokens, end - 1)
    for verb in range(start, end):
        if tokens[verb].lower in lexicon.finite:
            subject = phrase_before(tokens, verb, floor=start, lexicon=lexicon)
            if subject is None and verb > 0 and tokens[verb - 1].kind is Kind.QUOTE:
                subject = phrase_after(tokens, verb + 1, ceiling=end, lexicon=lexicon)
            if subject is not None:
                return Reading(subject, (verb, verb + 1), Side.EARLIER_SENTENCE, 0.5, tokens, adjacent=False)
    subject = main_subject(tokens, start, end, lexicon)
    if subject is None:
        return None
    return Reading(subject, None, Side.EARLIER_SENTENCE, 0.35, tokens, adjacent=False)

