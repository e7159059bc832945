"""Values that a Python program printed with ``str()``, read as data: never evaluated.

Bellingcat's auto-archiver writes its metadata into a CSV cell so: ``{'timestamp': datetime.datetime(2024, 5, 1, …)}``.
"""

from __future__ import annotations

import ast
import re

from archive.errors import InvalidInputError

_LONGEST = 1_000_000
_MOST_NUMBERS = 7
_DEEPEST = 20
_STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
_PLAIN = re.compile(r"(?:True|False|None|nan|inf|datetime|timezone|utc|tzinfo|tzutc|\d[\d.]*|[\s.,:=(){}\[\]\"])*")


def read_literal(text: str) -> object:
    """The value: dictionaries, lists, texts, numbers, times as ISO 8601 text; InvalidInputError ``row_bad_value``."""
    if len(text) > _LONGEST or not _is_plain(text):
        raise _unreadable()
    try:
        return _value(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _unreadable() from error


def _is_plain(text: str) -> bool:
    """Whether outside its strings there is nothing but data, not too deep: a parser can be crashed by depth alone."""
    bare = _STRING.sub('"', text)
    depth = deepest = 0
    for letter in bare:
        depth += (letter in "({[") - (letter in ")}]")
        deepest = max(deepest, depth)
    return deepest <= _DEEPEST and ".." not in bare and _PLAIN.fullmatch(bare) is not None


def _value(node: ast.expr) -> object:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str | int | float) else None
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {str(_value(key)): _value(value) for key, value in pairs if key is not None}
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [_value(item) for item in node.elts]
    if isinstance(node, ast.Call):
        return _time(node)
    return None


def _time(node: ast.Call) -> str | None:
    """``datetime.datetime(2024, 5, 1, 10, 0, tzinfo=…)`` as text in UTC, which is the only zone that is written."""
    numbers = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    whole = [number for number in numbers if type(number) is int and 0 <= number <= 999_999]
    if (
        ast.unparse(node.func) != "datetime.datetime"
        or not 3 <= len(whole) <= _MOST_NUMBERS
        or len(whole) != len(numbers)
    ):
        return None
    year, month, day, hour, minute, second, micro = (*whole, 0, 0, 0, 0)[:_MOST_NUMBERS]
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micro:06}+00:00"


def _unreadable() -> InvalidInputError:
    return InvalidInputError("The metadata cannot be read.", code="row_bad_value")
