"""The people an article names, and whom its pronouns, family names and titles stand for.

One pass in reading order keeps how present each person is to a reader (salience): subjects and speakers count most,
possessors and objects little, and everything fades sentence by sentence. "He" is the most present man. Method after
Lappin & Leass 1994, reduced to what word lists can tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.extraction.figures import Figure, likeness, same_figure
from archive.extraction.genders import gender_by_grammar
from archive.extraction.lexicon import Lexicon
from archive.extraction.mentions import SPEAKER, Mention, bare_word, mention_at
from archive.extraction.narration import Narration, ends_sentence
from archive.extraction.offices import is_office
from archive.extraction.tokens import Hint, Kind, Token
from archive.text.names import fold_word, gender_of_given_name

_CASES = re.compile(r"(?:ova|ove|ovou|ovi|em|om|ou|eho|emu|ym|im|ом|ем|ой|ей|ым|им|ою|[aeiouyаеиоуыэюяйь])$")
LEAST_STEM = 3
"""Letters of a name that keeps its ending."""
PRONOUN_SUBJECT, PRONOUN_OBJECT = 0.9, 0.3
HIGHEST_LEVEL = 1e100
MOST_PRESENT = 60
"""People kept in mind for a pronoun; whoever was named before the last sixty is not meant."""
MOST_PLACES = 6
"""Mentions of a person among which an office is looked for."""
MOST_NAMESAKES = 20
"""Bearers of one word of a name that are compared, the latest."""
SENTENCE_FADE, PARAGRAPH_FADE = 0.75, 0.7
NEVER_SEEN = 0.05
OFFICE_WORDS = 3
"""Words after "Marrow's" among which stands what only a country has: "new foreign minister"."""
HABIT = 0.15
"""How much of what a person had before a new mention keeps: presence is recency first, frequency second."""


class Cast:
    """Everybody an article has named so far, in reading order."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Nobody named yet."""
        self.lexicon = lexicon
        self._by_word: dict[str, list[Figure]] = {}
        self._present: dict[str, Figure] = {}
        self._level = 1.0
        self._pronouns: dict[tuple[int, int], Figure] = {}
        self._names: dict[tuple[int, int], Figure] = {}
        self._titles: dict[tuple[int, int], Figure] = {}
        self.offices: dict[str, str | None] = {}
        """The offices looked up so far, by name: one speaker is asked for again and again."""

    def introduce(self, narration: Narration, text: str) -> None:
        """Reads one paragraph: its names enter, its pronouns are settled."""
        tokens, lexicon = narration.tokens, self.lexicon
        self._fade(PARAGRAPH_FADE)
        read = 0
        for here in narration.hinting:
            token = tokens[here]
            if here < read or not token.hints & Hint.PRESENCE:
                continue
            if token.kind == Kind.STOP:
                if ends_sentence(tokens, here):
                    self._fade(SENTENCE_FADE)
                continue
            low = token.lower
            gender = lexicon.gendered.get(low)
            if gender is not None:
                self._settle(narration.paragraph, tokens, here, gender=gender)
            elif token.is_name:
                mention = mention_at(tokens, here, lexicon)
                if mention.words and not is_common_noun(tokens, mention.first, mention.last, lexicon=lexicon):
                    figure = self._meet(mention, tokens, text)
                    self._names[narration.paragraph, mention.first] = figure
                    if len(figure.places) < MOST_PLACES:
                        figure.places.append((narration.paragraph, mention.first, mention.last))
                read = mention.last
            elif _is_role(low, lexicon) and _is_determined(tokens, here, lexicon):
                self._note_title(narration.paragraph, here, low)

    def _note_title(self, paragraph: int, at: int, title: str) -> None:
        """ "The minister": the most present person so called."""
        holders = [figure for figure in self._present.values() if title in figure.titles and not figure.is_body]
        if holders:
            self._titles[paragraph, at] = max(holders, key=lambda figure: figure.salience)

    def _fade(self, by: float) -> None:
        """Everybody fades alike, so what comes later is raised instead: the cost does not grow with the cast."""
        self._level /= by
        if self._level > HIGHEST_LEVEL:
            for figure in self._present.values():
                figure.salience /= self._level
            self._level = 1.0

    def _raise(self, figure: Figure, weight: float) -> None:
        weight *= self._level
        figure.salience = max(figure.salience, weight) + HABIT * min(figure.salience, weight)
        self._present.pop(figure.key, None)
        self._present[figure.key] = figure
        if len(self._present) > MOST_PRESENT:
            forgotten = self._present.pop(next(iter(self._present)))
            forgotten.salience = 0.0

    def _settle(self, paragraph: int, tokens: Sequence[Token], at: int, *, gender: str) -> None:
        figure = self.most_present(gender)
        if figure is None:
            return
        self._pronouns[paragraph, at] = figure
        subject = tokens[at].lower.partition("'")[0] in self.lexicon.subjects
        speaks = subject and at + 1 < len(tokens) and tokens[at + 1].lower in self.lexicon.finite
        self._raise(figure, SPEAKER if speaks else PRONOUN_SUBJECT if subject else PRONOUN_OBJECT)
        if figure.gender is None:
            figure.gender = gender

    def most_present(self, gender: str) -> Figure | None:
        """The person a pronoun of that gender most likely stands for."""
        best, most = None, NEVER_SEEN * self._level
        for figure in self._present.values():
            if figure.salience <= most or figure.is_body or figure.gender not in (None, gender):
                continue
            weight = figure.salience * likeness(figure)
            if weight > most:
                best, most = figure, weight
        return best

    def _meet(self, mention: Mention, tokens: Sequence[Token], text: str) -> Figure:
        keys = self._keys(mention.words)
        figure = self._known(keys)
        printed = bare_word(text[tokens[mention.first].start : tokens[mention.last - 1].end])
        if figure is None:
            figure = Figure(key=printed, name=printed, words=mention.words, keys=keys)
            figure.is_body = _is_body(mention, self.lexicon)
        elif len(mention.words) > len(figure.words):
            figure.name, figure.words, figure.keys = printed, mention.words, keys
        self._enter(figure, keys[-1])
        if len(keys) > 1:
            self._enter(figure, keys[0])
        figure.titles.update(mention.titles)
        if figure.gender is None:
            figure.gender = _gender_of(mention, self.lexicon) or gender_by_grammar(mention, tokens, self.lexicon)
        self._raise(figure, mention.weight)
        figure.mentions += 1
        figure.placed += mention.first > 0 and tokens[mention.first - 1].lower in self.lexicon.locating
        figure.is_body = figure.is_body or _owns_state(mention, figure, tokens, lexicon=self.lexicon)
        figure.has_spoken = figure.has_spoken or mention.weight == SPEAKER
        return figure

    def _enter(self, figure: Figure, word: str) -> None:
        """The figure among the bearers of a word, once among the latest."""
        entries = self._by_word.setdefault(word, [])
        if not entries or (
            entries[-1] is not figure and all(other is not figure for other in entries[-MOST_NAMESAKES:])
        ):
            entries.append(figure)

    def _known(self, keys: tuple[str, ...]) -> Figure | None:
        """Who bears that name: the same words, or a part of a name already known, the most present one first."""
        entries = self._by_word.get(keys[-1], [])[-MOST_NAMESAKES:]
        if len(keys) > 1:
            entries += self._by_word.get(keys[0], [])[-MOST_NAMESAKES:]
        fitting = [figure for figure in entries if same_figure(keys, figure.keys)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        return max(fitting, key=lambda figure: (figure.salience, figure.mentions))

    def _keys(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self._key if self.lexicon.inflects else fold_word, words))

    def _key(self, word: str) -> str:
        """How a word of a name is compared: folded, and without its ending where names have cases (Tamm, Tamma)."""
        folded = fold_word(word)
        return _CASES.sub("", folded) if self.lexicon.inflects and len(folded) > LEAST_STEM else folded

    def behind_pronoun(self, paragraph: int, token: int) -> str | None:
        """The name behind the pronoun at that place, or None."""
        figure = self._pronouns.get((paragraph, token))
        return figure.name if figure is not None else None

    def full_name(self, words: Sequence[str]) -> str | None:
        """The fullest form of a name the article prints, or None where nobody is so called."""
        figure = self._known(self._keys(tuple(words))) if words else None
        return figure.name if figure is not None else None

    def behind_name(self, paragraph: int, token: int) -> str | None:
        """The fullest name of whoever the name that begins at that place stands for."""
        figure = self._names.get((paragraph, token))
        return figure.name if figure is not None else None

    def places_of(self, name: str) -> list[tuple[int, int, int]]:
        """The first mentions of the person of that name, as (paragraph, first token, last token)."""
        figure = next((each for each in self._by_word.get(self._key(name.split()[-1]), ()) if each.name == name), None)
        return figure.places if figure is not None else []

    def body_at(self, paragraph: int, token: int) -> str | None:
        """The name at that place, if it is that of an institution: a body by its words, or nobody's given name."""
        figure = self._names.get((paragraph, token))
        if figure is None or figure.gender is not None or figure.titles:
            return None
        return figure.name if figure.is_body or len(figure.words) > 1 else None

    def holder_of(self, title: str) -> str | None:
        """The name of the only person the article gives that title, or None."""
        holders = {figure.key: figure for figure in self._present.values() if title in figure.titles}
        return next(iter(holders.values())).name if len(holders) == 1 else None

    def behind_title(self, paragraph: int, token: int) -> str | None:
        """The name behind "the minister" at that place, or None."""
        figure = self._titles.get((paragraph, token))
        return figure.name if figure is not None else None


