"""Answers of web archives: the copy nearest to a date, the list of copies, the state of a copy being made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from archive.errors import ExtractionError
from archive.extraction.payloads import load_json, mapping, text_of

_STAMP = "%Y%m%d%H%M%S"
_LINK = re.compile(r"<(?P<url>[^>]+)>\s*;(?P<rest>[^<]*)")
_PARAMETER = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Memento:
    """One copy of an address in a web archive: its own address, and when it was made (aware UTC).

    ``digest`` is the archive's SHA-1 of the body in base 32, where it tells: equal digests are unchanged copies.
    """

    url: str
    original: str
    made_at: datetime
    status: int | None = None
    media_type: str | None = None
    digest: str | None = None

    @property
    def bytes_url(self) -> str:
        """Where the copy's own bytes stand, without the archive's frame and rewriting."""
        return f"https://web.archive.org/web/{self.made_at:{_STAMP}}id_/{self.original}"


class SaveState(StrEnum):
    """How far a copy is that an archive was asked to make."""

    PENDING = "pending"
    DONE = "done"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAnswer:
    """What the archive says of a copy it was asked to make: its job, the copy once made, or why not."""

    state: SaveState
    job: str | None = None
    memento: Memento | None = None
    reason: str | None = None


_NEVER = frozenset({
    "error:blocked-url", "error:blocked", "error:no-access", "error:not-found", "error:gone", "error:unauthorized",
    "error:invalid-url-syntax", "error:filesize-limit", "error:method-not-allowed", "error:not-implemented",
})  # fmt: skip


def read_closest(body: bytes, *, original: str) -> Memento | None:
    """The copy nearest to the date asked for; None where the archive says it has none (it is sometimes wrong)."""
    found = mapping(mapping(mapping(load_json(body)).get("archived_snapshots")).get("closest"))
    stamp, url = _stamped(text_of(found, "timestamp")), text_of(found, "url")
    if found.get("available") is not True or stamp is None or url is None:
        return None
    status = text_of(found, "status") or ""
    return Memento(url=url, original=original, made_at=stamp, status=int(status) if status.isdigit() else None)


def read_copies(body: bytes) -> tuple[Memento, ...]:
    """The copies in a CDX list given as JSON, the oldest first; rows that are none are left out.

    ExtractionError ``payload_not_json``.
    """
    rows = load_json(body) if body.strip() else []
    if not isinstance(rows, list) or not rows:
        return ()
    names = [name for name in rows[0] if isinstance(name, str)] if isinstance(rows[0], list) else []
    found = (_copy(dict(zip(names, row, strict=False))) for row in rows[1:] if isinstance(row, list))
    return tuple(memento for memento in found if memento is not None)


def read_time_map(body: bytes) -> tuple[Memento, ...]:
    """The copies in a Memento time map (link format), in its order."""
    text = body.decode("utf-8", "replace")
    links = [(link["url"], dict(_PARAMETER.findall(link["rest"]))) for link in _LINK.finditer(text)]
    original = next((url for url, held in links if held.get("rel") == "original"), "")
    found = []
    for url, held in links:
        made_at = _http_date(held.get("datetime", ""))
        if "memento" in held.get("rel", "").split() and made_at is not None:
            found.append(Memento(url=url, original=original, made_at=made_at))
    return tuple(found)


def read_save(body: bytes, *, status: int, original: str) -> SaveAnswer:
    """What the archive answers when asked for a copy or after one."""
    if status == 429 or status >= 500:
        return SaveAnswer(state=SaveState.LATER, reason="copy_later")
    try:
        answer = mapping(load_json(body))
    except ExtractionError:
        return SaveAnswer(state=SaveState.LATER, reason="copy_unanswered")
    said, job = text_of(answer, "status"), text_of(answer, "job_id")
    stamp = _stamped(text_of(answer, "timestamp"))
    if said == "success" and stamp is not None:
        kept = text_of(answer, "original_url") or original
        url = f"https://web.archive.org/web/{stamp:{_STAMP}}/{kept}"
        return SaveAnswer(state=SaveState.DONE, job=job, memento=Memento(url=url, original=kept, made_at=stamp))
    if said == "error" or (job is None and said is None):
        reason = text_of(answer, "status_ext") or ""
        state = SaveState.NEVER if reason in _NEVER else SaveState.LATER
        return SaveAnswer(state=state, job=job, reason="copy_refused" if state is SaveState.NEVER else "copy_later")
    return SaveAnswer(state=SaveState.PENDING, job=job)


def _copy(row: dict[str, object]) -> Memento | None:
    stamp, original = _stamped(text_of(row, "timestamp")), text_of(row, "original")
    if stamp is None or original is None:
        return None
    status = text_of(row, "statuscode") or ""
    return Memento(
        url=f"https://web.archive.org/web/{stamp:{_STAMP}}/{original}",
        original=original,
        made_at=stamp,
        status=int(status) if status.isdigit() else None,
        media_type=text_of(row, "mimetype"),
        digest=text_of(row, "digest"),
    )


def _stamped(text: str | None) -> datetime | None:
    if text is None or not (len(text) == 14 and text.isascii() and text.isdigit()):
        return None
    try:
        return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _http_date(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return None
