"""``python -m bench``: our look-up of candidates beside SQLite's full text search, query by query in turn.

Both are asked for the same quotations on the same posts in the same process; each query is timed in both, one directly
after the other, so that a busy machine slows both. The other way: FTS5, the four rarest words of the quotation joined
by OR, best 64 by bm25, the usual first attempt. Recall counts how often the post quoted is among the candidates.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
from bench.full_text import FullText
from bench.sentences import Question, posts, questions

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


def main() -> None:
    """Make the posts, ask both ways, print what it took and what was found."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    configure_logs(form="plain", level="warning")
    made = posts(options.posts)
    asked = questions(made, options.queries)
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_directory=Path(folder), database_url="", index_directory=None)
        database.upgrade_database(settings)
        with build_runtime(settings) as runtime:
            took = _timed(lambda: ingest.import_posts(runtime, _dump(made, Path(folder))))
            print(f"import: {options.posts:,} posts in {took:.1f} s ({options.posts / took:,.0f} a second)")
            with runtime.database.reading() as session:
                _compare(runtime, session, made=made, asked=asked)


def _compare(runtime: Runtime, session: Session, *, made: list[str], asked: list[Question]) -> None:
    index = runtime.words.current(session)
    other = FullText(made)
    ours, numbered, theirs, ranked = [], [], [], []
    found_ours = found_theirs = found_first = 0
    for question in asked:
        claim = _claim(question.words)
        query = candidate_query(claim, directory=Directory())
        begun = time.perf_counter()
        candidates = storage.statements.candidates(session, query, index)
        ours.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        index.lookup(query)
        numbered.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        numbers = other.candidates(question.words)
        theirs.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        ranking = rank(claim, candidates=candidates, directory=Directory())
        ranked.append(time.perf_counter() - begun)
        found = {statement.post.native_id for statement in candidates.statements}
        found_ours += str(question.number) in found
        found_theirs += question.number in numbers
        by_snapshot = {statement.snapshot.id: statement.post.native_id for statement in candidates.statements}
        best = ranking.best.alignments[0].snapshot_id if ranking.best is not None else None
        found_first += best is not None and by_snapshot.get(best) == str(question.number)
    count = len(asked)
    ratios = [one / two for one, two in zip(numbered, theirs, strict=True)]
    print(f"look-up of numbers: ours median {_ms(numbered)} ms, FTS5 median {_ms(theirs)} ms, over {count} queries")
    print(f"look-up with all statements, versions and threads: ours median {_ms(ours)} ms")
    print(f"ratio ours/FTS5, query by query: median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}")
    print(f"alignment of our candidates: median {_ms(ranked)} ms")
    print(f"recall of the post quoted: ours {found_ours / count:.3f}, FTS5 {found_theirs / count:.3f}")
    print(f"ranked first after alignment: {found_first / count:.3f}")


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


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.2f}"


if __name__ == "__main__":
    main()
