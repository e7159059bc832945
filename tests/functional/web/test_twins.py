"""Every page has a JSON twin that says the same, linked from the page."""

import re

import pytest
from werkzeug.routing import Rule

from archive.domain.checks import Check
from archive.domain.ids import PostId
from archive.services import checks, representations, search
from tests.functional.web.sites import ARTICLE, Site, check_id_in

NOT_PAGES = {"static", "health.robots", "health.health", "statements.text", "checks.progress", "checks.first"}
# What is for machines, what is a file to take away, and the desk, which is closed here.
NO_TWINS = ("api.", "checkpoints.", "downloads.", "desk.")


def addresses(site: Site, check: Check, harbour: PostId) -> list[str]:
    person = site.client.get("/people?q=renn&format=json").json["people"][0]["id"]
    values = {"check_id": check.id, "post_id": harbour, "person_id": person}
    found = []
    rule: Rule
    for rule in site.app.url_map.iter_rules():
        is_page = rule.endpoint not in NOT_PAGES and not rule.endpoint.startswith(NO_TWINS)
        if "GET" in (rule.methods or ()) and is_page:
            found.append(re.sub(r"<\w+:(\w+)>", lambda match: str(values[match[1]]), rule.rule))
    return found


def test_every_page_has_a_twin_that_it_links_to(velland: Site, check: Check, harbour: PostId) -> None:
    pages = addresses(velland, check, harbour)
    assert len(pages) >= 13
    for address in pages:
        page = velland.client.get(address)
        assert page.status_code == 200, address
        linked = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)"', page.text)
        assert linked is not None, address
        twin = velland.client.get(linked[1].replace("&amp;", "&"))
        assert twin.status_code == 200, address
        assert twin.is_json, address


def test_check_as_json_is_what_the_command_line_prints(velland: Site, check: Check) -> None:
    expected = representations.check_document(checks.get_check(velland.runtime, check.id))
    for address in (f"/checks/{check.id}?format=json", f"/api/v1/checks/{check.id}"):
        assert velland.client.get(address).json == expected


def test_statement_as_json(velland: Site, harbour: PostId) -> None:
    expected = representations.statement_document(search.get_statement(velland.runtime, harbour).statement)
    for address in (f"/statements/{harbour}?format=json", f"/api/v1/statements/{harbour}"):
        assert velland.client.get(address).json["statement"] == expected


def test_offsets_point_into_the_text_that_was_handed_in(velland: Site, check: Check) -> None:
    for quotation in velland.client.get(f"/api/v1/checks/{check.id}").json["quotations"]:
        pieces = [ARTICLE[start:end] for start, end in quotation["spans"]]
        assert " ".join(pieces) == quotation["text"]


def test_machine_hands_in_asks_keeps_and_reviews(velland: Site) -> None:
    sent = velland.client.post("/api/v1/checks", json={"text": ARTICLE, "published_on": "2025-03-06"})
    assert sent.status_code == 202
    address = sent.headers["Location"]
    assert velland.client.get(address).json["check"]["state"] == "queued"
    checks.run_check(velland.runtime, check_id_in(address))
    document = velland.client.get(address).json
    assert document["check"]["state"] == "done"
    number = next(q["n"] for q in document["quotations"] if not q["posts"])
    kept = velland.client.post(f"{address}/quotations/{number}/keep", json={})
    assert kept.json["report"]["outlet"]
    decided = velland.client.post(
        f"{address}/quotations/1/review",
        json={"action": "dispute", "reviewer": "Mira Sole", "reason": "I doubt it."},
    )
    assert (decided.status_code, decided.json["verdict"]) == (200, "disputed")


@pytest.mark.parametrize(
    "address", ["/api/v1/", "/api/v1/scale", "/api/v1/custody", "/api/v1/status", "/api/v1/people"]
)
def test_json_interface_answers(velland: Site, address: str) -> None:
    answer = velland.client.get(address)
    assert answer.status_code == 200
    assert answer.is_json


def test_pages_of_results_follow_each_other_without_gap_or_repeat(velland: Site) -> None:
    import json

    from archive.services import ingest

    rows = [
        {
            "platform": "x", "id": str(1896893384094650000 + n), "handle": "asharenn", "name": "Asha Renn", "lang": "en",
            "posted_at": f"2025-03-06T12:{n:02}:00Z", "text": f"Lantern number {n} is lit on the pier.",
        }
        for n in range(45)
    ]  # fmt: skip
    (velland.folder / "many.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert ingest.import_posts(velland.runtime, velland.folder / "many.jsonl").errors == ()
    seen, after = [], ""
    while after is not None:
        page = velland.client.get(f"/api/v1/statements?q=lantern&sort=newest&after={after}").json
        seen += [hit["id"] for hit in page["results"]]
        after = page["after"]
    assert len(seen) == len(set(seen)) == 45
