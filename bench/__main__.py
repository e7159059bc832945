"""``python -m bench``: the matcher beside full text searches, and its parts beside the obvious way of doing each.

Only ratios count: all engines run in one process on the same posts, query by query in turn, so that a busy machine
slows all of them, and all get the same aligner. A loop of fixed work before and after tells whether the machine
drifted; then the figures are void. ``SIZE=1000000 make bench``: that many posts. ``POSTS=folder``: real ones, from
files of JSON lines. ``QUERIES=40``: so many quotations of each of seven levels, and as many that nobody posted.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from archive.logs import configure_logs
from archive.matching.tables import TABLES
from bench import comparing, engines, importing, normalising
from bench.aligning import Words
from bench.posts import some
from bench.queries import questions

MOST_DRIFT = 1.5


def main() -> None:
    """Make or read the posts, ask all engines, print the ratios and what was found."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--size", type=int, default=int(os.environ.get("SIZE", "20000")), help="posts to look in")
    parser.add_argument("--posts", default=os.environ.get("POSTS"), help="a folder of posts")
    parser.add_argument("--queries", type=int, default=int(os.environ.get("QUERIES", "20")), help="of each level")
    options = parser.parse_args()
    configure_logs(form="plain", level="warning")
    before = _fixed_work()
    made, held_out = some(options.size, options.posts)
    print(f"{len(made)} posts, {'real' if options.posts else 'invented'}", flush=True)
    most = min(len(made) // 2, 50_000)
    cold, plain = normalising.ratio(made[:most])
    warm, _ = normalising.ratio(made[most : 2 * most])
    print(
        f"normaliser: {cold:.1f} x the plain one in Python on the first {most} posts it ever sees, {warm:.1f} x on the "
        f"next; the plain one reads {plain:.0f} posts a second here",
        flush=True,
    )
    words = comparing.words_of(made)
    print(f"aligner: {_aligner(made)} the time of rapidfuzz's opcodes, which weigh no gaps")
    asked = questions(made, held_out=held_out, each=options.queries)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _compare(made, words, asked=asked, folder=folder, stack=stack)
    print(importing.report(made[:20_000]), flush=True)
    drift = max(before, after := _fixed_work()) / min(before, after)
    print(f"machine: fixed work took {drift:.2f} times as long at one end of the run as at the other")
    if drift > MOST_DRIFT:
        print("VOID: the machine drifted; run again when it is calm")


def _aligner(made: list[str]) -> str:
    interpreted = f"{comparing.aligner_ratio(made):.1f} x"
    if not TABLES.prepare():
        return interpreted
    return f"{interpreted}, and in batches, which compile its table, {comparing.aligner_ratio(made):.1f} x"


def _compare(made: list[str], words: Words, *, asked: list[comparing.Question], folder: Path, stack: ExitStack) -> None:
    small = engines.ours(words, count=max(1, len(made) // 10), folder=folder / "small")
    own = engines.ours(words, count=len(made), folder=folder / "all")
    print(
        f"index: {own.size / len(made):.0f} bytes a post, built at {len(made) / own.engine.seconds:.0f} posts a second"
    )
    others = engines.peers(made, own.aligner, stack=stack)
    if own.interpreted is None:
        print("left out, because it is not installed: the compiled look-up (numba)")
    for name in engines.absent(others):
        print(f"left out, because it is not installed: {name}")
    for engine in others:
        print(f"  building takes {engine.name} {engine.seconds / own.engine.seconds:.1f} times as long", flush=True)
    # Apart from each other in the rotation: one would warm the cache for the other.
    plain = [own.interpreted] if own.interpreted is not None else []
    half = len(others) // 2
    rounds = comparing.run(
        [own.engine, *others[:half], *plain, *others[half:]], asked, aligner=own.aligner, size=len(made)
    )
    comparing.report(rounds, asked)
    print(comparing.growth(small.engine, own.engine, asked=asked))


def _fixed_work() -> float:
    """Seconds for work that is always the same, the best of three."""
    return min(_timed(lambda: sum(number * number % 7 for number in range(1_000_000))) for _ in range(3))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
