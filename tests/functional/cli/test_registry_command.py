"""The registry in and out: other projects' files, a rehearsal, look-alike handles, and the way back out as Popolo."""

import json
from pathlib import Path

from .conftest import Command

POPOLO = {
    "persons": [
        {
            "id": "p1",
            "name": "Tavrin Oskelbeck",
            "other_names": [{"name": "T. Oskelbeck"}],
            "identifiers": [{"scheme": "wikidata", "identifier": "Q910"}],
            "contact_details": [
                {
                    "type": "x",
                    "value": "TavrinOskelbeck",
                    "identifier": "910",
                    "kind": "official",
                    "valid_from": "2024-05-01",
                    "valid_until": "2026-01-31",
                    "other_values": [{"value": "OskelbeckTavrin", "end_date": "2023-01-01"}],
                    "sources": [{"url": "https://ostrelund.example/cabinet", "note": "list of the cabinet"}],
                }
            ],
        }
    ],
    "organizations": [{"id": "o1", "name": "Ferry Office", "area": {"name": "Ostrelund"}}],
    "posts": [{"id": "m1", "label": "Prime Minister", "area": {"name": "Ostrelund"}}],
    "memberships": [{"person_id": "p1", "post_id": "m1", "start_date": "2024-05-01"}],
}


def written(path: Path, document: object) -> Path:
    path.write_text(json.dumps(document))
    return path


def exported(command: Command) -> dict[str, object]:
    return command("export", "registry", "--as", "popolo").json()


def test_popolo_in_and_out_is_the_same_registry(command: Command, tmp_path: Path, monkeypatch) -> None:
    answer = command("import", "registry", written(tmp_path / "ostrelund.json", POPOLO))
    assert (answer.status, answer.out) == (0, "5 rows read: 5 added, 0 held already, 0 passed over.\n")
    first = exported(command)
    assert command("export", "registry", "--as", "popolo", "--output", tmp_path / "again.json").status == 0
    monkeypatch.setenv("ONRECORD_DATA_DIRECTORY", str(tmp_path / "other"))
    assert command("import", "registry", tmp_path / "again.json").status == 0
    assert without_captures(exported(command)) == without_captures(first)
    (person,) = first["persons"]  # type: ignore[misc]
    (detail,) = person["contact_details"]  # type: ignore[index]
    expected = POPOLO["persons"][0]["contact_details"][0]  # type: ignore[index]
    assert {name: detail[name] for name in ("value", "identifier", "kind", "valid_from", "valid_until")} == {  # type: ignore[index]
        name: expected[name] for name in ("value", "identifier", "kind", "valid_from", "valid_until")
    }


def without_captures(value: object) -> object:
    """The document without the identifiers of captures: another archive recorded another file."""
    if isinstance(value, dict):
        return {name: without_captures(member) for name, member in value.items() if name != "capture"}
    return [without_captures(item) for item in value] if isinstance(value, list) else value


def test_a_rehearsal_says_what_would_happen_and_keeps_nothing(command: Command, tmp_path: Path) -> None:
    path = written(tmp_path / "ostrelund.json", POPOLO)
    rehearsed = command("import", "registry", path, "--dry-run")
    assert (rehearsed.status, rehearsed.out) == (0, "5 rows read: 5 added, 0 held already, 0 passed over.\n")
    assert exported(command)["persons"] == []
    assert command("import", "registry", path).out == rehearsed.out
    assert "0 added, 5 held already" in command("import", "registry", path, "--dry-run").out


def test_a_row_that_is_refused_leaves_nothing_behind(command: Command, tmp_path: Path) -> None:
    rows = [
        {"person": "Iven Taal", "wikidata": "Q1"},
        {"person": "Iven Taal", "wikidata": "Q2"},
        {"person": "Iven Taal", "office": "Harbour Master", "platform": "x", "handle": "taal"},
        {"person": "Fresh Face", "office": "-"},
        {"person": "Sorrel Ames"},
    ]
    path = tmp_path / "people.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    answer = command("import", "registry", path)
    assert (answer.status, answer.out) == (3, "5 rows read: 3 added, 0 held already, 2 passed over.\n")
    assert "line 3: " in answer.err and "[ambiguous_person]" in answer.err
    assert "line 4: " in answer.err and "[empty_name]" in answer.err
    kept = json.dumps(exported(command))
    assert "Sorrel Ames" in kept and "Harbour Master" not in kept and "Fresh Face" not in kept


def account(handle: str, number: str, **more: str) -> dict[str, str]:
    return {"person": f"Owner of {number}", "platform": "x", "handle": handle, "account_id": number, **more}


def test_handles_that_look_alike_are_told(command: Command, tmp_path: Path) -> None:
    rows = [
        account("HarbourMinistry", "1", kind="official"),
        account("HarbourMlnistry", "2"),
        account("HarbourM1nistry", "3", kind="parody"),
        account("HarbourMinister", "4"),
    ]
    path = tmp_path / "people.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    remarks = command("import", "registry", path, "--json").json()["remarks"]
    assert remarks == [
        "@HarbourMlnistry on x looks like @HarbourMinistry, which is registered as official: "
        "register it as look_alike or parody, or prove whose it is."
    ]


def test_the_form_of_an_export_has_to_be_said(command: Command, tmp_path: Path) -> None:
    assert "[usage]" in command("export", "registry").err
    assert (
        "[unwritable_file]"
        in command("export", "registry", "--as", "popolo", "--output", tmp_path / "no" / "x.json").err
    )
