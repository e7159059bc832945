"""Verify an OnRecord receipt offline: ``python3 -I verify.py receipt.zip [--key NAME+HASH+KEY] [--roots FILE]``.

One file, the standard library only. It believes nothing that the receipt says of itself: every digest, proof and
signature is computed again, and the verdict is found again from the differences by the published table below. Exit 0
when all holds, 1 when anything does not or the file is no receipt, 2 when it cannot be opened. Get this file, and the
archive's key, from a place you trust, not from the receipt. Merkle trees: RFC 9162; signatures: RFC 8032 over C2SP
signed notes; time stamps: RFC 3161, whose own signatures openssl checks where ``--roots`` gives the certificates.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

FORMAT = "onrecord-receipt/1"
LARGEST = 200_000_000
PRECEDENCE = (
    "fake_source misattributed not_found_covered altered_material altered_review context_altered paraphrase_in_quotes "
    "composite altered_minor trimmed_unmarked source_mislabelled translated trimmed_marked excerpt verbatim_rendered "
    "verbatim"
).split()
_RULES = {
    "fake_source": "A6",
    "altered_review": "G1 G2 G3 G4 G5 G6 G7 G8 G9 G10 G11 G12 G13 G14 G15 G16 G17",
    "paraphrase_in_quotes": "T11",
    "composite": "T5 T6",
    "altered_minor": "T1 T2 T3 T4 T7 T8 T9 T10 T14 T15 K6",
    "trimmed_unmarked": "K4 K10",
    "source_mislabelled": "C1 C3 D1 D6 A7",
    "translated": "T12 T13",
    "trimmed_marked": "K1 K9",
    "verbatim_rendered": "R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 K2 K5 K7 K8",
}
PROPOSED_BY = {code: verdict for verdict, codes in _RULES.items() for code in codes.split()}
"""Which verdict a finding alone leads to; of several the first in PRECEDENCE is given (docs/reference/verdicts.md)."""
UNDECIDED = "ambiguous uncheckable pending disputed withdrawn not_found_covered not_found_gap no_account_known".split()
"""Verdicts that are not read off the words: silence, coverage, or a question left to a person."""

Say = Callable[[str], None]


class Refused(Exception):  # noqa: N818 - what the verifier says
    """The receipt does not hold; the sentence says where."""


def need(condition: object, sentence: str) -> None:
    """Refuse the receipt unless the condition holds."""
    if not condition:
        raise Refused(sentence)


# --- the file ---


def packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Files as a zip archive of which there is only one form: stored, undated, in this order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, body in files:
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system, member.external_attr = 3, 0o644 << 16
            archive.writestr(member, body)
    return target.getvalue()


def unpacked(body: bytes) -> dict[str, bytes]:
    """The receipt's files; refused where a single byte of the archive stands otherwise than ``packed`` writes it."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        members = archive.infolist()
        need(sum(member.file_size for member in members) <= LARGEST, "The receipt is too large.")
        files = [(member.filename, archive.read(member)) for member in members]
    need(packed(files) == body, "The file is not packed as receipts are: a byte of it was changed.")
    found = dict(files)
    need(len(found) == len(files), "The receipt holds two files of one name.")
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files if name != "SHA256SUMS"]
    need(found.get("SHA256SUMS") == "".join(lines).encode(), "SHA256SUMS does not list the files as they are.")
    return found


# --- Ed25519 (RFC 8032) ---

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]


def _plus(one: _Point, other: _Point) -> _Point:
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % _P, (one[1] + one[0]) * (other[1] + other[0]) % _P
    c, d = 2 * one[3] * other[3] * _D % _P, 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(number: int, point: _Point) -> _Point:
    result: _Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = _plus(result, point)
        point, number = _plus(point, point), number >> 1
    return result


def _point(encoded: bytes) -> _Point | None:
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return x, y, 1, x * y % _P


