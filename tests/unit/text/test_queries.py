from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.accounts import Platform
from archive.domain.availability import Availability
from archive.domain.statements import StatementQuery
from archive.errors import InvalidInputError
from archive.text.queries import LONGEST_QUERY, parse_query

TABLE = [
    ("ferry", StatementQuery(words="ferry")),
    ('"keep the ferry" -tax', StatementQuery(words='"keep the ferry" -tax')),
    ("ferry OR boat", StatementQuery(words="ferry OR boat")),
    ("ferry AND boat", StatementQuery(words="ferry boat")),
    ("ferry NOT tax", StatementQuery(words="ferry -tax")),
    ("+ferry boat", StatementQuery(words="ferry boat")),
    ('ferry from:"Aldo Tindall"', StatementQuery(words="ferry", speaker="Aldo Tindall")),
    ("from:@Harbour_Office", StatementQuery(handle="harbour_office")),
    ("office:harbour ferry", StatementQuery(words="ferry", office="harbour")),
    ("platform:Twitter ferry", StatementQuery(words="ferry", platform=Platform.X)),
    ("lang:EN-gb", StatementQuery(language="en-gb")),
    ("since:2026-02-01 until:2026-02-28", StatementQuery(since=date(2026, 2, 1), until=date(2026, 2, 28))),
    ("after:2026-02-01 before:2026-02-28", StatementQuery(since=date(2026, 2, 2), until=date(2026, 2, 27))),
    ("on:2026-02-12", StatementQuery(since=date(2026, 2, 12), until=date(2026, 2, 12))),
    ("is:deleted", StatementQuery(availability=Availability.GONE)),
    ("is:reported boat", StatementQuery(words="boat", reported=True)),
    ("10:30 meeting", StatementQuery(words="10:30 meeting")),
    ("  ", StatementQuery()),
]


@pytest.mark.parametrize(("typed", "query"), TABLE, ids=[typed for typed, _ in TABLE])
def test_what_is_typed_becomes_words_and_filters(typed: str, query: StatementQuery) -> None:
    assert parse_query(typed) == query


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("since:yesterday", "bad_date"),
        ("on:2026-02-30", "bad_date"),
        ("before:0001-01-01", "bad_date"),
        ("platform:myspace", "unknown_platform"),
        ("is:nice", "unknown_state"),
        ("x" * (LONGEST_QUERY + 1), "query_too_long"),
    ],
)
def test_a_filter_that_means_nothing_says_what_to_write(typed: str, code: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_query(typed)

    assert caught.value.code == code


@given(st.text(alphabet="ab\"'()[]{}:-+~^*?\\/ ANDORT", max_size=40))
def test_a_search_box_never_breaks(typed: str) -> None:
    assert isinstance(parse_query(typed), StatementQuery)
