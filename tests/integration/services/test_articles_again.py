from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from archive import services
from archive.capture.fetcher import Fetcher
from archive.capture.limits import FetchLimits
from archive.domain.availability import Availability
from archive.domain.checks import CheckState, Submission, SubmissionKind
from archive.domain.findings import FindingCode
from archive.domain.ids import PostId
from archive.jobs.nightly import run_nightly
from archive.runtime import Network, Runtime
from tests.integration.services.given import WORDS, a_dump, a_row

URL = "https://gull.ostrelund.example/ferries"
POST = "https://gull.ostrelund.example/releases/17"


class Site(httpx.BaseTransport):
    """One news site whose pages can be changed and taken down."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str]] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        status, body = self.pages.get(str(request.url), (404, "<html><body><p>Not here.</p></body></html>"))
        if status == 0:
            raise httpx.ConnectError("refused")
        return httpx.Response(status, headers={"content-type": "text/html; charset=utf-8"}, stream=Whole(body))


class Whole(httpx.SyncByteStream):
    def __init__(self, body: str) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body.encode()


def page(words: str, *, note: str = "") -> str:
    return (
        "<html lang='en'><head><title>Ferries</title>"
        "<meta property='article:published_time' content='2026-02-13T08:00:00Z'></head><body><article>"
        "<p>The islands waited all winter for a word on their boats, and it came on Thursday.</p>"
        f"<p>“{words},” Tavrin Oskelbeck posted on X on February 12.</p>"
        f"<p>The harbour board meets again in a fortnight, and the timetable is then to be printed.</p>{note}"
        "</article></body></html>"
    )


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def world(runtime: Runtime, site: Site, clock) -> Runtime:
    fetcher = Fetcher(
        FetchLimits(per_host=None, attempts=1, retry_wait=0.0),
        transport=site,
        resolve=lambda host, port: ("93.184.215.14",),
        now=clock,
    )
    return replace(runtime, network=Network(lambda: fetcher))


def checked(world: Runtime):
    return services.checks.judge_article(world, Submission(kind=SubmissionKind.URL, url=URL))


def codes_after_a_night(world: Runtime, clock, check_id) -> set[FindingCode]:
    clock.pass_by(timedelta(days=2))
    run_nightly(world)
    check = services.checks.get_check(world, check_id)
    return {finding.code for judgement in check.judgements for finding in judgement.opinion.findings}


def test_an_address_is_fetched_read_and_judged(world, site) -> None:
    services.ingest.take_posts(world, a_dump(a_row(url=None)))
    site.pages[URL] = (200, page(WORDS[:-1]))

    check = checked(world)

    assert check.state is CheckState.DONE
    assert check.article is not None and check.article.article.title == "Ferries"
    assert check.judgements[0].opinion.evidence[0].statement.post.reference == "x:17"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((404, "<html><body>gone</body></html>"), "capture_status"),
        ((200, ""), "capture_empty"),
        ((0, ""), "capture_unreachable"),
        ((200, "<html><body><p>No words in marks here, only a plain report of the day.</p></body></html>"), None),
    ],
)
def test_a_page_that_cannot_be_checked_says_why(world, site, answer, code) -> None:
    site.pages[URL] = answer

    check = checked(world)

    assert check.state is CheckState.FAILED
    assert check.error_message
    assert code is None or check.error_code == code


@pytest.mark.parametrize(
    ("now_reads", "note", "code"),
    [
        (WORDS[:-1].replace("nine", "ten"), "", FindingCode.QUOTATION_SILENTLY_CHANGED),
        (
            WORDS[:-1].replace("nine", "ten"),
            "<p>Correction: an earlier version gave another hour for the last boat.</p>",
            FindingCode.QUOTATION_CORRECTED,
        ),
        (
            "Nothing of the kind was ever planned by anyone in this house",
            "",
            FindingCode.QUOTATION_REMOVED,
        ),
        (WORDS[:-1], "<p>The ministry did not answer our calls on Friday.</p>", FindingCode.QUOTATION_UNTOUCHED),
    ],
)
def test_a_changed_article_is_noticed_at_night(world, site, clock, now_reads, note, code) -> None:
    site.pages[URL] = (200, page(WORDS[:-1]))
    check = checked(world)

    site.pages[URL] = (200, page(now_reads, note=note))

    assert code in codes_after_a_night(world, clock, check.id)


def test_an_article_that_is_gone_is_noted_once(world, site, clock) -> None:
    site.pages[URL] = (200, page(WORDS[:-1]))
    check = checked(world)
    del site.pages[URL]

    assert FindingCode.ARTICLE_GONE in codes_after_a_night(world, clock, check.id)
    before = services.checks.get_check(world, check.id)
    codes_after_a_night(world, clock, check.id)
    assert services.checks.get_check(world, check.id) == before


def test_a_site_that_is_down_is_recorded_and_passed_over(world, site, clock) -> None:
    site.pages[URL] = (200, page(WORDS[:-1]))
    check = checked(world)
    site.pages[URL] = (503, "<html><body>busy</body></html>")
    clock.pass_by(timedelta(days=2))

    run = run_nightly(world)

    assert run.exit_status == 3
    assert services.checks.get_check(world, check.id).judgements == check.judgements


def test_a_post_is_gone_only_after_two_looks(world, site, clock) -> None:
    row = a_row(platform="web", handle="gull.ostrelund.example", post_id=POST, url=POST)
    services.ingest.take_posts(world, a_dump(row))
    (hit,) = services.search.search_statements(world, services.search.parse_query("boat")).hits
    post_id: PostId = hit.statement.post.id

    def state() -> Availability:
        return services.search.get_statement(world, post_id).statement.availability.availability

    services.recapture.recapture_due(world)
    assert state() is Availability.SUSPECTED_GONE
    clock.pass_by(timedelta(hours=7))
    services.recapture.recapture_due(world)
    assert state() is Availability.GONE


def test_a_site_that_is_down_says_nothing_of_the_post(world, site, clock) -> None:
    site.pages[POST] = (0, "")
    row = a_row(platform="web", handle="gull.ostrelund.example", post_id=POST, url=POST)
    services.ingest.take_posts(world, a_dump(row))

    for _ in range(3):
        services.recapture.recapture_due(world)
        clock.pass_by(timedelta(days=1))

    (hit,) = services.search.search_statements(world, services.search.parse_query("boat")).hits
    assert hit.statement.availability.availability is Availability.UNKNOWN
