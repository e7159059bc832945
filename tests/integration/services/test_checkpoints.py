"""Checkpoints end to end: signed, refused, published, stamped – and accepted by a verifier that is not ours."""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import services, storage
from archive.domain.checkpoints import read_proof
from archive.domain.merkle import leaf_hash, proves_inclusion
from archive.errors import ConfigurationError, CustodyError, NotFoundError
from archive.runtime import Runtime, build_runtime
from tests.harness.authority import POLICY, make_authority, serving
from tests.integration.services.given import a_dump, a_registry, a_row

ORIGIN = "records.velmora.example/log"
GO_LIBRARY = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")
VERIFIER = Path(__file__).parents[2] / "harness" / "golang" / "verify.go"


@pytest.fixture
def signing(runtime: Runtime) -> Runtime:
    """A runtime whose log has a name and a key, and something in it."""
    settings = runtime.settings.model_copy(update={"origin": ORIGIN})
    named = dataclasses.replace(runtime, settings=settings)
    services.curate.take_registry(named, a_registry())
    services.ingest.take_posts(named, a_dump(a_row(), a_row(post_id="18", text="Another boat leaves at ten.")))
    services.checkpoints.make_key(named)
    return named


def test_a_log_without_a_name_is_not_signed(runtime: Runtime) -> None:
    with pytest.raises(ConfigurationError):
        services.checkpoints.make_key(runtime)


def test_what_is_signed_is_published_and_signing_again_adds_nothing(signing: Runtime) -> None:
    with pytest.raises(NotFoundError):
        services.checkpoints.latest_checkpoint(signing)
    signed = services.checkpoints.sign(signing)
    assert signed is not None
    assert services.checkpoints.latest_checkpoint(signing) == signed
    assert services.checkpoints.get_checkpoint(signing, signed.size) == signed
    assert services.checkpoints.sign(signing) is None
    services.ingest.take_posts(signing, a_dump(a_row(post_id="19"), name="more.jsonl"))
    later = services.checkpoints.sign(signing)
    assert later is not None
    assert later.size > signed.size
    assert services.checkpoints.get_consistency(signing, old=signed.size, new=later.size)
    assert services.verify.verify_archive(signing).problems == ()


def test_a_key_that_follows_is_announced_and_signs_too(signing: Runtime) -> None:
    first = services.checkpoints.sign(signing)
    key = services.checkpoints.make_key(signing)
    second = services.checkpoints.sign(signing)
    assert first is not None
    assert second is not None
    assert (len(first.note.signatures), len(second.note.signatures)) == (1, 2)
    assert str(key) in services.checkpoints.published_keys(signing)
    services.checkpoints.retire_key(signing, services.checkpoints.get_keys(signing).active[0].key_hash.hex())
    third = services.checkpoints.sign(signing)
    assert third is not None
    assert len(third.note.signatures) == 1
    assert services.verify.verify_archive(signing).problems == ()


def test_an_older_backup_put_back_is_neither_signed_nor_verified(signing: Runtime, tmp_path: Path) -> None:
    if not signing.database.is_sqlite:
        pytest.skip("the copy of a file stands for every backup")
    file = Path(signing.database.url.removeprefix("sqlite:///"))
    with signing.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(file, tmp_path / "backup.db")
    services.ingest.take_posts(signing, a_dump(a_row(post_id="20"), name="more.jsonl"))
    services.checkpoints.sign(signing)
    settings = signing.settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'backup.db'}"})
    with build_runtime(settings, now=signing.now) as restored:
        with pytest.raises(CustodyError) as caught:
            services.checkpoints.sign(restored)
        assert caught.value.code == "log_went_back"
        assert services.verify.verify_archive(restored).problems != ()


