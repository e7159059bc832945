"""Few journeys in a real browser: with script and without, light and dark, narrow; and the rules of accessibility."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from archive.domain.checks import Check, Submission, SubmissionKind
from archive.domain.ids import PostId
from archive.runtime import Runtime
from archive.services import checks, reported
from tests.functional.web.sites import ARTICLE, Site, check_id_in, judged

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A site that a browser can reach, with one check that is finished, one that waits and one that failed."""

    address: str
    runtime: Runtime
    check: Check
    waiting: Check
    failed: Check
    post_id: PostId
    reported_id: PostId

    def pages(self) -> tuple[str, ...]:
        """One address of every sort of page."""
        return (
            "/", "/statements?q=ferry", "/statements?q=volcano&speaker=Asha+Renn", "/statements?since=x",
            f"/statements/{self.post_id}", f"/statements/{self.reported_id}", "/people", "/checks/new",
            f"/checks/{self.check.id}", f"/checks/{self.waiting.id}", f"/checks/{self.failed.id}", "/about/verdicts",
            "/about/limits", "/about/scale", "/about/search", "/about/custody", "/status", "/nothing-here",
        )  # fmt: skip


@pytest.fixture
def served(velland: Site, harbour: PostId) -> Iterator[Served]:
    server = make_server("127.0.0.1", 0, velland.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    check = judged(velland)
    number = next(judgement.number for judgement in check.judgements if not judgement.opinion.evidence)
    yield Served(
        address=f"http://127.0.0.1:{server.server_port}",
        runtime=velland.runtime,
        check=check,
        waiting=checks.request_check(velland.runtime, Submission(kind=SubmissionKind.TEXT, text="“Wait,” she said.")),
        failed=judged(velland, "Nothing was said today."),
        post_id=harbour,
        reported_id=reported.keep_reported(velland.runtime, check.id, number=number).post.id,
    )
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_keeps_the_rules_of_accessibility(browser: Browser, served: Served, scheme: str) -> None:
    # The rules are a script of axe's own: only for it the page's policy is set aside.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    broken = {}
    for address in served.pages():
        page.goto(served.address + address)
        found = Axe().run(page).response["violations"]
        if found:
            broken[address] = [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found]
    context.close()
    assert broken == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways_and_none_asks_other_sites(browser: Browser, served: Served, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    wide = []
    for address in served.pages():
        page.goto(served.address + address)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(address)
    context.close()
    assert wide == []
    assert complaints == []
    assert [url for url in asked if not url.startswith((served.address, "data:"))] == []


def hand_in(page: Page, served: Served) -> None:
    page.goto(served.address + "/checks/new")
    page.get_by_label("By pasting the text").fill(ARTICLE)
    page.get_by_role("button", name="Check the quotations").click()
    expect(page.get_by_role("heading", name="Working on it")).to_be_visible()


def test_article_is_checked_and_the_page_changes_by_itself(browser_page: Page, served: Served) -> None:
    hand_in(browser_page, served)
    checks.run_check(served.runtime, check_id_in(browser_page.url))
    expect(browser_page.get_by_role("heading", name="Quotation by quotation")).to_be_visible()
    expect(browser_page.locator("[data-card]")).to_have_count(3)


def test_the_same_works_without_script(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    hand_in(page, served)
    checks.run_check(served.runtime, check_id_in(page.url))
    page.get_by_role("link", name="load it now").click()
    expect(page.locator("[data-card]")).to_have_count(3)
    expect(page.locator("[data-needs-script]").first).to_be_hidden()
    context.close()


def test_keys_lead_from_quotation_to_quotation_and_can_be_switched_off(browser_page: Page, served: Served) -> None:
    browser_page.goto(f"{served.address}/checks/{served.check.id}")
    browser_page.keyboard.press("j")
    expect(browser_page.locator("#card-1")).to_be_focused()
    browser_page.keyboard.press("j")
    expect(browser_page.locator("#card-2")).to_be_focused()
    browser_page.keyboard.press("k")
    expect(browser_page.locator("#card-1")).to_be_focused()
    browser_page.get_by_role("button", name="Keyboard shortcuts: on").click()
    browser_page.keyboard.press("j")
    expect(browser_page.locator("#card-1")).not_to_be_focused()
    browser_page.goto(f"{served.address}/statements")
    browser_page.keyboard.press("/")
    expect(browser_page.locator("#q")).not_to_be_focused()


def test_keys_do_nothing_while_somebody_types(browser_page: Page, served: Served) -> None:
    browser_page.goto(served.address + "/statements")
    browser_page.keyboard.press("/")
    expect(browser_page.locator("#q")).to_be_focused()
    browser_page.keyboard.type("j/k")
    expect(browser_page.locator("#q")).to_have_value("j/k")


def test_first_tab_leads_past_the_menu(browser_page: Page, served: Served) -> None:
    browser_page.goto(served.address + "/")
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("link", name="Skip to the content")).to_be_focused()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("main")).to_be_focused()


def test_the_article_is_whole_on_paper(browser: Browser, served: Served, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}/checks/{served.check.id}")
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator("[data-card]").first).to_be_visible()
    assert page.locator(".pane .text").evaluate("part => part.scrollHeight <= part.clientHeight + 1")
    context.close()
