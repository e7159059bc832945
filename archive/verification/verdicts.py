"""Verdicts: one claim with its case in, one opinion out.

The rule table is ``precedence.PROPOSED_BY`` with ``precedence.PRECEDENCE``. Scores ranked the candidates; from here on
only typed differences, the registry, the calendar and the coverage ledger count.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.domain.claims import QuotationKind
from archive.domain.coverage import CoverageState
from archive.domain.differences import Match
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Family, Finding, FindingCode
from archive.domain.statements import Statement
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
from archive.verification.attribution import AttributionReading, attribution_of
from archive.verification.cases import Case, IdTime
from archive.verification.channel import ChannelReading, channel_of
from archive.verification.choosing import Choice, choose
from archive.verification.context import context_of
from archive.verification.crediting import printed_name
from archive.verification.dates import DatesReading, dates_of, has_impossible_identifier
from archive.verification.embeds import embedded
from archive.verification.explanations import appended, found_sentence, undecided_sentence
from archive.verification.missing import not_found, uncheckable
from archive.verification.pointers import look_alikes, wrong_link
from archive.verification.precedence import PROPOSED_BY, headline
from archive.verification.sources import SourceReading, source_of
from archive.verification.wording import (
    WordingReading,
    is_other_language,
    total_content_words,
    wording_of,
)

__all__ = ["ENGINE_VERSION", "Case", "IdTime", "judge"]

ENGINE_VERSION = "1"
"""Named in every judgement; raised whenever the same case may lead to another opinion."""

MINIMUM_CONTENT_WORDS = 4
"""Fewer words that carry meaning are compared exactly or not at all, and never lead to a negative verdict."""
MINIMUM_UNNAMED = 6
"""Words that fit somebody the article does not name need more: of quotations of five to seven words without the author
named beside them, none of seventeen was the post it equalled; of those of thirteen words or more 74 of 76 were."""

_EXACT = (Verdict.VERBATIM, Verdict.VERBATIM_RENDERED, Verdict.EXCERPT)
_WEAK = (EvidenceGrade.TYPED_IN, EvidenceGrade.PASTED_WITH_URL, EvidenceGrade.THIRD_PARTY_COPY)
_FOR_A_PERSON = (
    FindingCode.REPOST_AS_OWN,
    FindingCode.QUOTE_OF_A_QUOTE,
    FindingCode.ID_TIME_CONTRADICTS,
    FindingCode.ARTICLE_BEFORE_POST,
    FindingCode.LOOK_ALIKE_ACCOUNT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Appraisal:
    """Everything read from a case in which a statement was found."""

    statement: Statement
    choice: Choice
    wording: WordingReading
    attribution: AttributionReading
    channel: ChannelReading
    dates: DatesReading
    source: SourceReading
    findings: tuple[Finding, ...]


def judge(case: Case) -> Opinion:
    """The opinion on one claim: a pure function of the case and the engine's version."""
    if case.claim.quotation.kind is QuotationKind.INDIRECT:
        return uncheckable(case, "it is reported speech, which is not compared word by word")
    best = case.ranking.best
    if best is None or not case.ranking.accepted:
        return _translated(case, best) if best is not None and _is_translation(case, best) else not_found(case)
    return _opinion(case, _appraise(case, choose(case, best)))


def _appraise(case: Case, choice: Choice) -> _Appraisal:
    statements = case.statements_of(choice.match)
    statement = statements[0]
    twins = tuple(case.statements_of(match)[0] for match in choice.others)
    wording = wording_of(case, choice.match)
    attribution = attribution_of(case, statement, may_prove=_may_prove(case, choice))
    context = context_of(case, choice.match)
    if context.is_foreign_voice and attribution.fit in (AttributionFit.SAME, AttributionFit.OTHER):
        attribution = AttributionReading(
            fit=AttributionFit.UNPROVEN, findings=attribution.findings, names_differ=attribution.names_differ
        )
    channel = channel_of(case, statement, others=twins)
    dates = dates_of(case, statement)
    source = source_of(case, statement, twins=twins)
    posts = tuple(s.post for s in (*statements, *twins))
    findings = (
        *wording.findings,
        *context.findings,
        *attribution.findings,
        *look_alikes(case, statement),
        *wrong_link(case, posts),
        *channel.findings,
        *dates.findings,
        *source.findings,
        *embedded(case, statement),
    )
    return _Appraisal(
        statement=statement,
        choice=choice,
        wording=wording,
        attribution=attribution,
        channel=channel,
        dates=dates,
        source=source,
        findings=findings,
    )


def _may_prove(case: Case, choice: Choice) -> bool:
    """Whether another voice would be proof: decisive words, no tie, and not a phrase anybody might post."""
    decisive = case.ranking.decisive and not choice.match.common and not choice.is_tied
    return decisive and total_content_words(choice.match) >= MINIMUM_UNNAMED


