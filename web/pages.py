"""One frozen value for each page: what its template may show, and the same as a JSON document."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Protocol

from flask import Response, jsonify, make_response, render_template, request

from archive.domain.articles import ArticleText
from archive.domain.checks import Check, CheckState
from archive.domain.people import Person
from archive.domain.runs import Run
from archive.domain.spans import Span
from archive.domain.statements import StatementDetail, StatementPage
from archive.domain.verdicts import Judgement, Verdict, VerdictGroup
from archive.errors import ArchiveError
from archive.services import representations
from archive.services.people import PersonDetail
from archive.services.trust import LogHead, Silence, Standing
from web import documents
from web.documents import Document
from web.forms import Form, ReviewForm, SearchForm, SubmissionForm
from web.passages import Passage, passages_of
from web.verdict_words import GROUPS


class Page(Protocol):
    """What every page is: a template's name and a JSON twin."""

    template: ClassVar[str]

    def document(self) -> Document:
        """The page as JSON."""
        ...


def render(page: Page, *, status: int = 200) -> Response:
    """A page as HTML, or as its JSON twin where the address asks for it (``?format=json``)."""
    if request.args.get("format") == "json":
        return as_json(page, status=status)
    response = make_response(render_template(page.template, page=page))
    response.status_code = status
    return response


def as_json(page: Page, *, status: int = 200) -> Response:
    """A page as its JSON twin."""
    response: Response = jsonify(page.document())
    response.status_code = status
    return response


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The first page: the search box, the way to a check, and what the archive is."""

    template: ClassVar[str] = "about/home.html"
    form: SearchForm
    checks: tuple[Check, ...] = field(default=())
    """The newest checks, shown in a demo only: what journalists hand in is nobody else's business."""

    def document(self) -> Document:
        """Where machines go on from here."""
        return documents.entry_document()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """A search with one page of results; ``silence`` says what an empty one means."""

    template: ClassVar[str] = "statements/search.html"
    form: SearchForm
    results: StatementPage | None = None
    silence: Silence | None = None

    def document(self) -> Document:
        """The results."""
        if self.form.problems:
            return representations.problem_document(self.form.error())
        return representations.page_document(self.results or StatementPage(hits=(), after=None))


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailPage:
    """One statement with everything about it. ``permalink`` is its full address."""

    template: ClassVar[str] = "statements/show.html"
    detail: StatementDetail
    standing: Standing
    permalink: str
    version: int | None = None
    """Which version was asked for; None means the newest."""

    @property
    def linked_data(self) -> Document:
        """The statement as schema.org says it."""
        return documents.linked_data(self.detail.statement, permalink=self.permalink)

    def document(self) -> Document:
        """The statement."""
        return {**representations.detail_document(self.detail), "permalink": self.permalink}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """People of the registry whose name holds ``text``."""

    template: ClassVar[str] = "people/list.html"
    text: str
    people: tuple[Person, ...]
    after: str | None = None

    def document(self) -> Document:
        """The people, and the bookmark of the next page."""
        return {"people": [documents.person_document(person) for person in self.people], "after": self.after}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """One person: names, offices, accounts, statements."""

    template: ClassVar[str] = "people/show.html"
    detail: PersonDetail

    def document(self) -> Document:
        """The person."""
        return documents.person_detail_document(self.detail)


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
        return tuple(passages_of(article.text, spans=marked, within=paragraph) for paragraph in whole)

    @property
    def keepable(self) -> tuple[int, ...]:
        """Numbers of quotations without any original, whose speaker is named: they can be kept as reported."""
        return tuple(item.number for item in self.check.judgements if is_keepable(item))

    def document(self) -> Document:
        """The check."""
        return representations.check_document(self.check)


def is_keepable(judgement: Judgement) -> bool:
    """Whether a quotation can be kept as reported: nothing is held of it, and the article names its speaker."""
    opinion = judgement.opinion
    return not opinion.evidence and opinion.claim.attribution.speaker_name is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProsePage:
    """A page of explanation; ``name`` is its template within ``about``."""

    template: ClassVar[str] = "about/prose.html"
    name: str

    def document(self) -> Document:
        """Where the explanation stands, and the closed sets it explains."""
        return documents.scale_document()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyPage:
    """The custody log's size and root."""

    template: ClassVar[str] = "about/custody.html"
    head: LogHead

    def document(self) -> Document:
        """Size and root."""
        return {"size": self.head.size, "root": self.head.root}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage:
    """The newest nights and what they found."""

    template: ClassVar[str] = "about/status.html"
    runs: tuple[Run, ...]
    now: datetime

    def document(self) -> Document:
        """The nights."""
        return {"runs": [documents.run_document(run) for run in self.runs]}


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What could not be done, in one sentence, with its stable code."""

    template: ClassVar[str] = "errors/error.html"
    error: ArchiveError
    heading: str

    def document(self) -> Document:
        """The problem document."""
        return representations.problem_document(self.error, title=self.heading)


OVERRIDES: tuple[Verdict, ...] = tuple(
    verdict for verdict in Verdict if verdict not in (Verdict.PENDING, Verdict.DISPUTED, Verdict.WITHDRAWN)
)
"""Verdicts a person may put in place of the engine's."""

__all__ = ["OVERRIDES", "Form", "Page", "as_json", "is_keepable", "render"]
