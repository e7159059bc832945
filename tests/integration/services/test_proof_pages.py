"""Proof pages: fetched once, stored as captures of their own, and compared with what they should prove."""

import json
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from archive import services, storage
from archive.capture.fetcher import Fetcher
from archive.capture.limits import FetchLimits
from archive.runtime import Network, Runtime
from archive.services.proof_pages import ProofPages

PAGE = "https://ostrelund.example/contact"
ROWS = [
    {"person": "Tavrin Oskelbeck", "platform": "x", "handle": "TavrinOskelbeck", "proof_url": PAGE},
    {"person": "Sorrel Ames", "platform": "x", "handle": "SorrelAmes", "proof_url": PAGE},
    {"person": "Iven Taal", "platform": "x", "handle": "IvenTaal", "proof_url": "https://ostrelund.example/gone"},
]


class Site(httpx.BaseTransport):
    """Links one of the two accounts; everything else is gone."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if request.url.path != "/contact":
            return httpx.Response(404, text="<html>gone</html>", headers={"Content-Type": "text/html"})
        page = '<html><body><p>Follow us: <a href="https://twitter.com/tavrinoskelbeck">on X</a></p></body></html>'
        return httpx.Response(200, text=page, headers={"Content-Type": "text/html"})


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def world(runtime: Runtime, site: Site, clock) -> Runtime:
    limits = FetchLimits(per_host=None, attempts=1, retry_wait=0.0)
    fetcher = Fetcher(limits, transport=site, resolve=lambda host, port: ("93.184.215.14",), now=clock)
    return replace(runtime, network=Network(lambda: fetcher))


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "people.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS))
    return path


def proofs(world: Runtime) -> dict[str, str | None]:
    """For each handle, the source of the captured page that proves whose it is."""
    with world.database.reading() as session:
        known = storage.directory.whole(session)
        found = {}
        for control in known.controls:
            account = known.account(control.account_id)
            assert account is not None
            page = control.proof.capture_id
            found[account.handle] = None if page is None else storage.captures.get(session, page).provenance.source
        return found


def test_proof_pages_are_captured_once_and_compared(world: Runtime, site: Site, registry: Path) -> None:
    report = services.curate.import_registry(world, registry, proofs=ProofPages.FETCHED)
    assert proofs(world) == {"TavrinOskelbeck": PAGE, "SorrelAmes": None, "IvenTaal": None}
    assert report.added == 3
    assert report.remarks == (
        "The proof page https://ostrelund.example/gone was not captured: "
        "The site answered with status 404 instead of the page.",
        f"The proof page {PAGE} does not link @SorrelAmes on x.",
    )
    services.curate.import_registry(world, registry, proofs=ProofPages.FETCHED)
    assert site.asked.count("/contact") == 1


def test_a_page_that_is_held_stays_the_proof(world: Runtime, site: Site, registry: Path) -> None:
    services.curate.import_registry(world, registry, proofs=ProofPages.FETCHED)
    asked = len(site.asked)
    again = services.curate.import_registry(world, registry)
    assert proofs(world)["TavrinOskelbeck"] == PAGE
    assert (again.added, len(site.asked)) == (0, asked)


def test_without_being_asked_nothing_is_fetched(world: Runtime, site: Site, registry: Path) -> None:
    services.curate.import_registry(world, registry)
    services.curate.rehearse_registry(world, registry)
    assert site.asked == []
    assert set(proofs(world).values()) == {None}
