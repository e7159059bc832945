import json

import pytest

from archive.domain.registry import RegistryEntry
from archive.errors import InvalidInputError
from archive.extraction.registries.documents import document_rows, is_document
from archive.extraction.registry_rows import read_each, read_yaml

Told = tuple[object, ...]


def entries(document: object) -> list[RegistryEntry | InvalidInputError]:
    body = json.dumps(document).encode()
    assert is_document(body)
    return [entry for _, entry in read_each(document_rows(body))]


def good(document: object) -> list[RegistryEntry]:
    return [entry for entry in entries(document) if isinstance(entry, RegistryEntry)]


def codes(document: object) -> list[str]:
    return [entry.code for entry in entries(document) if isinstance(entry, InvalidInputError)]


def days(entry: RegistryEntry) -> tuple[str, str]:
    return str(entry.since), str(entry.until)


# Popolo

POPOLO = {
    "persons": [
        {
            "id": "p1",
            "name": "Orla Venn",
            "other_names": [{"name": "O. Venn"}],
            "identifiers": [{"scheme": "wikidata", "identifier": "Q810"}, {"scheme": "isni", "identifier": "Q811"}],
            "contact_details": [
                {
                    "type": "twitter",
                    "value": "OrlaVenn",
                    "identifier": "810",
                    "valid_from": "2024-06-03",
                    "kind": "official",
                },
                {"type": "phone", "value": "555"},
            ],
            "links": [
                {"url": "https://bsky.app/profile/orla.example", "note": "bluesky"},
                {"url": "https://orla.example/"},
            ],
            "memberships": [{"organization_id": "o2", "role": "member", "start_date": "2019"}],
        }
    ],
    "organizations": [
        {"id": "o1", "name": "Harbour Authority", "classification": "agency", "area": {"name": "Marrowland"}},
        {"id": "o2", "name": "Harbour Board"},
        {"id": "o3", "name": "Tide Party", "classification": "Party"},
    ],
    "posts": [{"id": "m1", "label": "Harbour Minister", "organization_id": "o1", "area_id": "a1"}],
    "areas": [{"id": "a1", "name": "Marrowland"}],
    "memberships": [
        {
            "person_id": "p1",
            "post_id": "m1",
            "start_date": "2024-06-03",
            "sources": [{"url": "https://marrowland.example/cabinet", "note": "list"}],
        },
        {"person_id": "p1", "organization_id": "o3", "role": "member"},
        {"person_id": "nobody", "post_id": "m1"},
    ],
}


def test_popolo_gives_people_offices_holdings_and_accounts() -> None:
    found = good(POPOLO)
    person = next(entry for entry in found if entry.aliases)
    assert (person.person, person.aliases, person.wikidata) == ("Orla Venn", ("O. Venn",), "Q810")
    holding = next(entry for entry in found if entry.since is not None)
    assert (holding.person, holding.office, holding.country) == ("Orla Venn", "Harbour Minister", "Marrowland")
    assert (holding.proof_url, holding.proof_note) == ("https://marrowland.example/cabinet", "list")
    accounts = {
        (entry.platform and entry.platform.value, entry.handle, entry.account_native_id)
        for entry in found
        if entry.platform
    }
    assert accounts == {("x", "OrlaVenn", "810"), ("bluesky", "orla.example", None)}
    assert [entry.office for entry in found if entry.institution] == ["Harbour Authority", "Harbour Board"]
    seat = next(entry for entry in found if entry.office == "member, Harbour Board")
    assert days(seat) == ("None", "None")  # 2019 is no day
    assert not any("Tide" in (entry.office or "") for entry in found)
    assert codes(POPOLO) == ["row_missing_field"]


# Wikidata


def cell(value: str) -> dict[str, str]:
    return {"type": "uri" if value.startswith("http") else "literal", "value": value}


def result(**cells: str) -> dict[str, dict[str, str]]:
    return {name: cell(value) for name, value in cells.items()}


ITEM = "http://www.wikidata.org/entity/"
QUERY = {
    "head": {"vars": []},
    "results": {
        "bindings": [
            result(person=f"{ITEM}Q810", personLabel="Orla Venn", position=f"{ITEM}Q900", positionLabel="Harbour Minister",
                   countryLabel="Marrowland", start="2024-06-03T00:00:00Z", P2002="OrlaVenn", xid="810"),
            result(item=f"{ITEM}Q811", itemLabel="Brann Oske", position=f"{ITEM}Q900", positionLabel="Q900"),
            result(person=f"{ITEM}Q812", personLabel="Q812"),
            result(person=f"{ITEM}Q813", personLabel="Iven Taal", office=f"{ITEM}Q900", officeLabel="Harbour Minister",
                   start="2001-01-01T00:00:00Z", startPrecision="9", end="2003-05-04T00:00:00Z", endPrecision="11"),
        ]
    },
}  # fmt: skip


def test_results_of_a_query() -> None:
    found = good(QUERY)
    assert [
        (entry.person, entry.wikidata, entry.office, entry.office_wikidata, *days(entry))
        for entry in found
        if entry.office
    ] == [
        ("Orla Venn", "Q810", "Harbour Minister", "Q900", "2024-06-03", "None"),
        ("Iven Taal", "Q813", "Harbour Minister", "Q900", "None", "2003-05-04"),
    ]
    (account,) = (entry for entry in found if entry.platform)
    assert (account.person, account.handle, account.account_native_id) == ("Orla Venn", "OrlaVenn", "810")
    assert codes(QUERY) == ["row_missing_field", "row_missing_field"]


