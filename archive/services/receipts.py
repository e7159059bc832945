"""Receipts: one file that a stranger verifies offline, from a judgement down to the captured bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from importlib import resources
from uuid import UUID

from archive import __version__, storage
from archive.domain.captures import Capture, TermsClass
from archive.domain.checkpoints import write_proof
from archive.domain.checks import Check, CheckState
from archive.domain.custody import instant
from archive.domain.ids import ArticleId, CheckId, PostId, SnapshotId
from archive.domain.statements import StatementDetail
from archive.domain.verdicts import Judgement
from archive.errors import ConflictError, NotFoundError
from archive.receipts import verify
from archive.runtime import Runtime
from archive.services import checkpoints, showing, stamps
from archive.settings import Settings
from archive.storage.checkpoints import Signed
from archive.storage.database import Session

LARGEST_BODY = 5_000_000
"""Bytes of a capture that go into a receipt; a dump of a million posts is nobody's receipt for one of them."""
Document = dict[str, object]


@dataclass(slots=True, kw_only=True)
class _Contents:
    """What one receipt holds so far."""

    session: Session
    settings: Settings
    leaves: tuple[bytes, ...]
    entries: dict[int, Document] = field(default_factory=dict)
    captures: dict[UUID, Document] = field(default_factory=dict)
    statements: dict[UUID, Document] = field(default_factory=dict)
    articles: dict[UUID, Document] = field(default_factory=dict)
    judgements: list[Document] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    hidden: int = 0
    """How many judgements are left out, because the words they compare are hidden."""

    def entry(self, index: int) -> int:
        """Take an entry in with its proof; its index."""
        if index not in self.entries:
            if index >= len(self.leaves):
                raise ConflictError(
                    "What it rests on was recorded after the last checkpoint: run `onrecord sign`, then ask again.",
                    code="not_signed_yet",
                )
            held = storage.proofs.entry(self.session, index, leaves=self.leaves)
            self.entries[index] = {
                "entry": held.canonical.decode("utf-8"),
                "salt": held.salt.hex(),
                "path": [step.hex() for step in held.path],
            }
        return index

    def capture(self, capture: Capture) -> None:
        """Take a capture in, with its bytes where they may be passed on and are not too many."""
        self.bare_capture(capture)
        if may_be_passed_on(self.session, capture):
            self.bodies[capture.digest] = storage.captures.body(self.session, capture.digest)

    def bare_capture(self, capture: Capture) -> None:
        """Take a capture in without its bytes."""
        if capture.id not in self.captures:
            index, manifest = storage.proofs.capture(self.session, capture)
            self.captures[capture.id] = {"entry": self.entry(index), "manifest": manifest.decode("utf-8")}

    def snapshot(self, snapshot_id: SnapshotId, text: str | None, *, capture: Capture) -> None:
        """Take one snapshot of a statement in, with the capture it was read from; where its words are hidden (None)
        without these and without the bytes they stand in."""
        if snapshot_id in self.statements:
            return
        if text is None:
            self.bare_capture(capture)
        else:
            self.capture(capture)
        member = storage.custody_members.of_snapshot(self.session, snapshot_id)
        self.statements[snapshot_id] = {
            "entry": self.entry(member.event.index),
            "snapshot": list(member.values),
            "salt": member.snapshot_salt.hex(),
            "batch": {"place": member.place, "size": member.size, "path": [step.hex() for step in member.path]},
            "text": text,
        }

    def article(self, article_id: ArticleId) -> None:
        """Take an article version in, with its capture."""
        if article_id in self.articles:
            return
        index, values, version = storage.proofs.article(self.session, article_id)
        if version.capture_id is not None:
            self.capture(storage.captures.get(self.session, version.capture_id))
        self.articles[article_id] = {"entry": self.entry(index), "values": list(values)}

    def judgement(self, judgement: Judgement) -> None:
        """Take a judgement in, with the article and all statements it compares with; one on hidden words is only
        counted, for its document repeats them."""
        if showing.hides_any(self.settings, judgement.opinion):
            self.hidden += 1
            return
        held = storage.proofs.judgement(self.session, judgement.id)
        for item in (*judgement.opinion.evidence, *judgement.opinion.others):
            snapshot = item.statement.snapshot
            self.snapshot(snapshot.id, snapshot.text, capture=storage.captures.get(self.session, snapshot.capture_id))
        if judgement.article_id is not None:
            self.article(judgement.article_id)
        self.judgements.append(
            {
                "entry": self.entry(held.index),
                "document": held.document,
                "place": held.place,
                "digests": list(held.digests),
            }
        )


def may_be_passed_on(session: Session, capture: Capture) -> bool:
    """Whether a capture's bytes go into files that leave the archive: the terms allow it, they are not too many, and
    they were not removed with another statement that stood in them."""
    if capture.size > LARGEST_BODY or capture.terms_class is TermsClass.POINTER_ONLY:
        return False
    return storage.redactions.everything(session).of(storage.redactions.BYTES, capture.digest) is None


