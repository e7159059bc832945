"""Bad input: one clear sentence with a stable code, on the page and as a problem document; never a traceback."""

import pytest

from archive.domain.checks import Check
from archive.domain.ids import PostId
from archive.runtime import build_runtime
from archive.services import checks
from archive.settings import load_settings
from tests.functional.web.markup import problems_of
from tests.functional.web.sites import Site, check_id_in
from web.application import create_app

NOWHERE = "00000000-0000-4000-8000-000000000000"
MISSING = [
    ("/nothing-here", "no_such_page"), (f"/statements/{NOWHERE}", None), (f"/people/{NOWHERE}", None),
    (f"/checks/{NOWHERE}", None), (f"/checks/{NOWHERE}/progress", None), ("/statements/not-a-uuid", "no_such_page"),
    (f"/statements/{NOWHERE}/versions/1.txt", None), ("/checks/new/extra", "no_such_page"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "code"), MISSING)
def test_missing_things_have_a_page_and_a_problem_document(site: Site, address: str, code: str | None) -> None:
    page = site.client.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert problems_of(page.text) == []
    document = site.client.get(address, headers={"Accept": "application/json"})
    assert (document.status_code, document.content_type) == (404, "application/problem+json")
    assert document.json["detail"].endswith(".")
    assert document.json["code"] in page.text
    assert code is None or document.json["code"] == code


@pytest.mark.parametrize(
    "address",
    [
        "/statements/99999999999999999999999999/versions/1.txt", "/statements?after=%00", "/statements?after=nonsense",
        "/statements?q=%FF%FE", "/statements?q=" + "%28" * 200, "/people?after=x", "/people?q=%00", "/statements?q=%00",
        "/checks/new?url=%00", "/%2e%2e/%2e%2e/etc/passwd", "/static/../web/__init__.py", "/statements?limit=99999999999999999999",
        "/statements?q=a&q=b", "/statements?format=xml", "/checks?group=nonsense", "/statements?q=from%3A%22",
        "/statements?lang=%27%3B+DROP+TABLE+posts", "/statements?q=harbour%22%29+OR+1%3D1--", "/statements?speaker=%25_%5C",
        "/statements?since=0000-00-00", "/statements?since=9999-12-31", "/statements?until=0001-01-01", "/statements?q=NEAR%28a+b%29",
    ],
)  # fmt: skip
def test_no_address_breaks_the_site(velland: Site, address: str) -> None:
    answer = velland.client.get(address)
    assert answer.status_code < 500
    assert "Traceback" not in answer.text


def test_huge_version_numbers_are_missing_not_broken(velland: Site, harbour: PostId) -> None:
    answer = velland.client.get(f"/statements/{harbour}/versions/{2**70}.txt")
    assert answer.status_code == 404


def test_huge_quotation_numbers_are_missing_not_broken(velland: Site, check: Check) -> None:
    answer = velland.post(f"/checks/{check.id}/quotations/{2**70}/keep", form="/checks/new")
    assert answer.status_code == 404
    assert "no_such_quotation" in answer.text


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "nothing_submitted"), ({"url": "not an address"}, "bad_url"), ({"text": "x", "published_on": "soon"}, "bad_date"),
        ({"text": "x", "published_on": "2999-01-01"}, "bad_date"), ({"text": "x", "policy": "tabloid"}, "unknown_policy"),
        ({"text": "x", "url": "https://example.org"}, "too_much_submitted"),
    ],
)  # fmt: skip
def test_bad_submissions_come_back_with_what_was_typed(site: Site, fields: dict[str, str], code: str) -> None:
    answer = site.post("/checks", form="/checks/new", **fields)
    assert answer.status_code == 400
    assert code in answer.text
    assert "There is a problem" in answer.text
    assert problems_of(answer.text) == []
    assert all(value in answer.text for name, value in fields.items() if name in ("url", "text"))
    document = site.client.post("/api/v1/checks", json=fields)
    assert (document.status_code, document.json["code"]) == (400, code)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://169.254.169.254/latest", "http://[::1]/", "http://0x7f.1/"]
)
def test_addresses_inside_are_refused_and_said_so(site: Site, url: str) -> None:
    sent = site.post("/checks", form="/checks/new", url=url)
    assert sent.status_code == 303
    checks.run_check(site.runtime, check_id_in(sent.location))
    page = site.client.get(sent.location)
    assert page.status_code == 200
    assert "egress_denied" in page.text
    assert problems_of(page.text) == []
    assert site.client.get(sent.location + "?format=json").json["check"]["error"]["code"] == "egress_denied"


def test_text_without_quotations_ends_with_a_sentence(site: Site) -> None:
    sent = site.post("/checks", form="/checks/new", text="Nothing was said today. The sea was calm.")
    checks.run_check(site.runtime, check_id_in(sent.location))
    assert "no_quotations" in site.client.get(sent.location).text


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', '{"text": 1}', '{"text": ["a"]}', "null"])
def test_bodies_that_are_no_object_of_texts(site: Site, body: str) -> None:
    answer = site.client.post("/api/v1/checks", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (400, "bad_json")


def test_forms_sent_to_the_json_interface_are_refused(site: Site) -> None:
    answer = site.client.post("/api/v1/checks", data={"text": "x"})
    assert (answer.status_code, answer.json["code"]) == (415, "wrong_media_type")


@pytest.mark.parametrize(
    ("method", "address"), [("delete", "/statements"), ("put", "/checks/new"), ("post", "/statements")]
)
def test_wrong_methods_name_the_right_ones(site: Site, method: str, address: str) -> None:
    answer = getattr(site.client, method)(address, json={})
    assert answer.status_code in (400, 405)
    if answer.status_code == 405:
        assert "GET" in answer.headers["Allow"]


def test_archive_that_is_not_upgraded_says_so_everywhere(tmp_path: object) -> None:
    settings = load_settings(data_directory=tmp_path, secret_key="k", database_url=f"sqlite:///{tmp_path}/none.db")
    with build_runtime(settings) as runtime:
        client = create_app(runtime).test_client()
        for address in ("/statements?q=x", "/people", "/status", "/health", "/about/custody"):
            answer = client.get(address, headers={"Accept": "application/json"})
            assert answer.status_code == 503, address
            assert answer.json["code"] == "database_not_upgraded"
        assert client.get("/about/verdicts").status_code == 200
        assert client.get("/").status_code == 200
