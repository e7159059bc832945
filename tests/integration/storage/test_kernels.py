"""The compiled look-up says what the interpreted one says, to the last digit, whatever is looked up where."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.domain.statements import CandidateQuery
from archive.storage import laying, worth
from archive.storage.cascade import STAGE_1
from archive.storage.compiled import ground
from archive.storage.compiled.answering import Answers
from archive.storage.kernels import Interpreted, Kernel
from archive.storage.postings import Segment, build_segment, halves, run_keys
from archive.text.shingles import word_hash

LIMIT = 64
ROOT = Path(__file__).parents[3]


def segment_of(documents: list[tuple[int, list[int]]]) -> Segment:
    """A segment of documents, each with the number of its post."""
    return build_segment(
        np.array([word for _, words in documents for word in words], dtype=np.uint32),
        lengths=np.array([len(words) for _, words in documents], dtype=np.int64),
        posts=np.array([post for post, _ in documents], dtype=np.uint32),
        times=np.array([1_000 + post for post, _ in documents], dtype=np.uint32),
    )


def same(segments, queries, *, speakers=None, limit=LIMIT):
    """The answers, which both give."""
    own = speakers or [None] * len(queries)
    limits = [limit] * len(queries)
    expected = Interpreted(segments).of(queries, speakers=own, limits=limits)
    assert Answers(segments).of(queries, speakers=own, limits=limits) == expected
    return expected


def words(text: str) -> list[int]:
    return [word_hash(word) for word in text.split()]


def corpus(count: int, *, vocabulary: int, seed: int, first: int = 1) -> list[tuple[int, list[int]]]:
    """Documents of words as unequally common as those of a language."""
    draw = np.random.default_rng(seed)
    ranks = draw.zipf(1.2, size=(count, 24)) % vocabulary
    return [(first + n, [word_hash(str(rank)) for rank in row[: 3 + n % 22].tolist()]) for n, row in enumerate(ranks)]


POSTS = [
    (1, words("the water of the lake is clean again and the swans are back")),
    (2, words("we count every swan on the lake every spring")),
    (3, words("the swans are back and the water is clean")),
    (3, words("the swans are back and the water of the lake is clean")),
    (7, words("the the the the")),
    (9, []),
]

TABLE = [
    ("verbatim", "the water of the lake is clean again", 1, 8, 1),
    ("a word put in", "the water of the great lake is clean again", 1, 8, 2),
    ("two pieces of one post", "the swans are back … lake is clean", 3, 7, 2),
    ("the other way round", "clean again is", 1, 2, 1),
    ("a word more often than in any post", "the the the the the", 7, 4, 1),
    ("one word", "spring", 2, 1, 1),
]


@pytest.mark.parametrize(("name", "quote", "post", "in_place", "runs"), TABLE, ids=[row[0] for row in TABLE])
def test_the_best_post_comes_first_with_the_words_in_place(name, quote, post, in_place, runs):
    segments = [segment_of(POSTS[:3]), segment_of(POSTS[3:])]
    (found,) = same(segments, [[words(piece) for piece in quote.split("…")]])
    assert (found.posts[0], found.words_in_place[0], found.runs[0]) == (post, in_place, runs)
    assert found.in_place[0] <= found.shared[0] <= found.information
    assert found.times[0] == 1_000 + post
    assert list(found.in_place) == sorted(found.in_place, reverse=True)


@pytest.mark.parametrize("pieces", [[], [[]], [[], []]], ids=["no piece", "an empty piece", "two"])
def test_a_quotation_of_no_words_is_in_no_post(pieces):
    assert same([segment_of(POSTS)], [pieces])[0].posts == ()


def test_nothing_is_found_in_an_empty_archive():
    assert same([], [[words("the water")]])[0].posts == ()
    assert same([segment_of([])], [[words("the water")]])[0].posts == ()


def test_a_word_nobody_wrote_leads_nowhere():
    assert same([segment_of(POSTS)], [[words("unheard")]])[0].posts == ()


@pytest.mark.parametrize("seed", range(4))
def test_many_votes_are_counted_as_by_numpy(seed):
    parts = [corpus(6_000, vocabulary=900, seed=seed), corpus(5_000, vocabulary=900, seed=seed + 9, first=6_001)]
    parts[1] += corpus(300, vocabulary=900, seed=seed + 20, first=100)
    segments = [segment_of(part) for part in parts]
    draw = np.random.default_rng(seed)
    documents = [document for part in parts for _, document in part]
    queries = []
    for number in draw.integers(0, len(documents), 40).tolist():
        document = [
            word if draw.random() < 0.6 else word_hash(f"other {draw.integers(0, 50)}") for word in documents[number]
        ]
        cut = int(draw.integers(0, len(document)))
        queries.append([document[:cut], document[cut:]])
    # Common words only: no list is short enough for the budget.
    queries += [[[word_hash(str(rank)) for rank in (1, 2, 3, 4, 5)]], [[word_hash("1")]]]
    speakers = [
        None if number % 3 else np.arange(1 + number, 6_500, 7, dtype=np.uint32) for number in range(len(queries))
    ]
    found = same(segments, queries, speakers=speakers)
    assert sum(len(each.posts) > 2 * STAGE_1[1] for each in found) > 5


def test_a_word_in_more_posts_than_are_counted_one_by_one_is_looked_up_as_by_numpy():
    documents = [(n, words(f"harbour {'lantern' if n % 3 else 'ferry'} number{n % 40}")) for n in range(1, 20_001)]
    found = same([segment_of(documents[:12_000]), segment_of(documents[12_000:])], [[words("harbour lantern")]] * 2)
    assert found[0].posts[:3] == (1, 2, 4)
    assert found[0].words_in_place[0] == 2


def test_the_memory_of_a_thread_does_for_small_indexes_after_large_ones():
    many = [segment_of(corpus(40, vocabulary=90, seed=n, first=1 + 50 * n)) for n in range(5)]
    speaker = np.arange(1, 240, dtype=np.uint32)
    asked = [[document] for _, document in corpus(30, vocabulary=90, seed=3)]
    for segments in (many[:1], many, many[:2]):
        same(segments, asked, speakers=[speaker] * len(asked))
        same(segments, asked[:1], speakers=[speaker[:2]])


def test_a_quotation_longer_than_any_post_is_looked_up_by_its_beginning():
    long = corpus(200, vocabulary=400, seed=5)
    segments = [segment_of(long)]
    everything = [word for _, document in long for word in document]
    assert same(segments, [[everything[:900], everything[900:]]], limit=200)[0].words == 1_024


NUMBERS = st.lists(st.integers(0, 12), max_size=14)


@settings(max_examples=150)
@given(
    parts=st.lists(st.lists(st.tuples(st.integers(0, 40), NUMBERS), max_size=12), max_size=3),
    queries=st.lists(st.lists(NUMBERS, max_size=3), min_size=1, max_size=4),
    speaker=st.none() | st.sets(st.integers(0, 40)),
    limit=st.integers(1, 80),
)
def test_whatever_is_looked_up_both_say_the_same(parts, queries, speaker, limit):
    segments = [segment_of([(post, words(" ".join(map(str, numbers)))) for post, numbers in part]) for part in parts]
    asked = [[words(" ".join(map(str, piece))) for piece in query] for query in queries]
    own = None if speaker is None else np.array(sorted(speaker), dtype=np.uint32)
    same(segments, asked, speakers=[own] * len(asked), limit=limit)
    if own is not None and len(own):
        given = [own[::-1]] * len(asked)
        assert Answers(segments).among(asked, posts=given) == Interpreted(segments).among(asked, posts=given)


@given(st.lists(st.integers(0, 6), max_size=9), st.lists(st.integers(0, 6), max_size=12))
def test_no_way_of_laying_has_more_in_place(quote, document):
    asked = np.array([word_hash(str(number)) for number in quote], dtype=np.uint32)
    worths = np.array([100 + 7 * number for number in quote], dtype=np.int64)
    if not quote or not document:
        return
    segment = segment_of([(1, [word_hash(str(number)) for number in document])])
    state = int(laying.laid([segment], laying.quoted(asked, worths=worths), np.array([1], dtype=np.uint32)).states[0])
    table = [[0] * (len(document) + 1) for _ in range(len(quote) + 1)]
    for row, number in enumerate(quote, start=1):
        for column, other in enumerate(document, start=1):
            both = table[row - 1][column - 1] + int(worths[row - 1]) if number == other else 0
            table[row][column] = max(both, table[row - 1][column], table[row][column - 1])
    assert laying.worth_of(state) == table[-1][-1]
    assert laying.runs_of(state) <= laying.count_of(state) <= len(quote)


@given(st.integers(1, 2**40))
def test_a_logarithm_is_the_same_either_way_and_close_to_the_true_one(number):
    found = int(worth.logarithms(np.array([number]))[0])
    assert ground.logarithm(number) == found
    assert worth.nats(found) == pytest.approx(np.log(number), abs=2e-4)


@given(st.lists(st.integers(0, 2**32 - 1), min_size=3, max_size=3))
def test_keys_are_the_same_either_way(three):
    first, second, third = three
    keys = {ground.pair(first, second), ground.pair(second, third), ground.triple(first, second, third)}
    assert keys == set(run_keys([three]).tolist())
    assert [ground.half(word) for word in three] == halves(np.array(three, dtype=np.uint32)).tolist()


@given(st.lists(st.integers(-(2**40), 2**40), max_size=80))
def test_numbers_are_sorted(numbers):
    held = np.array([*numbers, 5], dtype=np.int64)
    ground.sort(held, len(numbers))
    assert held.tolist() == [*sorted(numbers), 5]


def test_the_code_is_fetched_when_enough_was_looked_up_and_answers_from_then_on():
    kernel = Kernel(worth_loading=10)
    segments = [segment_of(POSTS)]
    assert kernel.over(segments, look_ups=9) is None
    assert not kernel.wait()
    assert kernel.over(segments, look_ups=1) is None
    assert kernel.wait()
    compiled = kernel.over(segments, look_ups=1)
    query = CandidateQuery(hashes=(tuple(words("the swans are back")),))
    asked = {"speakers": [None], "limits": [query.limit]}
    assert compiled.of([query.hashes], **asked) == Interpreted(segments).of([query.hashes], **asked)


def test_without_the_library_numpy_answers_for_ever():
    kernel = Kernel(library="no_such_library", worth_loading=1)
    assert kernel.over([], look_ups=5) is None
    assert not kernel.wait()


FORBIDDEN = """
import ctypes, sys
if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0):
    sys.exit("the kernel is older than 6.3")
from archive.storage.kernels import Kernel
kernel = Kernel(worth_loading=1)
print(kernel.over([], look_ups=1), kernel.wait(), kernel.over([], look_ups=1))
"""


def test_where_machine_code_is_forbidden_numpy_answers_and_a_line_says_so():
    """As under systemd with MemoryDenyWriteExecute, or SELinux."""
    ran = subprocess.run([sys.executable, "-c", FORBIDDEN], capture_output=True, text=True, check=False, cwd=ROOT)
    if "older than" in ran.stderr:
        pytest.skip(ran.stderr.strip())
    assert ran.stdout.split()[-3:] == ["None", "False", "None"], ran.stderr
    assert "kernel.not_loaded" in ran.stdout
