"""Missing: a quotation that no archived statement fits – what may be said of it, and whether we could have known."""

from __future__ import annotations

import re

from archive.domain.claims import Medium, QuotationKind
from archive.domain.coverage import Coverage, CoverageState
from archive.domain.differences import Match
from archive.domain.findings import Finding, FindingCode
from archive.domain.verdicts import (
    AttributionFit,
    Axes,
    ChannelFit,
    Decidability,
    Evidence,
    Opinion,
    SourceState,
    Verdict,
    Wording,
)
from archive.verification.cases import Case
from archive.verification.crediting import is_named, printed_name
from archive.verification.dates import embed_identifier, has_impossible_identifier, printed_contradiction
from archive.verification.embeds import embedded
from archive.verification.explanations import appended, not_found_sentence, undecided_sentence, unnamed_sentence
from archive.verification.plain_words import content_words, plain_words
from archive.verification.pointers import look_alikes, points_at
from archive.verification.wording import reaches_cut

_SPOKEN = (Medium.SPEECH, Medium.INTERVIEW, Medium.LETTER)
_MINIMUM_CONTENT_WORDS = 4
_STATES: dict[CoverageState, tuple[Verdict, Decidability]] = {
    # Complete but for deletions: a post that went before the export was made was never seen.
    CoverageState.COMPLETE: (Verdict.NOT_FOUND_GAP, Decidability.NOT_COVERED),
    CoverageState.GAP: (Verdict.NOT_FOUND_GAP, Decidability.NOT_COVERED),
    CoverageState.NOT_ASKED: (Verdict.NOT_FOUND_GAP, Decidability.NOT_COVERED),
    CoverageState.NO_ACCOUNT: (Verdict.NO_ACCOUNT_KNOWN, Decidability.NO_ACCOUNT),
}
_COVERED = (Verdict.NOT_FOUND_COVERED, Decidability.DECIDED)


def not_found(case: Case) -> Opinion:
    """The opinion on a claim whose words no archived statement has."""
    picture = only_in_image(case)
    if picture:
        return uncheckable(
            case,
            "the post the article links has no words of its own; these may stand in its image or video",
        )
    reason = _why_not_checkable(case)
    if reason is not None:
        return uncheckable(case, reason)
    verdict, decidability = _COVERED if _could_have_known(case.coverage) else _STATES[case.coverage.state]
    findings = _findings(case)
    sentence = _sentence(case)
    # A parody's or look-alike's post stays one, whatever the archive holds of the genuine account.
    if has_impossible_identifier(case) or any(f.code is FindingCode.LOOK_ALIKE_ACCOUNT for f in findings):
        verdict, decidability = Verdict.FAKE_SOURCE, Decidability.NEEDS_PERSON
        sentence = appended("The post or account the article cites is not a genuine one.", sentence)
    if case.claim.attribution.medium is Medium.UNKNOWN and case.claim.attribution.platform is None:
        sentence = appended(sentence, "The article does not say that the words were posted.")
    return _opinion(case, verdict, decidability=decidability, findings=findings, explanation=sentence)


def _sentence(case: Case) -> str:
    said = case.claim.attribution
    if case.coverage.state is CoverageState.NO_ACCOUNT and not is_named(case.claim):
        return unnamed_sentence(said.speaker_printed or said.speaker_name)
    return not_found_sentence(case.coverage, credited=printed_name(case.claim), directory=case.directory)


def uncheckable(case: Case, reason: str) -> Opinion:
    """The opinion on a claim that cannot be compared; ``reason`` completes "cannot be decided: …"."""
    spoken = case.claim.attribution.medium in _SPOKEN
    short = Decidability.NOT_COVERED if _is_cut(case) or spoken else Decidability.TOO_SHORT
    if case.claim.quotation.kind is QuotationKind.INDIRECT:
        short = Decidability.NEEDS_PERSON
    return _opinion(
        case,
        Verdict.UNCHECKABLE,
        decidability=short,
        findings=_findings(case),
        explanation=undecided_sentence(reason),
    )


def only_in_image(case: Case) -> tuple[Finding, ...]:
    """C5 where the very post that the article links or embeds has no words, only links to a picture or video."""
    for statement in case.statements:
        if points_at(case.claim.embed, statement.post) and not plain_words(_LINK.sub(" ", statement.snapshot.text)):
            sentence = f"The post by @{statement.account.handle} that the article links shows only an image or video."
            return (case.finding(FindingCode.TEXT_ONLY_IN_IMAGE, sentence),)
    return ()


_LINK = re.compile(r"https?://\S+|\b(?:www|pic)\.\S+")


def _could_have_known(coverage: Coverage) -> bool:
    return coverage.state is CoverageState.COMPLETE and coverage.includes_deletions


def _why_not_checkable(case: Case) -> str | None:
    if _is_cut(case):
        return "it may go on where the archived copy was cut by its source"
    if content_words(case.claim.quotation.content) < _MINIMUM_CONTENT_WORDS or not case.ranking.decisive:
        return "its words are too few or too common for an archive to be silent about them"
    said = case.claim.attribution
    if said.medium in _SPOKEN and said.platform is None:
        return f"the article says it comes from a {said.medium.value}, of which there is no transcript here"
    return None


def _is_cut(case: Case) -> bool:
    best = case.ranking.best
    if case.claim.quotation.kind is QuotationKind.INDIRECT or best is None or case.ranking.accepted:
        return False
    return reaches_cut(case, best)


def _findings(case: Case) -> tuple[Finding, ...]:
    said = case.claim.attribution.said_on
    dated = printed_contradiction(said, language=case.claim.language, policy=case.policy) if said is not None else ()
    return (*look_alikes(case, None), *only_in_image(case), *dated, *embed_identifier(case), *embedded(case, None))


def _opinion(
    case: Case, verdict: Verdict, *, decidability: Decidability, findings: tuple[Finding, ...], explanation: str
) -> Opinion:
    ranking = case.ranking
    lost = tuple(match for match in dict.fromkeys((ranking.best, ranking.runner_up)) if match is not None)
    return Opinion(
        claim=case.claim,
        verdict=verdict,
        axes=Axes(
            wording=Wording.NO_ORIGINAL,
            attribution=AttributionFit.NOT_APPLICABLE if is_named(case.claim) else AttributionFit.NOT_CREDITED,
            channel=ChannelFit.NOT_APPLICABLE,
            source=SourceState.NOT_APPLICABLE,
            decidability=decidability,
        ),
        findings=findings,
        evidence=(),
        coverage=case.coverage,
        explanation=explanation,
        others=tuple(evidence for match in lost for evidence in _evidence(case, match)),
    )


def _evidence(case: Case, match: Match) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(statement=statement, alignment=alignment, grade=statement.grade)
        for statement, alignment in zip(case.statements_of(match), match.alignments, strict=True)
    )
