"""Appraising: everything that is read from a case in which a statement was found, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass

from archive.domain.findings import Finding
from archive.domain.statements import Statement
from archive.domain.verdicts import AttributionFit, VerdictGroup, group_of
from archive.verification.attribution import AttributionReading, attribution_of
from archive.verification.cases import Case
from archive.verification.channel import ChannelReading, channel_of
from archive.verification.choosing import Choice
from archive.verification.context import context_of, taken_as_own
from archive.verification.copies import copied
from archive.verification.dates import DatesReading, dates_of
from archive.verification.embeds import embedded
from archive.verification.pointers import look_alikes, wrong_link
from archive.verification.sources import SourceReading, source_of
from archive.verification.wording import WordingReading, total_content_words, wording_of

MINIMUM_UNNAMED = 7
"""Words that fit somebody the article does not name need more: of quotations of five to seven words without the author
named beside them, none of seventeen was the post it equalled; of those of thirteen words or more 74 of 76 were."""
_WHOLE = 0.97
"""The share of words in place from which on another's words can prove that the article credits the wrong person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """Everything read from a case in which a statement was found."""

    statement: Statement
    choice: Choice
    wording: WordingReading
    attribution: AttributionReading
    channel: ChannelReading
    dates: DatesReading
    source: SourceReading
    findings: tuple[Finding, ...]


def appraise(case: Case, choice: Choice) -> Appraisal:
    """Reads words, speaker, context, channel, dates and source of the chosen match, each by itself."""
    statements = case.statements_of(choice.match)
    statement = statements[0]
    twins = tuple(case.statements_of(match)[0] for match in choice.others)
    wording = wording_of(case, choice.match)
    attribution = attribution_of(case, statement, may_prove=_may_prove(case, choice, wording=wording))
    context = context_of(case, choice.match)
    own = (AttributionFit.SAME, AttributionFit.SAME_INSTITUTION)
    voices = taken_as_own(case, statement) if context.is_foreign_voice and attribution.fit in own else ()
    if context.is_foreign_voice and attribution.fit in (AttributionFit.SAME, AttributionFit.OTHER):
        attribution = AttributionReading(
            fit=AttributionFit.UNPROVEN, findings=attribution.findings, names_differ=attribution.names_differ
        )
    channel = channel_of(case, statement, others=twins)
    dates = dates_of(case, statement)
    source = source_of(case, statement, twins=twins)
    findings = (
        *wording.findings,
        *context.findings,
        *voices,
        *attribution.findings,
        *look_alikes(case, statement),
        *wrong_link(case, tuple(s.post for s in (*statements, *twins))),
        *channel.findings,
        *dates.findings,
        *source.findings,
        *embedded(case, statement),
        *copied(case, statement, wording=wording.verdict),
    )
    return Appraisal(
        statement=statement,
        choice=choice,
        wording=wording,
        attribution=attribution,
        channel=channel,
        dates=dates,
        source=source,
        findings=findings,
    )


def _may_prove(case: Case, choice: Choice, *, wording: WordingReading) -> bool:
    """Whether another voice would be proof: decisive words, no tie, nearly all of them that voice's, and not a phrase
    anybody might post."""
    decisive = case.ranking.decisive and not choice.match.common and not choice.is_tied
    whole = group_of(wording.verdict) is not VerdictGroup.ALTERED or choice.is_pointed_at
    whole = whole or min(alignment.ratio for alignment in choice.match.alignments) >= _WHOLE
    return decisive and whole and total_content_words(choice.match) >= MINIMUM_UNNAMED
