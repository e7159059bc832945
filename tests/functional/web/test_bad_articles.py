"""What goes wrong with an article that was handed in: the page and its twin say it in one sentence with one code."""

import io
from dataclasses import replace

import pytest

from archive.domain.checks import Check, Submission, SubmissionKind
from archive.runtime import Network
from archive.services import checks
from tests.functional.web.markup import csrf_token_in, problems_of
from tests.functional.web.sites import ARTICLE, Site, check_id_in, judged
from tests.world.world import World
from web.application import create_app

PAGE = "https://news.example/story"
HTML = "<html><body><article><p>It rained in Velland all week.</p><p>{words}</p></article></body></html>"


def published(world: World, kind: str) -> None:
    match kind:
        case "redirect to a private address":
            world.redirect(PAGE, "http://10.0.0.5/admin")
        case "redirect to the metadata service":
            world.redirect(PAGE, "http://169.254.169.254/latest/meta-data")
        case "redirect to a file":
            world.redirect(PAGE, "file:///etc/passwd")
        case "pdf":
            world.article(PAGE, b"%PDF-1.7\n" + bytes(range(256)) * 20, media_type="application/pdf")
        case "picture":
            world.article(PAGE, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, media_type="image/png")
        case "empty":
            world.article(PAGE, b"")
        case "no quotations":
            world.article(PAGE, HTML.format(words="Nobody said anything, and nothing more is to be told."))
        case "nothing there":
            pass


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("redirect to a private address", "egress_denied"), ("redirect to the metadata service", "egress_denied"),
        ("redirect to a file", "egress_denied"), ("pdf", "capture_not_html"),
        ("picture", "capture_not_html"), ("empty", "capture_empty"),
        ("no quotations", "no_quotations"), ("nothing there", "capture_status"),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article(site: Site, kind: str, code: str) -> None:
    world = World()
    published(world, kind)
    runtime = replace(site.runtime, network=Network(world.fetcher))
    check = checks.judge_article(runtime, Submission(kind=SubmissionKind.URL, url=PAGE))

    page = create_app(runtime).test_client().get(f"/checks/{check.id}")
    error = site.client.get(f"/checks/{check.id}?format=json").json["check"]["error"]

    assert page.status_code == 200
    assert error["code"] == code
    assert error["code"] in page.text
    assert error["message"] in page.text.replace("&#39;", "'")
    assert problems_of(page.text) == []
    assert not any("10.0.0.5" in asked or "169.254" in asked for asked in world.requests)


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("memo.docx", b"PK\x03\x04" + bytes(range(256)), "article_binary"),
        ("memo.pdf", b"%PDF-1.7\n" + bytes(range(256)), "article_binary"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "article_binary"),
        ("zeros.txt", bytes(400), "article_binary"),
        ("latin.txt", "“Ça va être prêt dès demain”, a-t-il écrit.".encode("latin-1", "replace"), "wrong_encoding"),
        ("silent.txt", b"Nothing was said.", "no_quotations"),
        ("bare.html", b"<html><body></body></html>", "article_empty"),
    ],
)  # fmt: skip
def test_an_upload_that_is_no_article(site: Site, name: str, body: bytes, code: str) -> None:
    sent = uploaded(site, name, body)
    assert sent.status_code == 303

    checks.run_check(site.runtime, check_id_in(sent.location))

    assert code in site.client.get(sent.location).text
    assert site.client.get(sent.location + "?format=json").json["check"]["error"]["code"] == code


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [("empty.txt", b"", "nothing_submitted"), ("huge.txt", b"a" * 60_000, "submission_too_large")],
)
def test_an_upload_that_is_not_even_taken(site: Site, name: str, body: bytes, code: str) -> None:
    answer = uploaded(site, name, body)

    assert answer.status_code in (400, 413)
    assert code in answer.text


@pytest.mark.parametrize("odd", ["\x00", "\ud83d", "\u202e", "🎉", "שלום", "\x1b[31m"])
def test_odd_characters_are_taken_as_they_come(velland: Site, odd: str) -> None:
    check = judged(velland, ARTICLE.replace("the outer islands", f"the {odd} islands"))

    page = velland.client.get(f"/checks/{check.id}")

    assert check.error_code is None
    assert page.status_code == 200
    assert len(check.judgements) == 3


def test_the_same_thing_handed_in_twice_is_checked_once(site: Site) -> None:
    first = site.post("/checks", form="/checks/new", text=ARTICLE)
    second = site.post("/checks", form="/checks/new", text=ARTICLE)

    assert first.location == second.location


def test_keeping_a_quotation_that_does_not_exist(velland: Site, check: Check) -> None:
    answer = velland.client.post(f"/api/v1/checks/{check.id}/quotations/99/keep", json={})

    assert (answer.status_code, answer.json["code"]) == (404, "no_such_quotation")


def uploaded(site: Site, name: str, body: bytes) -> object:
    token = csrf_token_in(site.client.get("/checks/new").text)
    return site.client.post(
        "/checks",
        data={"csrf_token": token, "file": (io.BytesIO(body), name)},
        headers={"Sec-Fetch-Site": "same-origin"},
        content_type="multipart/form-data",
    )
