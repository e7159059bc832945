"""``python -m bench``: our look-ups, import and extraction beside the obvious way of doing each.

Only ratios count: both ways run in the same process on the same posts, query by query in turn, so that a busy machine
slows both. A loop of fixed work before and after tells whether the machine drifted; then the figures are void.
``POSTS=100000 SIZE=400 python -m bench``: that many invented posts, that many quotations.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from archive import storage
from archive.domain.claims import Attribution, Claim, Quotation
from archive.domain.directory import Directory
from archive.domain.spans import Span
from archive.logs import configure_logs
from archive.matching.ranking import rank
from archive.matching.retrieval import candidate_query
from archive.runtime import Runtime, build_runtime
from archive.services import database, ingest
from archive.settings import load_settings
from archive.storage.database import Session
from bench import engines
from bench.sentences import Question, posts, questions
from bench.writing import plain_import

T = TypeVar("T")
MOST_DRIFT = 1.5
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


def main() -> None:
    """Make the posts, ask both ways, print the ratios and what was found."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--posts", type=int, default=int(os.environ.get("POSTS", "20000")))
    parser.add_argument("--queries", type=int, default=int(os.environ.get("SIZE", "200")))
    options = parser.parse_args()
    configure_logs(form="plain", level="warning")
    before = _fixed_work()
    made = posts(options.posts)
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_directory=Path(folder), database_url="", index_directory=None)
        database.upgrade_database(settings)
        dump = _dump(made, Path(folder))
        plain = plain_import(dump, at=Path(folder) / "plain.db")
        with build_runtime(settings) as runtime:
            took = _timed(lambda: ingest.import_posts(runtime, dump))
            print(f"import with custody, words and search / plain ORM objects without: {took / plain:.2f} of the time")
            with runtime.database.reading() as session:
                _compare(runtime, session, made=made, asked=questions(made, options.queries))
    drift = max(before, after := _fixed_work()) / min(before, after)
    print(f"machine: fixed work took {drift:.2f} times as long at one end of the run as at the other")
    if drift > MOST_DRIFT:
        print("VOID: the machine drifted; run again when it is calm")


def _fixed_work() -> float:
    """Seconds for work that is always the same, the best of three."""
    return min(_timed(lambda: sum(number * number % 7 for number in range(1_000_000))) for _ in range(3))


def _compare(runtime: Runtime, session: Session, *, made: list[str], asked: list[Question]) -> None:
    index = runtime.words.current(session)
    others = engines.peers(made)
    times: dict[str, list[float]] = {name: [] for name in ("numbers", "statements", "ranking", *others)}
    found: Counter[str] = Counter()
    for question in asked:
        claim = _claim(question.words)
        query = candidate_query(claim, directory=Directory())
        same = {number for number, text in enumerate(made) if question.words in text} | {question.number}
        _, numbers_took = _asked(partial(index.lookup, query))
        candidates, took = _asked(partial(storage.statements.candidates, session, query, index))
        ranking, ranked = _asked(partial(rank, claim, candidates=candidates, directory=Directory()))
        for name, value in (("numbers", numbers_took), ("statements", took), ("ranking", ranked)):
            times[name].append(value)
        names = {statement.snapshot.id: int(statement.post.native_id) for statement in candidates.statements}
        found["ours"] += bool(same & set(names.values()))
        best = ranking.best.alignments[0].snapshot_id if ranking.best is not None else None
        found["first"] += best is not None and names.get(best) in same
        found["ties"] += len(same) > 1
        for name, ask in others.items():
            answer, took = _asked(partial(ask, question.words))
            times[name].append(took)
            found[name] += bool(same & answer)
    _report(times, found, count=len(asked), others=tuple(others))


def _report(times: dict[str, list[float]], found: Counter[str], *, count: int, others: tuple[str, ...]) -> None:
    for name in others:
        ratios = [theirs / ours for theirs, ours in zip(times[name], times["numbers"], strict=True)]
        mean = statistics.fmean(times[name]) / statistics.fmean(times["numbers"])
        print(f"{name} / our look-up of numbers: median {statistics.median(ratios):.1f}, mean {mean:.1f}")
        print(f"  recall of the post quoted: theirs {found[name] / count:.3f}, ours {found['ours'] / count:.3f}")
    for name in ("statements", "ranking"):
        ratio = statistics.median(times[name]) / statistics.median(times["numbers"])
        print(f"{name} / our look-up of numbers: {ratio:.1f}")
    print(f"ranked first after alignment: {found['first'] / count:.3f} of {count}, {found['ties']} with equal posts")
    for name in engines.absent():
        print(f"absent, so not compared: {name}")
    print("not compared: PostgreSQL tsvector")


def _asked(ask: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    answer = ask()
    return answer, time.perf_counter() - begun


def _dump(made: list[str], folder: Path) -> Path:
    path = folder / "posts.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(made):
            row = {
                "platform": "x",
                "handle": f"invented_office_{number % 50:02d}",
                "author_name": f"Invented Office {number % 50}",
                "post_id": str(number),
                "posted_at": (BEGIN + timedelta(minutes=7 * number)).isoformat(),
                "text": text,
            }
            file.write(json.dumps(row) + "\n")
    return path


def _claim(words: str) -> Claim:
    quotation = Quotation(spans=(Span(0, len(words)),), content=words)
    return Claim(quotation=quotation, attribution=Attribution(), published_on=None)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
