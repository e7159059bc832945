"""Copies: whether an article and the one that reported a statement are the same wire text (findings X14 and P7).

A dozen papers that print one agency's text are one witness. What is told by is everything but the quotations, which
anybody who quotes the same post has: the share of the shorter one's runs of five words that the other has too, the
"containment" of Broder 1997, "On the resemblance and containment of documents".
"""

from __future__ import annotations

from functools import lru_cache

from archive.domain.findings import Finding, FindingCode
from archive.domain.statements import Statement
from archive.domain.verdicts import Verdict
from archive.text.shingles import word_hashes
from archive.verification.cases import Case

SAME_FROM = 0.4
"""The share from which two articles are one text. Of 118,341 pairs of articles on one election campaign, written by
different people, the highest had 0.12: the same note at the foot of every page."""
_LEAST = 20
"""Runs that the two must share: a paragraph. Less is a snippet around a quotation, which tells nothing."""
_RUN = 5
_AS_REPORTED = (Verdict.VERBATIM, Verdict.VERBATIM_RENDERED, Verdict.EXCERPT)

Run = tuple[int, ...]


# Every quotation of an article asks the same; an article of 200,000 words takes half a second, and may hold hundreds.
@lru_cache(maxsize=64)
def is_same_text(one: str, other: str, *, quoted: tuple[str, ...] = ()) -> bool:
    """Whether the texts of two articles are one, be it cut or with another beginning; the words of ``quoted`` left
    aside."""
    aside = set[Run]().union(*map(_runs, quoted))
    first, second = _runs(one) - aside, _runs(other) - aside
    shared = len(first & second)
    return shared >= _LEAST and shared >= SAME_FROM * min(len(first), len(second))


def copied(case: Case, statement: Statement, *, wording: Verdict) -> tuple[Finding, ...]:
    """What follows where the article is the same wire text as the one that reported the statement."""
    report = statement.report
    other = None if report is None or report.article_id is None else case.report_of(report.article_id)
    if case.article is None or report is None or other is None:
        return ()
    quoted = tuple(claim.quotation.content for claim in case.claims or (case.claim,))
    if not is_same_text(case.article.text, other.text, quoted=quoted):
        return ()
    one = case.finding(
        FindingCode.DUPLICATE_WIRE_TEXT,
        f"The article is the same text as the report by {report.outlet}: the two are one witness, not two.",
    )
    if wording in _AS_REPORTED:
        return (one,)
    differs = f"The report by {report.outlet} is the same text and prints the quotation otherwise."
    return (one, case.finding(FindingCode.SYNDICATED_COPY_DIFFERS, differs))


def _runs(text: str) -> set[Run]:
    words = word_hashes(text)
    return set(zip(*(words[at:] for at in range(_RUN)), strict=False))
