"""Rows of dumps and registry files: the usual column names, and faults told with their line."""

from datetime import UTC, date, datetime

import pytest

from archive.domain.accounts import AccountKind, HandleUse, Platform
from archive.domain.registry import RegistryEntry
from archive.errors import InvalidInputError
from archive.extraction.posts.dump import read_row, read_rows
from archive.extraction.registry_rows import read_registry

ROW = {
    "platform": "twitter",
    "handle": "@AdaNorden",
    "author_name": "Ada Norden",
    "post_id": "1703436713362870723",
    "posted_at": "2023-09-17T15:52:15Z",
    "text": " Nets ",
    "is_retweet": False,
    "truncated": True,
}


def lines(text: str) -> list[tuple[int, bytes]]:
    return list(enumerate(text.encode().split(b"\n"), start=1))


def test_our_own_shape_is_read_as_it_stands() -> None:
    reading = read_row(ROW, line=12)
    assert (reading.platform, reading.native_id, reading.author_handle) == (Platform.X, ROW["post_id"], "AdaNorden")
    assert reading.posted_at == datetime(2023, 9, 17, 15, 52, 15, tzinfo=UTC)
    assert (reading.text, reading.truncated, reading.is_repost, reading.locator) == (" Nets ", True, False, "line 12")


def test_the_usual_other_names_are_read() -> None:
    reading = read_row(
        {
            "id": 1703436713362870723,
            "id_str": "1703436713362870723",
            "screen_name": "AdaNorden",
            "full_text": "Nets",
            "created_at": "Sun Sep 17 15:52:15 +0000 2023",
            "link": "https://twitter.com/AdaNorden/status/1703436713362870723",
            "lang": "en",
            "source": "web",
        },
        line=1,
    )
    assert (reading.platform, reading.native_id, reading.language) == (Platform.X, "1703436713362870723", "en")


def test_an_address_alone_names_platform_handle_and_id() -> None:
    reading = read_row({"url": "https://x.com/AdaNorden/status/5", "text": "Nets", "time": "2010-01-01"}, line=1)
    assert (reading.native_id, reading.author_handle) == ("5", "AdaNorden")


FAULTS = [
    ({"posted_at": "yesterday"}, "row_bad_date"),
    ({"posted_at": "1969-01-01"}, "row_bad_date"),
    ({"posted_at": ""}, "row_missing_field"),
    ({"handle": None}, "row_missing_field"),
    ({"text": None}, "row_missing_field"),
    ({"post_id": ""}, "row_missing_field"),
    ({"platform": "friendster"}, "row_unknown_platform"),
    ({"platform": ""}, "row_missing_field"),
    ({"post_id": "1.70344E+18"}, "row_mangled_id"),
    ({"post_id": 1.70344e18}, "row_mangled_id"),
    ({"post_id": "1,70344E+18"}, "row_mangled_id"),
    ({"txet": "Nets"}, "row_unknown_column"),
    ({"truncated": "perhaps"}, "row_bad_value"),
    ({"handle": ["a"]}, "row_bad_value"),
    ({"text": {"a": 1}}, "row_bad_value"),
    ({"text": "x" * 300_000}, "row_bad_value"),
]


