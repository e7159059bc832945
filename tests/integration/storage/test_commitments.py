"""Commitments: one formula, whichever encoder is quick enough to write it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from archive.storage.commitments import canonical_values

PLAIN = st.none() | st.booleans() | st.integers() | st.text() | st.text(st.characters(max_codepoint=127))


@given(st.lists(PLAIN).map(tuple))
def test_values_are_written_as_ascii_json_without_spaces(values):
    assert canonical_values(values) == json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode("ascii")
