"""Wikidata's exports: results of its query service (SPARQL JSON), entities (``Special:EntityData``, ``wbgetentities``).

Offices are P39 with the qualifiers P580 and P582, accounts the properties below. Years and months are no days: a date
of lower precision is left open, since a made-up first of January would decide who held the office.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.domain.accounts import Platform
from archive.errors import InvalidInputError
from archive.extraction.payloads import Json, items, mapping, text_of
from archive.extraction.registries.rows import NumberedRow, Row, fault, given, item_in, whole_day

ACCOUNTS: dict[str, Platform] = {
    "P2002": Platform.X,
    "P4033": Platform.MASTODON,
    "P12361": Platform.BLUESKY,
    "P10858": Platform.TRUTH_SOCIAL,
    "P11892": Platform.THREADS,
    "P3789": Platform.TELEGRAM,
    "P2397": Platform.YOUTUBE,
    "P2013": Platform.FACEBOOK,
    "P2003": Platform.INSTAGRAM,
}
_X_NUMBER = "P6552"
_OFFICE, _START, _END, _COUNTRY = "P39", "P580", "P582", "P17"
_DAY_PRECISION = 11
_KEYED_BY_ID = frozenset({Platform.YOUTUBE})
_PERSON = ("person", "item", "politician", "human")
_OFFICES = ("office", "position", "role")
_NAMES = {platform.value: platform for platform in ACCOUNTS.values()} | {
    "twitter": Platform.X,
    "truth": Platform.TRUTH_SOCIAL,
}
_MOST_NAMES = 50


def query_rows(results: Json) -> Iterator[NumberedRow]:
    """Rows of a query's results. Variables are told by name: person, personLabel, position, positionLabel, country,
    start, end (with startPrecision, endPrecision), and accounts by platform (x) or property (P2002)."""
    for number, binding in enumerate(items(mapping(results.get("results")).get("bindings")), start=1):
        cells = {name: text_of(mapping(cell), "value") for name, cell in binding.items()}
        item = _first(cells, _PERSON)
        name = _label(cells, _PERSON)
        if name is None or item is None:
            yield number, fault(number, "the result names no person with a label")
            continue
        person = given(person=name, wikidata=item_in(item), proof_url=item, proof_note="Wikidata")
        if office := _first(cells, _OFFICES):
            title = _label(cells, _OFFICES)
            if title is None:
                yield number, fault(number, "the position has no label; ask for positionLabel")
            else:
                yield number, {**person, **_office(cells, office=office, title=title)}
        yield from ((number, {**person, **row}) for row in _query_accounts(cells))
        if not office:
            yield number, person


def _first(cells: dict[str, str | None], names: tuple[str, ...]) -> str | None:
    return next((found for name in names if (found := cells.get(name))), None)


def _label(cells: dict[str, str | None], names: tuple[str, ...]) -> str | None:
    """A label; the query service repeats the item where there is none."""
    found = _first(cells, tuple(f"{name}Label" for name in names))
    return None if found is None or item_in(found) else found


def _office(cells: dict[str, str | None], *, office: str, title: str) -> Row:
    return given(
        office=title,
        office_wikidata=item_in(office),
        country=_label(cells, ("country",)),
        since=_queried_day(cells, "start"),
        until=_queried_day(cells, "end"),
    )


def _queried_day(cells: dict[str, str | None], name: str) -> str | None:
    precision = cells.get(f"{name}Precision")
    is_day = precision is None or precision == str(_DAY_PRECISION)
    return whole_day(cells.get(name)) if is_day else None


def _query_accounts(cells: dict[str, str | None]) -> Iterator[Row]:
    for name, value in cells.items():
        platform = ACCOUNTS.get(name) or _NAMES.get(name.lower())
        if platform is not None and value:
            number = (cells.get("xid") or cells.get(_X_NUMBER)) if platform is Platform.X else None
            yield _account(platform, value, number=number)


def _account(platform: Platform, value: str, *, number: str | None) -> Row:
    if platform in _KEYED_BY_ID:
        return given(platform=platform.value, account_native_id=value, handle=value)
    return given(platform=platform.value, handle=value, account_native_id=number)


def entity_rows(document: Json) -> Iterator[NumberedRow]:
    """Rows of exported entities; an office's title is its label where the file holds the office's entity too."""
    entities = mapping(document.get("entities"))
    for number, entity in enumerate((mapping(value) for value in entities.values()), start=1):
        claims = mapping(entity.get("claims"))
        if _OFFICE not in claims and not claims.keys() & ACCOUNTS.keys():
            continue  # an office or country that came along for its label
        item, names = item_in(text_of(entity, "id")), _labels(entity)
        if item is None or not names:
            yield number, fault(number, "the entity has no item or no label")
            continue
        proof = {"proof_url": f"https://www.wikidata.org/wiki/{item}", "proof_note": "Wikidata"}
        person = {**given(person=names[0], wikidata=item), **proof}
        yield number, {**person, **given(aliases=names[1:])}
        for row in _holdings(number, claims, entities=entities):
            yield number, row if isinstance(row, InvalidInputError) else {**person, **row}
        yield from ((number, {**person, **row}) for row in _accounts(claims))


def _labels(entity: Json) -> list[str]:
    """The label – English if there is one – then the other languages' labels and the aliases, each once."""
    labels = mapping(entity.get("labels"))
    first = [labels[language] for language in ("en", "mul") if language in labels]
    aliases = [alias for listed in mapping(entity.get("aliases")).values() for alias in items(listed)]
    found = (text_of(mapping(label), "value") for label in (*first, *labels.values(), *aliases))
    return list(dict.fromkeys(name for name in found if name))[:_MOST_NAMES]


