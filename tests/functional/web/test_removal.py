"""Removal and taking away, as people do it on the site."""

import io
import zipfile

import pytest

from archive.receipts import verify
from archive.runtime import build_runtime
from archive.services import checkpoints
from archive.settings import load_settings
from tests.functional.web.markup import csrf_token_in, problems_of
from tests.functional.web.sites import Site
from web.application import create_app

KEYS = "Oda Brennick|editor|brennick-desk-key-1; Piet Vastergard|counsel|vastergard-desk-key-2"


@pytest.fixture
def desk(velland: Site) -> Site:
    """The same archive with two people at its desk."""
    settings = load_settings(
        data_directory=velland.runtime.settings.data_directory,
        database_url=velland.runtime.settings.database_url,
        index_directory=velland.runtime.settings.index_directory,
        desk_keys=KEYS,
        origin="velland.example",
    )
    runtime = build_runtime(settings)
    app = create_app(runtime)
    yield Site(app=app, runtime=runtime, client=app.test_client(), folder=velland.folder)
    runtime.close()


def a_statement(site: Site) -> str:
    found = site.client.get("/statements?q=ferry&format=json").json
    return found["results"][0]["id"]


def sent(site: Site, address: str, *, form: str, **fields: str):
    token = csrf_token_in(site.client.get(form).text)
    return site.client.post(address, data={"csrf_token": token, **fields}, headers={"Sec-Fetch-Site": "same-origin"})


def asked(site: Site, target: str, *, key: str = "brennick-desk-key-1"):
    return sent(
        site, "/desk/removals", form="/desk/removals", target=target, basis="court_order", note="Order 12/2031", key=key
    )


def test_two_people_remove_a_statement_and_a_tombstone_stays(desk: Site) -> None:
    target = a_statement(desk)
    answer = asked(desk, target)
    assert answer.status_code == 303
    page = answer.headers["Location"]
    shown = desk.client.get(page)
    assert problems_of(shown.text) == []
    assert "Brennick" not in shown.text

    alone = sent(desk, f"{page}/confirm", form=page, key="brennick-desk-key-1")
    assert alone.status_code == 400 and "second_person_needed" in alone.text
    assert desk.client.get(f"/statements/{target}").status_code == 200

    done = sent(desk, f"{page}/confirm", form=page, key="vastergard-desk-key-2")
    assert done.status_code == 303
    assert "Removed" in desk.client.get(page).text
    gone = desk.client.get(f"/statements/{target}")
    assert gone.status_code == 410
    assert problems_of(gone.text) == []
    assert "Order 12/2031" in gone.text and "court" in gone.text and "Custody entry" in gone.text
    assert "ferry" not in gone.text
    document = desk.client.get(f"/statements/{target}?format=json").json
    assert (document["status"], document["code"], document["removed"]["basis"]) == (410, "removed", "court_order")
    for address in (
        f"/statements/{target}/receipt.zip",
        f"/statements/{target}/export/csv",
        f"/statements/{target}/versions/1.txt",
    ):
        assert desk.client.get(address).status_code == 410, address
    assert desk.client.get("/statements?q=ferry&format=json").json["results"] == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"key": "nobody-has-this-key"}, "wrong_key"),
        ({"key": ""}, "wrong_key"),
        ({"target": "x"}, "bad_identifier"),
        ({"basis": "because"}, "unknown_basis"),
        ({"note": "n" * 501}, "too_long"),
        ({"target": "00000000-0000-0000-0000-000000000000"}, "no_such_target"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(desk: Site, fields: dict[str, str], code: str) -> None:
    right = {"target": a_statement(desk), "basis": "court_order", "note": "", "key": "brennick-desk-key-1"}
    answer = sent(desk, "/desk/removals", form="/desk/removals", **(right | fields))
    assert answer.status_code in (400, 404)
    assert code in answer.text
    assert problems_of(answer.text) == []
    assert "brennick-desk-key-1" not in answer.text


def test_without_people_there_is_no_desk(velland: Site) -> None:
    assert velland.client.get("/desk/removals").status_code == 404
    assert "/desk/" not in velland.client.get(f"/statements/{a_statement(velland)}").text


def test_a_receipt_and_exports_are_taken_from_the_page(desk: Site) -> None:
    checkpoints.make_key(desk.runtime)
    target = a_statement(desk)
    page = desk.client.get(f"/statements/{target}").text
    assert problems_of(page) == []
    for form in ("wacz", "csv", "jsonld", "bibtex", "csl"):
        address = f"/statements/{target}/export/{form}"
        assert address in page
        answer = desk.client.get(address)
        assert answer.status_code == 200, form
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    receipt = desk.client.get(f"/statements/{target}/receipt.zip")
    verify.verify(receipt.data)
    with zipfile.ZipFile(io.BytesIO(receipt.data)) as packed:
        assert "verify.py" in packed.namelist()
    assert desk.client.get(f"/statements/{target}/export/exe").status_code == 404


def test_an_archive_that_signed_nothing_says_so(velland: Site) -> None:
    answer = velland.client.get(f"/statements/{a_statement(velland)}/receipt.zip")
    assert answer.status_code == 404
    assert "no_checkpoint" in answer.text
