import json

TEXT = '"The last boat leaves at nine and waits for nobody," Tavrin Oskelbeck posted on X on Friday.'


def lines(*rows: object) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)


def answers(answer) -> list[dict[str, object]]:
    return [json.loads(line) for line in answer.out.splitlines()]


def test_extract_answers_each_line_and_needs_no_archive(command, data_directory) -> None:
    answer = command("extract", "--batch", given=lines({"id": 7, "text": TEXT, "published": "2026-02-13"}))

    (found,) = answers(answer)
    (quote,) = found["quotes"]
    assert found["id"] == 7
    assert TEXT[quote["start"] : quote["end"]] == quote["text"]
    assert quote["speaker"] == "Tavrin Oskelbeck"
    assert quote["platform"] == "x"
    assert quote["said_on"] == "2026-02-13"
    assert quote["kind"] == "direct"
    assert answer.status == 0
    assert not data_directory.exists()


def test_the_kind_is_left_open_where_each_mark_is_two_characters(command, tmp_path) -> None:
    typed = "''The ferry is late and the harbour waits,'' Tavrin Oskelbeck said."
    quoted = "``The ferry is late and the harbour waits,'' Tavrin Oskelbeck said."
    page = tmp_path / "ferry.txt"
    page.write_text(typed, "utf-8")

    batch = command(
        "extract", "--batch", given=lines(*({"id": n, "text": text} for n, text in enumerate([typed, quoted, TEXT])))
    )
    people = command("extract", str(page), "--json")

    quotes = [row["quotes"][0] for row in answers(batch)]
    assert [quote["kind"] for quote in quotes] == [None, None, "direct"]
    assert quotes[0]["speaker"] == quotes[1]["speaker"] == "Tavrin Oskelbeck"
    assert [quote["kind"] for quote in json.loads(people.out)["quotes"]] == ["direct"]


def test_a_line_that_cannot_be_read_does_not_stop_the_others(command) -> None:
    given = lines(
        "{",
        {"id": "a"},
        {"id": "b", "text": 5},
        {"id": "c", "text": TEXT, "published": "soon"},
        {"id": "d", "text": TEXT},
    )

    answer = command("extract", "--batch", given=given)

    found = answers(answer)
    assert [row.get("error", {}).get("code") for row in found] == ["bad_row", "bad_row", "bad_row", "bad_date", None]
    assert answer.status == 3


def test_match_names_the_post_that_a_quotation_rests_on(command, tmp_path) -> None:
    dump = tmp_path / "posts.jsonl"
    dump.write_text(
        json.dumps(
            {
                "platform": "x",
                "handle": "harbour_office_ostrelund",
                "author_name": "Tavrin Oskelbeck",
                "post_id": "17",
                "posted_at": "2026-02-12T10:05:00Z",
                "text": "The last boat leaves at nine and waits for nobody. Pupils travel free until the summer.",
            }
        )
    )
    command("import", "posts", dump)
    quote = "Pupils travel free until the summer"
    claim = {
        "quote": "The last boat leaves at nine and waits for nobody",
        "speaker": "Tavrin Oskelbeck",
        "platform": "twitter",
    }
    given = lines(
        {"id": 1, **claim, "published": "2026-02-13", "context": f'He wrote: "{claim["quote"]}."'},
        {
            "id": 2,
            "quote": "Every lighthouse in the country will be sold before the winter comes",
            "speaker": "Tavrin Oskelbeck",
        },
        {"id": 3},
        {"id": 4, "quote": quote, "published": "2026-13-01"},
    )

    answer = command("match", "--batch", given=given)

    first, second, third, fourth = answers(answer)
    assert first["posts"] == ["x:17"]
    assert first["group"] == "trimmed"
    assert set(first) == {"id", "verdict", "group", "posts", "findings", "axes"}
    assert second["posts"] == []
    assert third["error"]["code"] == "bad_row"
    assert fourth["error"]["code"] == "bad_date"
    assert answer.status == 3
