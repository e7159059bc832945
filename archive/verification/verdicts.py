"""Verdicts: one claim with its case in, one opinion out.

The rule table is ``precedence.PROPOSED_BY`` with ``precedence.PRECEDENCE``. Scores ranked the candidates; from here on
only typed differences, the registry, the calendar and the coverage ledger count.
"""

from __future__ import annotations

from dataclasses import replace

from archive.domain.claims import QuotationKind
from archive.domain.coverage import CoverageState
from archive.domain.differences import Match
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Family, Finding, FindingCode
from archive.domain.verdicts import (
    AttributionFit,
    Axes,
    ChannelFit,
    Decidability,
    Evidence,
    Opinion,
    SourceState,
    Verdict,
    VerdictGroup,
    group_of,
)
from archive.verification.appraising import Appraisal, appraise
from archive.verification.attribution import attribution_of
from archive.verification.cases import Case, IdTime
from archive.verification.choosing import Choice, choose
from archive.verification.crediting import printed_name
from archive.verification.dates import dates_of, has_impossible_identifier
from archive.verification.deciding import undecided
from archive.verification.explanations import BEHIND_TAG, SHOWN, appended, found_sentence, undecided_sentence
from archive.verification.missing import not_found, uncheckable
from archive.verification.precedence import CONTEXT_GUARDS, PROPOSED_BY, headline
from archive.verification.translations import translation_notes
from archive.verification.wording import (
    WordingReading,
    is_other_language,
)

__all__ = ["ENGINE_VERSION", "Case", "IdTime", "judge"]

ENGINE_VERSION = "5"
"""Named in every judgement; raised whenever the same case may lead to another opinion."""

_WEAK = (EvidenceGrade.TYPED_IN, EvidenceGrade.PASTED_WITH_URL, EvidenceGrade.THIRD_PARTY_COPY)
_FOR_A_PERSON = (
    FindingCode.REPOST_AS_OWN,
    FindingCode.QUOTE_OF_A_QUOTE,
    FindingCode.ID_TIME_CONTRADICTS,
    FindingCode.ARTICLE_BEFORE_POST,
    FindingCode.LOOK_ALIKE_ACCOUNT,
)


def judge(case: Case) -> Opinion:
    """The opinion on one claim: a pure function of the case and the engine's version."""
    if case.claim.quotation.kind is QuotationKind.INDIRECT:
        return uncheckable(case, "it is reported speech, which is not compared word by word")
    best = case.ranking.best
    if best is None or not case.ranking.accepted:
        return _translated(case, best) if best is not None and _is_translation(case, best) else not_found(case)
    if _is_foreign(case, best):
        return _translated(case, best)
    return _opinion(case, appraise(case, choose(case, best)))


def _is_foreign(case: Case, best: Match) -> bool:
    """Whether an accepted match shares little but names with words of another language: a translation, no change."""
    ratio = min(alignment.ratio for alignment in best.alignments)
    return ratio < _LEAST_SHARED and _is_translation(case, best)


_LEAST_SHARED = 0.75


def _opinion(case: Case, appraisal: Appraisal) -> Opinion:
    replaced = undecided(case, appraisal)
    proposals = {PROPOSED_BY[f.code] for f in appraisal.findings if _speaks(f)}
    proposals.add(appraisal.wording.verdict)
    if appraisal.attribution.fit is AttributionFit.OTHER:
        proposals.add(Verdict.MISATTRIBUTED)
    if has_impossible_identifier(case):
        proposals.add(Verdict.FAKE_SOURCE)
    verdict, decidability, reason = replaced or (headline(proposals), None, "")
    axes = Axes(
        wording=appraisal.wording.axis,
        attribution=appraisal.attribution.fit,
        channel=_channel(appraisal),
        source=appraisal.source.state,
        decidability=decidability or _decidability(case, verdict, appraisal=appraisal),
    )
    return Opinion(
        claim=case.claim,
        verdict=verdict,
        axes=axes,
        findings=appraisal.findings,
        evidence=_evidence(case, appraisal.choice.match),
        coverage=case.coverage,
        explanation=_explanation(case, verdict, appraisal=appraisal, reason=reason),
        others=tuple(e for match in appraisal.choice.others for e in _evidence(case, match)),
    )


def _speaks(finding: Finding) -> bool:
    """Whether a finding proposes a headline by itself; those on the words did so in the wording's verdict."""
    families = (Family.ATTRIBUTION, Family.CHANNEL, Family.DATE)
    if finding.code in CONTEXT_GUARDS:
        return True
    return finding.quoted is None and finding.code in PROPOSED_BY and finding.code.family in families


def _channel(appraisal: Appraisal) -> ChannelFit:
    fit = appraisal.channel.fit
    if fit in (ChannelFit.OTHER_PLATFORM, ChannelFit.OTHER_ACCOUNT):
        return fit
    return ChannelFit.OTHER_DATE if appraisal.dates.is_other_day or appraisal.dates.is_younger else fit


