"""Departures: one difference between quoted and archived words, and why it may matter, in a sentence each.

A statement that is known from a report only has no original: its sentences say "the report".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode

_Code = FindingCode
_LONGEST = 120
_EDGE_MARKS = re.compile(r"^[\s.,;:!?…]+(?=[^\s.,;:!?…])|^[–—-]+\s+(?=\S)|(?<=\w)[\s.,;:!?…–—-]+$")
GUARDS: Mapping[FindingCode, str] = {
    _Code.NEGATION: "a negation is gained or lost",
    _Code.NUMBER_OR_UNIT: "a number, unit or amount changes",
    _Code.DATE_OR_DURATION: "a date, deadline or duration changes",
    _Code.NAMED_ENTITY: "a person, country or organisation changes",
    _Code.OFFICE_OR_RANK: "an office or rank changes",
    _Code.MODAL_STRENGTH: "the strength of a promise or duty changes",
    _Code.QUANTIFIER_OR_SCOPE: "how many or how far changes",
    _Code.CONDITION_DROPPED: "a condition or exception changes",
    _Code.HEDGE_DROPPED: "a reservation is gained or lost",
    _Code.AGENT_SWITCHED: "who acts changes",
    _Code.OPPOSITE_VERB: "the verb turns to its opposite",
    _Code.TENSE_OR_COMPLETION: "what is done and what is to come change places",
    _Code.MOOD_CHANGED: "a question or order becomes a statement, or the reverse",
    _Code.COMPARISON_DIRECTION: "a comparison turns round",
    _Code.TONE_SIGN_LOST: "a sign of tone is lost",
    _Code.FOREIGN_VOICE_TAKEN_AS_OWN: "somebody else's words are taken for the speaker's own",
    _Code.REPLY_WITHOUT_CONTEXT: "an answer is shown without what it answers",
    _Code.LOOK_ALIKE_ACCOUNT: "letters of another alphabet stand for ones that look like them",
}
HEADS: Mapping[FindingCode, str] = {
    _Code.HANDLE_AS_NAME: "A handle is written out as the name it stands for",
    _Code.HANDLE_DROPPED: "A handle is left out",
    _Code.HONORIFIC_CHANGED: "An honorific or title differs",
    _Code.NAME_FORM_CHANGED: "The name is printed in another form",
    _Code.HASHTAG_UNWRAPPED: "A hashtag is written as words or left out",
    _Code.LINK_OR_MARKER_REMOVED: "A link or marker of the post is left out",
    _Code.EMOJI_REMOVED: "An emoji is left out or named",
    _Code.EDGE_CASE_OR_STOP: "The edge of the quotation is set to fit the sentence",
    _Code.TYPOGRAPHY: "Marks, dashes or spaces have another shape",
    _Code.HOUSE_SPELLING: "The same word in another accepted spelling",
    _Code.NUMBER_STYLE: "The same number or date in another style",
    _Code.ABBREVIATION: "An abbreviation is written out, or the reverse",
    _Code.LINE_BREAKS_FLATTENED: "Line breaks or bullets are run together",
    _Code.OBSCENITY_MASKED: "An obscenity is masked",
    _Code.CAPITALS_OR_EMPHASIS: "Capitals or emphasis differ",
    _Code.ELLIPSIS_RIGHT: "The omission is shown by an ellipsis",
    _Code.ELLIPSIS_NOTHING_MISSING: "An ellipsis stands where nothing is missing",
    _Code.ELLIPSIS_OF_ORIGINAL: "The ellipsis is the speaker's own",
    _Code.OMISSION_UNSIGNALLED: "Words are left out and nothing shows it",
    _Code.BRACKET_EXPLAINS: "Words in brackets explain",
    _Code.BRACKET_CHANGES_CLAIM: "Words in brackets add to or change the claim",
    _Code.SIC_MARKED: "A slip of the speaker is marked [sic]",
    _Code.PARENTHESIS_AS_BRACKET: "Round brackets hold the writer's own words",
    _Code.SPEECH_TAG_HIDES_OMISSION: "Words are left out where the article says who speaks",
    _Code.CUT_SENTENCE_AS_WHOLE: "Part of a sentence is printed as if it were whole",
    _Code.WORD_MISSING: "Words are missing",
    _Code.WORD_ADDED: "Words are added",
    _Code.WORD_REPLACED: "Words are replaced",
    _Code.ORDER_CHANGED: "The order of words changes",
    _Code.SENTENCES_REORDERED: "The order of sentences changes",
    _Code.JOINED_FROM_POSTS: "Words of several posts are joined",
    _Code.TYPO_CORRECTED: "A slip of the speaker is corrected without saying so",
    _Code.TYPO_INTRODUCED: "The quotation has a slip of its own",
    _Code.GRAMMAR_ADAPTED: "The grammar is adapted to the sentence around it",
    _Code.TENSE_OR_PERSON_SHIFTED: "Tense or person is shifted",
    _Code.PARAPHRASE_IN_MARKS: "Other words stand for the speaker's",
    _Code.EXTENDED_BEYOND_ORIGINAL: "The quotation runs beyond what was said",
    _Code.STRETCH_IN_NO_SOURCE: "These words are in no source",
}
_MOVED = (_Code.ORDER_CHANGED, _Code.SENTENCES_REORDERED)
_SEAMS = (_Code.CUT_SENTENCE_AS_WHOLE, _Code.JOINED_FROM_POSTS, _Code.LINE_BREAKS_FLATTENED)
"""Codes of a place between words: the point that stands there tells nothing."""
_OF_WORDS = {
    _Code.WORD_MISSING: "A sign is missing",
    _Code.WORD_ADDED: "A sign is added",
    _Code.WORD_REPLACED: "A mark is replaced",
}
"""The same codes where no word is concerned: a laughing face, a question mark, a sign of money."""
_PLACED = {_Code.HASHTAG_UNWRAPPED: "hashtag", _Code.HANDLE_DROPPED: "handle", _Code.EMOJI_REMOVED: "emoji"}


def difference_sentence(difference: Difference, *, source: str = "original") -> str:
    """One departure in a sentence with the words concerned; ``source`` is what the quotation is compared with, an
    "original" or a "report"."""
    quoted, archived = _sides(difference)
    head = _head(difference, quoted=quoted, archived=archived)
    if difference.code in _MOVED and quoted:
        return f'{head}: in the {source} "{quoted}" stands elsewhere.'
    if quoted == archived or (difference.code in _SEAMS and _is_wordless(quoted + archived)):
        return f"{head}."
    if not quoted:
        return f'{head}: the {source} has "{archived}", the quotation does not.'
    if not archived:
        return f'{head}: the quotation has "{quoted}", which is not in the {source}.'
    return f'{head}: the quotation has "{quoted}", the {source} "{archived}".'


def guard_sentence(guard: FindingCode, difference: Difference, *, source: str = "original") -> str:
    """Why a departure may have changed the meaning, with the words concerned."""
    quoted, archived = _sides(difference)
    sides = [f'the {source} has "{archived}"'] if archived else []
    sides += [f'the quotation has "{quoted}"'] if quoted else []
    if not (quoted and archived):
        sides = [f"only {side}" for side in sides]
    shown = f": {', '.join(sides)}" if sides else ""
    return f"May change the meaning – {GUARDS[guard]}{shown}."


def _head(difference: Difference, *, quoted: str, archived: str) -> str:
    name = _PLACED.get(difference.code)
    if name is not None and not quoted:
        return f"{'An' if name[0] in 'aeiou' else 'A'} {name} is left out"
    if difference.code in _OF_WORDS and not re.search(r"\w", quoted + archived):
        return _OF_WORDS[difference.code]
    return HEADS.get(difference.code) or f"{difference.code.label.replace('_', ' ').capitalize()}"


def _sides(difference: Difference) -> tuple[str, str]:
    """The words of both sides: no marks of the edge beside words, and no mark at all opposite words.

    An omission was shown as 'the quotation has ".", the original "Tickets …"'; a hashtag as '". #Ferries"'.
    """
    quoted, archived = _shown(difference.quoted_words), _shown(difference.archived_words)
    if _is_wordless(quoted) and _is_wordless(archived):
        # The point before a hashtag that is left out too: ". #".
        return quoted, archived.removesuffix("#").rstrip()
    if difference.code is _Code.HANDLE_AS_NAME and archived[:1] not in ("@", "#", ""):
        archived = f"@{archived}"
    return "" if _is_wordless(quoted) else _trimmed(quoted), "" if _is_wordless(archived) else _trimmed(archived)


def _is_wordless(words: str) -> bool:
    # Only the marks of a sentence: "$", "%" and emoji say something.
    return not words.strip(" .,;:!?…–—-#\"'“”‘’()[]")


def _trimmed(words: str) -> str:
    return _EDGE_MARKS.sub("", words)


def _shown(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
