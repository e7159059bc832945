"""The word index over time: however snapshots arrive, the same look-ups find the same posts, in few segments."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.statements import CandidateQuery
from archive.storage import segment_files
from archive.storage.postings import build_segment, winnowed
from archive.storage.segments import Sizes, WordIndex
from archive.text.shingles import word_hashes
from tests.factories import NOON, a_reading

SMALL = Sizes(in_memory=4, in_one=32)
NOUNS = ("harbour", "lighthouse", "herring", "orchard", "railway", "clinic", "quarry")
DEEDS = ("reopens", "closes", "expands", "waits", "floods")


def words_of(number: int) -> str:
    return f"The {NOUNS[number % 7]} of district {number} {DEEDS[number % 5]} before the winter of {2030 + number % 3}."


def some(first: int, count: int):
    return [
        a_reading(words_of(number), native_id=str(number), posted_at=NOON + timedelta(days=number))
        for number in range(first, first + count)
    ]


def found(index: WordIndex, number: int) -> set[int]:
    return set(index.lookup(CandidateQuery(hashes=(word_hashes(words_of(number)),))))


@pytest.mark.parametrize("batches", [[60], [3] * 20, [1] * 9 + [40, 5, 6], [33, 4, 4, 4, 4, 4, 4, 3]])
def test_however_posts_arrive_each_is_found_by_its_own_words(database, keep, tmp_path, batches):
    first = 1
    with database.reading() as session:
        index = WordIndex.open(tmp_path, session, sizes=SMALL)
    for count in batches:
        keep(*some(first, count), seen_at=NOON + timedelta(hours=first))
        first += count
        with database.reading() as session:
            index.refresh(session)
    assert index.size == first - 1
    assert all(number in found(index, number) for number in range(1, first))
    with database.reading() as session:
        assert WordIndex.open(tmp_path, session, sizes=SMALL).size == first - 1


def test_many_small_additions_leave_few_segments_each_twice_as_large_as_the_next(database, keep, tmp_path):
    with database.reading() as session:
        index = WordIndex.open(tmp_path, session, sizes=SMALL)
    for turn in range(25):
        keep(*some(1 + 4 * turn, 4), seen_at=NOON + timedelta(hours=turn))
        with database.reading() as session:
            index.refresh(session)
    manifest = segment_files.read_manifest(tmp_path)
    assert manifest is not None
    assert [segment.documents for segment in manifest.segments] == [32, 32, 32, 4]
    assert len(list(tmp_path.glob("*.npy"))) == 32


def test_a_large_backlog_is_built_straight_into_large_segments(database, keep, tmp_path):
    keep(*some(1, 70))
    with database.reading() as session:
        index = WordIndex.open(tmp_path, session, sizes=SMALL)
    manifest = segment_files.read_manifest(tmp_path)
    assert manifest is not None
    assert [segment.documents for segment in manifest.segments] == [32, 32, 6]
    assert index.size == 70


def test_a_damaged_file_is_built_again(database, keep, tmp_path):
    keep(*some(1, 20))
    with database.reading() as session:
        WordIndex.open(tmp_path, session, sizes=SMALL)
        damaged = next(tmp_path.glob("*-runs-posts.npy"))
        damaged.write_bytes(damaged.read_bytes()[:-4])
        index = WordIndex.open(tmp_path, session, sizes=SMALL)
    assert all(number in found(index, number) for number in range(1, 21))


@given(st.lists(st.integers(0, 9), max_size=40))
def test_winnowing_keeps_the_first_least_of_every_four_in_a_row(keys):
    expected = {start + keys[start : start + 4].index(min(keys[start : start + 4])) for start in range(len(keys) - 3)}
    assert set(np.flatnonzero(winnowed(np.array(keys, dtype=np.uint32))).tolist()) == expected


@given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=9), max_size=8))
def test_every_word_of_every_document_leads_to_its_post(documents):
    posts = np.arange(1, len(documents) + 1, dtype=np.uint32)
    lengths = np.array([len(document) for document in documents], dtype=np.int64)
    words = np.array([word for document in documents for word in document], dtype=np.uint32)
    segment = build_segment(words, lengths=lengths, posts=posts, times=posts)
    for post, document in enumerate(documents, start=1):
        for word in document:
            start, end = segment.words.bounds(np.array([word], dtype=np.uint32))
            held = segment.words.posts[start[0] : end[0]]
            assert post in held
            assert (held[1:] > held[:-1]).all()
