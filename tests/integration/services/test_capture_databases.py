"""Capturing, following and second copies write the same on both databases."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from warcio.archiveiterator import ArchiveIterator

from archive import services, storage
from archive.domain.accounts import Platform
from archive.domain.evidence import EvidenceGrade
from archive.domain.second_copy import CopyState
from archive.receipts import verify
from archive.runtime import Network
from archive.storage.rows.captures import BodyPartRow
from archive.storage.rows.custody import CustodyManifestRow
from archive.storage.rows.follows import SecondCopyRow
from tests.integration.services.test_capturing import PAGE, grade, press_release, problems
from tests.world import Fault, World

WORDS = "The last boat leaves at nine and waits for nobody."


def test_a_night_of_capturing_is_the_same_on_both(runtime, clock) -> None:
    world = World()
    runtime = replace(runtime, network=Network(lambda: world.fetcher(now=clock)))
    for day in range(3):
        world.publish(Platform.MASTODON, "ada@gov.example", f"Day {day}.", at=clock() - timedelta(days=3 - day))
    post = world.publish(Platform.BLUESKY, "ada.gov.example", WORDS, at=clock() - timedelta(days=1))

    services.capture.capture_url(runtime, post.url, second_copy=True)
    services.follow.follow_account(runtime, "@ada@gov.example")
    world.fault("web.archive.org", Fault.RATE_LIMIT)
    services.second_copies.push_due(runtime)
    world.edit(post, WORDS.replace("nine", "ten"), at=clock())
    clock.pass_by(timedelta(days=1))
    again = services.capture.capture_url(runtime, post.url)
    step = services.follow.fetch_followed(runtime)

    assert (again.is_changed, again.snapshot.version, step.failures) == (True, 2, ())
    (copy,) = services.second_copies.list_copies(runtime)
    assert (copy.state, copy.attempts) == (CopyState.WAITING, 1)
    (state,) = services.follow.list_follows(runtime)
    assert state.follow.answered_at == clock() and state.silence is None
    with runtime.database.reading() as session:
        assert list(storage.audit.problems(session)) == []
        (interval,) = storage.coverage.intervals(session, (state.account.id,))[-1:]
        assert interval.until == clock()


def test_a_forged_second_copy_is_noticed(runtime, clock) -> None:
    world = World()
    runtime = replace(runtime, network=Network(lambda: world.fetcher(now=clock)))
    world.article(PAGE, press_release())
    services.capture.capture_url(runtime, PAGE, second_copy=True)
    (hit,) = services.search.search_statements(runtime, services.search.parse_query("boat")).hits
    with runtime.database.writing() as session:
        forged = update(SecondCopyRow).values(state="kept", text_digest=hit.statement.snapshot.text_digest)
        session.execute(forged.execution_options(synchronize_session=False))
    assert grade(runtime) is EvidenceGrade.SECOND_COPY, "what the forger was after"
    (problem,) = problems(runtime)
    assert "is not as the custody log says it was noted last" in problem


def test_a_removal_takes_the_second_copy_and_what_was_noted_of_it(runtime, clock) -> None:
    world = World()
    runtime = replace(runtime, network=Network(lambda: world.fetcher(now=clock)))
    world.article(PAGE, press_release())
    services.capture.capture_url(runtime, PAGE, second_copy=True)
    done = {"status": "success", "job_id": "spn2-1", "timestamp": "20260301090000", "original_url": PAGE}
    world.article("https://web.archive.org/save", json.dumps(done), media_type="application/json")
    copied = press_release() + "<!-- only in the copy -->"
    world.article(f"https://web.archive.org/web/20260301090000id_/{PAGE}", copied)
    services.second_copies.push_due(runtime)
    assert grade(runtime) is EvidenceGrade.SECOND_COPY
    (hit,) = services.search.search_statements(runtime, services.search.parse_query("boat")).hits
    people = (("O. B.", "editor"), ("P. V.", "counsel"))
    clerks = [services.removal.Signatory(name=name, role=role) for name, role in people]
    basis = services.removal.RedactionBasis.COURT_ORDER
    asked = services.removal.request_redaction(runtime, hit.statement.post.id, basis=basis, by=clerks[0])
    services.removal.confirm_redaction(runtime, asked.request.id, by=clerks[1])
    assert services.second_copies.list_copies(runtime) == ()
    with runtime.database.reading() as session:
        held = b"".join(session.scalars(select(BodyPartRow.bytes)))
        kept = "".join(session.scalars(select(CustodyManifestRow.manifest)))
    assert b"only in the copy" not in held
    assert hit.statement.snapshot.text_digest not in kept
    assert problems(runtime) == []


def test_what_was_captured_goes_into_receipts_and_every_export_on_both(runtime, clock) -> None:
    """With wire bytes, an identity, a signed record and several versions: what imports never have."""
    world = World()
    settings = runtime.settings.model_copy(update={"origin": "archive.ostrelund.example"})
    runtime = replace(runtime, network=Network(lambda: world.fetcher(now=clock)), settings=settings)
    post = world.publish(Platform.BLUESKY, "ada.gov.example", WORDS, at=clock() - timedelta(days=1))
    services.capture.capture_url(runtime, post.url)
    world.edit(post, WORDS.replace("nine", "ten"), at=clock())
    clock.pass_by(timedelta(days=1))
    held = services.capture.capture_url(runtime, post.url)
    services.checkpoints.make_key(runtime)
    said: list[str] = []
    receipt = services.receipts.write_receipt(runtime, held.post.id)
    verify.verify(receipt, say=said.append)
    assert sum(WORDS[:20] in line for line in said) == 2, "both versions"
    for form in services.exports.ExportForm:
        body = services.exports.export(runtime, held.post.id, form).body
        assert body
        if form is services.exports.ExportForm.WACZ:
            with zipfile.ZipFile(io.BytesIO(body)) as packed:
                verify.verify(packed.read("evidence/receipt.zip"))
                warc = packed.read("archive/data.warc.gz")
            kinds = [record.rec_type for record in ArchiveIterator(io.BytesIO(warc))]
            assert kinds.count("response") >= 2
    for place in range(40, len(receipt), len(receipt) // 60):
        changed = bytearray(receipt)
        changed[place] ^= 4
        with pytest.raises(verify.Refused):
            verify.verify(bytes(changed))
