import json
import lzma
from pathlib import Path

REGISTRY = [
    {
        "platform": "x",
        "handle": "PrimeMinister_Ostrelund",
        "account_id": "900000000000000101",
        "person": "Tavrin Oskelbeck",
        "office": "Prime Minister of Ostrelund",
        "country": "Ostrelund",
        "from": "2024-05-01",
        "kind": "official",
    }
]


def row(**changes: object) -> dict[str, object]:
    made: dict[str, object] = {
        "platform": "twitter",
        "handle": "PrimeMinister_Ostrelund",
        "author_name": "Tavrin Oskelbeck",
        "post_id": "2021900000000000001",
        "posted_at": "2026-02-12T10:05:00Z",
        "text": "The last boat leaves at nine and waits for nobody.",
    }
    return made | changes


def written(path: Path, rows: list[object]) -> Path:
    path.write_text("".join(f"{made if isinstance(made, str) else json.dumps(made)}\n" for made in rows))
    return path


def test_bad_rows_are_named_with_their_line_and_the_good_ones_kept(command, tmp_path) -> None:
    dump = written(
        tmp_path / "posts.jsonl",
        [row(), "not json", row(post_id="2", posted_at="yesterday"), row(post_id="3", colour="red"), row(post_id="4")],
    )

    answer = command("import", "posts", dump)

    assert answer.status == 3
    assert "line 2:" in answer.err and "[row_not_json]" in answer.err
    assert "line 3:" in answer.err and "[row_bad_date]" in answer.err
    assert "line 4:" in answer.err and "[row_unknown_column]" in answer.err
    assert "5 rows read: 2 added, 0 held already, 3 passed over." in answer.out


def test_the_same_file_twice_adds_nothing(command, tmp_path) -> None:
    dump = written(tmp_path / "posts.jsonl", [row(), row(post_id="2", text="Another one.")])
    command("import", "posts", dump)
    size = custody_size(command)

    again = command("import", "posts", dump, "--json")

    assert again.json() == {
        "read": 2,
        "added": 0,
        "changed": 0,
        "unchanged": 2,
        "refused": 0,
        "errors": [],
        "left_out": {},
        "remarks": [],
    }
    assert again.status == 0
    assert custody_size(command) == size


def custody_size(command) -> int:
    # The audit looks at every stored body: one for each capture.
    steps = command("nightly", "--json").json()["steps"]
    return next(step["looked_at"] for step in steps if step["name"] == "audit")


def test_an_unknown_account_is_made_with_the_name_the_platform_shows(command, tmp_path) -> None:
    command("import", "posts", written(tmp_path / "posts.jsonl", [row()]))

    (found,) = command("search", "boat", "--json").json()["results"]

    assert found["speaker"] == {
        "name": "Tavrin Oskelbeck",
        "basis": "profile",
        "office": None,
        "person_id": None,
    }
    assert found["account"]["platform"] == "x"


def test_a_registry_that_comes_after_the_posts_still_says_whose_they_are(command, tmp_path) -> None:
    command("import", "posts", written(tmp_path / "posts.jsonl", [row()]))

    command("import", "registry", written(tmp_path / "registry.jsonl", REGISTRY))

    (found,) = command("search", "boat", "--json").json()["results"]
    assert found["speaker"]["basis"] == "control"
    assert found["speaker"]["office"] == "Prime Minister of Ostrelund"


def test_the_same_registry_twice_adds_nothing(command, tmp_path) -> None:
    registry = written(tmp_path / "registry.jsonl", REGISTRY)

    assert command("import", "registry", registry, "--json").json()["added"] == 1
    assert command("import", "registry", registry, "--json").json()["added"] == 0


def test_a_dry_run_says_what_an_import_would_do_and_keeps_nothing(command, tmp_path) -> None:
    first = written(tmp_path / "first.jsonl", [row(), row(post_id="2", text="Another one.")])
    edited = row(text="The last boat leaves at ten.")
    later = written(
        tmp_path / "later.jsonl",
        [edited, edited, row(post_id="2", text="Another one."), row(post_id="3"), row(post_id="3"), "not json"],
    )
    command("import", "posts", first)
    size = custody_size(command)

    rehearsed = command("import", "posts", later, "--dry-run", "--json").json()

    assert custody_size(command) == size
    assert {name: rehearsed[name] for name in ("read", "added", "changed", "unchanged", "refused")} == {
        "read": 6,
        "added": 2,
        "changed": 1,
        "unchanged": 3,
        "refused": 1,
    }
    assert command("import", "posts", later, "--json").json() == rehearsed
    assert "(1 of them new versions)" not in command("import", "posts", later, "--dry-run").out


def test_a_packed_dump_is_unpacked(command, tmp_path) -> None:
    dump = tmp_path / "posts.jsonl.xz"
    dump.write_bytes(lzma.compress(json.dumps(row()).encode()))

    assert command("import", "posts", dump, "--json").json()["added"] == 1


def test_a_broken_dump_leaves_nothing_half_written(command, tmp_path) -> None:
    whole = lzma.compress("".join(json.dumps(row(post_id=str(n))) + "\n" for n in range(20_000)).encode())
    dump = tmp_path / "posts.jsonl.xz"
    dump.write_bytes(whole[: len(whole) * 3 // 4])

    answer = command("import", "posts", dump)

    assert answer.status == 2
    assert "[dump_damaged]" in answer.err
    assert command("search", "boat", "--json").json()["results"] == []


def test_an_edited_text_is_a_second_version(command, tmp_path) -> None:
    command("import", "posts", written(tmp_path / "one.jsonl", [row()]))
    command("import", "posts", written(tmp_path / "two.jsonl", [row(text="The last boat leaves at ten.")]))

    (found,) = command("search", "boat", "--json").json()["results"]
    detail = command("statement", found["id"], "--json").json()

    assert [version["version"] for version in detail["versions"]] == [1, 2]
