"""Request arguments -> queries, submissions, reviews, with a clear sentence beside each field that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from archive.domain.accounts import Platform, platform_named
from archive.domain.availability import Availability
from archive.domain.checks import Submission, SubmissionKind
from archive.domain.policies import POLICIES
from archive.domain.redactions import RedactionBasis
from archive.domain.reviews import ReviewAction
from archive.domain.statements import StatementQuery
from archive.domain.verdicts import Verdict
from archive.errors import InvalidInputError
from archive.services import search
from web.words import in_words

LONGEST_FIELD = 500
SEARCH_FIELDS = (
    "q", "speaker", "office", "handle", "platform", "language", "since", "until", "availability", "reported", "sort",
)  # fmt: skip
SUBMISSION_FIELDS = ("url", "text", "published_on", "policy")
REVIEW_FIELDS = ("action", "reviewer", "reason", "verdict")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one field: a stable code and one sentence that says how to mend it."""

    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a person typed, field by field, and what is wrong with it."""

    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = field(default=())

    def problem(self, name: str) -> Problem | None:
        """What is wrong with that field, if anything."""
        return next((problem for problem in self.problems if problem.field == name), None)

    def error(self) -> InvalidInputError:
        """The first problem as an error, for machines."""
        first = self.problems[0]
        return InvalidInputError(first.message, code=first.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm(Form):
    """What to search for; ``query`` is what could be read of it."""

    query: StatementQuery = field(default_factory=StatementQuery)

    @property
    def has_filters(self) -> bool:
        """Whether a field beside the search box is filled."""
        return any(value for name, value in self.typed.items() if name not in ("q", "sort"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was asked."""
        return not any(self.typed.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionForm(Form):
    """An article to check; ``submission`` is None while there are problems or nothing was handed in."""

    submission: Submission | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewForm(Form):
    """A person's decision on one judgement; None while something is missing."""

    action: ReviewAction | None = None
    verdict: Verdict | None = None


class _Reader:
    """Reads fields one by one and gathers what is wrong with them."""

    def __init__(self, given: Mapping[str, str], names: tuple[str, ...]) -> None:
        self.typed = {name: given.get(name, "").strip() for name in names}
        self.problems: list[Problem] = []

    def text(self, name: str) -> str | None:
        """A field as typed, None when empty or too long."""
        value = self.typed[name]
        if len(value) > LONGEST_FIELD:
            self.wrong(name, code="too_long", message=f"Use at most {LONGEST_FIELD} characters.")
            return None
        return value or None

    def read(self, name: str, reader: Callable[[str], T | None], *, code: str, message: str) -> T | None:
        """A field through ``reader``; a problem when that gives None or refuses."""
        value = self.text(name)
        if value is None:
            return None
        try:
            found = reader(value)
        except ValueError:
            found = None
        if found is None:
            self.wrong(name, code=code, message=message)
        return found

    def day(self, name: str) -> date | None:
        """A field as a day."""
        return self.read(
            name, date.fromisoformat, code="bad_date", message="Write the day as year-month-day, such as 2026-03-06."
        )

    def wrong(self, name: str, *, code: str, message: str) -> None:
        """Note what is wrong with a field."""
        self.problems.append(Problem(field=name, code=code, message=message))


def parse_search(arguments: Mapping[str, str]) -> SearchForm:
    """The search box with its operators, and the fields beside it, which add to it."""
    reader = _Reader(arguments, SEARCH_FIELDS)
    query = _boxed(reader)
    query = replace(
        query,
        speaker=reader.text("speaker") or query.speaker,
        office=reader.text("office") or query.office,
        handle=(reader.text("handle") or "").lstrip("@") or query.handle,
        platform=reader.read(
            "platform", platform_named, code="unknown_platform", message="Choose one of the platforms in the list."
        )
        or query.platform,
        language=reader.text("language") or query.language,
        since=reader.day("since") or query.since,
        until=reader.day("until") or query.until,
        availability=reader.read(
            "availability", Availability, code="unknown_state", message="Choose one of the states in the list."
        )
        or query.availability,
        reported=_reported(reader, query),
        after=arguments.get("after") or None,
        newest_first=reader.typed["sort"] == "newest" or query.newest_first,
    )
    if query.since is not None and query.until is not None and query.since > query.until:
        reader.wrong("until", code="bad_date", message="The last day lies before the first.")
    return SearchForm(typed=reader.typed, problems=tuple(reader.problems), query=query)


def _boxed(reader: _Reader) -> StatementQuery:
    try:
        return search.parse_query(reader.text("q") or "")
    except InvalidInputError as error:
        reader.wrong("q", code=error.code, message=error.message)
        return StatementQuery()


def _reported(reader: _Reader, query: StatementQuery) -> bool | None:
    chosen = {"only": True, "without": False, "": query.reported}
    if reader.typed["reported"] not in chosen:
        reader.wrong("reported", code="unknown_state", message="Choose one of the states in the list.")
    return chosen.get(reader.typed["reported"])


def parse_submission(given: Mapping[str, str], *, file_name: str = "", body: bytes = b"") -> SubmissionForm:
    """An article handed in by exactly one of the three ways. What a service would refuse as well is refused there."""
    typed_text = given.get("text", "")
    reader = _Reader({**given, "text": ""}, SUBMISSION_FIELDS)
    published_on = reader.day("published_on")
    policy = reader.read(
        "policy", lambda name: name if name in POLICIES else None,
        code="unknown_policy", message="Choose one of the house styles in the list.",
    )  # fmt: skip
    url = reader.read(
        "url", _web_address, code="bad_url", message="Write a whole address, such as https://example.org/news."
    )
    given_ways = [bool(reader.typed["url"]), bool(typed_text.strip()), bool(file_name)]
    reader.typed["text"] = typed_text
    if sum(given_ways) == 0:
        reader.wrong("url", code="nothing_submitted", message="Give an address, paste a text, or choose a file.")
    elif sum(given_ways) > 1:
        reader.wrong("url", code="too_much_submitted", message="Use only one: an address, a text, or a file.")
    if reader.problems:
        return SubmissionForm(typed=reader.typed, problems=tuple(reader.problems))
    kind = SubmissionKind.FILE if file_name else SubmissionKind.TEXT if typed_text.strip() else SubmissionKind.URL
    submission = Submission(
        kind=kind,
        url=url,
        text=typed_text if kind is SubmissionKind.TEXT else None,
        file_name=file_name or None,
        body=body if kind is SubmissionKind.FILE else None,
        published_on=published_on,
        policy=policy or "standard",
    )
    return SubmissionForm(typed=reader.typed, submission=submission)


def _web_address(value: str) -> str | None:
    parts = urlsplit(value)
    return value if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def parse_review(given: Mapping[str, str]) -> ReviewForm:
    """A person's decision: what, by whom, why, and for an override which verdict instead."""
    reader = _Reader(given, REVIEW_FIELDS)
    action = reader.read("action", ReviewAction, code="review_incomplete", message="Choose what you decide.")
    verdict = reader.read("verdict", Verdict, code="unknown_verdict", message="Choose one of the verdicts in the list.")
    for name, message in (
        ("action", "Choose what you decide."),
        ("reviewer", "Write your name: a decision is signed."),
        ("reason", "Write why: a decision needs a reason."),
    ):
        if not reader.typed[name]:
            reader.wrong(name, code="review_incomplete", message=message)
    if action is ReviewAction.OVERRIDE and verdict is None and reader.typed["verdict"] == "":
        reader.wrong("verdict", code="review_incomplete", message="Choose the verdict that is right instead.")
    overriding = verdict if action is ReviewAction.OVERRIDE else None
    return ReviewForm(typed=reader.typed, problems=tuple(reader.problems), action=action, verdict=overriding)


CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "platform": tuple((member.value, in_words(member)) for member in Platform),
    "availability": tuple((member.value, in_words(member)) for member in Availability),
    "reported": (("only", "only those kept as reported"), ("without", "only captured originals")),
    "sort": (("", "best match first"), ("newest", "newest first")),
    "policy": (
        ("standard", "Standard"),
        ("strict", "Strict: rendering counts too"),
        ("ap-like", "AP-like"),
        ("reuters-like", "Reuters-like"),
    ),
    "basis": tuple((member.value, in_words(member)) for member in RedactionBasis),
    "action": tuple((member.value, in_words(member)) for member in ReviewAction),
}
"""What the choices of forms offer: value and words."""
