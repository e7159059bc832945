"""Registry files – who holds which office and speaks through which account – into entries, with line numbers.

CSV and JSON lines hold one flat entry a row. YAML holds either a list of such entries or three lists, ``people``,
``offices`` and ``accounts``, whose nested parts expand into entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from archive.domain.accounts import AccountKind, HandleUse
from archive.domain.registry import RegistryEntry
from archive.errors import InvalidInputError
from archive.extraction.cells import Cells
from archive.extraction.posts.dump import read_rows
from archive.extraction.registries import legislators
from archive.extraction.registries.rows import NumberedRow
from archive.extraction.yaml_nodes import Lined, load_yaml

_COLUMNS: dict[str, tuple[str, ...]] = {
    "person": ("person", "person_name", "name"),
    "aliases": ("aliases", "person_aliases", "other_names"),
    "wikidata": ("wikidata", "person_wikidata"),
    "office": ("office", "title", "role", "position"),
    "office_aliases": ("office_aliases",),
    "office_wikidata": ("office_wikidata",),
    "country": ("country",),
    "institution": ("institution", "is_institution"),
    "since": ("since", "from", "start", "held_from"),
    "until": ("until", "to", "end", "held_to"),
    "proof_url": ("proof_url", "proof", "evidence", "evidence_url"),
    "proof_note": ("proof_note", "note", "source_note"),
    "platform": ("platform", "network"),
    "handle": ("handle", "account_handle", "screen_name", "username"),
    "account_native_id": ("account_native_id", "account_id", "native_id", "user_id"),
    "account_name": ("account_name", "display_name"),
    "account_kind": ("account_kind", "kind"),
    "account_url": ("account_url", "url"),
    "handles": ("handles", "handle_history"),
    "control_since": ("control_since", "controlled_from", "account_since"),
    "control_until": ("control_until", "controlled_to", "account_until"),
}
_IGNORED = frozenset({"party", "source_repo", "source", "id", "comment"})
_MEANINGS = {alias: column for column, aliases in _COLUMNS.items() for alias in aliases}
_KINDS = {
    **{kind.value: kind for kind in AccountKind},
    "office": AccountKind.OFFICIAL,
    "government": AccountKind.OFFICIAL,
}
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
_HANDLE_USE = re.compile(r"^(?P<handle>[^\s(]+)(?:\s*\((?P<since>[\d-]*)\s*(?:\.\.|/)\s*(?P<until>[\d-]*)\))?$")
_YAML_NAME = re.compile(r"\.ya?ml$", re.IGNORECASE)


def read_registry(lines: Iterable[tuple[int, bytes]], *, name: str) -> Iterator[RegistryEntry]:
    """Every entry of a registry file, by its name's kind: .yaml, .csv, else JSON lines.

    InvalidInputError with the line and one of ``row_missing_field``, ``row_bad_date``, ``row_unknown_platform``,
    ``row_unknown_column``, ``row_bad_value``, ``row_mangled_id``, ``row_not_json``, ``row_not_csv``, ``row_not_yaml``.
    """
    if _YAML_NAME.search(name):
        for line, row in _yaml_rows(load_yaml(b"\n".join(line for _, line in lines))):
            yield read_entry(row, line=line)
        return
    for line, row in read_rows(lines, name=name):
        yield read_entry(row, line=line)


def read_yaml(body: bytes) -> Iterator[tuple[int, RegistryEntry | InvalidInputError]]:
    """Every entry of a YAML registry with its line. Our own are read whole or not at all; congress-legislators' entries
    one by one, since a list of accounts may name people whom the list of terms does not."""
    whole = load_yaml(body)
    if isinstance(whole.value, list) and legislators.is_legislators(whole.elements()):
        yield from read_each(legislators.rows(whole.elements()))
        return
    yield from ((line, read_entry(row, line=line)) for line, row in _yaml_rows(whole))


def read_each(rows: Iterable[NumberedRow]) -> Iterator[tuple[int, RegistryEntry | InvalidInputError]]:
    """The entry of each row of a foreign registry, or what is wrong with it."""
    for number, row in rows:
        try:
            yield number, row if isinstance(row, InvalidInputError) else read_entry(row, line=number)
        except InvalidInputError as error:
            yield number, error


def read_entry(row: Mapping[str, object], *, line: int) -> RegistryEntry:
    """What one flat row states; column names may be any of the usual ones."""
    cells = Cells(_columns(row, line=line), line=line)
    entry = RegistryEntry(
        line=line,
        person=cells.optional("person"),
        aliases=cells.listed("aliases"),
        wikidata=_wikidata(cells, "wikidata"),
        office=cells.optional("office"),
        office_aliases=cells.listed("office_aliases"),
        office_wikidata=_wikidata(cells, "office_wikidata"),
        country=cells.optional("country"),
        institution=cells.flag("institution"),
        since=cells.day("since"),
        until=cells.day("until"),
        proof_url=_web_address(cells, "proof_url"),
        proof_note=cells.optional("proof_note"),
        platform=cells.platform(),
        handle=(cells.optional("handle") or "").lstrip("@") or None,
        account_native_id=cells.identifier("account_native_id"),
        account_name=cells.optional("account_name"),
        account_kind=_kind(cells),
        account_url=_web_address(cells, "account_url"),
        handles=_handles(cells),
        control_since=cells.day("control_since"),
        control_until=cells.day("control_until"),
    )
    _check(entry, cells)
    return entry


def _check(entry: RegistryEntry, cells: Cells) -> None:
    if entry.person is None and entry.office is None and entry.handle is None:
        raise cells.fault("the row names no person, no office and no handle", code="row_missing_field")
    has_account = entry.handle is not None or entry.account_native_id is not None
    if has_account and entry.platform is None:
        raise cells.fault("the account's platform is missing", code="row_missing_field")
    if entry.platform is not None and not has_account:
        raise cells.fault("the account's handle is missing", code="row_missing_field")
    for since, until in ((entry.since, entry.until), (entry.control_since, entry.control_until)):
        if since is not None and until is not None and until < since:
            raise cells.fault(f"it ends on {until} before it begins on {since}", code="row_bad_date")


def _columns(row: Mapping[str, object], *, line: int) -> dict[str, object]:
    known: dict[str, object] = {}
    for key, value in row.items():
        name = str(key).strip().lower()
        meaning = _MEANINGS.get(name)
        if meaning is None and name not in _IGNORED:
            raise InvalidInputError(f"Line {line}: no column is called {name[:40]!r}.", code="row_unknown_column")
        if meaning is not None and value not in (None, ""):
            known.setdefault(meaning, value)
    return known


def _wikidata(cells: Cells, name: str) -> str | None:
    item = cells.optional(name)
    if item is not None and not _WIKIDATA.fullmatch(item):
        raise cells.fault(f"{name} {item[:40]!r} is not an item such as Q42", code="row_bad_value")
    return item


def _web_address(cells: Cells, name: str) -> str | None:
    """Only http and https: these addresses become links."""
    address = cells.optional(name)
    if address is not None and not address.lower().startswith(("http://", "https://")):
        raise cells.fault(f"{name} must begin with http:// or https://", code="row_bad_value")
    return address


def _kind(cells: Cells) -> AccountKind | None:
    word = cells.optional("account_kind")
    if word is None:
        return None
    kind = _KINDS.get(word.lower().replace("-", "_").replace(" ", "_"))
    if kind is None:
        raise cells.fault(f"no kind of account is called {word[:40]!r}", code="row_bad_value")
    return kind


def _handles(cells: Cells) -> tuple[HandleUse, ...]:
    """Earlier handles: a list of {handle, since, until}, or "old (2015-01-01..2019-12-31); new" in one cell."""
    value = cells.raw("handles")
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        return tuple(_handle_use(Cells(part, line=cells.line)) for part in value)
    uses: list[HandleUse] = []
    for part in cells.listed("handles"):
        found = _HANDLE_USE.match(part)
        if found is None:
            raise cells.fault(f"the handle {part[:40]!r} is not written handle (since..until)", code="row_bad_value")
        uses.append(_handle_use(Cells(found.groupdict(), line=cells.line)))
    return tuple(uses)


def _handle_use(cells: Cells) -> HandleUse:
    handle = (cells.optional("handle") or "").lstrip("@")
    if not handle:
        raise cells.fault("an earlier handle has no name", code="row_missing_field")
    return HandleUse(handle=handle, since=cells.day("since"), until=cells.day("until"))


def _yaml_rows(whole: Lined) -> Iterator[tuple[int, dict[str, object]]]:
    if isinstance(whole.value, list):
        yield from (_flat(item) for item in whole.value)
        return
    parts = whole.members()
    for name in parts:
        if name not in {"people", "offices", "accounts", "entries"}:
            raise InvalidInputError(
                f"Line {parts[name].line}: no part is called {name[:40]!r}; use people, offices, accounts.",
                code="row_unknown_column",
            )
    for item in _each(parts, "people"):
        yield from _person_rows(item)
    for item in _each(parts, "offices"):
        yield from _office_rows(item)
    for item in (*_each(parts, "accounts"), *_each(parts, "entries")):
        yield _account_row(item)


def _each(parts: Mapping[str, Lined], name: str) -> list[Lined]:
    return parts[name].elements() if name in parts else []


def _person_rows(item: Lined) -> Iterator[tuple[int, dict[str, object]]]:
    members = item.members()
    offices, accounts = _each(members, "offices"), _each(members, "accounts")
    own = _proven({key: value.plain() for key, value in members.items() if key not in {"offices", "accounts"}})
    yield item.line, own
    for office in offices:
        line, row = _flat(office)
        yield (
            line,
            {**_renamed(row, {"aliases": "office_aliases", "wikidata": "office_wikidata"}), "person": _named(own)},
        )
    for account in accounts:
        line, row = _account_row(account)
        yield line, {**row, "person": _named(own)}


def _office_rows(item: Lined) -> Iterator[tuple[int, dict[str, object]]]:
    members = item.members()
    nested = {"holders", "accounts"}
    own = _proven({key: value.plain() for key, value in members.items() if key not in nested})
    own = _renamed(
        own, {"name": "office", "title": "office", "aliases": "office_aliases", "wikidata": "office_wikidata"}
    )
    yield item.line, own
    office = {"office": own.get("office"), "country": own.get("country")}
    for holder in _each(members, "holders"):
        line, row = _flat(holder)
        yield line, {**row, **office}
    for account in _each(members, "accounts"):
        line, row = _account_row(account)
        yield line, {**row, **office}


def _account_row(item: Lined) -> tuple[int, dict[str, object]]:
    """An account's own dates are those of its control, its name the one it shows."""
    line, row = _flat(item)
    if "office" in row and "person" in row:
        return line, row
    names = {"since": "control_since", "from": "control_since", "until": "control_until", "to": "control_until"}
    return line, _renamed(row, {**names, "name": "account_name", "id": "account_native_id"})


def _flat(item: Lined) -> tuple[int, dict[str, object]]:
    return item.line, _proven({key: value.plain() for key, value in item.members().items()})


def _proven(row: dict[str, object]) -> dict[str, object]:
    """``proof: {url, note}`` as two cells."""
    proof = row.get("proof")
    if not isinstance(proof, dict):
        return row
    rest = {key: value for key, value in row.items() if key != "proof"}
    return {**rest, "proof_url": proof.get("url"), "proof_note": proof.get("note")}


def _renamed(row: dict[str, object], names: Mapping[str, str]) -> dict[str, object]:
    return {names.get(key, key): value for key, value in row.items()}


def _named(row: Mapping[str, object]) -> object:
    return row.get("name") or row.get("person")