def _decidability(case: Case, verdict: Verdict, *, appraisal: Appraisal) -> Decidability:
    codes = {finding.code for finding in appraisal.findings}
    guarded = any(code.family is Family.GUARD for code in codes) or verdict is Verdict.ALTERED_REVIEW
    negative = group_of(verdict) in (VerdictGroup.ALTERED, VerdictGroup.MISATTRIBUTED)
    weak = negative and appraisal.statement.grade in _WEAK
    unproven = appraisal.attribution.fit is AttributionFit.UNPROVEN and appraisal.attribution.names_differ
    stated = verdict is Verdict.MISATTRIBUTED and appraisal.attribution.is_stated
    elsewhere = FindingCode.PLATFORM_WRONG in codes and case.coverage.state is not CoverageState.COMPLETE
    if guarded or weak or unproven or stated or elsewhere or codes & set(_FOR_A_PERSON):
        return Decidability.NEEDS_PERSON
    return Decidability.DECIDED


def _explanation(case: Case, verdict: Verdict, *, appraisal: Appraisal, reason: str) -> str:
    if reason:
        return undecided_sentence(reason)
    said, codes = printed_name(case.claim), {finding.code for finding in appraisal.findings}
    cut = any(alignment.clause_cut for alignment in appraisal.choice.match.alignments)
    sentence = found_sentence(
        verdict,
        appraisal.statement,
        credited=said,
        wording=appraisal.wording.verdict,
        takes="fragment" if cut else "stretch",
        shows=SHOWN if FindingCode.ELLIPSIS_RIGHT in codes else BEHIND_TAG,
        wrong=tuple(dict.fromkeys(_WRONG[f.code] for f in appraisal.findings if f.code in _WRONG)),
    )
    doubt = ""
    if appraisal.attribution.fit is AttributionFit.UNPROVEN and appraisal.attribution.names_differ:
        doubt = f"Whether {said} said so is not shown."
    elif verdict is Verdict.MISATTRIBUTED and appraisal.attribution.is_stated:
        account, voice = appraisal.statement.account, appraisal.statement.voice
        doubt = f"The registry says that @{account.handle} is {voice.name}'s; no captured page shows it."
    around = [_AROUND[f.code] for f in appraisal.findings if f.code in _AROUND and f.code.family is Family.GUARD]
    silent = not around or appraisal.wording.verdict is Verdict.ALTERED_REVIEW
    lost = "" if silent else f"It may not mean the same, since {around[0]}; a person has to decide."
    gone = "The original is no longer reachable." if appraisal.source.state is SourceState.GONE else ""
    copy = "Both articles are the same text, and one witness." if FindingCode.DUPLICATE_WIRE_TEXT in codes else ""
    return appended(sentence, copy, lost, doubt, gone)


_WRONG = {
    FindingCode.PLATFORM_WRONG: "platform",
    FindingCode.NOT_A_POST: "platform",
    FindingCode.OTHER_CLASS_OF_ACCOUNT: "account",
    FindingCode.OTHER_DAY: "date",
    FindingCode.ARTICLE_BEFORE_POST: "date",
}
_AROUND = {
    FindingCode.TONE_SIGN_LOST: "a sign of laughter or irony was left out",
    FindingCode.FOREIGN_VOICE_TAKEN_AS_OWN: "the words are somebody else's and the article gives them as own",
    FindingCode.REPLY_WITHOUT_CONTEXT: "it is an answer, shown without what it answers",
}


def _evidence(case: Case, match: Match) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(statement=statement, alignment=alignment, grade=statement.grade)
        for statement, alignment in zip(case.statements_of(match), match.alignments, strict=True)
    )


def _is_translation(case: Case, best: Match) -> bool:
    """Whether the best candidate is the original in another language: the article links it, or the matcher says so."""
    statement = case.statements_of(best)[0]
    if any(d.code is FindingCode.TRANSLATION for a in best.alignments for d in a.differences):
        return True
    if not is_other_language(case.claim, statement.snapshot):
        return False
    pointed = choose(case, best).is_pointed_at
    said = case.claim.attribution.said_on
    dated = said is not None and said.day is not None and not dates_of(case, statement).is_other_day
    own = attribution_of(case, statement, may_prove=False).fit in (AttributionFit.SAME, AttributionFit.SAME_INSTITUTION)
    return pointed or (own and dated)


def _translated(case: Case, best: Match) -> Opinion:
    appraisal = appraise(case, Choice(match=best))
    notes = translation_notes(case)
    wording = WordingReading(verdict=Verdict.TRANSLATED, findings=notes)
    rest = tuple(f for f in appraisal.findings if f not in appraisal.wording.findings)
    return _opinion(
        case,
        replace(appraisal, choice=Choice(match=best, is_pointed_at=True), wording=wording, findings=(*notes, *rest)),
    )
