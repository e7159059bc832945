"""The posts of a run: invented ones, or those of a folder (JSON lines, also ``.xz``, with ``text``)."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench import sentences

HELD_OUT = 50
"""Of so many posts one is held out for quotations that no engine can find."""


def some(size: int, folder: str | None) -> tuple[list[str], list[str]]:
    """``size`` posts to look in, and others."""
    wanted = size + size // HELD_OUT + 20
    texts = list(islice(_of_folder(Path(folder)), wanted)) if folder else sentences.posts(wanted)
    if not texts:
        raise SystemExit(f"No posts were found in {folder}.")
    step = max(2, len(texts) // max(1, len(texts) - size)) if len(texts) > size else HELD_OUT
    return [text for n, text in enumerate(texts) if n % step], texts[::step]


def _of_folder(folder: Path) -> Iterator[str]:
    """The posts of all files in turn, so that a small size has posts of many accounts; each text once."""
    files = [_texts(file) for file in sorted(folder.iterdir()) if ".jsonl" in file.name]
    seen: set[int] = set()
    while files:
        left = []
        for texts in files:
            some_of_it = list(islice(texts, 500))
            fresh = [text for text in some_of_it if hash(text) not in seen]
            seen.update(map(hash, fresh))
            yield from fresh
            if some_of_it:
                left.append(texts)
        files = left


def _texts(file: Path) -> Iterator[str]:
    opened = lzma.open if file.suffix == ".xz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = str(json.loads(line).get("text", "")).strip()
            if text:
                yield text