def _is_role(low: str, lexicon: Lexicon) -> bool:
    return low in lexicon.titles or is_office(low, lexicon)


def _is_determined(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether an article stands before the word, at most one word between: "the energy minister"."""
    return any(token.lower in lexicon.determiners for token in tokens[max(0, at - 2) : at])


def _gender_of(mention: Mention, lexicon: Lexicon) -> str | None:
    for title in mention.titles:
        gender = lexicon.titles.get(title)
        if gender in ("male", "female"):
            return gender
    return gender_of_given_name(mention.words[0]) if len(mention.words) > 1 else None


def is_common_noun(tokens: Sequence[Token], first: int, last: int, *, lexicon: Lexicon) -> bool:
    """Whether a single capitalised word is no name: in German behind an article ("die Frage"), or by its ending."""
    if not lexicon.has_common_capitals or last - first > 1:
        return False
    before = tokens[first - 1].lower if first else ""
    adjective = first > 1 and tokens[first - 2].lower in lexicon.determiners and before.islower()
    return before in lexicon.determiners or adjective or tokens[first].lower.endswith(lexicon.noun_endings)


def _owns_state(mention: Mention, figure: Figure, tokens: Sequence[Token], *, lexicon: Lexicon) -> bool:
    """Whether a name is a country's, because it owns what countries have: "Marrow's foreign minister"."""
    if not tokens[mention.last - 1].is_possessive or figure.gender is not None or figure.titles:
        return False
    behind = tokens[mention.last : mention.last + OFFICE_WORDS]
    return len(figure.words) == 1 and any(token.lower in lexicon.owned for token in behind)


def _is_body(mention: Mention, lexicon: Lexicon) -> bool:
    words = [word.lower() for word in mention.words]
    if not lexicon.bodies.isdisjoint(words) or lexicon.departments.issuperset(words):
        return True  # "la ministre de la Santé"
    return all(word.isupper() and len(word) > 1 for word in mention.words)


def cast_of(narrations: Sequence[Narration], *, text: str, lexicon: Lexicon) -> Cast:
    """The cast of a whole article."""
    cast = Cast(lexicon)
    for narration in narrations:
        cast.introduce(narration, text)
    return cast
