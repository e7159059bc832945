"""The benchmark at its smallest: every engine at hand answers every quotation, and what is printed are ratios."""

from __future__ import annotations

import json
import lzma

import pytest

from bench import aligning, comparing, engines, normalising, posts, queries

MADE, HELD_OUT = posts.some(300, None)


@pytest.fixture(scope="module")
def words():
    return comparing.words_of(MADE)


def test_all_engines_find_most_of_what_was_posted_and_little_else(words, tmp_path, capsys):
    asked = queries.questions(MADE, held_out=HELD_OUT, each=3)
    own = engines.ours(words, count=len(MADE), folder=tmp_path)
    assert own.interpreted is not None, "the compiled look-up is installed with the tests"
    others = engines.embedded(MADE, own.aligner)
    results = comparing.run([own.engine, *others, own.interpreted], asked, aligner=own.aligner, size=len(MADE))
    comparing.report(results, asked)
    printed = capsys.readouterr().out
    assert {
        "ours",
        "ours, by numpy alone",
        "SQLite FTS5, 4 rarest words",
        "SQLite FTS5, 8 rarest words",
    } <= results.keys()
    assert results["ours"].right == results["ours, by numpy alone"].right
    for result in results.values():
        assert sum(result.right.values()) >= 19, printed
        assert result.found[queries.HELD_OUT] <= 1, "of three that nobody posted"
    assert "x our time" in printed
    assert own.size > 0


def test_engines_that_are_not_installed_are_named():
    assert engines.absent([]) == ("tantivy", "bm25s", "PostgreSQL tsvector")


def test_the_plain_normaliser_reads_what_ours_reads():
    text = MADE[0] + " #HarbourDay with @TavrinOskelbeck’s crew https://example.org/a"
    numbers, places = normalising.plain(text)
    assert numbers == list(comparing.word_hashes(text))
    assert [text[start:end] for start, end in places][:2] == MADE[0].split()[:2]


def test_the_aligner_prefers_the_post_with_more_of_the_quotation(words, tmp_path):
    aligner = engines.ours(words, count=len(MADE), folder=tmp_path).aligner
    quoted = comparing.word_hashes(MADE[7])
    fit = aligner.best(quoted, [3, 7, 9])
    assert fit is not None
    assert (fit.number, fit.ratio, fit.edits) == (7, 1.0, 0)
    assert aligning.is_found(fit, quoted, size=len(MADE))
    assert not aligning.is_found(aligner.best(quoted, [3, 9]), quoted, size=len(MADE))


def test_real_posts_are_read_from_a_folder_a_few_of_each_file_in_turn(tmp_path):
    for name in ("a", "b"):
        with lzma.open(tmp_path / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps({"text": f"{name} {number}"}) + "\n" for number in range(700))
    made, held_out = posts.some(1_000, str(tmp_path))
    assert len({*made, *held_out}) == len(made) + len(held_out)
    assert {text[0] for text in made} == {"a", "b"}
