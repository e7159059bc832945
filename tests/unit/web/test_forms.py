"""Request arguments become queries, submissions and reviews – or a clear sentence beside the field."""

from datetime import date

import pytest

from archive.domain.accounts import Platform
from archive.domain.checks import SubmissionKind
from archive.domain.reviews import ReviewAction
from archive.domain.verdicts import Verdict
from web.forms import parse_review, parse_search, parse_submission


def test_fields_of_the_form_become_filters() -> None:
    form = parse_search(
        {"q": "harbour", "platform": "twitter", "since": "2031-03-01", "reported": "only", "sort": "newest"}
    )
    assert form.problems == ()
    query = form.query
    assert (query.words, query.platform, query.since) == ("harbour", Platform.X, date(2031, 3, 1))
    assert query.reported is True
    assert query.newest_first


def test_operators_in_the_box_become_filters() -> None:
    query = parse_search({"q": "harbour from:renn platform:mastodon before:2031-04-01"}).query
    assert "harbour" in query.words
    assert query.platform is Platform.MASTODON
    assert query.until is not None


def test_a_field_goes_before_the_same_operator() -> None:
    assert parse_search({"q": "harbour platform:mastodon", "platform": "x"}).query.platform is Platform.X


@pytest.mark.parametrize(
    ("arguments", "field", "code"),
    [
        ({"since": "yesterday"}, "since", "bad_date"),
        ({"until": "2031-13-01"}, "until", "bad_date"),
        ({"since": "2031-03-02", "until": "2031-03-01"}, "until", "bad_date"),
        ({"platform": "myspace"}, "platform", "unknown_platform"),
        ({"availability": "vanished"}, "availability", "unknown_state"),
        ({"reported": "maybe"}, "reported", "unknown_state"),
        ({"speaker": "x" * 501}, "speaker", "too_long"),
        ({"q": "x" * 501}, "q", "too_long"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(arguments: dict[str, str], field: str, code: str) -> None:
    problem = parse_search(arguments).problem(field)
    assert problem is not None
    assert problem.code == code
    assert problem.message.endswith(".")


@pytest.mark.parametrize(
    "q", ['"unclosed', "((((", "AND OR NOT", "from:", "before:tomorrow", ":::", "-", "\x00", "*", "ø" * 400, "a:b:c"]
)
def test_no_search_box_breaks(q: str) -> None:
    form = parse_search({"q": q})
    assert all(problem.field == "q" for problem in form.problems)


@pytest.mark.parametrize(
    ("given", "upload", "kind"),
    [
        ({"url": "https://example.org/news"}, {}, SubmissionKind.URL),
        ({"text": "He said: “yes”."}, {}, SubmissionKind.TEXT),
        ({}, {"file_name": "a.html", "body": b"<p>"}, SubmissionKind.FILE),
    ],
)
def test_one_way_of_handing_in(given: dict[str, str], upload: dict[str, object], kind: SubmissionKind) -> None:
    form = parse_submission({**given, "published_on": "2031-03-06", "policy": "strict"}, **upload)  # type: ignore[arg-type]
    assert form.submission is not None
    assert (form.submission.kind, form.submission.policy) == (kind, "strict")
    assert form.submission.published_on == date(2031, 3, 6)


def test_pasted_text_is_kept_to_the_letter() -> None:
    text = "  He said:\r\n\r\n“yes” \n"
    form = parse_submission({"text": text})
    assert form.submission is not None
    assert form.submission.text == text


@pytest.mark.parametrize(
    ("given", "file_name", "field", "code"),
    [
        ({}, "", "url", "nothing_submitted"),
        ({"text": "  \n "}, "", "url", "nothing_submitted"),
        ({"url": "https://example.org", "text": "x"}, "", "url", "too_much_submitted"),
        ({"text": "x"}, "a.txt", "url", "too_much_submitted"),
        ({"url": "example.org/news"}, "", "url", "bad_url"),
        ({"url": "javascript:alert(1)"}, "", "url", "bad_url"),
        ({"url": "file:///etc/passwd"}, "", "url", "bad_url"),
        ({"url": "http://[::1"}, "", "url", "bad_url"),
        ({"url": "https://example.org", "published_on": "6/3/2031"}, "", "published_on", "bad_date"),
        ({"url": "https://example.org", "policy": "tabloid"}, "", "policy", "unknown_policy"),
    ],
)
def test_submissions_that_cannot_be_taken(given: dict[str, str], file_name: str, field: str, code: str) -> None:
    form = parse_submission(given, file_name=file_name, body=b"x")
    assert form.submission is None
    problem = form.problem(field)
    assert problem is not None
    assert problem.code == code


def test_review_of_three_fields() -> None:
    form = parse_review({"action": "confirm", "reviewer": "Mira Sole", "reason": "I read the post."})
    assert form.problems == ()
    assert (form.action, form.verdict) == (ReviewAction.CONFIRM, None)


def test_override_names_its_verdict_and_a_confirmation_ignores_one() -> None:
    given = {"reviewer": "Mira", "reason": "Read.", "verdict": "excerpt"}
    assert parse_review({**given, "action": "override"}).verdict is Verdict.EXCERPT
    assert parse_review({**given, "action": "confirm"}).verdict is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reviewer": " "}, "reviewer"), ({"reason": ""}, "reason"), ({"action": ""}, "action"),
        ({"action": "erase"}, "action"), ({"action": "override"}, "verdict"),
        ({"action": "override", "verdict": "false"}, "verdict"),
    ],
)  # fmt: skip
def test_incomplete_reviews(changed: dict[str, str], field: str) -> None:
    given = {"action": "confirm", "reviewer": "Mira Sole", "reason": "I read the post.", "verdict": ""}
    assert parse_review({**given, **changed}).problem(field) is not None
