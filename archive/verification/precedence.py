"""Precedence: which verdict a finding proposes, and which of several proposals is the headline (verdicts.md 4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from archive.domain.findings import Family, FindingCode
from archive.domain.verdicts import Verdict

_Code = FindingCode

PRECEDENCE: tuple[Verdict, ...] = (
    Verdict.FAKE_SOURCE,
    Verdict.MISATTRIBUTED,
    Verdict.NOT_FOUND_COVERED,
    Verdict.ALTERED_MATERIAL,
    Verdict.ALTERED_REVIEW,
    Verdict.CONTEXT_ALTERED,
    Verdict.PARAPHRASE_IN_QUOTES,
    Verdict.COMPOSITE,
    Verdict.ALTERED_MINOR,
    Verdict.TRIMMED_UNMARKED,
    Verdict.SOURCE_MISLABELLED,
    Verdict.TRANSLATED,
    Verdict.TRIMMED_MARKED,
    Verdict.EXCERPT,
    Verdict.VERBATIM_RENDERED,
    Verdict.VERBATIM,
)
"""The binding order: the first proposed one is the headline. The values that say "we cannot decide" are not in it; they
replace a headline and never mix with one."""

CONTEXT_GUARDS = (_Code.TONE_SIGN_LOST, _Code.FOREIGN_VOICE_TAKEN_AS_OWN, _Code.REPLY_WITHOUT_CONTEXT)
"""Guards on what stands around the words, not in them. Like every guard they propose ``altered_review``; a person who
agrees makes it ``context_altered``."""

_BY_VERDICT: Mapping[Verdict, tuple[FindingCode, ...]] = {
    Verdict.FAKE_SOURCE: (_Code.LOOK_ALIKE_ACCOUNT,),
    Verdict.ALTERED_REVIEW: tuple(c for c in FindingCode if c.family is Family.GUARD),
    Verdict.PARAPHRASE_IN_QUOTES: (_Code.PARAPHRASE_IN_MARKS,),
    Verdict.COMPOSITE: (_Code.SENTENCES_REORDERED, _Code.JOINED_FROM_POSTS),
    Verdict.ALTERED_MINOR: (
        _Code.WORD_MISSING,
        _Code.WORD_ADDED,
        _Code.WORD_REPLACED,
        _Code.ORDER_CHANGED,
        _Code.TYPO_CORRECTED,
        _Code.TYPO_INTRODUCED,
        _Code.GRAMMAR_ADAPTED,
        _Code.TENSE_OR_PERSON_SHIFTED,
        _Code.EXTENDED_BEYOND_ORIGINAL,
        _Code.STRETCH_IN_NO_SOURCE,
        _Code.BRACKET_CHANGES_CLAIM,
    ),
    Verdict.TRIMMED_UNMARKED: (_Code.OMISSION_UNSIGNALLED, _Code.CUT_SENTENCE_AS_WHOLE),
    Verdict.SOURCE_MISLABELLED: (
        _Code.PLATFORM_WRONG,
        _Code.NOT_A_POST,
        _Code.OTHER_DAY,
        _Code.ARTICLE_BEFORE_POST,
        _Code.OTHER_CLASS_OF_ACCOUNT,
    ),
    Verdict.TRANSLATED: (_Code.TRANSLATION, _Code.UNDECLARED_MACHINE_TRANSLATION),
    Verdict.TRIMMED_MARKED: (_Code.ELLIPSIS_RIGHT, _Code.SPEECH_TAG_HIDES_OMISSION),
    Verdict.VERBATIM_RENDERED: (
        *(c for c in FindingCode if c.family is Family.RENDERING),
        _Code.ELLIPSIS_NOTHING_MISSING,
        _Code.BRACKET_EXPLAINS,
        _Code.SIC_MARKED,
        _Code.PARENTHESIS_AS_BRACKET,
    ),
}
PROPOSED_BY: Mapping[FindingCode, Verdict] = MappingProxyType(
    {code: verdict for verdict, codes in _BY_VERDICT.items() for code in codes}
)
"""The rule table: the verdict that a finding alone would lead to. Codes not in it are observations that change no
headline. A credit to somebody else is not here: it leads to ``misattributed`` only when proven."""


def headline(proposals: Iterable[Verdict]) -> Verdict:
    """The gravest of the proposed verdicts in the binding order; ``verbatim`` where nothing else is proposed."""
    proposed = set(proposals)
    return next((verdict for verdict in PRECEDENCE if verdict in proposed), Verdict.VERBATIM)


def is_graver(one: Verdict, other: Verdict) -> bool:
    """Whether the first verdict goes before the second; both must be headline verdicts."""
    return PRECEDENCE.index(one) < PRECEDENCE.index(other)
