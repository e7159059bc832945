"""Loading on demand: a package whose modules are imported when they are first asked for (PEP 562)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import import_module
from types import ModuleType


def on_demand(package: str, names: Collection[str]) -> Callable[[str], ModuleType]:
    """The ``__getattr__`` of a package: its module of a name among ``names``, imported now, or AttributeError."""

    def module(name: str) -> ModuleType:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return import_module(f"{package}.{name}")

    return module
