"""Dumps written by hand, with invented people, and how the tests look into what is read from them."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

import libipld

from archive.capture.dumps import read_upload
from archive.domain.captures import Captured
from archive.domain.dumps import DumpFormat, Found, LeftOut, Place, Remark
from archive.domain.posts import PostReading
from archive.errors import ArchiveError
from archive.services.dump_readings import Dump, readings_of, recognised

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ORLA = "https://social.marrowland.example/users/orla"


def captured(name: str, body: bytes) -> Captured:
    return read_upload(name, body, now=NOON, most_bytes=1 << 30)


def found_in(name: str, body: bytes, *, account: str | None = None) -> list[tuple[Place, Found]]:
    return list(readings_of(Dump(captured=captured(name, body), account=account)))


def format_of(name: str, body: bytes) -> DumpFormat | None:
    return recognised(Dump(captured=captured(name, body))).dump_format


def readings(name: str, body: bytes, *, account: str | None = None) -> list[PostReading]:
    return [found for _, found in found_in(name, body, account=account) if isinstance(found, PostReading)]


def gist(name: str, body: bytes, *, account: str | None = None) -> list[str]:
    """Texts of posts, codes of faults, reasons of what is left out, in order; remarks are asked for apart."""
    return [told for _, found in found_in(name, body, account=account) if (told := _told(found)) is not None]


def remarks(name: str, body: bytes) -> list[str]:
    return [found.sentence for _, found in found_in(name, body) if isinstance(found, Remark)]


def _told(found: Found) -> str | None:
    match found:
        case PostReading():
            return found.text
        case LeftOut():
            return found.value
        case ArchiveError():
            return found.code
        case _:
            return None


def zipped(members: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def assigned(name: str, value: object) -> str:
    """A member of an account's archive: a script that assigns a list."""
    return f"window.YTD.{name}.part0 = {json.dumps(value)}"


ACCOUNT = assigned(
    "account",
    [
        {
            "account": {
                "email": "orla@marrowland.example",
                "username": "OrlaVenn",
                "accountId": "810",
                "accountDisplayName": "Orla Venn",
            }
        }
    ],
)


def tweet(number: int, text: str, **more: object) -> dict[str, object]:
    """A post of an account's archive; numbers are texts there."""
    return {"tweet": {"id_str": str(number), "created_at": "Sun Sep 17 15:52:15 +0000 2023", "full_text": text, **more}}


def archive_zip(*tweets: object, **members: str) -> bytes:
    named = {name.replace("__", "/").replace("_js", ".js"): content for name, content in members.items()}
    return zipped({"data/account.js": ACCOUNT, "data/tweets.js": assigned("tweets", list(tweets)), **named})


def note(
    number: int, text: str, *, to: str = PUBLIC, cc: str = f"{ORLA}/followers", **more: object
) -> dict[str, object]:
    """An activity of a Mastodon outbox that publishes a note."""
    held = {
        "id": f"{ORLA}/statuses/{number}",
        "type": "Note",
        "attributedTo": ORLA,
        "published": "2024-05-01T10:00:00Z",
        "to": [to],
        "cc": [cc],
        "content": text,
        "url": f"https://social.marrowland.example/@orla/{number}",
        **more,
    }
    return {"type": "Create", "actor": ORLA, "to": [to], "cc": [cc], "object": held}


DID = "did:plc:orlavennorlavennorlavenn"


def cid_of(block: bytes) -> bytes:
    return b"\x01\x71\x12\x20" + hashlib.sha256(block).digest()


def length_of(number: int) -> bytes:
    """Unsigned LEB128."""
    parts = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        parts.append(low | (0x80 if number else 0))
        if not number:
            return bytes(parts)


class Repository:
    """A repository file built block by block."""

    def __init__(self) -> None:
        self.blocks: dict[bytes, bytes] = {}

    def put(self, value: object) -> bytes:
        block = bytes(libipld.encode_dag_cbor(value))
        self.blocks[cid_of(block)] = block
        return cid_of(block)

    def tree(self, records: Mapping[str, object], *, below: bytes | None = None) -> bytes:
        """One node with every record; keys share what they begin with, as the format wants it."""
        entries: list[dict[str, object]] = []
        before = b""
        for key in sorted(records):
            raw = key.encode()
            shared = next(
                (i for i, (a, b) in enumerate(zip(before, raw, strict=False)) if a != b), min(len(before), len(raw))
            )
            entries.append({"p": shared, "k": raw[shared:], "v": self.put(records[key]), "t": None})
            before = raw
        return self.put({"l": below, "e": entries})

    def file(self, tree: bytes, *, root: bytes | None = None) -> bytes:
        commit = root or self.put(
            {"did": DID, "version": 3, "data": tree, "rev": "3laaaaaaaaaa2", "prev": None, "sig": b"0" * 64}
        )
        header = bytes(libipld.encode_dag_cbor({"roots": [commit], "version": 1}))
        parts = [length_of(len(header)) + header]
        parts += [length_of(len(cid) + len(block)) + cid + block for cid, block in self.blocks.items()]
        return b"".join(parts)


def bluesky_post(text: str, **more: object) -> dict[str, object]:
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2024-05-01T10:00:00Z", "langs": ["en"], **more}
