"""Quick JSON: the one door to the quick library, for the two places that meet millions of values.

It differs from Python's own in what it refuses and in what it writes beyond ASCII, so both uses fall back on that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import orjson

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def quick_json(line: bytes) -> object:
    """The JSON value in a line; None for what the library refuses, of which Python's own reader may take some."""
    try:
        value: object = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return value


def ascii_list(values: Sequence[object]) -> bytes:
    """Plain values as a JSON list in ASCII, without spaces: exactly what Python's own encoder writes."""
    try:
        quick = orjson.dumps(values)
    except TypeError:
        return _encode(values).encode("ascii")
    # Beyond ASCII, and for U+007F, the two differ; the formula is what the slow one writes.
    return quick if quick.isascii() and b"\x7f" not in quick else _encode(values).encode("ascii")
