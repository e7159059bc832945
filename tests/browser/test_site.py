"""Few journeys in a real browser: with script and without, light and dark, narrow; and the rules of accessibility."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from archive.domain.accounts import Platform
from archive.domain.checks import Check, Submission, SubmissionKind
from archive.domain.ids import PostId
from archive.domain.posts import post_id_of
from archive.runtime import Runtime, build_runtime
from archive.services import checks, reported
from tests.functional.web.sites import ARTICLE, Site, check_id_in, judged, settings_in
from web.application import create_app

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


@pytest.fixture(scope="module")
def served(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One site for all journeys: they only add to it."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copyfile(filled, folder / "archive.db")
    with build_runtime(settings_in(folder)) as runtime:
        app = create_app(runtime)
        site = Site(app=app, runtime=runtime, client=app.test_client(), folder=folder)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield furnished(site, address=f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def furnished(site: Site, *, address: str) -> Served:
    check = judged(site)
    number = next(judgement.number for judgement in check.judgements if not judgement.opinion.evidence)
    return Served(
        address=address,
        runtime=site.runtime,
        check=check,
        waiting=checks.request_check(site.runtime, Submission(kind=SubmissionKind.TEXT, text="“Wait,” she said.")),
        failed=judged(site, "Nothing was said today."),
        post_id=post_id_of(Platform.X, "1896893384094646272"),
        reported_id=reported.keep_reported(site.runtime, check.id, number=number).post.id,
    )


COLOURS = "axe.run(document, {runOnly: ['color-contrast', 'link-in-text-block']})"
STILL = "* { transition: none !important; animation: none !important; }"
"""Without it the rules would see colours on their way from light to dark."""


def test_every_page_keeps_the_rules_of_accessibility(browser: Browser, served: Served) -> None:
    # The rules are a script of axe's own: only for it the page's policy is set aside.
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    broken = {}
    for address in served.pages():
        page.emulate_media(color_scheme="light")
        page.goto(served.address + address)
        page.add_style_tag(content=STILL)
        found = Axe().run(page).response["violations"]
        # Dark differs in colours only, so only what concerns colours is looked at again, on the same page.
        page.emulate_media(color_scheme="dark")
        found += page.evaluate(COLOURS)["violations"]
        if found:
            broken[address] = [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found]
    context.close()
    assert broken == {}


def test_no_page_scrolls_sideways_and_none_asks_other_sites(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    wide = []
    for address in served.pages():
        page.goto(served.address + address)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append((address, width))
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
