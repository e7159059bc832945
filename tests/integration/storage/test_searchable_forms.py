"""Searchable forms: the short ways to them lead to the words of the long one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.storage.fulltext import searchable, searchable_form

TEXTS = st.text(max_size=40) | st.text(alphabet="aB9_ é’“”–—…→☀✔😀🚢\ufe0f🇯½№'.,#@\n", max_size=20)


def on_sqlite(text: str) -> list[str]:
    """The words that FTS5 reads in a form: those of plain ASCII it finds itself."""
    form = searchable_form("sqlite")(text)
    return searchable(text if form is None else form).split()


@given(TEXTS)
def test_the_form_for_sqlite_has_the_words_of_the_text(text: str) -> None:
    assert on_sqlite(text) == searchable(searchable(text)).split()


@given(TEXTS)
def test_the_form_for_postgresql_has_the_words_of_the_text_parted_by_spaces(text: str) -> None:
    form = searchable_form("postgresql")(text)
    assert form is not None
    assert form.split(" ") == form.split() or set(form.split(" ")) == {"", *form.split()}
    assert form.split() == searchable(text).split()
    assert "\n" not in form
