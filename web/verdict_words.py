"""Verdicts and their plain groups in words: a title, what it means, and a sign that needs no colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.domain.verdicts import Opinion, Verdict, VerdictGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWords:
    """A plain group: its title, a sign to tell it by without colour, and one sentence."""

    title: str
    sign: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictWords:
    """An exact verdict: its title and what it means, in one sentence."""

    title: str
    meaning: str


GROUPS: Mapping[VerdictGroup, GroupWords] = {
    VerdictGroup.VERBATIM: GroupWords(
        title="Verbatim", sign="✓", meaning="The quoted words stand in the archived statement."
    ),
    VerdictGroup.TRIMMED: GroupWords(
        title="Trimmed", sign="…", meaning="The words are the speaker's, but some of the statement is left out."
    ),
    VerdictGroup.ALTERED: GroupWords(
        title="Altered", sign="≠", meaning="Words inside the quotation marks differ from the archived statement."
    ),
    VerdictGroup.MISATTRIBUTED: GroupWords(
        title="Misattributed", sign="⇄", meaning="The words exist, but speaker, account, platform or date do not fit."
    ),
    VerdictGroup.NOT_FOUND: GroupWords(
        title="Not found", sign="○", meaning="The archive holds no such statement; whether it could have known is said."
    ),
    VerdictGroup.CANNOT_DECIDE: GroupWords(
        title="Cannot decide", sign="?", meaning="There is too little to go by, or a person has to decide."
    ),
}

VERDICTS: Mapping[Verdict, VerdictWords] = {
    Verdict.VERBATIM: VerdictWords(
        title="Word for word", meaning="Every character agrees, spaces and the shape of quotation marks set aside."
    ),
    Verdict.VERBATIM_RENDERED: VerdictWords(
        title="Word for word, written as articles write it",
        meaning="Every difference is rendering – a handle written as a name, a link left out – and is listed.",
    ),
    Verdict.EXCERPT: VerdictWords(
        title="Excerpt", meaning="One unbroken stretch of the statement, cut only where a sentence or clause ends."
    ),
    Verdict.TRIMMED_MARKED: VerdictWords(
        title="Shortened, and says so", meaning="Something inside is left out and the reader is shown where."
    ),
    Verdict.TRIMMED_UNMARKED: VerdictWords(
        title="Shortened without a sign", meaning="Something inside is left out and nothing shows it to the reader."
    ),
    Verdict.COMPOSITE: VerdictWords(
        title="Put together", meaning="Words of several posts, or sentences in another order, shown as one quotation."
    ),
    Verdict.ALTERED_MINOR: VerdictWords(
        title="Small changes", meaning="Words were added, removed or replaced; no rule says that the meaning changed."
    ),
    Verdict.ALTERED_REVIEW: VerdictWords(
        title="Changed, a person should look",
        meaning="A change may have altered the meaning; a person has not yet agreed that it did.",
    ),
    Verdict.ALTERED_MATERIAL: VerdictWords(
        title="Changed in meaning", meaning="A change altered the meaning, and a person agrees that it did."
    ),
    Verdict.PARAPHRASE_IN_QUOTES: VerdictWords(
        title="Paraphrase inside quotation marks", meaning="The same point in other words, printed as if quoted."
    ),
    Verdict.TRANSLATED: VerdictWords(
        title="Translated", meaning="Quotation and original are in different languages, so words cannot be compared."
    ),
    Verdict.CONTEXT_ALTERED: VerdictWords(
        title="Right words, other meaning",
        meaning="The words are accurate; what was left out around them changes their sense. Only a person decides.",
    ),
    Verdict.MISATTRIBUTED: VerdictWords(
        title="Said by somebody else",
        meaning="The words stand in an original by another speaker than the one credited.",
    ),
    Verdict.SOURCE_MISLABELLED: VerdictWords(
        title="Right words, wrong label", meaning="Words and speaker agree; account, platform, medium or date do not."
    ),
    Verdict.FAKE_SOURCE: VerdictWords(
        title="The source is not genuine",
        meaning="The cited post belongs to a parody or look-alike account, or its identifier is impossible.",
    ),
    Verdict.NOT_FOUND_COVERED: VerdictWords(
        title="Not found, and it should have been",
        meaning="The archive has the credited accounts without a gap for the time in question, and no such words.",
    ),
    Verdict.NOT_FOUND_GAP: VerdictWords(
        title="Not found, but the archive has a gap",
        meaning="No such words are held, but the archive missed part of the time in question: this proves nothing.",
    ),
    Verdict.NO_ACCOUNT_KNOWN: VerdictWords(
        title="No account known", meaning="The archive knows no account of the credited speaker: this proves nothing."
    ),
    Verdict.AMBIGUOUS: VerdictWords(
        title="Several originals fit", meaning="Two or more statements fit equally well, so none can be named."
    ),
    Verdict.UNCHECKABLE: VerdictWords(
        title="Cannot be checked", meaning="Too short, too general, or not a quotation of something written."
    ),
    Verdict.PENDING: VerdictWords(
        title="Waiting for a person", meaning="A person has to look before a verdict is given."
    ),
    Verdict.DISPUTED: VerdictWords(title="Disputed", meaning="People who reviewed this do not agree."),
    Verdict.WITHDRAWN: VerdictWords(title="Withdrawn", meaning="The verdict was taken back, with a reason."),
}

_OF_REPORTS: Mapping[Verdict, str] = {
    Verdict.VERBATIM: "Agrees with the report",
    Verdict.VERBATIM_RENDERED: "Agrees with the report, written as articles write it",
    Verdict.EXCERPT: "Agrees with part of the report",
}


def verdict_title(opinion: Opinion) -> str:
    """The exact verdict's title; where only a report is held, it never sounds as if an original had been seen."""
    if any(evidence.statement.is_reported for evidence in opinion.evidence):
        return title_on_report(opinion.verdict)
    return VERDICTS[opinion.verdict].title


def title_on_report(verdict: Verdict) -> str:
    """The title of a verdict that leans on a report."""
    return _OF_REPORTS.get(verdict, f"{VERDICTS[verdict].title}, against a report")
