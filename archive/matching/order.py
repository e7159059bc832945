"""Order: words or sentences that stand elsewhere in the original – missing here and added there (T4, T5)."""

from __future__ import annotations

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.domain.spans import Span
from archive.matching.context import Comparison
from archive.matching.passages import Passage
from archive.text.tokens import WordKind

_GONE = (FindingCode.WORD_MISSING, FindingCode.OMISSION_UNSIGNALLED)
_NEW = (FindingCode.WORD_ADDED, FindingCode.STRETCH_IN_NO_SOURCE, FindingCode.EXTENDED_BEYOND_ORIGINAL)
_SENTENCE = 4


def moved_words(found: list[Difference], comparison: Comparison) -> list[Difference]:
    """Words missing at one place and added at another were moved: one T4 (a few words) or T5 (a sentence) for both."""
    kept = list(found)
    for added in found:
        if added.code not in _NEW and not _stands_for_tokens(added, comparison):
            continue
        place = _elsewhere(added, kept, comparison=comparison)
        if place is None:
            continue
        partner, span = place
        count = len(_within(added.quoted, comparison.quoted))
        code = FindingCode.SENTENCES_REORDERED if count >= _SENTENCE else FindingCode.ORDER_CHANGED
        moved = comparison.difference(code, added.quoted, archived=span)
        kept = [moved if one is added else one for one in kept if one is not partner]
    return kept


def _elsewhere(
    added: Difference, found: list[Difference], *, comparison: Comparison
) -> tuple[Difference | None, Span] | None:
    """The omission that holds exactly these words, or the stretch of the original outside what is covered that does."""
    wanted = _within(added.quoted, comparison.quoted)
    for other in found:
        if other.code in _GONE and _within(other.archived, comparison.archived) == wanted:
            return other, other.archived
    if len(wanted) < _SENTENCE:
        return None
    there = comparison.archived.plain
    for at in range(len(there) - len(wanted) + 1):
        if there[at : at + len(wanted)] == wanted:
            return None, comparison.archived.span_of(at, at + len(wanted))
    return None


def _stands_for_tokens(difference: Difference, comparison: Comparison) -> bool:
    """Whether words stand where the original has nothing but hashtags and handles, as a sentence put last does."""
    if difference.code is not FindingCode.WORD_REPLACED:
        return False
    gone = [word for word in comparison.archived.words if difference.archived.overlaps(word.span)]
    tokens = all(word.kind in (WordKind.HASHTAG, WordKind.HANDLE) for word in gone)
    return tokens and len(_within(difference.quoted, comparison.quoted)) >= _SENTENCE


def _within(span: Span, passage: Passage) -> tuple[str, ...]:
    """The words that stand there, as the whole text reads them: the bare "HarborTalks" of a stretch that begins behind
    the sign of "#HarborTalks" would be another word."""
    return tuple(word.text_normalised for word in passage.words if span.contains(word.span))
