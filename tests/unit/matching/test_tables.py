"""The table of an alignment: what is laid where, and machine code that says the same as the interpreter."""

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.matching import compiled
from archive.matching.alignment import StepKind, fit
from archive.matching.passages import archived_passage, quoted_passage
from archive.matching.tables import LOWEST, Row, Table, Tables, interpreted

COSTS = st.integers(min_value=-90_000, max_value=0)
"""Costs from a few so that ties abound."""
FEW = st.sampled_from((0, -1, -2, -5, -1_000))


@st.composite
def tables(draw) -> Table:
    kinds = draw(st.integers(1, 5))
    columns = tuple(draw(st.lists(st.integers(0, kinds - 1), min_size=1, max_size=14)))
    near = tuple(draw(st.lists(st.frozensets(st.sampled_from(columns), min_size=1), max_size=3)))
    cost = draw(st.sampled_from((COSTS, FEW)))

    def row(*, is_last: bool) -> Row:
        word = draw(st.sampled_from((-1, *columns)))
        likely = draw(st.integers(-1, len(near) - 1)) if word < 0 else -1
        adding = (draw(cost), draw(cost))
        omitting = (LOWEST, LOWEST) if is_last else (draw(cost), draw(cost))
        return Row(word, likely, draw(st.sampled_from((100, 45))), 55, draw(cost), *adding, *omitting)

    count = draw(st.integers(1, 9))
    seams = draw(st.frozensets(st.integers(0, len(columns) + 1), max_size=3))
    rows = tuple(row(is_last=number == count - 1) for number in range(count))
    return Table(rows=rows, columns=columns, near=near, seams=seams, opened=-7)


@settings(max_examples=300)
@given(tables())
def test_machine_code_and_the_interpreter_fill_a_table_alike(table):
    assert compiled.solve(table) == interpreted(table)


@given(tables())
def test_every_quoted_word_is_paired_or_added_once_and_in_order(table):
    placed = [number for layer, number, _ in interpreted(table) if layer != 2]
    assert placed == list(range(len(table.rows)))


@given(tables())
def test_archived_words_are_taken_or_left_out_one_after_the_other(table):
    taken = [column for layer, _, column in interpreted(table) if layer != 1]
    assert taken == list(range(taken[0], taken[0] + len(taken))) if taken else True


def test_without_the_library_the_interpreter_goes_on():
    tables = Tables(library="a_library_that_nobody_has")
    assert not tables.prepare()
    table = Table(
        rows=(Row(0, -1, 9, 5, -9, -1, -1, LOWEST, LOWEST),), columns=(1, 0), near=(), seams=frozenset(), opened=-1
    )
    assert tables.solve(table) == [(0, 0, 1)]


def test_of_two_equal_ways_the_first_is_taken():
    # "the lake" twice over: a tie of whole numbers, which sums of fractions would leave to rounding.
    archived = archived_passage("We saw the lake, and then the lake again and again.")
    steps = fit(quoted_passage("we saw a heron by the lake"), archived).steps
    assert [step.archived for step in steps if step.kind is StepKind.SAME] == [0, 1, 2, 3]
