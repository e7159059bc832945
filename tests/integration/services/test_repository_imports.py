"""Repositories of Bluesky: the signature of an imported file, checked where the archive has captured the account's key."""

import json
from dataclasses import replace

import pytest

from archive import services, storage
from archive.capture.dumps import read_upload
from archive.capture.endpoints import identity_endpoint
from archive.capture.posts import capture_endpoint
from archive.domain.captures import CaptureClass, Captured
from archive.domain.evidence import EvidenceGrade
from archive.domain.statements import StatementQuery
from archive.runtime import Network, Runtime
from tests.integration.services.given import NOON
from tests.world import World
from tests.world.repositories import Repository

DID = "did:plc:orlavennorlavennorlavenn"
RECORD = {"$type": "app.bsky.feed.post", "text": "Ferries sail at nine.", "createdAt": "2025-02-01T10:00:00Z"}
ADDRESS = f"https://plc.directory/{DID}"


def a_file(repository: Repository, name: str = "repo.car") -> Captured:
    return read_upload(name, repository.slice({"3kaheyt6vpc22": RECORD}), now=NOON)


def knows(runtime: Runtime, world: World, body: object) -> None:
    """The archive fetches an identity document, as it does with every post of the account it captures."""
    world.article(ADDRESS, json.dumps(body), media_type="application/json")
    endpoint = identity_endpoint(DID)
    assert endpoint is not None and endpoint.url == ADDRESS
    with runtime.database.writing() as session:
        storage.captures.add(session, capture_endpoint(runtime.fetcher, endpoint))


def imported(runtime: Runtime, captured: Captured) -> tuple[str, str]:
    """What is said of the whole file, and in the row of its post."""
    report = services.ingest.take_posts(runtime, captured)
    assert (report.added, report.errors) == (1, ())
    with runtime.database.reading() as session:
        (post,) = storage.posts.find(session, [f"at://{DID}/app.bsky.feed.post/3kaheyt6vpc22"])
        (snapshot,) = storage.posts.snapshots(session, post.id)
        assert list(storage.audit.problems(session)) == []
    return " ".join(report.remarks), str(snapshot.locator)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def archive(runtime: Runtime, world: World, clock) -> Runtime:
    return replace(runtime, network=Network(lambda: world.fetcher(now=clock)))


def test_the_signature_is_checked_by_the_key_that_was_captured(archive: Runtime, world: World) -> None:
    repository = Repository(DID)
    knows(archive, world, repository.identity(host="https://host.example", handle="orla.example"))
    remark, row = imported(archive, a_file(repository))
    assert "its signature holds, by the account's key as this archive captured it" in remark
    assert row.startswith("record bafyrei") and row.endswith(", commit signature holds")


def graded(runtime: Runtime) -> tuple[CaptureClass, EvidenceGrade]:
    """Who vouches for the file that the one post came from, and the post's grade."""
    (found,) = services.search.search_statements(runtime, StatementQuery(words="ferries")).hits
    (capture,) = services.search.get_statement(runtime, found.statement.post.id).captures
    return capture.provenance.capture_class, found.statement.grade


def test_a_signature_that_holds_makes_the_file_as_good_as_a_capture(archive: Runtime, world: World) -> None:
    """The account's key signed every record: whoever handed the file in need not be believed any more."""
    repository = Repository(DID)
    knows(archive, world, repository.identity(host="https://host.example", handle="orla.example"))
    imported(archive, a_file(repository))
    assert graded(archive) == (CaptureClass.VERIFIABLE, EvidenceGrade.TIME_STAMPED_OR_SIGNED)
    assert services.verify.verify_archive(archive).problems == ()


@pytest.mark.parametrize("is_known", [True, False], ids=["another's key", "no key"])
def test_without_a_signature_that_holds_a_file_is_somebodys_copy(
    archive: Runtime, world: World, is_known: bool
) -> None:
    if is_known:
        knows(archive, world, Repository(DID).identity(host="https://host.example", handle="orla.example"))
    imported(archive, a_file(Repository(DID)))
    assert graded(archive) == (CaptureClass.THIRD_PARTY_ATTESTED, EvidenceGrade.THIRD_PARTY_COPY)


def test_a_file_that_is_held_stays_as_it_was_recorded(archive: Runtime, world: World) -> None:
    repository = Repository(DID)
    imported(archive, a_file(repository))
    knows(archive, world, repository.identity(host="https://host.example", handle="orla.example"))
    again = services.ingest.take_posts(archive, a_file(repository))
    assert (again.added, again.unchanged) == (0, 1)
    assert graded(archive) == (CaptureClass.THIRD_PARTY_ATTESTED, EvidenceGrade.THIRD_PARTY_COPY)
    assert services.verify.verify_archive(archive).problems == ()


def test_without_a_key_the_row_says_that_nobody_checked(archive: Runtime) -> None:
    remark, row = imported(archive, a_file(Repository(DID)))
    assert "signature was not checked" in remark
    assert row.endswith(", commit signature not checked")


def test_another_key_is_said_to_be_another(archive: Runtime, world: World) -> None:
    """Somebody signs a repository of his own under another's name; or the account has changed its key since."""
    knows(archive, world, Repository(DID).identity(host="https://host.example", handle="orla.example"))
    remark, row = imported(archive, a_file(Repository(DID)))
    assert "its signature is not by the key that this archive captured" in remark
    assert row.endswith(", commit signature is not by the key known")


@pytest.mark.parametrize(
    "body",
    [{"id": "did:plc:somebodyelse"}, {"id": DID}, {"id": DID, "verificationMethod": 7}, "no object", []],
    ids=["of another account", "without keys", "keys of no kind", "text", "list"],
)
def test_an_identity_document_without_the_key_is_none(archive: Runtime, world: World, body: object) -> None:
    knows(archive, world, body)
    _, row = imported(archive, a_file(Repository(DID)))
    assert row.endswith(", commit signature not checked")


def test_a_document_that_was_handed_in_is_not_believed(archive: Runtime, world: World) -> None:
    repository = Repository(DID)
    identity = repository.identity(host="https://host.example", handle="orla.example")
    with archive.database.writing() as session:
        handed_in = read_upload(ADDRESS, json.dumps(identity).encode(), now=NOON)
        storage.captures.add(session, handed_in)
    _, row = imported(archive, a_file(repository))
    assert row.endswith(", commit signature not checked")


def test_a_rehearsal_says_the_same(archive: Runtime, world: World, tmp_path) -> None:
    repository = Repository(DID)
    knows(archive, world, repository.identity(host="https://host.example", handle="orla.example"))
    path = tmp_path / "repo.car"
    path.write_bytes(a_file(repository).body)
    report = services.ingest.rehearse_posts(archive, path)
    assert any("its signature holds" in remark for remark in report.remarks)
