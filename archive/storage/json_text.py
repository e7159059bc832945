"""Canonical JSON of frozen values: one text for one value, and the value back from the text.

Generic over dataclasses, enumerations, identifiers, times, spans and tuples; the types say how to read it back. Keys
are sorted, no space, ASCII only: a lone surrogate of a hostile post comes back as it was, and no database refuses it.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from archive.errors import StorageError

T = TypeVar("T")
_Reader = Callable[[object], object]


def plain(value: object) -> object:
    """The value as what JSON knows: objects, lists, text, numbers, truth values and null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"no JSON form for {type(value).__name__}")


def dumps(value: object) -> str:
    """The value's canonical JSON text."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def loads(kind: type[T], text: str) -> T:
    """The value of ``kind`` that ``dumps`` wrote.

    Raises StorageError ``unreadable_record`` where the text is not one.
    """
    try:
        return load(kind, json.loads(text))
    except (ValueError, RecursionError) as error:
        raise StorageError("A stored record is not JSON.", code="unreadable_record") from error


def load(kind: type[T], data: object) -> T:
    """The value of ``kind`` that ``plain`` turned into ``data``.

    Raises StorageError ``unreadable_record`` where it is not one.
    """
    try:
        return cast(T, _reader(kind)(data))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise StorageError(f"A stored record is not a {kind.__name__}.", code="unreadable_record") from error


_SCALARS: dict[object, _Reader] = {
    UUID: lambda data: UUID(_text(data)),
    datetime: lambda data: datetime.fromisoformat(_text(data)),
    date: lambda data: date.fromisoformat(_text(data)),
    bytes: lambda data: base64.b64decode(_text(data), validate=True),
    float: lambda data: float(cast(float, data)),
}


def _reader(kind: object) -> _Reader:
    return _cached_reader(kind)


@cache
def _cached_reader(kind: object) -> _Reader:
    kind = getattr(kind, "__supertype__", kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _optional(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin in (dict, Mapping):
        return _mapping(arguments)
    if kind in _SCALARS:
        return _SCALARS[kind]
    if not isinstance(kind, type):
        return _reader(kind.__supertype__) if hasattr(kind, "__supertype__") else _same
    if issubclass(kind, StrEnum):
        return lambda data: kind(_text(data))
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    return _exactly(kind)


def _optional(arguments: tuple[object, ...]) -> _Reader:
    held = [argument for argument in arguments if argument is not NoneType]
    if len(held) != 1:
        raise TypeError("a field of several types has no JSON form")
    read = _reader(held[0])
    return lambda data: None if data is None else read(data)


def _tuple(arguments: tuple[object, ...]) -> _Reader:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        each = _reader(arguments[0])
        return lambda data: tuple([each(item) for item in cast(list[object], data)])
    readers = [_reader(argument) for argument in arguments]
    return lambda data: tuple([read(item) for read, item in zip(readers, cast(list[object], data), strict=True)])


def _mapping(arguments: tuple[object, ...]) -> _Reader:
    read_key, read = (int if arguments[0] is int else _reader(arguments[0])), _reader(arguments[1])
    return lambda data: {read_key(key): read(item) for key, item in cast(dict[str, object], data).items()}


def _dataclass(kind: type) -> _Reader:
    hints = get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    readers: dict[str, _Reader] = {}

    def read(data: object) -> object:
        if not readers:
            readers.update({name: _reader(hints[name]) for name in names})
        held = cast(dict[str, object], data)
        # A field that an older record does not have takes its default.
        return kind(**{name: readers[name](held[name]) for name in names if name in held})

    return read


def _exactly(kind: type) -> _Reader:
    def read(data: object) -> object:
        if type(data) is not kind:
            raise TypeError(f"{type(data).__name__} instead of {kind.__name__}")
        return data

    return read


def _same(data: object) -> object:
    return data


def _text(data: object) -> str:
    if not isinstance(data, str):
        raise TypeError("text expected")
    return data
