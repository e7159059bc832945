"""Use cases: ``verb_noun(runtime, …)`` gives a value. The only owners of transactions; they decide nothing.

Modules are loaded when first asked for (PEP 562): whoever only reads articles does not pay for the archive.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.services import (
        article_batch,
        audit,
        backups,
        batch,
        checkpoints,
        checks,
        curate,
        database,
        exports,
        ingest,
        people,
        recapture,
        receipts,
        removal,
        reported,
        representations,
        reverify,
        reviews,
        runs,
        search,
        signing,
        stamps,
        submissions,
        verify,
    )

__all__ = [
    "article_batch",
    "audit",
    "backups",
    "batch",
    "checkpoints",
    "checks",
    "curate",
    "database",
    "exports",
    "ingest",
    "people",
    "recapture",
    "receipts",
    "removal",
    "reported",
    "representations",
    "reverify",
    "reviews",
    "runs",
    "search",
    "signing",
    "stamps",
    "submissions",
    "verify",
]


def __getattr__(name: str) -> ModuleType:
    """The module of that name."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
