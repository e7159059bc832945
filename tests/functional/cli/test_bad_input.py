"""What people hand in by mistake or malice: each one sentence with a stable code, and nothing half-written."""

import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

SAID = '"The last boat leaves at nine and waits for nobody, not even for me," Tavrin Oskelbeck posted on X.'
REPOSITORY = Path(__file__).parents[3]


def packed(name: str, body: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr(name, body)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("memo.docx", packed("word/document.xml", SAID.encode()), "article_binary"),
        ("memo.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + SAID.encode(), "article_binary"),
        ("memo.rtf", b"{\\rtf1 " + SAID.encode(), "article_binary"),
        ("memo.pdf", b"%PDF-1.7\n" + SAID.encode() + bytes(range(256)), "article_binary"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "article_binary"),
        ("photo.html", bytes(range(256)) * 20, "article_binary"),
        ("zeros.txt", bytes([0, 1, 2, 3]) * 100, "article_binary"),
        ("unmarked.txt", SAID.encode("utf-16-le"), "article_binary"),
        ("latin.txt", SAID.replace("nine", "n\u00edne").encode("latin-1"), "wrong_encoding"),
        ("empty.html", b"", "nothing_submitted"),
        ("blank.txt", b" \n\t ", "nothing_submitted"),
        ("bare.html", b"<html><body></body></html>", "article_empty"),
        ("silent.txt", b"Nothing was said.", "no_quotations"),
        ("huge.txt", SAID.encode() * 110_000, "submission_too_large"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_article(command, tmp_path: Path, name: str, body: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(body)

    answer = command("check", path, "--json")

    assert (answer.status, answer.json()["error"]["code"]) == (2, code)
    assert answer.err.count("\n") == 1
    assert answer.err.rstrip().endswith(f"[{code}]")


def test_no_source_at_all(command) -> None:
    answer = command("check", " ", "--json")
    assert (answer.status, answer.json()["error"]["code"]) == (2, "nothing_submitted")


@pytest.mark.parametrize(
    "body",
    [b"%PDF-1.7\n" + SAID.encode(), b"\x89PNG\r\n\x1a\n" + bytes(range(256)), '{"platform": "x"}'.encode("utf-16")],
    ids=["a PDF", "a picture", "rows in UTF-16"],
)
def test_a_dump_that_is_no_text_is_refused_in_one_sentence(command, tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_bytes(body)

    answer = command("import", "posts", path, "--json")

    assert (answer.status, answer.json()["error"]["code"]) == (2, "dump_unknown")


@pytest.mark.parametrize(
    "body",
    [SAID.encode("utf-16"), b"\xef\xbb\xbf" + SAID.encode(), ("🎉 " + SAID + " \u200f\u05d0\u05d1").encode()],
    ids=["utf-16-with-mark", "utf-8-with-mark", "emoji-and-right-to-left"],
)
def test_unusual_text_is_read_all_the_same(command, tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "news.txt"
    path.write_bytes(body)

    (quotation,) = command("check", path, "--json").json()["quotations"]

    assert quotation["text"].startswith("The last boat leaves at nine")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1/", "egress_denied"), ("http://10.1.2.3/", "egress_denied"),
        ("http://[::1]/", "egress_denied"), ("http://[::ffff:10.0.0.1]/", "egress_denied"),
        ("http://169.254.169.254/latest/meta-data", "egress_denied"), ("http://2130706433/", "egress_denied"),
        ("http://0x7f000001/", "egress_denied"), ("HTTP://127.1/", "egress_denied"),
        ("http://localhost/", "egress_denied"), ("file:///etc/passwd", "egress_denied"),
        ("ftp://news.example/a", "egress_denied"), ("https://news.example:22/", "egress_denied"),
        ("https://user:word@news.example/", "bad_url"), ("http://", "bad_url"),
        ("https://news example/", "bad_url"), ("javascript:alert(1)", "no_such_file"),
        ("www.news.example", "no_such_file"),
    ],
)  # fmt: skip
def test_an_address_that_is_not_fetched(command, address: str, code: str) -> None:
    answer = command("check", address, "--json")

    assert (answer.status, answer.json()["error"]["code"]) == (2, code)
    assert command("search", "boat", "--json").json()["results"] == []


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["check", "."], 2, "unreadable_file"),
        (["import", "posts", "."], 2, "usage"),
        (["import", "registry", "nowhere.yaml"], 2, "no_such_file"),
        (["keep", "00000000-0000-4000-8000-000000000000"], 2, "usage"),
        (["check", "-", "--policy", "nonsense"], 2, "unknown_policy"),
        (["match"], 2, "usage"),
    ],
)
def test_a_command_that_cannot_be_done(command, words: list[str], status: int, code: str) -> None:
    answer = command(*words, given=SAID)

    assert answer.status == status
    assert answer.err.rstrip().endswith(f"[{code}]")


@pytest.mark.parametrize("query", ['"unbalanced', "(((", "", "-", 'from:"', "NEAR(a b)", "a AND", "*", "'; --"])
def test_no_search_breaks(command, query: str) -> None:
    answer = command("search", query)

    assert answer.status == 0
    assert answer.out == "The archive holds no such statement.\n"


def test_a_quotation_number_that_does_not_exist(command, news) -> None:
    check = command("check", news, "--json").json()["check"]["id"]

    answer = command("keep", check, "--number", "9", "--json")

    assert (answer.status, answer.json()["error"]["code"]) == (2, "no_such_quotation")
    assert command("search", "boat", "--json").json()["results"] == []


def test_a_bad_row_is_named_once_by_its_line(command, tmp_path: Path) -> None:
    rows = tmp_path / "people.csv"
    rows.write_text("person,shoe_size\nTavrin Oskelbeck,43\n")

    answer = command("import", "registry", rows)

    assert answer.status == 3
    assert answer.err == "line 2: no column is called 'shoe_size'. [row_unknown_column]\n"


def test_broken_lines_of_a_batch_have_an_answer_each(command) -> None:
    answer = command("match", "--batch", given='{"id":"1","quote":"a b"}\n{broken\n[]\n\n{"id":"2"}\n')

    answers = [json.loads(line) for line in answer.out.splitlines()]
    assert [found.get("error", {}).get("code") for found in answers] == [None, "bad_row", "bad_row", "bad_row"]
    assert [found.get("line") for found in answers[1:]] == [2, 3, 5]
    assert answer.status == 3


def test_a_named_archive_that_is_missing_is_not_made_by_a_slip(
    command, news, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "slip" / "archive.db"
    monkeypatch.setenv("ONRECORD_DATABASE_URL", f"sqlite:///{named}")

    answer = command("check", news)
    looked = command("database", "check")

    assert (answer.status, looked.status) == (2, 1)
    assert str(named) in answer.err.replace("\n", "")
    assert "onrecord database upgrade" in answer.err
    assert "onrecord database upgrade" in looked.out
    assert not named.parent.exists()


def test_an_archive_that_may_only_be_read_says_so(
    command, news, data_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("search", "boat")
    # Rights of the file would not do: these tests may run as root, who may write to every file.
    monkeypatch.setenv("ONRECORD_DATABASE_URL", f"sqlite:///file:{data_directory / 'archive.db'}?mode=ro&uri=true")

    answer = command("check", news)

    assert answer.status == 2
    assert answer.err.rstrip().endswith("[database_read_only]")


def many_posts(path: Path, count: int) -> Path:
    with path.open("w") as file:
        for number in range(count):
            row = {
                "platform": "x",
                "handle": "PrimeMinister_Ostrelund",
                "author_name": "Tavrin Oskelbeck",
                "post_id": str(2021900000000000001 + number),
                "posted_at": "2026-02-12T10:05:00Z",
                "text": f"Boat number {number} of harbour {number * 7} leaves at nine and waits for nobody.",
            }
            file.write(json.dumps(row) + "\n")
    return path


LIMITED = """
import resource, sys
most = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
from web.__main__ import main
main()
"""


def importing(dump: Path, *, data: Path, most_bytes: int = resource.RLIM_INFINITY) -> "subprocess.Popen[str]":
    """An import in a process of its own that may write files of ``most_bytes`` at most."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
    return subprocess.Popen(
        [sys.executable, "-c", LIMITED, str(most_bytes), "import", "posts", str(dump)],
        env={**environment, "ONRECORD_DATA_DIRECTORY": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )


def test_a_disk_that_takes_no_more_ends_an_import_whole(command, tmp_path: Path, data_directory: Path) -> None:
    command("search", "boat")
    dump = many_posts(tmp_path / "posts.jsonl", 6_000)

    process = importing(dump, data=data_directory, most_bytes=(data_directory / "archive.db").stat().st_size + 300_000)
    _, err = process.communicate(timeout=120)

    assert process.returncode == 2
    assert "Traceback" not in err
    assert err.rstrip().endswith(("[disk_failed]", "[disk_full]"))
    assert command("database", "check").status == 0
    again = command("import", "posts", dump, "--json").json()
    assert (again["read"], again["refused"]) == (6_000, 0)
    assert command("nightly").status == 0


def test_an_interrupted_import_leaves_a_whole_archive(command, tmp_path: Path, data_directory: Path) -> None:
    command("search", "boat")
    dump = many_posts(tmp_path / "posts.jsonl", 20_000)
    before = (data_directory / "archive.db").stat().st_size
    process = importing(dump, data=data_directory)
    while process.poll() is None and written(data_directory) <= before:
        time.sleep(0.02)

    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)

    assert process.returncode == 130
    assert err.strip() == "Interrupted: what was finished before is kept. [interrupted]"
    assert command("database", "check").status == 0
    assert command("import", "posts", dump, "--json").json()["refused"] == 0


def test_the_reader_of_a_killed_import_ends_without_a_word(command, tmp_path: Path, data_directory: Path) -> None:
    """It shares the terminal with whoever was killed, and has nothing to say there."""
    command("search", "boat")
    dump = many_posts(tmp_path / "posts.jsonl", 60_000)
    before = (data_directory / "archive.db").stat().st_size
    process = importing(dump, data=data_directory)
    while process.poll() is None and written(data_directory) <= before:
        time.sleep(0.02)

    process.kill()
    _, err = process.communicate(timeout=120)

    assert err == ""
    assert command("import", "posts", dump, "--json").json()["refused"] == 0


def written(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("archive.db*"))
