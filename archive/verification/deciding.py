"""Deciding: whether a verdict can be given at all; what says no replaces a headline and never mixes with one."""

from __future__ import annotations

from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import FindingCode
from archive.domain.verdicts import AttributionFit, Decidability, Verdict
from archive.verification.appraising import MINIMUM_UNNAMED, Appraisal
from archive.verification.cases import Case
from archive.verification.crediting import printed_name
from archive.verification.wording import WordingReading, total_content_words

MINIMUM_CONTENT_WORDS = 4
"""Fewer words that carry meaning are compared exactly or not at all, and never lead to a negative verdict."""
_EXACT = (Verdict.VERBATIM, Verdict.VERBATIM_RENDERED, Verdict.EXCERPT)
_UNNAMED = (AttributionFit.UNPROVEN, AttributionFit.NOT_CREDITED)

Undecided = tuple[Verdict, Decidability, str]
"""The verdict that replaces a headline, the axis, and the reason in words."""


def undecided(case: Case, appraisal: Appraisal) -> Undecided | None:
    """What replaces a headline, if anything does. A link to the very post settles whose words are meant."""
    on_words = _on_words(appraisal)
    if on_words is not None or appraisal.choice.is_pointed_at:
        return on_words
    return _on_speaker(case, appraisal)


def _on_words(appraisal: Appraisal) -> Undecided | None:
    exact = _is_exact(appraisal.wording)
    if appraisal.statement.grade is EvidenceGrade.FAILED:
        return Verdict.PENDING, Decidability.NEEDS_PERSON, "the stored evidence no longer matches its digest"
    if total_content_words(appraisal.choice.match) < MINIMUM_CONTENT_WORDS and not exact:
        return Verdict.UNCHECKABLE, Decidability.TOO_SHORT, "it is too short to be compared except word for word"
    if appraisal.wording.runs_beyond_cut and exact:
        reason = "its beginning fits, but the archived copy was cut by its source before the end of the quotation"
        return Verdict.UNCHECKABLE, Decidability.NOT_COVERED, reason
    return None


def _on_speaker(case: Case, appraisal: Appraisal) -> Undecided | None:
    choice = appraisal.choice
    if choice.is_tied:
        return Verdict.AMBIGUOUS, Decidability.SEVERAL_FIT, "statements of several speakers fit it equally"
    if not case.ranking.decisive or choice.match.common:
        return Verdict.UNCHECKABLE, Decidability.TOO_SHORT, "its words are too few or too common to tell whose they are"
    passed_on = _passed_on(case, appraisal)
    if passed_on is not None:
        return Verdict.AMBIGUOUS, Decidability.NEEDS_PERSON, passed_on
    few = total_content_words(choice.match) < MINIMUM_UNNAMED and not case.ranking.alone
    if appraisal.attribution.fit in _UNNAMED and few:
        reason = "words this few fit a statement by chance, and the article does not name its author"
        return Verdict.AMBIGUOUS, Decidability.TOO_SHORT, reason
    return None


def _is_exact(wording: WordingReading) -> bool:
    """Whether the words are the original's, wherever they are cut."""
    lacks_some = any(difference.code is FindingCode.OMISSION_UNSIGNALLED for difference in wording.differences)
    return wording.verdict in _EXACT or (wording.verdict is Verdict.TRIMMED_UNMARKED and not lacks_some)


def _passed_on(case: Case, appraisal: Appraisal) -> str | None:
    """Why a statement that only passes a speaker's words on is no original to hold the quotation against.

    Others quote, repost and echo a speaker: their wording proves no change by the outlet. The very same words are
    shown all the same, with the doubt about their speaker.
    """
    said, voice = printed_name(case.claim), appraisal.statement.voice.name
    codes = {finding.code for finding in appraisal.findings}
    if appraisal.attribution.fit is AttributionFit.NOT_CREDITED and FindingCode.QUOTE_OF_A_QUOTE in codes:
        return f"the archive has these words only as {voice} quotes them from somebody; the article names nobody"
    if appraisal.attribution.fit is not AttributionFit.UNPROVEN:
        return None
    same = appraisal.wording.verdict in _EXACT
    if appraisal.attribution.names_differ:
        if codes & {FindingCode.REPOST_AS_OWN, FindingCode.QUOTE_OF_A_QUOTE}:
            return f"the archive has these words only as {voice} passed them on; the article credits {said}"
        if not same:
            return f"the nearest statement is by {voice}; the article credits {said}, and the words are not the same"
    if FindingCode.REPOST_AS_OWN in codes and not same:
        return f"the nearest statement is only a repost by {voice}, and the words are not the same"
    return None