def snak(value: object) -> dict[str, object]:
    return {"snaktype": "value", "datavalue": {"value": value}}


def time(day: str, precision: int = 11) -> dict[str, object]:
    return snak({"time": f"+{day}T00:00:00Z", "precision": precision})


def claim(value: object, **more: object) -> dict[str, object]:
    return {"mainsnak": snak(value), "rank": "normal", **more}


def labelled(item: str, name: str, **claims: object) -> dict[str, object]:
    return {"id": item, "labels": {"en": {"language": "en", "value": name}}, "claims": claims}


ENTITIES = {
    "entities": {
        "Q810": {
            **labelled(
                "Q810",
                "Orla Venn",
                P39=[
                    claim({"id": "Q900"}, qualifiers={"P580": [time("2024-06-03")], "P582": [time("2026-01-00", 10)]}),
                    claim({"id": "Q900"}, rank="deprecated"),
                    claim({"id": "Q901"}),
                    {"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"},
                ],
                P2002=[claim("OrlaVenn", qualifiers={"P6552": [snak("810")], "P580": [time("2020-02-02")]})],
                P4033=[claim("orla@social.marrowland.example")],
                P2397=[claim("UCabcdefghijklmnopqrstuv")],
            ),
            "aliases": {"en": [{"language": "en", "value": "O. Venn"}]},
        },
        "Q900": labelled("Q900", "Harbour Minister", P17=[claim({"id": "Q1"})]),
        "Q1": labelled("Q1", "Marrowland"),
    }
}


def test_entities() -> None:
    found = good(ENTITIES)
    assert found[0].aliases == ("O. Venn",) and found[0].wikidata == "Q810"
    (holding,) = (entry for entry in found if entry.office)
    assert (holding.office, holding.office_wikidata, holding.country, *days(holding)) == (
        "Harbour Minister",
        "Q900",
        "Marrowland",
        "2024-06-03",
        "None",
    )
    accounts = [
        (entry.platform and entry.platform.value, entry.handle, entry.account_native_id)
        for entry in found
        if entry.platform
    ]
    assert accounts == [
        ("x", "OrlaVenn", "810"),
        ("mastodon", "orla@social.marrowland.example", None),
        ("youtube", "UCabcdefghijklmnopqrstuv", "UCabcdefghijklmnopqrstuv"),
    ]
    assert str(next(entry for entry in found if entry.handle == "OrlaVenn").control_since) == "2020-02-02"
    assert codes(ENTITIES) == ["row_missing_field"]  # Q901 came without its label


# congress-legislators

TERMS = """
- id: {bioguide: V000001, wikidata: Q810}
  name: {first: Orla, last: Venn, official_full: Orla J. Venn}
  terms:
  - {type: rep, start: '2015-01-06', end: '2017-01-03', state: ZZ, district: 3}
  - {type: rep, start: '2017-01-03', end: '2019-01-03', state: ZZ, district: 3}
  - {type: sen, start: '2021-01-03', end: '2027-01-03', state: ZZ}
"""
SOCIAL = """
- id: {bioguide: V000001}
  social: {twitter: OrlaVenn, twitter_id: 810, youtube_id: UCabcdefghijklmnopqrstuv}
- id: {bioguide: X000009}
  social: {twitter: Stranger}
"""


def test_terms_and_accounts_of_legislators_join() -> None:
    found = [entry for _, entry in read_yaml((TERMS + SOCIAL).encode())]
    kept = [entry for entry in found if isinstance(entry, RegistryEntry)]
    assert (kept[0].person, kept[0].aliases, kept[0].wikidata) == ("Orla J. Venn", ("Orla Venn",), "Q810")
    assert [(entry.office, *days(entry)) for entry in kept if entry.office] == [
        ("US Representative, ZZ-3", "2015-01-06", "2019-01-03"),
        ("US Senator, ZZ", "2021-01-03", "2027-01-03"),
    ]
    assert [(entry.person, entry.handle, entry.account_native_id) for entry in kept if entry.platform] == [
        ("Orla J. Venn", "OrlaVenn", "810"),
        ("Orla J. Venn", "UCabcdefghijklmnopqrstuv", "UCabcdefghijklmnopqrstuv"),
    ]
    assert [entry.code for entry in found if isinstance(entry, InvalidInputError)] == ["row_missing_field"]


@pytest.mark.parametrize(
    "body", [b'{"person": "Orla Venn"}\n', b"[]", b"", b"{", b'{"posts": []}', b"\xff", b"person\nOrla"]
)
def test_rows_of_our_own_are_no_document(body: bytes) -> None:
    assert not is_document(body)


@pytest.mark.parametrize(
    "body",
    [b'{"persons": [' + b"[" * 100_000, b'{"persons": [\xff]}', b'{"entities": {"Q1": 5', b'{"memberships": 1e999}'],
)
def test_broken_documents_end_with_a_sentence(body: bytes) -> None:
    try:
        assert list(document_rows(body)) == []
    except InvalidInputError as error:
        assert error.code == "row_not_json"
