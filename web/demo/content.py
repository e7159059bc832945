"""Content: the files of the demo as values – people, posts, reports, articles and the eight changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import cast

from archive.domain.accounts import Platform
from archive.domain.captures import CaptureClass, Captured, CaptureMethod, Provenance, captured
from archive.domain.claims import Attribution, Claim, ClaimedDate, Medium, Quotation
from archive.domain.findings import FindingCode
from archive.domain.ids import CaptureId, named_id
from archive.domain.spans import Span
from archive.domain.statements import Report
from archive.domain.verdicts import Verdict

JSON_LINES = "application/x-ndjson"
FIRST_SEEN = datetime(2026, 2, 27, 8, 0, tzinfo=UTC)
REPORTED_SEEN = datetime(2026, 3, 7, 8, 0, tzinfo=UTC)
EDIT_SEEN = datetime(2026, 2, 27, 9, 0, tzinfo=UTC)
NIGHT_SEEN = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
COVERED_SINCE = datetime(2025, 1, 1, tzinfo=UTC)
COVERED_UNTIL = datetime(2026, 4, 1, tzinfo=UTC)
HOW_COVERED = "written for the demo: every post of the invented account is here"
TITLE = "Ostrelund's ministers promise ferries, herring and tidal power"
HANDLES = ("PrimeMinister_Ostrelund", "Energy_Ostrelund", "Fisheries_Ostrelund", "Foreign_Ostrelund")
"""Longer than X allows a handle to be, so that they can belong to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of the doctored article: the words replaced, and what the archive has to make of it.

    ``about`` begins the quotation concerned; ``code`` is the finding that has to show, None where the verdict says
    it all.
    """

    name: str
    replacements: tuple[tuple[str, str], ...]
    about: str
    verdict: Verdict
    code: FindingCode | None = field(default=None)


def changes() -> tuple[Change, ...]:
    """The eight changes, one for each family."""
    rows = cast(list[Mapping[str, object]], json.loads(_text("changes.json")))
    return tuple(_change(row) for row in rows)


def faithful_article() -> bytes:
    """The article that quotes the invented government well."""
    return _bytes("faithful.html")


def doctored_article() -> bytes:
    """The same article with all eight changes made; its title says that it is a copy, so that nobody mixes them up."""
    text = _text("faithful.html").replace(TITLE, f"{TITLE} – a copy with eight changes")
    for change in changes():
        for found, put in change.replacements:
            if text.count(found) != 1:
                raise ValueError(f"the change {change.name!r} does not fit the article exactly once")
            text = text.replace(found, put)
    return text.encode()


def article_on_reports() -> bytes:
    """The article written for the demo that repeats the five reported statements faithfully."""
    return _bytes("as-reported.html")


def registry() -> Captured:
    """The invented government's people, offices and accounts."""
    return _captured("registry.jsonl", seen=FIRST_SEEN)


def posts() -> tuple[Captured, ...]:
    """The invented posts as first seen, and the one that was edited an hour later."""
    return _captured("posts.jsonl", seen=FIRST_SEEN), _captured("posts-edited.jsonl", seen=EDIT_SEEN)


def posts_of_the_night() -> Captured:
    """A post edited after the articles appeared, as the simulated night finds it."""
    return _captured("posts-at-night.jsonl", seen=NIGHT_SEEN)


def reports() -> tuple[Captured, tuple[tuple[Claim, Report], ...]]:
    """The five statements as reported, with the capture that shows them."""
    document = cast(Mapping[str, object], json.loads(_text("reported.json")))
    source = cast(Mapping[str, str], document["report"])
    rows = cast(list[Mapping[str, str]], document["statements"])
    published = date.fromisoformat(source["published_on"])
    kept = tuple(_reported(row, outlet=source["outlet"], published=published) for row in rows)
    captured = _captured("reported.json", seen=REPORTED_SEEN, vouched_for=CaptureClass.THIRD_PARTY_ATTESTED)
    return captured, kept


def _reported(row: Mapping[str, str], *, outlet: str, published: date) -> tuple[Claim, Report]:
    first, last = _day(row["said_on"] or row["not_before"]), _day(row["said_on"] or row["not_after"])
    claim = Claim(
        quotation=Quotation(spans=(Span(0, len(row["text"])),), content=row["text"]),
        attribution=Attribution(
            speaker_printed=row["speaker"],
            speaker_name=row["speaker"],
            office=row["office"],
            platform=Platform(row["platform"]),
            medium=Medium.POST,
            relayed_by=row.get("relayed_by"),
            said_on=ClaimedDate(first=first, last=last),
        ),
        published_on=published,
        language="en",
    )
    return claim, Report(outlet=outlet, article_published_on=published, said_on=_day(row["said_on"]))


def _change(row: Mapping[str, object]) -> Change:
    pairs = [row, *cast(list[Mapping[str, object]], row.get("also", []))]
    code = row["code"]
    return Change(
        name=str(row["name"]),
        replacements=tuple((str(pair["find"]), str(pair["replace"])) for pair in pairs),
        about=str(row["about"]),
        verdict=Verdict(str(row["verdict"])),
        code=FindingCode(str(code)) if code is not None else None,
    )


def _captured(name: str, *, seen: datetime, vouched_for: CaptureClass = CaptureClass.PLATFORM_ATTESTED) -> Captured:
    body = _bytes(name)
    provenance = Provenance(
        method=CaptureMethod.DEMO,
        capture_class=vouched_for,
        source=f"demo/{name}",
        requested_at=seen,
        received_at=seen,
    )
    # The same identifier each time: loading the demo twice records its files once.
    capture_id = CaptureId(named_id("demo", name))
    return captured(body, capture_id=capture_id, media_type=JSON_LINES, provenance=provenance)


def _day(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None


def _bytes(name: str) -> bytes:
    return files("web.demo").joinpath("data", name).read_bytes()


def _text(name: str) -> str:
    return _bytes(name).decode()
