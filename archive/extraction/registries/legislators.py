"""The lists of unitedstates/congress-legislators: terms of office, and accounts, joined by the Bioguide identifier.

The two lists name their people differently: terms have names, accounts only identifiers. Both in one file (one written
behind the other) join here.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.domain.accounts import Platform
from archive.extraction.payloads import Json, items, mapping, text_of
from archive.extraction.registries.rows import NumberedRow, Row, fault, given
from archive.extraction.yaml_nodes import Lined

_ACCOUNTS = {
    "twitter": (Platform.X, "twitter_id"),
    "facebook": (Platform.FACEBOOK, "facebook_id"),
    "instagram": (Platform.INSTAGRAM, "instagram_id"),
    "youtube": (Platform.YOUTUBE, "youtube_id"),
    "mastodon": (Platform.MASTODON, None),
    "threads": (Platform.THREADS, None),
    "bluesky": (Platform.BLUESKY, None),
}
_PROOF = "https://github.com/unitedstates/congress-legislators"
_COUNTRY = "US"


def is_legislators(entries: list[Lined]) -> bool:
    """Whether a YAML list is one of theirs."""
    first = entries[0].value if entries else None
    return isinstance(first, dict) and "id" in first and bool(first.keys() & {"terms", "social"})


def rows(entries: list[Lined]) -> Iterator[NumberedRow]:
    """Rows of the terms and of the accounts, each with the line its entry begins on."""
    people: dict[str, Row] = {}
    waiting: list[tuple[int, str, Json]] = []
    for entry in entries:
        item = mapping(entry.plain())
        ids = mapping(item.get("id"))
        key = text_of(ids, "bioguide") or ""
        if items(item.get("terms")):
            person = _person(item, ids=ids)
            people[key] = {"person": person.get("person"), **given(wikidata=person.get("wikidata"))}
            yield entry.line, person
            yield from ((entry.line, {**people[key], **term}) for term in _terms(items(item["terms"])))
        if mapping(item.get("social")):
            waiting.append((entry.line, key, mapping(item["social"])))
    for line, key, social in waiting:
        if key not in people:
            yield (
                line,
                fault(line, f"nobody in the file is {key[:20]!r}; put the list of terms in front"),
            )
            continue
        yield from ((line, {**people[key], **account}) for account in _accounts(social))


def _person(item: Json, *, ids: Json) -> Row:
    name = mapping(item.get("name"))
    parts = (text_of(name, "first"), text_of(name, "last"))
    printed = " ".join(part for part in parts if part)
    official = text_of(name, "official_full")
    nickname = text_of(name, "nickname")
    forms = (printed, f"{nickname} {parts[1]}" if nickname and parts[1] else None)
    aliases = [form for form in dict.fromkeys(forms) if form and form != (official or printed)]
    return given(person=official or printed, aliases=aliases, wikidata=text_of(ids, "wikidata"), proof_url=_PROOF)


def _terms(terms: tuple[Json, ...]) -> Iterator[Row]:
    """Terms of one office that follow without a gap as one holding: people are in office, not in terms."""
    held: dict[str, list[str | None]] = {}
    for term in terms:
        office, since, until = _title(term), text_of(term, "start"), text_of(term, "end")
        if office in held and since is not None and held[office][1] is not None and since <= (held[office][1] or ""):
            held[office][1] = until
            continue
        if office in held:
            yield _holding(office, held[office])
        held[office] = [since, until]
    yield from (_holding(office, days) for office, days in held.items())


def _holding(office: str, days: list[str | None]) -> Row:
    return given(office=office, country=_COUNTRY, since=days[0], until=days[1], proof_url=_PROOF)


def _title(term: Json) -> str:
    state = text_of(term, "state") or "US"
    if text_of(term, "type") == "sen":
        return f"US Senator, {state}"
    district = text_of(term, "district")
    return (
        f"US Representative, {state}-{district}" if district not in (None, "0", "-1") else f"US Representative, {state}"
    )


def _accounts(social: Json) -> Iterator[Row]:
    for name, (platform, id_name) in _ACCOUNTS.items():
        number = text_of(social, id_name) if id_name else None
        handle = text_of(social, name) or (number if platform is Platform.YOUTUBE else None)
        if handle:
            yield given(
                platform=platform.value,
                handle=handle,
                account_native_id=number,
                account_kind="official",
                proof_url=_PROOF,
            )
