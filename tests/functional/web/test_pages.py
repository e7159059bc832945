"""Pages of invented values: valid markup in every state, and hostile words that stay words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from archive.domain.accounts import Account, Platform, Proof
from archive.domain.checks import CheckState
from archive.domain.claims import Attribution
from archive.domain.findings import FindingCode
from archive.domain.runs import Failure, Run, StepReport
from archive.domain.statements import StatementPage
from archive.domain.verdicts import VerdictGroup
from archive.domain.voices import Voice, VoiceBasis
from archive.errors import InvalidInputError
from archive.runtime import build_runtime
from archive.services.capture import Outcome
from archive.services.engine import describe_engine
from archive.services.trust import Silence
from tests.functional.web import invented
from tests.functional.web.markup import Markup, links_in, problems_of
from tests.functional.web.sites import settings_in
from web.application import create_app
from web.capture_pages import CapturePage
from web.check_pages import CheckPage, SubmitPage
from web.forms import SearchForm, parse_capture, parse_review, parse_search, parse_submission
from web.pages import CustodyPage, ErrorPage, HomePage, Page, PeoplePage, PersonPage, ProsePage, StatusPage, render
from web.statement_pages import DetailPage, SearchPage

HOSTILE = (
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'-alert(1)-'", "</script><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}", "<svg/onload=alert(1)>", "\u202eevil\u2066", "javascript:alert(1)", "</title><h1>x</h1>", "\x00\ud800a",
    "https://example.org/\" onmouseover=\"alert(1)", "data:text/html,<script>alert(1)</script>", "&lt;b&gt;", "<!--", "]]>",
)  # fmt: skip


def the_search() -> SearchForm:
    return parse_search({"q": "harbour"})


def detail(**changes: object) -> DetailPage:
    values = {
        "detail": invented.a_detail(), "standing": invented.a_standing(), "permalink": "https://o.example/s/1", **changes,
    }  # fmt: skip
    return DetailPage(**values)  # type: ignore[arg-type]


PAGES: dict[str, Callable[[], Page]] = {
    "home": lambda: HomePage(form=parse_search({}), checks=(invented.a_check(),)),
    "results": lambda: SearchPage(form=the_search(), results=invented.a_results()),
    "nothing": lambda: SearchPage(
        form=the_search(), results=StatementPage(hits=(), after=None), silence=invented.a_silence()
    ),
    "nobody": lambda: SearchPage(
        form=the_search(), results=StatementPage(hits=(), after=None), silence=Silence(asked_about_somebody=True)
    ),
    "bad search": lambda: SearchPage(form=parse_search({"since": "x", "platform": "y", "until": "z"})),
    "statement": detail,
    "reported": lambda: detail(detail=invented.a_detail(invented.a_reported_statement(), quoted_in=())),
    "people": lambda: PeoplePage(text="renn", people=(invented.PERSON,), after="x"),
    "no people": lambda: PeoplePage(text="renn", people=()),
    "person": lambda: PersonPage(detail=invented.a_person_detail()),
    "capture": lambda: CapturePage(
        form=parse_capture({"url": "https://x.com/a/status/1"}), site="https://o.example/capture"
    ),
    "bad capture": lambda: CapturePage(form=parse_capture({"url": "x"}), site="https://o.example/capture"),
    "captured": lambda: CapturePage(
        form=parse_capture({"url": "https://x.com/a/status/1"}),
        outcome=Outcome(
            url="https://x.com/a/status/1", platform=Platform.X, state="blocked_us", notes=("answer_is_a_wall", "new")
        ),
        site="https://o.example/capture",
    ),
    "submit": lambda: SubmitPage(form=parse_submission({})),
    "check": lambda: CheckPage(check=invented.a_check()),
    "check of a group": lambda: CheckPage(check=invented.a_check(), group=VerdictGroup.ALTERED),
    "check of an empty group": lambda: CheckPage(check=invented.a_check(), group=VerdictGroup.CANNOT_DECIDE),
    "check with a bad review": lambda: CheckPage(
        check=invented.a_check(), review=parse_review({"action": "override"}), reviewed=2
    ),
    "check judged twice": lambda: CheckPage(
        check=invented.a_check(earlier=(invented.a_judgement(1, invented.mislabelled(), decided_by="Mira Sole"),))
    ),
    "queued": lambda: CheckPage(check=invented.a_check(CheckState.QUEUED)),
    "running": lambda: CheckPage(check=invented.a_check(CheckState.RUNNING)),
    "failed": lambda: CheckPage(check=invented.a_check(CheckState.FAILED)),
    "verdicts": lambda: ProsePage(name="verdicts"),
    "limits": lambda: ProsePage(name="limits"),
    "scale": lambda: ProsePage(name="scale"),
    "operators": lambda: ProsePage(name="search"),
    "custody": lambda: CustodyPage(head=invented.a_log_head()),
    "nights": lambda: StatusPage(runs=(invented.a_run(),), now=invented.NOON),
    "no night": lambda: StatusPage(runs=(), now=invented.NOON),
    "error": lambda: ErrorPage(error=InvalidInputError("No."), heading="That cannot be read"),
}
ADDRESSES = {
    "check": "/checks/61a11340-8783-5a22-92d0-136c42b447d3",
    "statement": "/statements",
    "search": "/statements",
}


def shown(app: Flask, page: Page, *, address: str = "/statements") -> str:
    with app.test_request_context(address):
        return render(page).get_data(as_text=True)


@pytest.mark.parametrize("name", PAGES)
def test_markup_keeps_the_rules(bare_app: Flask, name: str) -> None:
    assert problems_of(shown(bare_app, PAGES[name]())) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_json_twin(bare_app: Flask, name: str) -> None:
    with bare_app.test_request_context("/statements?format=json"):
        response = render(PAGES[name]())
    assert response.is_json
    assert response.json


def test_check_page_shows_what_it_must(bare_app: Flask) -> None:
    page = shown(bare_app, PAGES["check"](), address=ADDRESSES["check"])
    for said in (
        "Altered", "Changed, a person should look", "The article adds “not”", "[added: ", "[written differently: ",
        "G1", "The article says", "The archive knows", "fisheries minister", "E3: captured by this archive",
        "It came second:", "Coverage.", "A report, not an original:", "has a gap in the time asked about",
        "Not seen from 3 March 2031, 12:00 UTC to 4 March 2031, 12:00 UTC", "Keep as reported", "Review this verdict",
        "writes both VPO and VOP",
    ):  # fmt: skip
        assert said in page, said


def test_interrupted_quotation_is_numbered_twice_and_anchored_once(bare_app: Flask) -> None:
    page = shown(bare_app, PAGES["check"]())
    assert page.count('href="#card-1"') == 2
    assert page.count('id="q1"') == 1


def test_statement_page_shows_what_it_must(bare_app: Flask) -> None:
    page = shown(bare_app, PAGES["statement"]())
    for said in (
        "since 2 May 2029", "proof at gov.velland.example", "official account", "1 word removed, 1 word added",
        "[changed from: ", "E3", "still online", "fetched by this archive", "Thread", "this statement",
        "Harbour to open, minister says", "Changed, a person should look", "sha256sum", 'lang="en"', "schema.org",
    ):  # fmt: skip
        assert said in page, said


def test_demo_says_so_on_every_page(tmp_path: Path) -> None:
    with build_runtime(settings_in(tmp_path, demo=True)) as runtime:
        app = create_app(runtime)
        silent = [name for name in PAGES if "<strong>Demo.</strong>" not in shown(app, PAGES[name]())]
    assert silent == []


def test_no_archive_but_a_demo_carries_the_banner(bare_app: Flask) -> None:
    assert "<strong>Demo.</strong>" not in shown(bare_app, PAGES["home"]())


def hostile_pages(words: str) -> list[Page]:
    account = replace(invented.ACCOUNT, handle=words, display_name=words, url=words)
    statement = replace(
        invented.a_statement(words, url=words, name=words), account=account, office_title=words,
        voice=Voice(name=words, basis=VoiceBasis.PROFILE),
    )  # fmt: skip
    return [
        detail(
            detail=replace(
                invented.a_detail(statement), statement=statement, captures=(invented.a_capture(source=words),),
                quoted_in=tuple(
                    replace(q, article_title=words, article_url=words) for q in invented.a_detail().quoted_in
                ),
            ),
            permalink="https://o.example/s",
        ),
        detail(detail=invented.a_detail(reported_by(words), quoted_in=())),
        SearchPage(form=parse_search({"q": words[:400]}), results=invented.a_results(statement, reported_by(words))),
        hostile_person(words, account),
        PeoplePage(text=words, people=(replace(invented.PERSON, name=words, aliases=(words,)),)),
        hostile_check(words),
        SubmitPage(form=parse_submission({"url": words, "text": words, "published_on": words, "policy": words})),
        CheckPage(check=invented.a_check(), review=parse_review({"reviewer": words, "reason": words}), reviewed=1),
        CheckPage(check=invented.a_check(CheckState.FAILED, error_message=words, error_code=words)),
        StatusPage(
            runs=(
                Run(
                    id=invented.a_run().id, began_at=invented.NOON,
                    steps=(StepReport(name=words, alarms=(words,), failures=(Failure(item=words, code=words, message=words),)),),
                ),
            ),
            now=invented.NOON,
        ),
        ErrorPage(error=InvalidInputError(words), heading="No"),
    ]  # fmt: skip


def reported_by(words: str) -> "invented.Statement":
    statement = invented.a_reported_statement(words)
    assert statement.report is not None
    report = replace(statement.report, outlet=words, article_title=words, article_url=words, embedded_url=words)
    return replace(statement, report=report)


def hostile_person(words: str, account: Account) -> PersonPage:
    proven = Proof(url=words, note=words)
    shown_person = replace(invented.PERSON, name=words, aliases=(words,), wikidata=words)
    return PersonPage(
        detail=replace(
            invented.a_person_detail(), person=shown_person,
            offices=((replace(invented.HOLDING, proof=proven), replace(invented.OFFICE, title=words, country=words)),),
            accounts=((replace(invented.CONTROL, proof=proven), account),),
        )
    )  # fmt: skip


def hostile_check(words: str) -> CheckPage:
    opinion = invented.altered()
    claim = replace(
        opinion.claim,
        attribution=Attribution(speaker_name=words, office=words, handle=words, relayed_by=words),
        quotation=replace(opinion.claim.quotation, content=words),
    )
    changed = replace(
        opinion, claim=claim, explanation=words,
        findings=(invented.a_finding(FindingCode.WORD_ADDED, words),),
        evidence=tuple(replace(e, statement=invented.a_statement(words, url=words, name=words)) for e in opinion.evidence),
    )  # fmt: skip
    article = invented.an_article(
        text=words + invented.ARTICLE, paragraphs=(), title=words, outlet=words, byline=words, language=words
    )
    judgement = invented.a_judgement(1, changed, decided_by=words, reason=words)
    check = invented.a_check(article=article, judgements=(judgement,), earlier=(replace(judgement, decided_by=words),))
    return CheckPage(check=replace(check, submission=replace(check.submission, url=words)))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(bare_app: Flask, words: str) -> None:
    for page in hostile_pages(words):
        markup = shown(bare_app, page)
        assert problems_of(markup) == [], page.template
        found = Markup(markup)
        assert found.tags["script"] <= 3
        assert found.tags["img"] == found.tags["svg"] == found.tags["iframe"] == 0
        assert "49" not in found.headings
        unsafe = [link for link in links_in(markup) if not link.startswith(("/", "#", "https://", "http://", "?"))]
        assert unsafe == [], page.template


def test_links_to_other_sites_name_nobody_as_their_origin(bare_app: Flask) -> None:
    for name in ("statement", "check", "person"):
        for link in Markup(shown(bare_app, PAGES[name]())).links:
            if str(link.get("href")).startswith("http") and "o.example" not in str(link.get("href")):
                assert {"nofollow", "noreferrer"} <= set(str(link.get("rel")).split()), link


def test_undefined_names_in_templates_are_errors(bare_app: Flask) -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        bare_app.jinja_env.from_string("{{ nobody }}").render()


def test_explanations_say_when_and_on_what_found_was_calibrated(bare_app: Flask) -> None:
    engine = replace(describe_engine(), calibrated_on=date(2031, 5, 4), calibrated_posts=12_345, version="7",
                     unnamed_calibrated_on=date(2031, 6, 9), unnamed_calibrated_posts=67_890)  # fmt: skip
    for name, said in (("verdicts", ("4 May 2031", "12,345", "9 June 2031", "67,890", "not on this archive", "Engine version 7")),
                       ("limits", ("4 May 2031", "12,345", "not on this archive"))):  # fmt: skip
        page = shown(bare_app, ProsePage(name=name, engine=engine))
        assert [words for words in said if words not in page] == []
    assert ProsePage(name="scale", engine=engine).document()["engine"]["calibrated_on"] == "2031-05-04"