def _opinion(case: Case, appraisal: _Appraisal) -> Opinion:
    undecided = _undecided(case, appraisal)
    proposals = {PROPOSED_BY[f.code] for f in appraisal.findings if _speaks(f)}
    proposals.add(appraisal.wording.verdict)
    if appraisal.attribution.fit is AttributionFit.OTHER:
        proposals.add(Verdict.MISATTRIBUTED)
    if has_impossible_identifier(case):
        proposals.add(Verdict.FAKE_SOURCE)
    verdict, decidability, reason = undecided or (headline(proposals), None, "")
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
    return finding.code in PROPOSED_BY and finding.code.family in families


def _undecided(case: Case, appraisal: _Appraisal) -> tuple[Verdict, Decidability, str] | None:
    """What replaces a headline, if anything does: the verdict, the axis and the reason in words."""
    choice, words = appraisal.choice, total_content_words(appraisal.choice.match)
    exact = appraisal.wording.verdict in _EXACT
    if appraisal.statement.grade is EvidenceGrade.FAILED:
        return Verdict.PENDING, Decidability.NEEDS_PERSON, "the stored evidence no longer matches its digest"
    if words < MINIMUM_CONTENT_WORDS and not exact:
        return Verdict.UNCHECKABLE, Decidability.TOO_SHORT, "it is too short to be compared except word for word"
    if appraisal.wording.runs_beyond_cut and exact:
        reason = "its beginning fits, but the archived copy was cut by its source before the end of the quotation"
        return Verdict.UNCHECKABLE, Decidability.NOT_COVERED, reason
    if choice.is_pointed_at:
        return None
    if choice.is_tied:
        return Verdict.AMBIGUOUS, Decidability.SEVERAL_FIT, "statements of several speakers fit it equally"
    if not case.ranking.decisive or choice.match.common:
        return Verdict.UNCHECKABLE, Decidability.TOO_SHORT, "its words are too few or too common to tell whose they are"
    unnamed = appraisal.attribution.fit in (AttributionFit.UNPROVEN, AttributionFit.NOT_CREDITED)
    if unnamed and words < MINIMUM_UNNAMED:
        reason = "words this few fit a statement by chance, and the article does not name its author"
        return Verdict.AMBIGUOUS, Decidability.TOO_SHORT, reason
    return None


def _channel(appraisal: _Appraisal) -> ChannelFit:
    fit = appraisal.channel.fit
    if fit in (ChannelFit.OTHER_PLATFORM, ChannelFit.OTHER_ACCOUNT):
        return fit
    return ChannelFit.OTHER_DATE if appraisal.dates.is_other_day or appraisal.dates.is_younger else fit


def _decidability(case: Case, verdict: Verdict, *, appraisal: _Appraisal) -> Decidability:
    codes = {finding.code for finding in appraisal.findings}
    guarded = any(code.family is Family.GUARD for code in codes) or verdict is Verdict.ALTERED_REVIEW
    negative = group_of(verdict) in (VerdictGroup.ALTERED, VerdictGroup.MISATTRIBUTED)
    weak = negative and appraisal.statement.grade in _WEAK
    unproven = appraisal.attribution.fit is AttributionFit.UNPROVEN and appraisal.attribution.names_differ
    elsewhere = FindingCode.PLATFORM_WRONG in codes and case.coverage.state is not CoverageState.COMPLETE
    if guarded or weak or unproven or elsewhere or codes & set(_FOR_A_PERSON):
        return Decidability.NEEDS_PERSON
    return Decidability.DECIDED


def _explanation(case: Case, verdict: Verdict, *, appraisal: _Appraisal, reason: str) -> str:
    if reason:
        return undecided_sentence(reason)
    said = printed_name(case.claim)
    cut = any(alignment.clause_cut for alignment in appraisal.choice.match.alignments)
    sentence = found_sentence(
        verdict,
        appraisal.statement,
        credited=said,
        wording=appraisal.wording.verdict,
        takes="fragment" if cut else "stretch",
    )
    doubt = ""
    if appraisal.attribution.fit is AttributionFit.UNPROVEN and appraisal.attribution.names_differ:
        doubt = f"Whether {said} said so is not shown."
    gone = "The original is no longer reachable." if appraisal.source.state is SourceState.GONE else ""
    return appended(sentence, doubt, gone)


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
    pointed = choose(case, best).is_pointed_at
    said = case.claim.attribution.said_on
    dated = said is not None and said.day is not None and not dates_of(case, statement).is_other_day
    own = attribution_of(case, statement, may_prove=False).fit in (AttributionFit.SAME, AttributionFit.SAME_INSTITUTION)
    return is_other_language(case.claim, statement.snapshot) and (pointed or (own and dated))


def _translated(case: Case, best: Match) -> Opinion:
    appraisal = _appraise(case, Choice(match=best))
    note = case.finding(FindingCode.TRANSLATION, "Quotation and original are in different languages.")
    wording = WordingReading(verdict=Verdict.TRANSLATED, findings=(note,))
    rest = tuple(f for f in appraisal.findings if f not in appraisal.wording.findings)
    opinion = _opinion(
        case,
        _Appraisal(
            statement=appraisal.statement,
            choice=Choice(match=best, is_pointed_at=True),
            wording=wording,
            attribution=appraisal.attribution,
            channel=appraisal.channel,
            dates=appraisal.dates,
            source=appraisal.source,
            findings=(note, *rest),
        ),
    )
    return opinion
