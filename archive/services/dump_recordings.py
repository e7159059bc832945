"""Recorded web traffic (WARC, WACZ) into readings: digests checked first, then each answer by its platform's reader."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from archive.capture.dumps import unpacked, unpacked_bytes
from archive.capture.warcs import Recorded, recorded
from archive.capture.zips import ZipMembers
from archive.domain.captures import Captured
from archive.domain.dumps import Found, Place, Remark
from archive.errors import InvalidInputError
from archive.extraction import dumps
from archive.extraction.dumps.package import LIST, declared_digests, recordings_in

Located = tuple[Place, Found]
_LARGEST_LIST = 4_000_000
_LARGEST_RECORDING = 512 << 20


def readings_of_warc(captured: Captured) -> Iterator[Located]:
    """Every post that the answers recorded in a WARC show."""
    return _readings(recorded(unpacked(captured)), member=None)


def readings_of_wacz(captured: Captured) -> Iterator[Located]:
    """Every post that the recordings of a WACZ show; InvalidInputError ``warc_digest_wrong`` where one was changed."""
    members = ZipMembers(captured)
    names = recordings_in(members.names)
    yield from ((Place(number=1), remark) for remark in _checked(captured, names))
    for name in names:
        yield from _readings(recorded(unpacked_bytes(members.whole(name, most=_LARGEST_RECORDING))), member=name)


def _checked(captured: Captured, names: tuple[str, ...]) -> Iterator[Remark]:
    """Compare each recording with the digest in the package's list before anything of it is read."""
    members = ZipMembers(captured)
    declared = declared_digests(members.whole(LIST, most=_LARGEST_LIST)) if LIST in members.names else {}
    for name in names:
        digest = hashlib.sha256()
        for chunk in members.chunks(name):
            digest.update(chunk)
        if name not in declared:
            yield Remark(sentence=f"The package lists no digest of {name}: nobody can tell whether it was changed.")
        elif declared[name] != digest.hexdigest():
            raise InvalidInputError(f"{name} is not what the package's list says.", code="warc_digest_wrong")


def _readings(responses: Iterator[Recorded], *, member: str | None) -> Iterator[Located]:
    unchecked = 0
    last = Place(number=1, member=member)
    for response in responses:
        last = Place(number=response.number, member=member or "record")
        unchecked += response.fault is None and not response.digest_checked
        if response.fault is not None:
            yield last, response.fault
            continue
        answer = dumps.saved_pages.SavedAnswer(
            url=response.url,
            status=response.status,
            media_type=response.media_type,
            body=response.body,
            charset=response.charset,
            at=response.at,
        )
        yield from dumps.saved_pages.read_answer(answer, place=last)
    if unchecked:
        yield (
            last,
            Remark(
                sentence=f"{unchecked:,} recorded answers have no digest: nobody can tell whether they were changed."
            ),
        )
