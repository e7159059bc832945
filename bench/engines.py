"""The peers: full text searches asked for the rarest words of a quotation; those that are not installed say so."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from bench.full_text import FullText

Ask = Callable[[str], set[int]]


def peers(made: list[str]) -> dict[str, Ask]:
    """Name and look-up of each peer at hand."""
    text = FullText(made)
    found: dict[str, Ask] = {
        "FTS5, 4 rarest words": lambda words: text.candidates(words, rarest=4),
        "FTS5, 8 rarest words": lambda words: text.candidates(words, rarest=8),
    }
    if find_spec("tantivy"):
        found["tantivy, 8 rarest words"] = _tantivy(made, text)
    if find_spec("bm25s"):
        found["bm25s, all words"] = _bm25s(made)
    return found


def absent() -> tuple[str, ...]:
    """The optional peers that are not installed."""
    return tuple(name for name in ("tantivy", "bm25s") if find_spec(name) is None)


def _tantivy(made: list[str], text: FullText) -> Ask:
    tantivy = import_module("tantivy")

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    builder.add_text_field("text")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for number, words in enumerate(made):
        writer.add_document(tantivy.Document(number=number, text=words))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(words: str) -> set[int]:
        query = index.parse_query(" OR ".join(text.rarest(words, 8)), ["text"])
        return {searcher.doc(address)["number"][0] for _, address in searcher.search(query, 64).hits}

    return ask


def _bm25s(made: list[str]) -> Ask:
    bm25s = import_module("bm25s")

    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(made, show_progress=False), show_progress=False)

    def ask(words: str) -> set[int]:
        tokens = bm25s.tokenize([words], show_progress=False)
        return set(retriever.retrieve(tokens, k=min(64, len(made)), show_progress=False)[0][0].tolist())

    return ask
