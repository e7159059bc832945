"""The pages of checks: the form that takes an article, and one check with its judgements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import ClassVar

from archive.domain.articles import ArticleText
from archive.domain.checks import Check, CheckState
from archive.domain.findings import Finding, Severity
from archive.domain.spans import Span
from archive.domain.verdicts import Evidence, Judgement, Note, Opinion, Verdict, VerdictGroup
from archive.services import representations
from archive.services.representations import Document
from web import documents
from web.forms import ReviewForm, SubmissionForm
from web.passages import Passage, passages_of
from web.verdict_words import GROUPS

OVERRIDES: tuple[Verdict, ...] = tuple(
    verdict for verdict in Verdict if verdict not in (Verdict.PENDING, Verdict.DISPUTED, Verdict.WITHDRAWN)
)
"""Verdicts a person may put in place of the engine's."""
_HEAVIEST_FIRST = (Severity.MAJOR, Severity.MINOR, Severity.NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitPage:
    """The form that takes an article, with what is wrong with what was handed in."""

    template: ClassVar[str] = "checks/submit.html"
    form: SubmissionForm
    earlier: tuple[str, ...] = field(default=())
    """Checks begun in this browser, newest first, by identifier."""

    def document(self) -> Document:
        """What is wrong, or how to hand in."""
        if self.form.problems:
            problems = [{"field": p.field, "code": p.code, "detail": p.message} for p in self.form.problems]
            return {**representations.problem_document(self.form.error()), "errors": problems}
        return documents.submission_help()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """One check: the article with numbered quotations, and a card for each."""

    template: ClassVar[str] = "checks/show.html"
    check: Check
    group: VerdictGroup | None = None
    review: ReviewForm | None = None
    reviewed: int | None = None
    """The number of the quotation whose review could not be read."""

    @property
    def is_under_way(self) -> bool:
        """Whether the answer is still being worked on."""
        return self.check.state in (CheckState.QUEUED, CheckState.RUNNING)

    @property
    def article(self) -> ArticleText | None:
        """The article as read."""
        return self.check.article.article if self.check.article is not None else None

    @property
    def cards(self) -> tuple[Judgement, ...]:
        """The judgements shown: all, or those of the chosen group."""
        chosen = self.check.judgements
        return tuple(item for item in chosen if self.group is None or item.opinion.group is self.group)

    @property
    def counts(self) -> tuple[tuple[VerdictGroup, int], ...]:
        """How many quotations each plain group holds, groups in their order, empty ones left out."""
        groups = [judgement.opinion.group for judgement in self.check.judgements]
        return tuple((group, groups.count(group)) for group in GROUPS if group in groups)

    @property
    def by_number(self) -> dict[int, Judgement]:
        """The judgements by the number of their quotation."""
        return {judgement.number: judgement for judgement in self.check.judgements}

    @property
    def paragraphs(self) -> tuple[tuple[Passage, ...], ...]:
        """The article's paragraphs, cut at the borders of its quotations."""
        article = self.article
        if article is None:
            return ()
        marked = [(j.number, span) for j in self.check.judgements for span in j.opinion.claim.quotation.spans]
        whole = article.paragraphs or (Span(0, len(article.text)),)
        return anchored(passages_of(article.text, spans=marked, within=paragraph) for paragraph in whole)

    def earlier(self, number: int) -> tuple[Judgement, ...]:
        """The superseded judgements on that quotation, newest first."""
        return tuple(item for item in self.check.earlier if item.number == number)

    def weighed(self, opinion: Opinion) -> tuple[Finding, ...]:
        """The findings, those that need a person first; within one weight in their order."""
        return tuple(sorted(opinion.findings, key=lambda finding: _HEAVIEST_FIRST.index(finding.severity)))

    def why_second(self, opinion: Opinion, other: Evidence) -> str:
        """Why another statement came second, in a sentence: by the quoted words that do not stand in it."""
        best = max((words_in_place(item) for item in opinion.evidence), default=0)
        mine, quoted = words_in_place(other), sum(bool(len(pair.quoted)) for pair in other.alignment.pairs)
        if mine >= best:
            return "It fits the words as well."
        return f"It came second: {mine} of the {quoted} quoted words stand there, against {best}."

    def concerned(self, note: Note) -> tuple[int, ...]:
        """Numbers of the quotations that a note on the article points at."""
        return tuple(item.number for item in self.check.judgements if _touches(note, item))

    @property
    def keepable(self) -> tuple[int, ...]:
        """Numbers of quotations without any original, whose speaker is named: they can be kept as reported."""
        return tuple(item.number for item in self.check.judgements if is_keepable(item))

    def document(self) -> Document:
        """The check."""
        return representations.check_document(self.check)


def is_keepable(judgement: Judgement) -> bool:
    """Whether a quotation can be kept as reported: nothing is held of it or was removed, and the article names its
    speaker."""
    opinion = judgement.opinion
    return not opinion.evidence and not opinion.redacted and opinion.claim.attribution.speaker_name is not None


def _touches(note: Note, judgement: Judgement) -> bool:
    spans = judgement.opinion.claim.quotation.spans
    return any(span.start < end and start < span.end for start, end in note.spans for span in spans)


def anchored(paragraphs: Iterable[tuple[Passage, ...]]) -> tuple[tuple[Passage, ...], ...]:
    """The paragraphs with an anchor where each number begins for the first time: an address may stand only once."""
    seen: set[int] = set()
    found: list[tuple[Passage, ...]] = []
    for paragraph in paragraphs:
        passages = []
        for passage in paragraph:
            first = tuple(number for number in passage.begins if number not in seen)
            seen.update(first)
            passages.append(replace(passage, anchors=first))
        found.append(tuple(passages))
    return tuple(found)


def words_in_place(evidence: Evidence) -> int:
    """How many of the quoted words stand in a statement."""
    return sum(pair.same for pair in evidence.alignment.pairs)
