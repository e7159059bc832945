"""What every answer carries, and what no request may do."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from archive.domain.checks import Check
from archive.runtime import Runtime
from archive.settings import load_settings
from tests.functional.web.markup import csrf_token_in
from tests.functional.web.sites import ARTICLE, Site
from web.application import create_app

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    "address", ["/", "/statements", "/checks/new", "/nothing-here", "/static/app.css", "/health", "/api/v1/scale"]
)
def test_headers_stand_on_every_answer(site: Site, address: str) -> None:
    headers = site.client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in policy
    assert "Access-Control-Allow-Origin" not in headers


def test_reading_sets_no_cookie(velland: Site) -> None:
    for address in ("/", "/statements?q=ferry", "/people", "/about/scale", "/status"):
        assert "Set-Cookie" not in velland.client.get(address).headers


def test_cookie_of_a_form_is_out_of_reach_for_scripts_and_other_sites(site: Site) -> None:
    cookie = site.client.get("/checks/new").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_form_without_token_is_refused(velland: Site) -> None:
    answer = velland.client.post("/checks", data={"text": ARTICLE})
    assert answer.status_code == 400
    assert "form_expired" in answer.text


@pytest.mark.parametrize("token", ["", "x", "ключ", "\x00", "a.b.c", "é" * 300])
def test_any_wrong_token_is_refused_with_a_sentence(velland: Site, token: str) -> None:
    velland.client.get("/checks/new")
    answer = velland.client.post("/checks", data={"text": ARTICLE, "csrf_token": token})
    assert answer.status_code == 400
    assert "form_expired" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
        {"Origin": "null"}, {"Origin": "http://localhost:81"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/checks", f"/checks/{NOWHERE}/keep", "/api/v1/checks"])
def test_other_sites_cannot_send_anything(velland: Site, headers: dict[str, str], address: str) -> None:
    token = csrf_token_in(velland.client.get("/checks/new").text)
    answer = velland.client.post(address, data={"text": ARTICLE, "csrf_token": token}, headers=headers)
    assert answer.status_code == 403
    assert "cross_origin" in answer.text


def test_own_pages_and_clients_without_pages_can(velland: Site) -> None:
    for headers in ({"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {}):
        token = csrf_token_in(velland.client.get("/checks/new").text)
        answer = velland.client.post("/checks", data={"text": ARTICLE, "csrf_token": token}, headers=headers)
        assert answer.status_code == 303


def test_submissions_are_counted_and_limited(runtime: Runtime) -> None:
    few = replace(runtime, settings=runtime.settings.model_copy(update={"rate_limit": "3 per minute"}))
    client = create_app(few).test_client()
    answers = [client.post("/api/v1/checks", json={"url": "nonsense"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 429]
    assert answers[0].headers["X-RateLimit-Limit"] == "3"
    assert answers[3].json["code"] == "too_many_requests"
    assert int(answers[3].headers["Retry-After"]) > 0
    assert client.get("/statements").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:5000", "127.0.0.1.evil.example"]
)
def test_foreign_names_are_not_answered_on_a_local_site(site: Site, host: str) -> None:
    answer = site.client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.text


def test_addresses_we_print_are_those_of_the_public_site(runtime: Runtime) -> None:
    settings = runtime.settings.model_copy(update={"base_url": "https://record.example"})
    client = create_app(replace(runtime, settings=settings)).test_client()
    assert client.get("/", headers={"Host": "record.example"}).status_code == 200
    assert "Secure" in client.get("/checks/new", headers={"Host": "record.example"}).headers["Set-Cookie"]


def test_too_large_submissions_are_refused_before_they_are_read(site: Site) -> None:
    token = csrf_token_in(site.client.get("/checks/new").text)
    answer = site.client.post("/checks", data={"text": "x" * 400_000, "csrf_token": token})
    assert answer.status_code == 413
    assert "submission_too_large" in answer.text


def test_too_long_text_is_refused_beside_its_field(site: Site) -> None:
    token = csrf_token_in(site.client.get("/checks/new").text)
    answer = site.client.post("/checks", data={"text": "x" * 20_001, "csrf_token": token})
    assert answer.status_code == 400
    assert "submission_too_large" in answer.text


def test_checks_are_closed_to_search_engines(velland: Site, check: Check) -> None:
    answer = velland.client.get(f"/checks/{check.id}")
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in answer.text
    assert "Disallow: /checks" in velland.client.get("/robots.txt").text


def test_key_is_made_once_and_kept_for_nobody_else(tmp_path: Path) -> None:
    from web.signing import signing_key

    settings = load_settings(data_directory=tmp_path / "new")
    key = signing_key(settings)
    assert len(key) >= 32
    assert signing_key(settings) == key
    kept = tmp_path / "new" / "secret.key"
    assert kept.stat().st_mode & 0o077 == 0
    assert [path.name for path in kept.parent.iterdir()] == ["secret.key"]


def test_linked_data_cannot_end_its_own_element(velland: Site) -> None:
    from archive.services import ingest

    row = {
        "platform": "x", "id": "1896893384094649999", "handle": "asharenn", "name": "Asha Renn", "lang": "en",
        "posted_at": "2025-03-04T13:00:00Z", "text": "</script><script>alert(1)</script> harbour",
    }  # fmt: skip
    (velland.folder / "more.jsonl").write_text(json.dumps(row), "utf-8")
    assert ingest.import_posts(velland.runtime, velland.folder / "more.jsonl").errors == ()
    hit = velland.client.get("/statements?q=alert&format=json").json["results"][0]
    page = velland.client.get(f"/statements/{hit['id']}").text
    assert "<script>alert" not in page
