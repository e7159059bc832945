"""Extraction beside the first attempt everybody makes: a pattern for what stands between quotation marks."""

from __future__ import annotations

import re
import time

from archive.extraction.claims import find_claims, plain_article
from bench.sentences import posts

_QUOTED = re.compile(r'"([^"]{10,})"')
_SAID = re.compile(r"(said|wrote|posted)")


def ratio(count: int = 60) -> float:
    """How many times as long ours takes, article by article in turn; the quotations found must not be fewer."""
    ours = naive = 0.0
    for text in _articles(count):
        begun = time.perf_counter()
        claims = find_claims(plain_article(text))
        ours += time.perf_counter() - begun
        begun = time.perf_counter()
        found = [(match[1], _SAID.search(text, match.end(), match.end() + 80)) for match in _QUOTED.finditer(text)]
        naive += time.perf_counter() - begun
        if len(claims) < len(found):
            raise AssertionError(f"ours found {len(claims)} quotations, the pattern {len(found)}")
    return ours / naive


def _articles(count: int) -> list[str]:
    made = posts(count * 4)
    return [
        "\n\n".join(
            f'The council met again in the morning. "{words.rstrip(".")}," Tavrin Oskelbeck wrote on X on Monday.'
            for words in made[4 * number : 4 * number + 4]
        )
        for number in range(count)
    ]