_BASE = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 signature of the message by that key holds."""
    if len(public) != 32 or len(signature) != 64 or _BASE is None:
        return False
    key, mark, scalar = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or mark is None or scalar >= _L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _L
    one, other = _times(scalar, _BASE), _plus(mark, _times(challenge, key))
    return (one[0] * other[2] - other[0] * one[2]) % _P == 0 and (one[1] * other[2] - other[1] * one[2]) % _P == 0


# --- proofs ---


def sha256(*parts: bytes) -> bytes:
    """The digest of the parts one after another."""
    return hashlib.sha256(b"".join(parts)).digest()


def root_by(leaf: bytes, *, place: int, size: int, path: Iterable[str]) -> bytes:
    """The root that a path of sibling hashes leads to from leaf ``place`` of ``size`` (RFC 9162, 2.1.3.2)."""
    need(0 <= place < size, "A proof names a place that the tree does not have.")
    node, last = leaf, size - 1
    for step in map(bytes.fromhex, path):
        need(last > 0 and len(step) == 32, "A proof is too long.")
        if place % 2 or place == last:
            node = sha256(b"\x01", step, node)
            while not place % 2 and place:
                place, last = place // 2, last // 2
        else:
            node = sha256(b"\x01", node, step)
        place, last = place // 2, last // 2
    need(last == 0, "A proof is too short.")
    return node


def bytes_of(text: str) -> bytes:
    """What a text in base64 holds. Its last letter has bits to spare, so only one spelling of the same bytes counts."""
    content = base64.b64decode(text, validate=True)
    need(base64.b64encode(content).decode("ascii") == text, "The checkpoint is written in another form than signed.")
    return content


def checkpoint(files: dict[str, bytes], pinned: str | None, *, say: Say) -> tuple[int, bytes]:
    """Size and root of the log, as a trusted key signed them."""
    note = files["checkpoint.txt"].decode("utf-8")
    text, _, tail = note.rpartition("\n\n")
    need(tail.endswith("\n"), "The checkpoint is cut off.")
    body, keys = text + "\n", files["keys.txt"].decode("utf-8").split()
    for key in [pinned] if pinned else keys:
        name, key_hash, encoded = key.split("+", 2)
        public = bytes_of(encoded)
        need(public[:1] == b"\x01", "The key is not of the kind Ed25519.")
        need(sha256(name.encode(), b"\n", public)[:4].hex() == key_hash, "The key's own hash does not fit it.")
        for line in tail[:-1].split("\n"):
            signed = bytes_of(line.split(" ")[2])
            fits = line.startswith(f"\u2014 {name} ") and signed[:4].hex() == key_hash
            if fits and is_signed(public[1:], body.encode("utf-8"), signed[4:]):
                origin, size, root = body.split("\n")[:3]
                say(f"The checkpoint of {origin}, {size} entries, is signed by {key}")
                if not pinned:
                    say("  That key stands in the receipt itself: compare it with the one the archive publishes.")
                return int(size), bytes_of(root)
    raise Refused("No trusted key signed the checkpoint.")


def entry(receipt: Any, index: int, *, manifest: bytes, log: tuple[int, bytes]) -> dict[str, Any]:
    """The custody entry that commits to a manifest and stands in the signed log."""
    held = receipt["entries"][str(index)]
    encoded, salt = held["entry"].encode("utf-8"), bytes.fromhex(held["salt"])
    said: dict[str, Any] = json.loads(encoded)
    need(said["index"] == index and said["v"] == 2 and len(salt) == 32, f"Entry {index} is another one.")
    need(sha256(salt, manifest).hex() == said["commit"], f"Entry {index} commits to something else.")
    found = root_by(sha256(b"\x00", encoded), place=index, size=log[0], path=held["path"])
    need(found == log[1], f"Entry {index} does not stand in the signed log.")
    return said


def ascii_list(values: Sequence[object]) -> bytes:
    """Values as the manifests of rows write them: JSON in ASCII without spaces."""
    return json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def digest_of(text: str) -> str:
    """The digest of a text's UTF-8 bytes, half characters kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# --- evidence ---


