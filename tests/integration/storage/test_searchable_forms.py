"""Searchable forms: the short ways to them lead to the words of the long one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import chain, count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.storage import migrations
from archive.storage.database import Database
from archive.storage.fulltext import index
from archive.storage.searchable_forms import form_for
from archive.text.searchable import searchable

TEXTS = st.text(max_size=40) | st.text(alphabet="aB9_ é’“”–—…→☀✔😀🚢\ufe0f🇯½№'.,#@\n", max_size=20)


def on_sqlite(text: str) -> list[str]:
    """The words that FTS5 reads in a form: those of plain ASCII it finds itself."""
    form = form_for("sqlite")(text)
    return searchable(text if form is None else form).split()


@given(TEXTS)
def test_the_form_for_sqlite_has_the_words_of_the_text(text: str) -> None:
    assert on_sqlite(text) == searchable(searchable(text)).split()


def places_on_postgresql(text: str) -> list[str]:
    """The words that PostgreSQL is handed, those with a place in the order of their places."""
    form = form_for("postgresql")(text)
    assert form is not None
    assert "\n" not in form
    if ":" not in form:
        return form.split(" ") if form.strip(" ") else []
    words, places = zip(*(word.split(":") for word in form.split(" ") if word), strict=True)
    assert places == tuple(str(place) for place in range(1, len(words) + 1))
    return list(words)


@given(TEXTS)
def test_the_form_for_postgresql_has_the_words_of_the_text_parted_by_spaces(text: str) -> None:
    assert [word for word in places_on_postgresql(text) if word] == searchable(text).split()


EVERY_CHARACTER = [chr(point) for point in range(0x80, 0x32000) if not 0xD800 <= point < 0xE000]


@pytest.mark.parametrize("around", ["a{}b", "a—{}b", "5{}\u20e3"])
def test_every_character_leaves_the_words_around_it_as_they_are(around: str) -> None:
    told = (around.format(character) for character in EVERY_CHARACTER)
    assert [text for text in told if on_sqlite(text) != searchable(searchable(text)).split()] == []


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_no_form_leaves_circles_behind_for_imports_do_not_look_for_them(dialect: str) -> None:
    form = form_for(dialect)
    gc.collect()
    assert [form(text) is None for text in ("plain", "l’été", "भाषा", "ไทย", "a\u0301")].count(True) <= 1
    assert gc.collect() == 0


WORDS = st.text(alphabet="aAeExX019", min_size=1, max_size=6) | st.sampled_from(
    ["1e5", "1E5x", "00e1a", "0x1f", "e10", "12th", "1e", "e", "3", "ferry", "ferry", "a" * 300, "9" * 2_100]
)
PARTS = st.sampled_from([" ", ", ", "-", ".", "/", "'", "_", " – ", "\n", "\t\\", ":", " 😀 "])


@pytest.mark.postgres
def test_postgresql_reads_from_the_form_what_its_parser_reads_from_the_words(migrated_postgres: Database) -> None:
    """``onrecord verify --deep`` compares the two."""
    numbers = count(1)

    @settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=150)
    @given(st.lists(st.lists(st.tuples(WORDS, PARTS), max_size=30), min_size=1, max_size=5))
    @example([[("a", " ")] * 250, [("a", " ")] * 251, [("a", " ")] * 300, [("ab", " ")] * 900])
    def reads(texts: list[list[tuple[str, str]]]) -> None:
        written = ["".join(chain.from_iterable(text)) for text in texts]
        seqs = [next(numbers) for _ in written]
        form = form_for("postgresql")
        with migrated_postgres.writing() as session:
            index(session, seqs, texts=written, forms=list(map(form, written)))
            for seq, text in zip(seqs, written, strict=True):
                query = "SELECT words = to_tsvector('simple', %s) FROM snapshot_search WHERE seq = %s"
                assert session.connection().exec_driver_sql(query, (searchable(text), seq)).scalar_one(), text

    reads()


@pytest.fixture
def migrated_postgres(postgres_url: str) -> Iterator[Database]:
    migrations.upgrade(postgres_url)
    database = Database(postgres_url)
    yield database
    database.dispose()
