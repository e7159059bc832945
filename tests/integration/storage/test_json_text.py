"""Canonical JSON of judgements: what is stored comes back equal, and equal values have equal texts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.articles import ArticleText
from archive.domain.coverage import Coverage
from archive.domain.differences import Alignment
from archive.domain.runs import Run
from archive.domain.spans import Span
from archive.domain.statements import Statement
from archive.domain.verdicts import Judgement, Opinion
from archive.errors import StorageError
from archive.storage import json_text, judgement_json
from tests.factories import a_judgement, a_report, a_statement, an_opinion

st.register_type_strategy(
    Span, st.tuples(st.integers(0, 999), st.integers(0, 999)).map(lambda ends: Span(min(ends), max(ends)))
)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@given(st.from_type(Statement) | st.from_type(Coverage) | st.from_type(Alignment) | st.from_type(Run))
def test_any_value_comes_back_equal(value):
    text = json_text.dumps(value)
    assert text.isascii()
    assert json_text.loads(type(value), text) == value
    assert json_text.dumps(json_text.loads(type(value), text)) == text


@given(st.from_type(ArticleText), st.text(alphabet=st.characters()))
def test_any_article_comes_back_equal(article, words):
    held = replace(article, text=words)
    assert json_text.loads(ArticleText, json_text.dumps(held)) == held


def test_a_judgement_with_evidence_comes_back_equal():
    judgement = a_judgement(an_opinion(statement=a_statement(report=a_report())))
    assert judgement_json.load(judgement_json.dump(judgement)) == judgement
    assert judgement_json.digest(judgement) == judgement_json.digest(replace(judgement))
    assert judgement_json.digest(judgement) != judgement_json.digest(replace(judgement, number=2))


def test_a_field_that_an_older_record_lacks_takes_its_default():
    document = judgement_json.dump(a_judgement())
    del document["reason"]
    assert judgement_json.load(document).reason is None


@pytest.mark.parametrize("text", ["", "[]", "null", '{"id": 3}', "{", '{"claim": {}}', "[" * 100_000])
def test_what_is_no_record_is_refused(text):
    for kind in (Judgement, Opinion):
        with pytest.raises(StorageError) as caught:
            json_text.loads(kind, text)
        assert caught.value.code == "unreadable_record"
