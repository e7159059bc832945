"""Hidden words: held as evidence and compared, and shown nowhere to the public; the operator's command line has them."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.receipts import verify
from archive.runtime import build_runtime
from archive.services import checkpoints, checks, receipts, reported, search
from tests.functional.web.markup import problems_of
from tests.functional.web.sites import Site, judged, settings_in
from tests.functional.web.test_removal import KEYS
from web.application import create_app

SECRET = "no family on the coast will lose its boat"
ARTICLE = """Asha Renn, Velland's fisheries minister, promised a new start for the coast.

“We will not open the northern harbour to small crews by June,” Renn posted on X on Tuesday.

“The ferry to the outer islands stays free of charge for every pupil and every nurse,” she wrote on X on Wednesday.
"""


@pytest.fixture
def hiding(velland: Site) -> Iterator[Site]:
    """The same archive, whose operator shows no words from platforms with restricting terms."""
    settings = settings_in(velland.folder, retention_restricted="hide", origin="velland.example", desk_keys=KEYS)
    with build_runtime(settings) as runtime:
        checkpoints.make_key(runtime)
        app = create_app(runtime)
        yield replace(velland, app=app, runtime=runtime, client=app.test_client())


def shown_everywhere(site: Site, *, statement: object, check: object) -> Iterator[tuple[str, bytes]]:
    """Every answer of the site that could hold a statement's words, unpacked where it is packed."""
    pages = [
        "/statements?q=from:asharenn", f"/statements/{statement}", f"/checks/{check}", f"/checks/{check}?policy=strict", "/",
        f"/people/{site.client.get('/people?format=json').json['people'][0]['id']}",
        f"/statements/{statement}/versions/1.txt", f"/statements/{statement}/versions/1.tlog-proof",
    ]  # fmt: skip
    pages += [f"{page}{'&' if '?' in page else '?'}format=json" for page in pages[:4]]
    pages += [
        "/api/v1/statements?q=from:asharenn",
        "/api/v1/statements?q=harbour",
        f"/api/v1/statements/{statement}",
        f"/api/v1/checks/{check}",
    ]
    for owner in (f"statements/{statement}", f"checks/{check}"):
        pages += [f"/{owner}/receipt.zip", f"/{owner}/export/wacz", f"/{owner}/export/csv", f"/{owner}/export/jsonld"]
    pages += [f"/statements/{statement}/export/{form}" for form in ("citation", "bibtex", "csl")]
    for page in pages:
        yield from unpacked(page, site.client.get(page).data)