@pytest.mark.parametrize(("change", "code"), FAULTS)
def test_a_faulty_row_is_told_by_line_and_code(change: dict[str, object], code: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_row({**ROW, **change}, line=7)
    assert caught.value.code == code
    assert caught.value.message.startswith("Line 7: ")


def test_csv_cells_may_hold_lines_and_commas() -> None:
    text = "\ufeffplatform,handle,post_id,posted_at,text\n"
    text += 'x,ada,5,2024-02-08T10:00:00Z,"Nets,\n\nand ""boats"""\n\nx,ada,6,2024-02-08,B'
    rows = list(read_rows(lines(text), name="dump.CSV"))
    assert [row["text"] for _, row in rows] == ['Nets,\n\nand "boats"', "B"]
    assert rows[1][0] == 6


@pytest.mark.parametrize(
    ("text", "name", "code", "line"),
    [
        ("a,b\n1,2,3", "d.csv", "row_not_csv", 2),
        ('a,b\n"1"x,2', "d.csv", "row_not_csv", 2),
        ('{"a": 1}\n{"a": ', "d.jsonl", "row_not_json", 2),
        ("\n\n3", "d.jsonl", "row_not_json", 3),
    ],
)
def test_a_broken_file_is_told_by_line(text: str, name: str, code: str, line: int) -> None:
    with pytest.raises(InvalidInputError) as caught:
        list(read_rows(lines(text), name=name))
    assert caught.value.code == code
    assert f"Line {line}:" in caught.value.message


def test_a_json_list_is_read_over_many_lines() -> None:
    assert [row for _, row in read_rows(lines('[\n{"a": 1},\n{"a": 2}\n]'), name="d.json")] == [{"a": 1}, {"a": 2}]


REGISTRY = """
people:
  - name: Ada Norden
    aliases: [A. Norden, Norden Ada]
    offices:
      - {title: Minister of Fisheries, country: Farland, since: 2020-01-01, proof: {url: "https://gov.example/a"}}
    accounts:
      - {platform: x, handle: "@AdaNorden", id: 0123, kind: personal, since: 2020-01-02, until: present}
offices:
  - name: Ministry of Fisheries
    institution: yes
    accounts:
      - platform: mastodon
        handle: fish@gov.example
        handles: [{handle: no, until: 2019-01-01}]
accounts:
  - {platform: telegram, handle: fishery, office: Ministry of Fisheries}
"""


def test_a_nested_registry_expands_into_entries() -> None:
    person, holding, account, office, official, channel = read_registry(lines(REGISTRY), name="registry.yaml")
    assert person == RegistryEntry(line=3, person="Ada Norden", aliases=("A. Norden", "Norden Ada"))
    assert (holding.person, holding.office, holding.since) == ("Ada Norden", "Minister of Fisheries", date(2020, 1, 1))
    assert holding.proof_url == "https://gov.example/a"
    assert (account.person, account.account_native_id, account.account_kind) == (
        "Ada Norden",
        "0123",
        AccountKind.PERSONAL,
    )
    assert (account.control_since, account.control_until, account.since) == (date(2020, 1, 2), None, None)
    assert office.institution and office.person is None
    assert official.handles == (HandleUse(handle="no", until=date(2019, 1, 1)),)
    assert (official.office, channel.office, channel.platform) == (*["Ministry of Fisheries"] * 2, Platform.TELEGRAM)


def test_a_flat_line_of_a_public_list_is_read() -> None:
    line = (
        '{"platform": "twitter", "handle": "AdaNorden", "account_id": "42", "person": "Ada Norden",'
        ' "office": "Minister",'
        ' "party": "Sea", "country": "FL", "from": "2020-01-01", "to": "2024-01-01", "wikidata": "Q1", "url": null,'
        ' "kind": "office", "source_repo": "a/b"}'
    )
    (entry,) = read_registry(lines(line), name="accounts.jsonl")
    assert (entry.since, entry.until, entry.account_kind) == (date(2020, 1, 1), date(2024, 1, 1), AccountKind.OFFICIAL)


def test_a_csv_cell_may_hold_a_history_of_handles() -> None:
    text = "platform,handle,handles\nx,ada,old (2015-01-01..2019-12-31); older (..2014-12-31)"
    (entry,) = read_registry(lines(text), name="r.csv")
    assert entry.handles == (
        HandleUse(handle="old", since=date(2015, 1, 1), until=date(2019, 12, 31)),
        HandleUse(handle="older", until=date(2014, 12, 31)),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("people: 3", "row_not_yaml"),
        ("people: [b", "row_not_yaml"),
        ("x: &a 1\ny: *a", "row_not_yaml"),
        ("", "row_not_yaml"),
        ("[" * 5_000, "row_not_yaml"),
        ("peeple: []", "row_unknown_column"),
        ("people:\n - nme: X", "row_unknown_column"),
        ("people:\n - name: X\n   name: Y", "row_not_yaml"),
        ("accounts:\n - handle: a", "row_missing_field"),
        ("accounts:\n - {platform: x}", "row_missing_field"),
        ("accounts:\n - {platform: x, handle: a, since: 2020-13-01}", "row_bad_date"),
        ("- {person: X, since: 2021-01-01, until: 2020-01-01}", "row_bad_date"),
        ("- {person: X, wikidata: Q0x}", "row_bad_value"),
        ("- {person: X, url: 'javascript:alert(1)'}", "row_bad_value"),
        ("- {person: X, platform: y, handle: a}", "row_unknown_platform"),
        ("- {platform: x, handle: a, kind: dubious}", "row_bad_value"),
        ("- country: FL", "row_missing_field"),
        ("!!python/object/apply:os.system ['true']", "row_not_yaml"),
    ],
)
def test_a_faulty_registry_is_told_by_code(text: str, code: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        list(read_registry(lines(text), name="registry.yaml"))
    assert caught.value.code == code
