"""The word index's files against forgery: whatever is altered in them, digests and all, is noticed and built anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from archive.storage import audit_index, segment_files
from archive.storage.segments import Sizes, WordIndex, rebuild
from tests.factories import NOON, a_reading

SMALL = Sizes(in_memory=4, in_one=32)
POSTS = 44


def words_of(number: int) -> str:
    return f"District {number} reopens its harbour, its clinic and the school of {2030 + number % 3} before winter."


def some(first: int, count: int):
    return [
        a_reading(words_of(number), native_id=str(number), posted_at=NOON + timedelta(days=number))
        for number in range(first, first + count)
    ]


def amiss(database, folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a sample finds and what a deep look finds; in a small archive the sample is every text."""
    with database.reading() as session:
        return audit_index.sample_problems(folder, session), audit_index.all_problems(folder, session)


@pytest.fixture
def indexed(database, keep, tmp_path) -> Path:
    keep(*some(1, POSTS))
    with database.reading() as session:
        WordIndex.open(tmp_path, session, sizes=SMALL)
    assert (tmp_path / segment_files.MANIFEST).exists()
    return tmp_path


def forged(folder: Path, kind: str, change: Callable[[np.ndarray], np.ndarray]) -> None:
    """Change one array of the first segment, and write its new digest into the manifest: no damage shows."""
    path = folder / segment_files.MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    (named,) = [file for file in manifest["segments"][0]["files"] if file["name"].endswith(f"-{kind}.npy")]
    array = change(np.load(folder / named["name"]).copy())
    np.save(folder / named["name"], array)
    named["sha256"] = hashlib.sha256((folder / named["name"]).read_bytes()).hexdigest()
    path.write_text(json.dumps(manifest), "utf-8")
    assert segment_files.read_manifest(folder) is not None, "a look-up believes the files"


def another(array: np.ndarray) -> np.ndarray:
    """One entry in the middle is another."""
    array[len(array) // 2] += 1
    return array


def test_files_as_they_were_built_are_in_order(indexed: Path, database, keep) -> None:
    assert amiss(database, indexed) == ((), ())
    for turn, count in enumerate((3, 9, 1, 40)):
        keep(*some(100 * (turn + 1), count), seen_at=NOON + timedelta(hours=turn + 1))
        with database.reading() as session:
            WordIndex.open(indexed, session, sizes=SMALL)
        assert amiss(database, indexed) == ((), ())


def test_later_versions_of_earlier_posts_are_in_order(indexed: Path, database, keep) -> None:
    edited = [a_reading(f"{words_of(n)} Edited.", native_id=str(n), posted_at=NOON) for n in (3, 40, 7, 12, 5)]
    keep(*edited, seen_at=NOON + timedelta(hours=1))
    with database.reading() as session:
        WordIndex.open(indexed, session, sizes=SMALL)
    assert amiss(database, indexed) == ((), ())


@pytest.mark.parametrize(
    "kind", ["texts-words", "texts-posts", "texts-times", "texts-offsets", "words-posts", "runs-posts"]
)
def test_one_forged_entry_is_noticed_and_building_anew_mends_it(indexed: Path, database, kind: str) -> None:
    forged(indexed, kind, another)
    sampled, deep = amiss(database, indexed)
    assert sampled and deep
    assert all("rebuild-index" in problem for problem in (*sampled, *deep))
    with database.reading() as session:
        assert rebuild(indexed, session) == POSTS
    assert amiss(database, indexed) == ((), ())


@pytest.mark.parametrize("kind", ["words-offsets", "runs-offsets"])
def test_a_bucket_that_is_cut_short_is_noticed(indexed: Path, database, kind: str) -> None:
    """All posts of the buckets go: the words lead to nobody."""
    forged(indexed, kind, np.zeros_like)
    sampled, deep = amiss(database, indexed)
    assert sampled and deep


@pytest.mark.parametrize(
    "change", [lambda array: array[:3], lambda array: array.astype("f8") * np.nan], ids=["cut", "nan"]
)
def test_files_that_lead_nowhere_are_amiss_and_no_traceback(indexed: Path, database, change) -> None:
    forged(indexed, "texts-offsets", change)
    sampled, deep = amiss(database, indexed)
    assert sampled and deep


def test_a_segment_left_out_is_noticed(indexed: Path, database) -> None:
    path = indexed / segment_files.MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    assert len(manifest["segments"]) > 1
    del manifest["segments"][0]
    path.write_text(json.dumps(manifest), "utf-8")
    sampled, deep = amiss(database, indexed)
    assert any("12 texts where the archive has 44" in problem for problem in deep)
    assert len(sampled) == 2


def test_words_altered_in_the_database_after_the_files_were_made_are_noticed(indexed: Path, database) -> None:
    """Or the other way round: the two say different things, and the check of derived rows says which is wrong."""
    with database.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE post_words SET words = (SELECT words FROM post_words WHERE seq = 2) WHERE seq = 1"
        )
    sampled, deep = amiss(database, indexed)
    assert sampled and deep


@pytest.mark.parametrize("state", ["none", "empty", "foreign", "older", "missing file"])
def test_files_that_no_look_up_would_use_hide_nothing(indexed: Path, database, tmp_path_factory, state: str) -> None:
    path = indexed / segment_files.MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    if state == "none":
        indexed = tmp_path_factory.mktemp("nothing") / "index"
    elif state == "empty":
        path.write_text("", "utf-8")
    elif state == "foreign":
        manifest["segments"][-1]["anchor"] = "0" * 64
        path.write_text(json.dumps(manifest), "utf-8")
    elif state == "older":
        manifest["format"] -= 1
        path.write_text(json.dumps(manifest), "utf-8")
    if state == "missing file":
        next(indexed.glob("*-texts-words.npy")).unlink()
        assert [any("cannot be read" in problem for problem in found) for found in amiss(database, indexed)] == [
            True
        ] * 2
        return
    assert amiss(database, indexed) == ((), ())
    assert state != "none" or not indexed.exists(), "looking makes no folder"