def unpacked(name: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, body
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for member in packed.namelist():
                yield from unpacked(f"{name} {member}", packed.read(member))


def test_no_answer_of_the_site_holds_hidden_words(velland: Site, hiding: Site, harbour) -> None:
    check = judged(velland, ARTICLE)
    checkpoints.sign(hiding.runtime)
    open_to_all = [
        name for name, body in shown_everywhere(velland, statement=harbour, check=check.id) if SECRET.encode() in body
    ]
    assert len(open_to_all) >= 9, "the same addresses show them where nothing is hidden"
    told = [
        name for name, body in shown_everywhere(hiding, statement=harbour, check=check.id) if SECRET.encode() in body
    ]
    assert told == []


@pytest.mark.parametrize(
    "asked",
    ["harbour", "boat", '"lose its boat"', "harbour OR bread", "boat from:asharenn", "boat platform:x", "boat on:2025-03-04"],
)  # fmt: skip
def test_a_hidden_statement_is_not_found_by_its_words(velland: Site, hiding: Site, harbour, asked: str) -> None:
    """Each hit would confirm a guess: word by word, a patient reader would have the statement."""
    found = velland.client.get("/api/v1/statements", query_string={"q": asked}).json
    assert str(harbour) in [result["id"] for result in found["results"]] and found["unsearched"] == []
    for sort in ("best", "newest"):
        document = hiding.client.get("/api/v1/statements", query_string={"q": asked, "sort": sort}).json
        assert (document["results"], document["after"], document["total"]) == ([], None, 0)
        assert "x" in document["unsearched"]
    page = hiding.client.get("/statements", query_string={"q": asked}).text
    assert "Not searched:" in page and "held as evidence" in page
    assert problems_of(page) == []


def test_a_search_passes_over_hidden_platforms_alone(hiding: Site) -> None:
    document = hiding.client.get("/api/v1/statements?q=lamp").json
    assert document["unsearched"] == ["x", "truth_social", "telegram", "youtube"]
    assert hiding.client.get("/api/v1/statements?q=lamp+platform:mastodon").json["unsearched"] == []
    assert hiding.client.get("/api/v1/statements?q=from:asharenn").json["unsearched"] == []
    assert "Not searched:" not in hiding.client.get("/statements?q=from:asharenn").text


def test_a_report_of_hidden_words_is_its_articles_and_found(hiding: Site) -> None:
    check = judged(hiding, "“Nobody in Velland will go without bread,” Asha Renn said on X on Tuesday.\n")
    reported.keep_reported(hiding.runtime, check.id, number=1)
    (found,) = hiding.client.get("/api/v1/statements?q=bread").json["results"]
    assert "without bread" in found["text"] and found["report"] is not None


def test_the_operators_search_has_hidden_words(hiding: Site, harbour) -> None:
    page = search.search_statements(hiding.runtime, search.parse_query('"lose its boat"'))
    assert [hit.statement.post.id for hit in page.hits] == [harbour] and page.unsearched == ()


def test_a_hidden_statement_is_shown_as_held_with_the_reason(hiding: Site, harbour) -> None:
    for address in ("/statements?q=from:asharenn", f"/statements/{harbour}"):
        page = hiding.client.get(address).text
        assert "Held, not shown." in page and "Asha Renn" in page
        assert problems_of(page) == []
    document = hiding.client.get(f"/api/v1/statements/{harbour}").json
    assert (document["statement"]["text"], document["statement"]["hidden"]) == (None, True)
    assert len(document["statement"]["text_sha256"]) == 64
    exact = hiding.client.get(f"/statements/{harbour}/versions/1.txt?format=json")
    assert (exact.status_code, exact.json["code"]) == (451, "words_hidden")


def test_a_check_is_judged_on_hidden_words_and_says_so(hiding: Site) -> None:
    check = judged(hiding, ARTICLE)
    page = hiding.client.get(f"/checks/{check.id}").text
    assert problems_of(page) == []
    assert page.count("Held, not shown.") >= 2
    first, second = hiding.client.get(f"/api/v1/checks/{check.id}").json["quotations"]
    assert first["group"] == "altered" and second["group"] == "verbatim"
    assert "not shown here" in first["explanation"] and first["posts"][0]["post_id"] == "1896893384094646272"
    assert all(finding["archived"] is None for finding in first["findings"])
    (row, _) = list(
        csv.DictReader(io.StringIO(hiding.client.get(f"/checks/{check.id}/export/csv").text.lstrip("\ufeff")))
    )
    assert (row["group"], row["original_text"]) == ("altered", "")


def test_the_operator_sees_what_the_public_does_not(hiding: Site, harbour) -> None:
    assert SECRET in search.get_statement(hiding.runtime, harbour).statement.snapshot.text
    check = judged(hiding, ARTICLE)
    seen = checks.get_check(hiding.runtime, check.id).judgements[0].opinion
    assert SECRET in seen.evidence[0].statement.snapshot.text


@pytest.mark.parametrize("of_check", [True, False], ids=["check", "statement"])
def test_a_receipt_without_the_words_still_proves_that_they_are_held(
    hiding: Site, harbour, tmp_path: Path, of_check
) -> None:
    target = judged(hiding, ARTICLE).id if of_check else harbour
    body = receipts.write_receipt(hiding.runtime, target)
    path = tmp_path / "receipt.zip"
    path.write_bytes(body)
    done = subprocess.run(
        [sys.executable, "-I", "-S", verify.__file__, str(path)], capture_output=True, text=True, cwd="/", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert ("Left out: 2 judgement(s)" if of_check else "words held by the archive and not shown") in done.stdout
    held = json.loads(verify.unpacked(body)["receipt.json"])
    assert [statement["text"] for statement in held["statements"]] == ([] if of_check else [None])


def test_lifting_the_switch_shows_everything_again(hiding: Site, harbour) -> None:
    runtime = replace(hiding.runtime, settings=settings_in(hiding.folder))
    page = create_app(runtime).test_client().get(f"/statements/{harbour}").text
    assert SECRET in page and "Held, not shown." not in page