def captures(receipt: Any, files: dict[str, bytes], *, log: tuple[int, bytes], say: Say) -> set[str]:
    """The captures that hold, by their identifiers."""
    held = set()
    for capture in receipt["captures"]:
        manifest = json.loads(capture["manifest"])
        said = entry(receipt, capture["entry"], manifest=capture["manifest"].encode("utf-8"), log=log)
        need((said["kind"], said["subject"]) == ("capture", manifest["id"]), "A capture's entry is another one.")
        digest = manifest["body_sha256"]
        body = files.get(f"bodies/{digest}")
        if body is not None:
            need(hashlib.sha256(body).hexdigest() == digest, f"The bytes of capture {manifest['id']} were changed.")
            need(len(body) == manifest["size"], f"The bytes of capture {manifest['id']} are not all.")
        shown = "in this receipt" if body is not None else "not in this receipt; their digest is"
        say(f"Capture {manifest['id']} of {manifest['source']}, received {manifest['received_at']}:")
        say(f"  entry {capture['entry']}; {manifest['size']:,} bytes, {shown}, SHA-256 {digest}")
        held.add(manifest["id"].replace("-", ""))
    return held


def _shown(text: str | None, digest: str) -> str:
    return f"words held by the archive and not shown, SHA-256 {digest}" if text is None else text


def statements(receipt: Any, *, known: set[str], log: tuple[int, bytes], say: Say) -> dict[str, str]:
    """The texts of the snapshots that hold, by their identifiers."""
    texts = {}
    for statement in receipt["statements"]:
        values, batch = statement["snapshot"], statement["batch"]
        salt = bytes.fromhex(statement["salt"])
        need(len(salt) == 16 and len(values) == 17, "A statement's values are not those of a snapshot.")
        platform, native_id, _, posted_at, url = values[:5]
        text = statement["text"]
        need(text is None or digest_of(text) == values[11], f"The text of {platform}:{native_id} was changed.")
        leaf = sha256(b"\x00", sha256(salt, ascii_list(values)))
        root = root_by(leaf, place=batch["place"], size=batch["size"], path=batch["path"])
        manifest = f'{{"root":"{root.hex()}","size":{batch["size"]},"v":2}}'.encode("ascii")
        said = entry(receipt, statement["entry"], manifest=manifest, log=log)
        need(said["kind"] == "snapshots", "A statement's entry is another one.")
        need(values[9] in known, f"The capture of {platform}:{native_id} is not in the receipt.")
        say(f"Statement {platform}:{native_id}, posted {posted_at} UTC, {url or 'no address'}:")
        say(f"  entry {statement['entry']}, member {batch['place'] + 1} of {batch['size']}: {_shown(text, values[11])}")
        if text is not None:
            texts[values[7]] = text
    return texts


# --- time stamps (RFC 3161, in DER) ---

_SIGNED_DATA, _TST_INFO = "2a864886f70d010702", "2a864886f70d0109100104"
_CONTENT_TYPE, _MESSAGE_DIGEST = "2a864886f70d010903", "2a864886f70d010904"
_HASHES = {f"60864801650304020{number}": name for number, name in ((1, "sha256"), (2, "sha384"), (3, "sha512"))}
CLOCKS_APART = timedelta(minutes=10)
"""How far the archive's clock may be ahead of an authority's."""


def der(body: bytes) -> list[tuple[int, bytes]]:
    """The elements that stand one after another in ``body``, each with its tag; to the last byte."""
    found, place = [], 0
    while place < len(body):
        need(len(body) - place >= 2 and body[place] & 31 != 31, "A time stamp is cut off, or is not in DER.")
        length, start = body[place + 1], place + 2
        if length > 127:
            start += length - 128
            need(129 <= length <= 132 and start <= len(body), "A time stamp is cut off, or is not in DER.")
            length = int.from_bytes(body[place + 2 : start], "big")
        need(start + length <= len(body), "A time stamp is cut off.")
        found.append((body[place], body[start : start + length]))
        place = start + length
    return found


def inside(body: bytes, *tags: int) -> bytes:
    """What the one element holds that stands in ``body``, and the one first in it, and so on, by their tags."""
    for tag in tags:
        elements = der(body)
        need(elements and elements[0][0] == tag, "A time stamp is built otherwise than RFC 3161 says.")
        body = elements[0][1]
    return body


