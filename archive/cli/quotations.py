"""How quotations are shown to people: numbered, the words in colour, beneath them who, in what office, where, when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from archive.cli.desk import Desk, printable
from archive.domain.articles import ArticleText
from archive.domain.claims import Attribution, Claim, ClaimedDate, Medium, QuotationKind

_STYLES = {QuotationKind.DIRECT: "green", QuotationKind.MIXED: "yellow", QuotationKind.INDIRECT: "cyan"}
_GAP = " … "
"""Stands where the article interrupts a quotation."""


def show_quotations(desk: Desk, article: ArticleText, claims: Sequence[Claim]) -> None:
    """An article's quotations in its order, for people."""
    if article.title:
        desk.say(article.title)
    for number, claim in enumerate(claims, start=1):
        words = _GAP.join(printable(span.of(article.text)) for span in claim.quotation.spans)
        line = Text(f"{number:>3}  ")
        line.append(f"“{words}”", style=_STYLES[claim.quotation.kind])
        desk.console.print(line, soft_wrap=True)
        desk.say("     " + " · ".join(credit(claim)))
    direct = sum(claim.quotation.kind is QuotationKind.DIRECT for claim in claims)
    desk.say(f"{len(claims)} quotations, {direct} of them direct speech.")


def credit(claim: Claim) -> Iterator[str]:
    """What the article says of a quotation: who and in what office, with which word, where, when."""
    attribution = claim.attribution
    yield _who(attribution)
    if attribution.relayed_by:
        yield f"passed on by {attribution.relayed_by}"
    if attribution.cue and attribution.cue.strip("—–- "):
        yield attribution.cue
    if attribution.platform is not None:
        yield f"on {attribution.platform.value.replace('_', ' ')}"
    elif attribution.medium is not Medium.UNKNOWN:
        yield attribution.medium.value.replace("_", " ")
    if attribution.said_on is not None:
        yield _when(attribution.said_on)
    if claim.quotation.kind is QuotationKind.MIXED:
        yield "quoted words in reported speech"


def _who(attribution: Attribution) -> str:
    printed, name = attribution.speaker_printed, attribution.speaker_name
    if printed is None:
        return "nobody named"
    if name is None:
        return printed
    office = f", {attribution.office}" if attribution.office else ""
    known = name in printed
    return f"{name}{office}" if known else f"{name}{office} (“{printed}”)"


def _when(claimed: ClaimedDate) -> str:
    if claimed.day is not None:
        return claimed.day.isoformat()
    first = claimed.first.isoformat() if claimed.first is not None else ""
    last = claimed.last.isoformat() if claimed.last is not None else ""
    return f"between {first} and {last}" if first and last else f"not before {first}" if first else f"not after {last}"
