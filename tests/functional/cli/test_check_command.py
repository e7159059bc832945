import json
from pathlib import Path

import pytest

OTHER = "A page about boats. Nobody says anything in it at all.\n"


def test_an_article_is_judged_and_the_posts_it_rests_on_are_named(command, news, tmp_path) -> None:
    dump = tmp_path / "posts.jsonl"
    dump.write_text(
        json.dumps(
            {
                "platform": "twitter",
                "handle": "PrimeMinister_Ostrelund",
                "author_name": "Tavrin Oskelbeck",
                "post_id": "2021900000000000001",
                "posted_at": "2026-02-12T10:05:00Z",
                "text": "The last boat leaves at nine and waits for nobody, not even for me. #Ferries",
            }
        )
    )
    command("import", "posts", dump)

    answer = command("check", news, "--json", "--published", "2026-02-13")

    document = answer.json()
    (quotation,) = document["quotations"]
    assert quotation["text"].startswith("The last boat")
    assert quotation["verdict"] == "verbatim_rendered"  # without its closing hashtag
    assert "R5" in [finding["code"] for finding in quotation["findings"]]
    assert (answer.status, answer.err) == (0, "")
    assert quotation["speaker"]["name"] == "Tavrin Oskelbeck"
    assert quotation["platform"] == "x"
    assert [post["post_id"] for post in quotation["posts"]] == ["2021900000000000001"]
    text = news.read_text()
    assert text[quotation["start"] : quotation["end"]] == quotation["text"]
    assert document["article"]["published"] == "2026-02-13"
    assert document["check"]["state"] == "done"


def test_a_missing_default_archive_is_made_quietly(command, news, data_directory) -> None:
    answer = command("check", news)

    assert (data_directory / "archive.db").exists()
    assert answer.err == ""
    assert "no account known" in answer.out
    assert answer.status == 1


def test_a_quotation_is_kept_as_reported_and_the_next_article_agrees_with_the_report(command, news, tmp_path) -> None:
    check = command("check", news, "--json").json()["check"]["id"]

    kept = command("keep", check, "--all")
    again = command("keep", check, "--number", "1")
    later = tmp_path / "later.txt"
    later.write_text("A later edition.\n\n" + news.read_text())
    second = command("check", later, "--json").json()

    assert kept.status == again.status == 0
    assert "Tavrin Oskelbeck, as reported by" in kept.out
    (quotation,) = second["quotations"]
    assert quotation["group"] == "verbatim"
    assert quotation["axes"]["source"] == "reported_only"
    assert [post["grade"] for post in quotation["posts"]] == ["E0"]
    assert len(command("search", "boat", "--json").json()["results"]) == 1


def test_standard_input_is_an_article_too(command, news) -> None:
    by_file = command("check", news, "--json").json()
    by_pipe = command("check", "-", "--json", given=news.read_text()).json()

    assert by_pipe["quotations"][0]["spans"] == by_file["quotations"][0]["spans"]


def test_a_page_is_told_from_a_text_by_what_it_holds(command) -> None:
    page = (
        "<html><head><title>Boats</title></head><body><article><p>It was a long evening in the harbour.</p>"
        "<p>“The last boat leaves at nine and waits for nobody, not even for me,” Tavrin Oskelbeck posted on X.</p>"
        "</article></body></html>"
    )

    assert command("check", "-", "--json", given=page).json()["article"]["title"] == "Boats"


@pytest.mark.parametrize(
    ("words", "given", "code"),
    [
        (["check", "nowhere.txt"], b"", "no_such_file"),
        (["check", "-"], b"", "nothing_submitted"),
        (["check", "-"], b"   \n", "nothing_submitted"),
        (["check", "-"], OTHER.encode(), "no_quotations"),
        (["check", "-"], b'\xe9t\xe9 "d\xe9j\xe0 vu"', "wrong_encoding"),
        (["check", "-", "--published", "31 March"], OTHER.encode(), "bad_date"),
        (["check", "-", "--published", "2026-02-31"], OTHER.encode(), "bad_date"),
        (["check", "-", "--published", "2999-01-01"], OTHER.encode(), "bad_date"),
        (["check", "-", "--policy", "lenient"], OTHER.encode(), "unknown_policy"),
        (["check", "http://127.0.0.1/secret"], b"", "egress_denied"),
        (["check", "http://[::1]/secret"], b"", "egress_denied"),
        (["check", "file:///etc/hosts"], b"", "egress_denied"),
        (["check", "https://user:word@news.example/"], b"", "bad_url"),
        (["check"], b"", "usage"),
        (["check", "-", "--frobnicate"], b"", "usage"),
        (["keep", "not-an-id", "--all"], b"", "bad_identifier"),
        (["keep", "00000000-0000-4000-8000-000000000000", "--all"], b"", "no_such_check"),
        (["statement", "00000000-0000-4000-8000-000000000000"], b"", "no_such_statement"),
        (["search", "until:yesterday"], b"", "bad_date"),
        (["search", "platform:myspace"], b"", "unknown_platform"),
        (["coverage", "show", "harbour"], b"", "bad_account"),
        (["coverage", "show", "x:harbour"], b"", "no_such_account"),
        (["import", "posts", "nowhere.jsonl"], b"", "no_such_file"),
        (["nonsense"], b"", "usage"),
    ],
)
def test_bad_input_is_one_sentence_with_a_stable_code(command, words, given, code) -> None:
    answer = command(*words, given=given)

    assert answer.status == 2
    assert answer.err.rstrip().endswith(f"[{code}]")
    assert answer.err.count("\n") == 1


def test_with_json_even_an_error_is_nothing_but_json(command) -> None:
    answer = command("check", "nowhere.txt", "--json")

    assert answer.json()["error"]["code"] == "no_such_file"
    assert answer.status == 2


def test_nothing_is_written_when_the_input_is_refused(command) -> None:
    command("check", "-", given=OTHER.encode())

    failed = command("check", "-", "--json", given=OTHER.encode())

    assert failed.json()["error"]["code"] == "no_quotations"
    assert command("search", "boats", "--json").json()["results"] == []


def test_an_archive_that_was_named_but_not_made_says_how_to_mend_it(
    command, news, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_DATABASE_URL", f"sqlite:///{tmp_path}/named.db")

    answer = command("check", news)

    assert answer.status == 2
    assert "onrecord database upgrade" in answer.err
    assert "[database_not_upgraded]" in answer.err

    assert command("database", "upgrade").status == 0
    assert command("check", news).status == 1
    assert command("database", "check").status == 0