def write_receipt(runtime: Runtime, target: UUID) -> bytes:
    """The receipt of a finished check or of a statement with all its versions.

    NotFoundError ``no_such_target``, ``no_checkpoint`` where nothing was signed yet, ``no_proof`` for what was recorded
    before entries were salted; ConflictError ``not_signed_yet``, ``check_not_done``; RedactedError.
    """
    with runtime.database.reading() as session:
        storage.redactions.refuse_removed_check(session, CheckId(target))
        storage.redactions.refuse_removed_statement(session, PostId(target))
        _wanted(session, target)
    _sign_if_possible(runtime)
    signed = checkpoints.latest_checkpoint(runtime)
    with runtime.database.reading() as session:
        leaves = storage.custody.leaves(session, size=signed.note.checkpoint().size)
        contents = _Contents(session=session, settings=runtime.settings, leaves=leaves)
        kind = _collect(contents, target)
    return _packed(runtime, contents, signed=signed, subject={"kind": kind, "id": str(target)})


def _collect(contents: _Contents, target: UUID) -> str:
    wanted = _wanted(contents.session, target)
    if isinstance(wanted, StatementDetail):
        _collect_statement(contents, wanted)
        return "statement"
    _collect_check(contents, wanted)
    return "check"


def _wanted(session: Session, target: UUID) -> Check | StatementDetail:
    try:
        return storage.checks.get(session, CheckId(target))
    except NotFoundError:
        pass
    try:
        return storage.statements.get(session, PostId(target))
    except NotFoundError as error:
        raise NotFoundError(
            "That is neither a check nor a statement of this archive.", code="no_such_target"
        ) from error


def _collect_check(contents: _Contents, check: Check) -> None:
    if check.state is not CheckState.DONE or check.article is None:
        raise ConflictError("The check has not come to its end.", code="check_not_done")
    contents.article(check.article.id)
    removed = storage.redactions.everything(contents.session)
    for judgement in check.judgements:
        # A judgement on removed words was emptied with them, and its entry lost its salt: it has no proof any more, nor
        # have those that were committed to together with it.
        index = storage.proofs.judgement(contents.session, judgement.id).index
        if removed.of(storage.redactions.SALTS, index) is None:
            contents.judgement(judgement)


def _collect_statement(contents: _Contents, detail: StatementDetail) -> None:
    held = {capture.id: capture for capture in detail.captures}
    is_hidden = showing.hides(contents.settings, detail.statement)
    for snapshot in detail.versions:
        text = None if is_hidden else snapshot.text
        contents.snapshot(snapshot.id, text, capture=held[snapshot.capture_id])


def _sign_if_possible(runtime: Runtime) -> None:
    """A process that has the key signs what is new first, so that a fresh check has its receipt at once."""
    if checkpoints.signs(runtime.settings):
        checkpoints.sign(runtime)


def _packed(runtime: Runtime, contents: _Contents, *, signed: Signed, subject: Document) -> bytes:
    names = {f"timestamps/{number}.tsr": stamp for number, stamp in enumerate(stamps.carried(signed))}
    receipt: Document = {
        "format": verify.FORMAT,
        "made_at": instant(runtime.now()),
        "software": __version__,
        "archive": signed.note.checkpoint().origin,
        "subject": subject,
        "entries": {str(index): contents.entries[index] for index in sorted(contents.entries)},
        "captures": list(contents.captures.values()),
        "statements": list(contents.statements.values()),
        "articles": list(contents.articles.values()),
        "judgements": contents.judgements,
        "hidden": contents.hidden,
        "timestamps": [
            {"file": name, "authority": stamp.authority, "stamped_at": instant(stamp.stamped_at)}
            for name, stamp in names.items()
        ],
    }
    files = [
        ("README.txt", _resource("README.txt")),
        ("verify.py", _resource("verify.py")),
        ("receipt.json", json.dumps(receipt, indent=1, ensure_ascii=True).encode("ascii")),
        ("checkpoint.txt", str(signed.note).encode("utf-8")),
        ("keys.txt", "".join(f"{key}\n" for key in checkpoints.published_keys(runtime)).encode("utf-8")),
        *((name, stamp.token) for name, stamp in names.items()),
        *((f"bodies/{digest}", body) for digest, body in contents.bodies.items()),
    ]
    sums = "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in files)
    return verify.packed([*files, ("SHA256SUMS", sums.encode("utf-8"))])


def _resource(name: str) -> bytes:
    return resources.files("archive.receipts").joinpath(name).read_bytes()


def log_proofs(receipt: bytes) -> tuple[tuple[str, bytes], ...]:
    """Every entry of a receipt as a ``.tlog-proof`` that tools of transparency logs read, by file name."""
    files = verify.unpacked(receipt)
    note, entries = files["checkpoint.txt"].decode("utf-8"), json.loads(files["receipt.json"])["entries"]
    return tuple(
        (
            f"{index}.tlog-proof",
            write_proof(index=int(index), path=[bytes.fromhex(step) for step in entry["path"]], note=note).encode(),
        )
        for index, entry in entries.items()
    )