def test_a_rewritten_log_whose_head_was_mended_is_noticed(signing: Runtime) -> None:
    """Whoever rewrites an entry can mend leaves and head, but not what the signer remembers."""
    services.checkpoints.sign(signing)
    with signing.database.engine.execution_options(onrecord_writing=True).begin() as connection:
        _rewrite(connection, is_sqlite=signing.database.is_sqlite)
    with signing.database.reading() as session:
        assert storage.custody.verify(session) == ()
    found = services.verify.verify_archive(signing).problems
    assert any("signer" in problem for problem in found)
    with pytest.raises(CustodyError):
        services.checkpoints.sign(signing)


def _rewrite(connection: object, *, is_sqlite: bool) -> None:
    from archive.domain.merkle import grown
    from archive.storage.rows.custody import CustodyHeadRow, CustodyRow

    if is_sqlite:
        connection.exec_driver_sql("DROP TRIGGER custody_log_refuse_update")
    else:
        connection.exec_driver_sql("ALTER TABLE custody_log DISABLE TRIGGER ALL")
    from sqlalchemy import select, update
    from sqlalchemy.orm import Session

    session = Session(connection)
    session.execute(update(CustodyRow).where(CustodyRow.position == 1).values(subject="another"))
    subtrees: list[bytes] = []
    for size, leaf in enumerate(storage.custody.recomputed_leaves(session)):
        session.execute(update(CustodyRow).where(CustodyRow.position == size).values(leaf=leaf.hex()))
        subtrees = grown(subtrees, leaf, size=size)
    session.execute(update(CustodyHeadRow).values(subtrees=b"".join(subtrees)))
    assert session.scalar(select(CustodyHeadRow.size))
    session.flush()


def test_a_signer_that_lost_its_memory_signs_nothing(signing: Runtime) -> None:
    services.checkpoints.sign(signing)
    (signing.settings.signer / "last-checkpoint.txt").unlink()
    with pytest.raises(CustodyError) as caught:
        services.checkpoints.sign(signing)
    assert caught.value.code == "signer_forgot"


def a_proof(signing: Runtime) -> tuple[str, dict[str, object]]:
    services.checkpoints.sign(signing)
    with signing.database.reading() as session:
        post = storage.posts.find(session, ["17"])[0]
        snapshot = storage.posts.latest_snapshot(session, post.id)
    assert snapshot is not None
    text = services.checkpoints.get_statement_proof(signing, snapshot.id)
    return text, json.loads(read_proof(text).extra)


