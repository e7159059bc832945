"""Checkpoints and proofs over HTTP: what a stranger fetches is enough to check the log without us."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from archive.domain.checkpoints import read_note, read_proof, read_verifier_key
from archive.domain.ids import PostId
from archive.domain.merkle import leaf_hash, proves_consistency, proves_inclusion
from archive.runtime import build_runtime
from archive.services import checkpoints
from archive.signing import has_valid_signature
from tests.functional.web.sites import Site, settings_in
from web.application import create_app

ORIGIN = "velland.example/log"


@pytest.fixture
def signed(velland: Site, tmp_path: Path) -> Iterator[FlaskClient]:
    """The site of an archive whose log was signed twice."""
    with build_runtime(settings_in(tmp_path, origin=ORIGIN)) as runtime:
        checkpoints.make_key(runtime)
        checkpoints.sign(runtime)
        checkpoints.make_key(runtime)
        checkpoints.sign(runtime)
        yield create_app(runtime).test_client()


def test_a_stranger_checks_signature_growth_and_inclusion(signed: FlaskClient, harbour: PostId) -> None:
    answer = signed.get("/checkpoint")
    assert answer.content_type == "text/plain; charset=utf-8"
    note = read_note(answer.text)
    new = note.checkpoint()
    keys = [read_verifier_key(line) for line in signed.get("/checkpoint/keys").text.splitlines()]
    assert len(keys) == 2
    assert has_valid_signature(note, keys)
    proof = read_proof(signed.get(f"/statements/{harbour}/versions/1.tlog-proof").text)
    old = proof.note.checkpoint()
    assert old.size < new.size
    assert signed.get(f"/checkpoint/{old.size}").text == str(proof.note)
    path = signed.get(f"/checkpoint/{new.size}/since/{old.size}").get_json()["path"]
    steps = [bytes.fromhex(step) for step in path]
    assert proves_consistency(old_size=old.size, old_root=old.root, new_size=new.size, new_root=new.root, path=steps)
    entry = json.loads(proof.extra)["entry"].encode()
    leaf = leaf_hash(entry)
    assert proves_inclusion(leaf, index=proof.index, size=old.size, path=proof.path, root=old.root)


ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_feed_reader_holds_every_checkpoint(signed: FlaskClient) -> None:
    answer = signed.get("/checkpoint/feed")

    assert answer.content_type == "application/atom+xml; charset=utf-8"
    read = ElementTree.fromstring(answer.data)
    assert read.findtext(f"{ATOM}author/{ATOM}name"), "RFC 4287 4.1.1: a feed has an author"
    entries = read.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}summary") for entry in entries] == [
        signed.get(entry.find(f"{ATOM}link").get("href")).text for entry in entries
    ]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == 2
    newest = read_note(entries[0].findtext(f"{ATOM}summary"))
    assert str(newest) == signed.get("/checkpoint").text
    assert all(datetime.fromisoformat(entry.findtext(f"{ATOM}updated")).tzinfo for entry in entries)


def test_a_log_that_was_never_signed_has_an_empty_feed(velland: Site) -> None:
    answer = velland.client.get("/checkpoint/feed")

    assert answer.status_code == 200
    assert not ElementTree.fromstring(answer.data).findall(f"{ATOM}entry")


def test_the_page_on_custody_leads_to_the_checkpoint(signed: FlaskClient) -> None:
    page = signed.get("/about/custody").text
    assert 'href="/checkpoint/feed"' in page
    assert 'href="/checkpoint"' in page
    assert 'href="/checkpoint/keys"' in page


@pytest.mark.parametrize(
    "address",
    [
        "/checkpoint",
        "/checkpoint/3",
        f"/checkpoint/{2**70}",
        "/checkpoint/3/since/9",
        f"/checkpoint/{2**70}/since/1",
        "/statements/{harbour}/versions/1.tlog-proof",
        "/statements/{harbour}/versions/99.tlog-proof",
        "/statements/00000000-0000-0000-0000-000000000000/versions/1.tlog-proof",
    ],
)
def test_what_was_never_signed_is_not_found(velland: Site, harbour: PostId, address: str) -> None:
    assert velland.client.get(address.format(harbour=harbour)).status_code == 404
    assert 'href="/checkpoint"' not in velland.client.get("/about/custody").text
