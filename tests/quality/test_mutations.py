"""Every code of the taxonomy is an edit that the matcher must name, and must not confuse with a graver or lesser one."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from archive.domain.differences import Difference, Nature
from archive.domain.findings import Family, FindingCode
from tests.quality.mutations.comparing import differences_of
from tests.quality.mutations.operators import Mutation, mutations
from tests.quality.mutations.posts import all_posts

SEED = 2031
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["mutations"]
pytestmark = pytest.mark.quality


@lru_cache(maxsize=1)
def _compared() -> tuple[tuple[Mutation, tuple[Difference, ...]], ...]:
    made = mutations(all_posts()[::3], seed=SEED)
    return tuple((mutation, differences_of(mutation)) for mutation in made)


def _carries(mutation: Mutation, differences: tuple[Difference, ...]) -> bool:
    if mutation.code.family is Family.GUARD:
        return any(mutation.code in difference.guards for difference in differences)
    return any(difference.code is mutation.code for difference in differences)


def test_every_operator_finds_a_place() -> None:
    codes = {mutation.code for mutation, _ in _compared()}
    wordings = {code for code in FindingCode if code.family in (Family.RENDERING, Family.MARKING, Family.GUARD)}
    beyond = {FindingCode.FOREIGN_VOICE_TAKEN_AS_OWN, FindingCode.REPLY_WITHOUT_CONTEXT}
    assert wordings - beyond <= codes


def test_edits_carry_their_code() -> None:
    missed = Counter(mutation.code.value for mutation, found in _compared() if not _carries(mutation, found))
    share = 1 - sum(missed.values()) / len(_compared())
    assert share >= FLOORS["right_code"], missed


def test_no_code_falls_below_its_floor() -> None:
    made = Counter(mutation.code.value for mutation, _ in _compared())
    right = Counter(mutation.code.value for mutation, found in _compared() if _carries(mutation, found))
    below = {
        code: right[code] / made[code] for code, floor in FLOORS["codes"].items() if right[code] < floor * made[code]
    }
    assert set(FLOORS["codes"]) == set(made)
    assert below == {}


def test_no_edit_of_the_meaning_ends_as_a_mere_rendering() -> None:
    hidden = [
        (mutation.code.value, mutation.quoted)
        for mutation, found in _compared()
        if mutation.code.family is Family.GUARD and all(d.nature is Nature.RENDERING for d in found)
    ]
    assert hidden == []


def test_no_rendering_is_taken_for_a_change_of_text() -> None:
    accused = [
        (mutation.code.value, mutation.quoted, [(d.code.value, d.quoted_words, d.archived_words) for d in found])
        for mutation, found in _compared()
        if mutation.code.family is Family.RENDERING and any(d.nature is Nature.TEXT or d.guards for d in found)
    ]
    assert accused == []
