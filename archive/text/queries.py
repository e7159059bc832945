"""What people type into a search box: words, "phrases", -words, OR, and filters such as ``from:`` and ``since:``.

One door to luqum, which reads the Lucene syntax. What it cannot read (an unclosed quotation mark, a lone bracket) is
balanced first and, failing that, taken as plain words: a search box never refuses words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from luqum.exceptions import ParseError
from luqum.thread import parse
from luqum.tree import BaseOperation, Item, Phrase, SearchField

from archive.domain.accounts import bare_handle, platform_named
from archive.domain.availability import Availability
from archive.domain.statements import StatementQuery
from archive.errors import InvalidInputError

LONGEST_QUERY = 1_000
_AND = re.compile(r"(?:^|\s)AND(?:\s|$)")
_NOT = re.compile(r"(?:(?<=\s)|^)NOT\s+(?=\S)")
_PLUS = re.compile(r"(?:(?<=\s)|^)\+(?=\S)")
_BRACKETS = str.maketrans("()[]{}", "      ")
_STATES: dict[str, Availability] = {
    **{state.value: state for state in Availability},
    "deleted": Availability.GONE,
    "unverified": Availability.NOT_CHECKED,
}


def parse_query(typed: str) -> StatementQuery:
    """The words and filters that were typed.

    InvalidInputError ``query_too_long``, ``bad_date``, ``unknown_platform`` or ``unknown_state``, with what to write.
    """
    if len(typed) > LONGEST_QUERY:
        raise InvalidInputError(f"Use at most {LONGEST_QUERY} characters.", code="query_too_long")
    query = StatementQuery()
    words: list[str] = []
    for item in _items(typed):
        filtered = _filtered(query, item)
        if filtered is None:
            words.append(str(item).strip())
        else:
            query = filtered
    return replace(query, words=_plain(" ".join(word for word in words if word)))


def _plain(words: str) -> str:
    """Words in the one form the search knows: AND is what it does anyway, NOT is a minus, a plus says nothing."""
    return _PLUS.sub("", _NOT.sub("-", _AND.sub(" ", words))).strip()


def _items(typed: str) -> tuple[Item | str, ...]:
    """The parts of what was typed, or all of it as words where it has no readable form."""
    balanced = typed + '"' if typed.count('"') % 2 else typed
    try:
        tree = parse(balanced.translate(_BRACKETS).strip())
    except (ParseError, ValueError, AttributeError):
        return (typed,)
    if not isinstance(tree, BaseOperation):
        return (tree,)
    children: tuple[Item, ...] = tuple(tree.children)
    # "a OR b" belongs together, unless one of the two is a filter: those always narrow the search.
    has_filter = any(isinstance(child, SearchField) and child.name.lower() in _FILTERS for child in children)
    return children if has_filter or tree.op == "" else (tree,)


def _filtered(query: StatementQuery, item: Item | str) -> StatementQuery | None:
    """The query narrowed by a filter, or None where the part is words."""
    if not isinstance(item, SearchField):
        return None
    narrow = _FILTERS.get(item.name.lower())
    value = _value(item.expr)
    return narrow(query, value) if narrow is not None and value else None


def _value(expression: Item) -> str:
    printed = str(expression).strip()
    return printed[1:-1].strip() if isinstance(expression, Phrase) else printed


def _speaker(query: StatementQuery, value: str) -> StatementQuery:
    if value.startswith("@"):
        return replace(query, handle=bare_handle(value))
    return replace(query, speaker=value)


def _platform(query: StatementQuery, value: str) -> StatementQuery:
    platform = platform_named(value)
    if platform is None:
        raise InvalidInputError(f"No platform is called {value!r}.", code="unknown_platform")
    return replace(query, platform=platform)


def _state(query: StatementQuery, value: str) -> StatementQuery:
    word = value.lower()
    if word == "reported":
        return replace(query, reported=True)
    state = _STATES.get(word)
    if state is None:
        raise InvalidInputError(
            f"No state is called {value!r}; write is:live, is:edited, is:deleted or is:reported.", code="unknown_state"
        )
    return replace(query, availability=state)


def _day(value: str) -> date:
    try:
        day = date.fromisoformat(value)
        if not _EARLIEST <= day.year <= _LATEST:
            raise ValueError(value)
        return day
    except ValueError as error:
        raise InvalidInputError(
            f"{value!r} is no day: write year-month-day, such as 2026-03-06.", code="bad_date"
        ) from error


_EARLIEST, _LATEST = 1900, 2200
_ONE_DAY = timedelta(days=1)
_FILTERS: Mapping[str, Callable[[StatementQuery, str], StatementQuery]] = {
    "from": _speaker,
    "speaker": _speaker,
    "office": lambda query, value: replace(query, office=value),
    "handle": lambda query, value: replace(query, handle=bare_handle(value)),
    "account": lambda query, value: replace(query, handle=bare_handle(value)),
    "platform": _platform,
    "lang": lambda query, value: replace(query, language=value.lower()),
    "language": lambda query, value: replace(query, language=value.lower()),
    "since": lambda query, value: replace(query, since=_day(value)),
    "until": lambda query, value: replace(query, until=_day(value)),
    "after": lambda query, value: replace(query, since=_day(value) + _ONE_DAY),
    "before": lambda query, value: replace(query, until=_day(value) - _ONE_DAY),
    "on": lambda query, value: replace(query, since=_day(value), until=_day(value)),
    "is": _state,
}
