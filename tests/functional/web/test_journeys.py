"""What people come for, over HTTP, on a real archive: search, read, hand in, keep, review."""

import io

from archive.domain.checks import Check, CheckState
from archive.domain.ids import PostId
from archive.services import checks
from tests.functional.web.markup import problems_of
from tests.functional.web.sites import ARTICLE, Site, check_id_in


def test_newcomer_finds_a_statement_and_reads_it(velland: Site, harbour: PostId) -> None:
    home = velland.client.get("/")
    assert home.status_code == 200
    results = velland.client.get("/statements?q=northern+harbour")
    assert "<mark>" in results.text
    assert f"/statements/{harbour}" in results.text
    assert "ferry" not in results.text
    page = velland.client.get(f"/statements/{harbour}").text
    assert "no family on the coast will lose its boat" in page
    assert "Minister of Fisheries" in page
    assert "proof at gov.velland.example" in page
    assert "https://x.com/asharenn/status/1896893384094646272" in page
    assert problems_of(page) == []


def test_search_by_filters_and_operators_gives_the_same(velland: Site) -> None:
    by_box = velland.client.get("/statements?q=ferry+platform:x+after:2025-03-01&format=json").json
    by_form = velland.client.get("/statements?q=ferry&platform=x&since=2025-03-02&format=json").json
    assert [hit["id"] for hit in by_box["results"]] == [hit["id"] for hit in by_form["results"]] != []


def test_empty_search_says_whether_the_archive_could_have_known(velland: Site) -> None:
    page = velland.client.get("/statements?q=volcano&speaker=Asha+Renn").text
    assert "Nothing found" in page
    assert "Could the archive have known?" in page
    assert "@asharenn" in page
    unknown = velland.client.get("/statements?q=volcano&speaker=Nobody+Atall").text
    assert "could not have known" in unknown


def test_person_page_shows_offices_accounts_and_statements(velland: Site) -> None:
    found = velland.client.get("/people?q=renn&format=json").json["people"]
    assert [person["name"] for person in found] == ["Asha Renn"]
    page = velland.client.get(found[0]["url"]).text
    for shown in ("RENN Asha", "Minister of Fisheries", "since 2 May 2023", "@asharenn", "ferry"):
        assert shown in page
    assert problems_of(page) == []


def test_digest_on_the_page_is_that_of_the_text_that_can_be_downloaded(velland: Site, harbour: PostId) -> None:
    import hashlib

    body = velland.client.get(f"/statements/{harbour}/versions/1.txt")
    assert hashlib.sha256(body.data).hexdigest() in velland.client.get(f"/statements/{harbour}").text
    assert body.headers["Content-Disposition"].startswith("attachment")


def test_pasted_article_is_judged_quotation_by_quotation(velland: Site) -> None:
    sent = velland.post(
        "/checks", form="/checks/new", text=ARTICLE, url="", published_on="2025-03-06", policy="standard"
    )
    assert sent.status_code == 303
    waiting = velland.client.get(sent.location)
    assert "waiting to begin" in waiting.text
    assert 'http-equiv="refresh"' in waiting.text
    assert "HX-Refresh" not in velland.client.get(sent.location + "/progress").headers
    done = checks.run_check(velland.runtime, check_id_in(sent.location))
    assert done.state is CheckState.DONE
    assert velland.client.get(sent.location + "/progress").headers["HX-Refresh"] == "true"
    page = velland.client.get(sent.location).text
    assert problems_of(page) == []
    assert 'http-equiv="refresh"' not in page
    assert page.count("data-card") == len(done.judgements) == 3
    assert "<ins" in page
    assert "[added: " in page


def test_check_page_filters_by_group_in_its_address(velland: Site, check: Check) -> None:
    group = check.judgements[0].opinion.group.value
    page = velland.client.get(f"/checks/{check.id}?group={group}").text
    assert page.count("data-card") == sum(j.opinion.group.value == group for j in check.judgements)
    assert problems_of(velland.client.get(f"/checks/{check.id}").text) == []


def test_uploaded_page_is_taken(velland: Site) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE.split("\n\n"))
    html = f"<!doctype html><html><head><title>Coast</title></head><body><article>{paragraphs}</article></body></html>"
    file = (io.BytesIO(html.encode()), "coast.html")
    sent = velland.post("/checks", form="/checks/new", file=file, url="", text="", policy="standard")
    assert sent.status_code == 303
    assert checks.run_check(velland.runtime, check_id_in(sent.location)).state is CheckState.DONE


def test_quotation_without_original_is_kept_as_reported(velland: Site, check: Check) -> None:
    number = next(j.number for j in check.judgements if not j.opinion.evidence)
    page = f"/checks/{check.id}"
    kept = velland.post(f"{page}/quotations/{number}/keep", form=page)
    assert kept.status_code == 303
    statement = velland.client.get(kept.location).text
    assert "No original has been captured" in statement
    assert "Tom Vale" in statement
    assert problems_of(statement) == []
    listed = velland.client.get("/statements?q=lamp+oil").text
    assert "Kept as reported" in listed


def test_keeping_all_leads_back_to_the_check(velland: Site, check: Check) -> None:
    kept = velland.post(f"/checks/{check.id}/keep", form=f"/checks/{check.id}")
    assert kept.status_code == 303
    assert kept.location.endswith(str(check.id))


def test_review_is_added_with_name_and_reason(velland: Site, check: Check) -> None:
    page = f"/checks/{check.id}"
    sent = velland.post(
        f"{page}/quotations/1/review", form=page, action="override", verdict="excerpt", reviewer="Mira Sole",
        reason="I have read the post.",
    )  # fmt: skip
    assert sent.status_code == 303
    after = velland.client.get(page).text
    for shown in ("Mira Sole", "I have read the post.", "Excerpt", "Before"):
        assert shown in after


def test_incomplete_review_says_what_is_missing_and_keeps_what_was_typed(velland: Site, check: Check) -> None:
    page = f"/checks/{check.id}"
    sent = velland.post(f"{page}/quotations/1/review", form=page, action="confirm", reason="Half a reason", reviewer="")
    assert sent.status_code == 400
    assert "a decision is signed" in sent.text
    assert "Half a reason" in sent.text
    assert problems_of(sent.text) == []


def test_checks_begun_here_are_found_again_here_and_nowhere_else(velland: Site) -> None:
    sent = velland.post("/checks", form="/checks/new", text=ARTICLE)
    identifier = str(check_id_in(sent.location))
    assert identifier in velland.client.get("/checks/new").text
    assert identifier not in velland.app.test_client().get("/checks/new").text
    assert identifier not in velland.client.get("/").text


def test_drafts_are_not_named_on_the_pages_of_statements_they_quote(
    velland: Site, check: Check, harbour: PostId
) -> None:
    assert any(j.opinion.evidence for j in check.judgements)
    page = velland.client.get(f"/statements/{harbour}")
    assert str(check.id) not in page.text
    assert str(check.id) not in velland.client.get(f"/statements/{harbour}?format=json").text
