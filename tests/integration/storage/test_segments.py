"""The word index over time: however snapshots arrive, the same look-ups find the same posts, in few segments."""

from __future__ import annotations

import threading
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from archive.domain.statements import CandidateQuery
from archive.storage import cascade, segment_files
from archive.storage.postings import build_segment, winnowed
from archive.storage.segments import Sizes, WordIndex
from archive.text.shingles import pack, word_hashes
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


def test_two_processes_that_build_share_one_index(database, keep, tmp_path):
    with database.reading() as session:
        here = WordIndex.open(tmp_path, session, sizes=SMALL)
        there = WordIndex.open(tmp_path, session, sizes=SMALL)
    for turn in range(6):
        keep(*some(1 + 9 * turn, 9), seen_at=NOON + timedelta(hours=turn))
        with database.reading() as session:
            for index in (here, there) if turn % 2 else (there, here):
                index.refresh(session)
    with database.reading() as session:
        named = segment_files.read_manifest(tmp_path)
        anew = WordIndex.open(tmp_path, session, sizes=SMALL)
    assert named is not None, "a file that the manifest names was removed"
    for index in (here, there, anew):
        assert all(number in found(index, number) for number in range(1, 55))


def test_whoever_opens_the_index_waits_until_it_is_written(database, keep, tmp_path):
    keep(*some(1, 20))
    opened = threading.Event()

    def open_it():
        with database.reading() as session:
            WordIndex.open(tmp_path, session, sizes=SMALL)
        opened.set()

    with segment_files.write_lock(tmp_path):
        waiting = threading.Thread(target=open_it)
        waiting.start()
        assert not opened.wait(0.2)
    waiting.join(30)
    assert opened.is_set()


def test_an_index_of_words_of_another_version_is_built_anew_from_the_texts(database, keep, tmp_path):
    keep(*some(1, 40))
    with database.reading() as session:
        WordIndex.open(tmp_path, session, sizes=SMALL)
    with database.writing() as session:
        session.execute(text("UPDATE post_words SET words = :words"), {"words": pack([7, 8, 9])})
    manifest = tmp_path / segment_files.MANIFEST
    manifest.write_text(manifest.read_text().replace('"shingles":1', '"shingles":0'))
    with database.reading() as session:
        index = WordIndex.open(tmp_path, session, sizes=SMALL)
        assert all(number in found(index, number) for number in range(1, 41))
    keep(*some(41, 40), seen_at=NOON + timedelta(hours=1))
    with database.reading() as session:
        index.refresh(session)
        again = WordIndex.open(tmp_path, session, sizes=SMALL)
    assert all(number in found(each, number) for each in (index, again) for number in range(1, 81))


def test_what_is_proposed_is_weighed_by_the_words_it_shares(database, keep, tmp_path):
    keep(*some(1, 30))
    with database.reading() as session:
        index = WordIndex.open(tmp_path, session, sizes=SMALL)
    proposed = index.propose(CandidateQuery(hashes=(word_hashes(words_of(12)),)))
    shared = dict(zip(proposed.posts, proposed.shared, strict=True))
    assert max(shared, key=lambda post: shared[post]) == 12
    assert shared[12] == pytest.approx(proposed.information)
    assert proposed.times[proposed.posts.index(12)] == int((NOON + timedelta(days=12)).timestamp())
    assert all(value < shared[12] for post, value in shared.items() if post != 12)


@given(
    st.lists(st.tuples(st.integers(0, 300_000), st.integers(0, 5)), min_size=1, max_size=60),
    st.integers(1, 12),
)
@settings(max_examples=60)
def test_the_fullest_slots_hold_the_posts_with_the_most_votes(few, most):
    draw = np.random.default_rng(len(few))
    voters = np.concatenate([[post for post, _ in few], draw.integers(0, 300_000, 9_000)]).astype(np.uint32)
    voted = np.concatenate([[rank for _, rank in few], draw.integers(0, 6, 9_000)]).astype(np.int64)
    weights = np.array([9.0, 7.5, 4.0, 3.0, 1.0, 0.5])
    posts, scores = cascade._elected(voters, voted, weights=weights, most=most)
    every, sums = cascade._tallied(voters, voted, weights=weights)
    best = cascade._greatest(scores, most)
    wanted = cascade._greatest(sums, most)
    assert posts[best].tolist() == every[wanted].tolist()
    assert len(posts) < len(every)


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