def token(answer: bytes) -> tuple[bytes, list[bytes]]:
    """What an authority says (a TSTInfo), and the signers' parts, out of its whole answer."""
    need(len(der(answer)) == 1, "Something stands behind a time stamp.")
    status, content = der(inside(answer, 0x30))
    need(status[0] == 0x30 and inside(status[1], 0x02) in (b"\x00", b"\x01"), "The authority granted no time stamp.")
    kind, signed = der(content[1])
    need(kind[1].hex() == _SIGNED_DATA, "A time stamp is not signed data.")
    parts = der(inside(signed[1], 0x30))
    what, told = der(parts[2][1])
    need(what[1].hex() == _TST_INFO, "What was signed is no time stamp.")
    need(parts[-1][0] == 0x31 and parts[-1][1], "Nobody signed a time stamp.")
    return inside(told[1], 0x04), [signer for _, signer in der(parts[-1][1])]


def stamped(answer: bytes, note: bytes) -> datetime:
    """The time that a token says of this very note. Who signed it is not looked at here."""
    info, signers = token(answer)
    told = der(inside(info, 0x30))
    algorithm, imprint = der(told[2][1])
    name = _HASHES.get(inside(algorithm[1], 0x06).hex())
    need(name is not None, "A time stamp is of a digest that this verifier does not know.")
    need(imprint[1] == hashlib.new(str(name), note).digest(), "A time stamp is of something else.")
    for signer in signers:
        attributes = {}
        for _, attribute in der(next((part for tag, part in der(signer) if tag == 0xA0), b"")):
            kind, values = der(attribute)
            attributes[kind[1].hex()] = der(values[1])[0][1]
        digest = _HASHES.get(inside(der(signer)[2][1], 0x06).hex(), "sha1")
        signs = attributes.get(_CONTENT_TYPE, b"").hex() == _TST_INFO
        signs = signs and attributes.get(_MESSAGE_DIGEST) == hashlib.new(digest, info).digest()
        need(signs, "The signer of a time stamp signed something else.")
    at = told[4][1].decode("ascii")
    need(told[4][0] == 0x18 and re.fullmatch(r"\d{14}(\.\d+)?Z", at), "A time stamp says no time.")
    return datetime.strptime(at[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def stamps(receipt: Any, files: dict[str, bytes], *, roots: str | None, say: Say) -> None:
    """The time stamps: each is about this very checkpoint, and no earlier than what the receipt shows of it."""
    entries = [json.loads(held["entry"])["at"] for held in receipt["entries"].values()]
    latest = max(map(datetime.fromisoformat, entries), default=datetime.min.replace(tzinfo=UTC))
    for stamp in receipt["timestamps"]:
        name = stamp["file"]
        at = stamped(files[name], files["checkpoint.txt"])
        need(at == datetime.fromisoformat(stamp["stamped_at"]).replace(microsecond=0), f"{name} says another time.")
        need(latest <= at + CLOCKS_APART, f"The time stamp {name} is older than what it is said to cover.")
        say(f"Time stamp by {stamp['authority']}: {at:%Y-%m-%d %H:%M:%S} UTC, of this very checkpoint.")
        if roots is None:
            say("  Not checked: whether that authority signed it. Give its certificates: --roots FILE.")
        else:
            _ask_openssl(files[name], files["checkpoint.txt"], roots=roots, at=at)
            say("  openssl says: signed, by a certificate that leads to those you gave.")
        say("  Not checked: the nonce and the policy; the archive compared them when the answer came.")
    if not receipt["timestamps"]:
        say("No time stamp yet: nobody but the archive says when the checkpoint was signed.")


def _ask_openssl(answer: bytes, note: bytes, *, roots: str, at: datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("answer", "note")]
        for path, content in zip(paths, (answer, note), strict=True):
            with open(path, "wb") as file:
                file.write(content)
        question = ["openssl", "ts", "-verify", "-in", paths[0], "-data", paths[1], "-CAfile", roots]
        try:
            # Certificates expire, time stamps stay: the chain is asked about the time the stamp says.
            question += ["-attime", str(int(at.timestamp()))]
            done = subprocess.run(question, capture_output=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired):
            raise Refused("You asked for the authority's signature, and openssl does not run here.") from None
    need(done.returncode == 0, "openssl says that no certificate you gave vouches for the time stamp.")


# --- the judgement, found again ---


def cut(text: str, span: dict[str, int]) -> str:
    """A stretch of a text; refused where the text does not have it."""
    start, end = span["start"], span["end"]
    need(0 <= start <= end <= len(text), "A place lies outside of its text.")
    return text[start:end]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", html.unescape(text))
    return re.sub(r"[\s'\"‘’‚‛“”„‟«»‹›「」『』`´]+", "", plain)


def _has_words(text: str) -> bool:
    return re.search(r"[^\W_]|_", unicodedata.normalize("NFKC", html.unescape(text))) is not None


def _by_difference(difference: Any, severity: str) -> str | None:
    verdict, words = PROPOSED_BY.get(difference["code"]), (difference["quoted_words"], difference["archived_words"])
    if verdict is None or (difference["code"] in ("R9", "R13") and _folded(words[0]) == _folded(words[1])):
        return None
    if verdict != "altered_minor":
        return verdict
    if not _has_words(" ".join(words)):
        return "verbatim_rendered"
    return "altered_review" if severity == "major" else verdict


def headline(opinion: Any) -> str:
    """The verdict that the differences and findings lead to."""
    aligned = [item["alignment"] for item in opinion["evidence"]]
    # A difference beyond the point at which a source cut its text has no finding, and counts for nothing.
    weights = {(f["code"], str(f["quoted"]), str(f["archived"])): f["severity"] for f in opinion["findings"]}
    named = [(d, (d["code"], str(d["quoted"]), str(d["archived"]))) for a in aligned for d in a["differences"]]
    own = {place[0] for _, place in named if place in weights}
    proposed = {_by_difference(d, weights[place]) for d, place in named if place in weights}
    codes = {finding["code"] for finding in opinion["findings"]}
    proposed |= {PROPOSED_BY.get(code) for code in codes - own}
    if "D8" in codes and opinion["verdict"] == "fake_source":
        proposed.add("fake_source")
    if len(aligned) > 1 or not all(a["whole"] for a in aligned):
        proposed.add("excerpt")
    if opinion["axes"]["attribution"] == "other":
        proposed.add("misattributed")
    return next((verdict for verdict in PRECEDENCE if verdict in proposed), "verbatim")


def quotation(opinion: Any, article: str) -> str:
    """The quoted words, as they stand in the article."""
    quoted = opinion["claim"]["quotation"]
    need(quoted["spans"], "A quotation has no place in the article.")
    pieces = [" ".join(cut(article, span).split()) for span in quoted["spans"]]
    content: str = quoted["content"]
    need(" ".join(pieces) == " ".join(content.split()), f"The article does not have the words: {content}")
    return content


def alignments(opinion: Any, content: str, *, texts: dict[str, str]) -> None:
    """Every difference is one between the article's words and an archived text of this receipt."""
    for item in opinion["evidence"]:
        snapshot = item["statement"]["snapshot"]
        text = texts.get(snapshot["id"].replace("-", ""))
        need(text is not None and text == snapshot["text"], "A judgement compares with a text that is not archived.")
        assert text is not None
        need(item["alignment"]["snapshot_id"] == snapshot["id"], "A comparison is of another text.")
        for difference in item["alignment"]["differences"]:
            quoted, archived = cut(content, difference["quoted"]), cut(text, difference["archived"])
            need(quoted == difference["quoted_words"], "A difference does not stand in the quotation.")
            need(archived == difference["archived_words"], "A difference does not stand in the archived text.")
        for pair in item["alignment"]["pairs"]:
            places = cut(content, pair["quoted"]), cut(text, pair["archived"])
            need(all(places) or not pair["same"], "Two words are called the same of which one is missing.")


def judgements(
    receipt: Any, article: dict[str, str], *, texts: dict[str, str], log: tuple[int, bytes], say: Say
) -> None:
    """Every judgement: committed to, about these texts, and following from its differences."""
    for held in receipt["judgements"]:
        document, digests = held["document"], held["digests"]
        need(hashlib.sha256(document.encode("ascii")).hexdigest() == digests[held["place"]], "A judgement was changed.")
        said = entry(receipt, held["entry"], manifest="\n".join(digests).encode("ascii"), log=log)
        need(said["kind"] == "judgement", "A judgement's entry is another one.")
        judgement = json.loads(document)
        opinion, who, number = judgement["opinion"], judgement["decided_by"], judgement["number"]
        need(judgement["article_id"] in article, "A judgement is on an article that is not in the receipt.")
        content = quotation(opinion, article[judgement["article_id"]])
        alignments(opinion, content, texts=texts)
        verdict = opinion["verdict"]
        if who == "engine" and verdict not in UNDECIDED:
            need(opinion["evidence"], "A verdict on words rests on no archived text.")
            need(headline(opinion) == verdict, f"Quotation {number}: {verdict} does not follow from its differences.")
        how = f"decided by {who}: {judgement['reason']}" if who != "engine" else "follows from its differences"
        if who == "engine" and verdict in UNDECIDED:
            how = f"not read off the words (coverage: {opinion['coverage']['state']})"
        say(f"Quotation {number}, entry {held['entry']}: {verdict}, {how}: {content}")
    if receipt.get("hidden"):
        say(f"Left out: {receipt['hidden']} judgement(s) on words that the archive holds and does not show.")


def articles(receipt: Any, *, known: set[str], log: tuple[int, bytes], say: Say) -> dict[str, str]:
    """The texts of the articles that hold, by their identifiers."""
    found = {}
    for held in receipt["articles"]:
        identifier, capture, _, digest, document = held["values"]
        said = entry(receipt, held["entry"], manifest=ascii_list(held["values"]), log=log)
        text = json.loads(document)["text"]
        need(said["kind"] == "article" and digest_of(text) == digest, "The article's text was changed.")
        need(capture is None or capture in known, "The article's capture is not in the receipt.")
        dashed = "-".join(identifier[a:b] for a, b in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
        need(said["subject"] == dashed, "The article's entry is another one.")
        say(f"Article {json.loads(document)['title'] or dashed}: entry {held['entry']}")
        found[dashed] = text
    return found


def verify(body: bytes, *, pinned: str | None = None, roots: str | None = None, say: Say = lambda line: None) -> None:
    """Raises Refused where anything in the receipt does not hold; ``roots`` is a file of certificates for openssl."""
    try:
        files = unpacked(body)
        receipt = json.loads(files["receipt.json"])
        need(receipt["format"] == FORMAT, "This verifier reads receipts of another format.")
        log = checkpoint(files, pinned, say=say)
        known = captures(receipt, files, log=log, say=say)
        texts = statements(receipt, known=known, log=log, say=say)
        article = articles(receipt, known=known, log=log, say=say)
        judgements(receipt, article, texts=texts, log=log, say=say)
        stamps(receipt, files, roots=roots, say=say)
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"The receipt cannot be read: {type(error).__name__}.") from error


def main(arguments: Sequence[str]) -> int:
    """Verify the receipt that the arguments name."""
    options = dict(zip(arguments[1::2], arguments[2::2], strict=False))
    if len(arguments) != 1 + 2 * len(options) or not options.keys() <= {"--key", "--roots"}:
        sys.stderr.write("usage: python3 -I verify.py receipt.zip [--key NAME+HASH+KEY] [--roots FILE]\n")
        return 2
    try:
        with open(arguments[0], "rb") as file:
            body = file.read(LARGEST + 1)
    except OSError as error:
        sys.stderr.write(f"{arguments[0]} cannot be read: {error.strerror}\n")
        return 2
    try:
        told = lambda line: print(line.encode("ascii", "backslashreplace").decode())  # noqa: E731
        verify(body, pinned=options.get("--key"), roots=options.get("--roots"), say=told)
    except Refused as refusal:
        print(f"REFUSED: {refusal}")
        return 1
    print("AUTHENTIC: everything in this receipt holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