def _statements(claims: Json, name: str) -> tuple[Json, ...]:
    return tuple(claim for claim in items(claims.get(name)) if claim.get("rank") != "deprecated")


def _value(snak: Json) -> object:
    return mapping(snak.get("datavalue")).get("value")


def _qualifier(claim: Json, name: str) -> object:
    return next((_value(snak) for snak in items(mapping(claim.get("qualifiers")).get(name))), None)


def _day(value: object) -> str | None:
    time = mapping(value)
    return whole_day(text_of(time, "time")) if time.get("precision") == _DAY_PRECISION else None


def _holdings(number: int, claims: Json, *, entities: Json) -> Iterator[Row | InvalidInputError]:
    for claim in _statements(claims, _OFFICE):
        office = text_of(mapping(_value(mapping(claim.get("mainsnak")))), "id")
        if office is None:
            continue  # "some value" or "no value"
        held = mapping(entities.get(office))
        titles = _labels(held)
        if not titles:
            yield fault(number, f"the label of the office {office[:20]} is not in the file; export that entity too")
            continue
        country = next((_linked(snak, entities) for snak in _statements(mapping(held.get("claims")), _COUNTRY)), None)
        yield given(
            office=titles[0],
            office_aliases=titles[1:],
            office_wikidata=item_in(office),
            country=country,
            since=_day(_qualifier(claim, _START)),
            until=_day(_qualifier(claim, _END)),
        )


def _linked(claim: Json, entities: Json) -> str | None:
    linked = text_of(mapping(_value(mapping(claim.get("mainsnak")))), "id")
    return next(iter(_labels(mapping(entities.get(linked or "")))), None)


def _accounts(claims: Json) -> Iterator[Row]:
    for name, platform in ACCOUNTS.items():
        for claim in _statements(claims, name):
            value, number = _value(mapping(claim.get("mainsnak"))), _qualifier(claim, _X_NUMBER)
            if isinstance(value, str) and value:
                since, until = _day(_qualifier(claim, _START)), _day(_qualifier(claim, _END))
                account = _account(platform, value, number=number if isinstance(number, str) else None)
                yield {**account, **given(control_since=since, control_until=until)}