def test_a_statement_is_proved_by_a_short_path(signing: Runtime) -> None:
    """With the standard library, from the text up to the signed root."""
    import hashlib

    text, way = a_proof(signing)
    proof = read_proof(text)
    values = json.dumps(way["snapshot"], ensure_ascii=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(bytes.fromhex(way["snapshot_salt"]) + values).digest()
    batch = way["batch"]
    entry = json.loads(way["entry"])
    roots = [
        root for root in _roots_up(leaf_hash(digest), place=batch["place"], size=batch["size"], path=batch["path"])
    ]
    manifest = json.dumps({"root": roots[-1].hex(), "size": batch["size"], "v": 2}, separators=(",", ":")).encode()
    assert hashlib.sha256(bytes.fromhex(way["entry_salt"]) + manifest).hexdigest() == entry["commit"]
    checkpoint = proof.note.checkpoint()
    leaf = leaf_hash(way["entry"].encode())
    assert proves_inclusion(leaf, index=proof.index, size=checkpoint.size, path=proof.path, root=checkpoint.root)
    assert not proves_inclusion(
        leaf_hash(b"other"), index=proof.index, size=checkpoint.size, path=proof.path, root=checkpoint.root
    )


def _roots_up(node: bytes, *, place: int, size: int, path: list[str]) -> list[bytes]:
    from archive.domain.merkle import node_hash

    found, last, steps = [node], size - 1, [bytes.fromhex(step) for step in path]
    while last > 0:
        if place % 2 or place != last:
            sibling = steps.pop(0)
            node = node_hash(sibling, node) if place % 2 else node_hash(node, sibling)
            found.append(node)
        place, last = place // 2, last // 2
    return found


@pytest.mark.skipif(
    shutil.which("go") is None or not GO_LIBRARY.exists(), reason="Go and golang-golang-x-mod-dev are not installed"
)
def test_gos_own_verifier_accepts_the_proof_and_refuses_any_other(signing: Runtime, tmp_path: Path) -> None:
    text, way = a_proof(signing)
    key = str(services.checkpoints.get_keys(signing).active[0])
    binary = tmp_path / "verify"
    environment = os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(tmp_path / "cache")}
    subprocess.run(["go", "build", "-o", str(binary), str(VERIFIER)], check=True, env=environment)

    def verdict(proof: str, entry: str, key: str) -> str:
        (tmp_path / "proof").write_text(proof, "utf-8")
        (tmp_path / "entry").write_text(entry, "utf-8")
        command = [str(binary), str(tmp_path / "proof"), str(tmp_path / "entry"), key]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    entry = str(way["entry"])
    assert verdict(text, entry, key).startswith(f"accepted: {ORIGIN}")
    assert verdict(text, entry.replace("snapshots", "snapshot"), key).startswith("refused")
    assert verdict(text.replace("index ", "index 1"), entry, key).startswith("refused")
    body = read_proof(text).note.checkpoint()
    other = base64.b64encode(bytes(32)).decode()
    assert verdict(text.replace(base64.b64encode(body.root).decode(), other), entry, key).startswith("refused")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_checkpoints_are_stamped_and_wrong_answers_leave_them_pending(signing: Runtime, tmp_path: Path) -> None:
    signing = dataclasses.replace(signing, now=lambda: datetime.now(UTC))
    local = make_authority(tmp_path / "authority")
    folder = signing.settings.authorities
    folder.mkdir(parents=True)
    (folder / "velm.pem").write_bytes(local.root)
    services.checkpoints.sign(signing)
    answers = [lambda _: b"", lambda _: b"<html>", lambda request: local.answer(request, policy="1.2.3.4.99")]
    with serving(lambda request: answers.pop(0)(request) if answers else local.answer(request)) as url:
        (folder / "velm.toml").write_text(f'url = "{url}"\npolicy = "{POLICY}"\n', "utf-8")
        for _ in range(3):
            stamping = services.stamps.stamp_pending(signing)
            assert (stamping.stamped, len(stamping.pending)) == (0, 1)
            assert services.checkpoints.latest_checkpoint(signing).stamps == ()
        assert services.stamps.stamp_pending(signing).stamped == 1
        assert services.stamps.stamp_pending(signing) == services.stamps.Stamping(stamped=0, pending=())
    assert services.stamps.list_pending(signing) == ()
    (stamp,) = services.checkpoints.latest_checkpoint(signing).stamps
    assert abs(stamp.stamped_at - datetime.now(UTC)) < timedelta(minutes=5)
    assert services.verify.verify_archive(signing).problems == ()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_an_authority_whose_clock_is_far_from_ours_is_not_believed(signing: Runtime, tmp_path: Path) -> None:
    local = make_authority(tmp_path / "authority")
    folder = signing.settings.authorities
    folder.mkdir(parents=True)
    (folder / "velm.pem").write_bytes(local.root)
    services.checkpoints.sign(signing)
    with serving(local.answer) as url:
        (folder / "velm.toml").write_text(f'url = "{url}"\n', "utf-8")
        stamping = services.stamps.stamp_pending(signing)
    assert "clock" in stamping.pending[0].reason


def test_verifying_a_part_looks_at_what_came_since(signing: Runtime) -> None:
    for since in ("0", "2", "2026-02-12", "2099-01-01"):
        assert services.verify.verify_archive(signing, since=since).problems == ()
    with pytest.raises(Exception, match="Since when"):
        services.verify.verify_archive(signing, since="yesterday")
