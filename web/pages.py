"""Pages as values: what a template may show, and the same as a JSON document. One frozen dataclass for each page.

The pages of statements and of checks have modules of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import ClassVar, Protocol

from flask import Response, jsonify, make_response, render_template, request

from archive.domain.checks import Check
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Family, FindingCode
from archive.domain.people import Person
from archive.domain.redactions import RedactedError, Tombstone
from archive.domain.runs import Run
from archive.domain.verdicts import Verdict, VerdictGroup, group_of
from archive.errors import ArchiveError
from archive.services import representations
from archive.services.checks import is_flagged
from archive.services.engine import Engine, describe_engine
from archive.services.people import PersonDetail
from archive.services.representations import Document
from archive.services.trust import LogHead
from web import documents
from web.forms import SearchForm

PROBLEM = "application/problem+json"


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
    # A post may hold half a character (a lone surrogate); its digest keeps it, a page cannot.
    response = make_response(render_template(page.template, page=page).encode("utf-8", "replace"))
    response.status_code = status
    return response


def as_json(page: Page, *, status: int = 200) -> Response:
    """A page as its JSON twin."""
    response: Response = jsonify(page.document())
    response.status_code = status
    if status >= 400:
        response.content_type = PROBLEM
    return response


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The first page: the search box, the way to a check, and what the archive is."""

    template: ClassVar[str] = "about/home.html"
    form: SearchForm
    checks: tuple[Check, ...] = field(default=())
    """The newest checks, shown in a demo only: what journalists hand in is nobody else's business."""

    @staticmethod
    def flagged(check: Check) -> int:
        """How many quotations of a check are to be looked at."""
        return sum(map(is_flagged, check.judgements))

    def document(self) -> Document:
        """Where machines go on from here."""
        return documents.entry_document()


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
class ProsePage:
    """A page of explanation; ``name`` is its template within ``about``."""

    template: ClassVar[str] = "about/prose.html"
    name: str

    engine: Engine = field(default_factory=describe_engine)

    def document(self) -> Document:
        """Where the explanation stands, and the closed sets it explains."""
        return documents.scale_document(self.engine)

    @property
    def families(self) -> tuple[tuple[Family, tuple[FindingCode, ...]], ...]:
        """Every finding code, by what it is about."""
        return tuple((family, tuple(codes)) for family, codes in groupby(FindingCode, key=lambda code: code.family))

    @property
    def grades(self) -> tuple[EvidenceGrade, ...]:
        """Every evidence grade."""
        return tuple(EvidenceGrade)

    def group_of(self, verdict: Verdict) -> VerdictGroup:
        """The plain group of a verdict."""
        return group_of(verdict)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TombstonePage:
    """What is left of something removed: when, on what ground, and the commitments that stay."""

    template: ClassVar[str] = "desk/tombstone.html"
    error: RedactedError

    @property
    def tombstone(self) -> Tombstone:
        """What is left."""
        return self.error.tombstone

    def document(self) -> Document:
        """The problem document, with what is left."""
        return representations.problem_document(self.error, title="Removed on purpose")
