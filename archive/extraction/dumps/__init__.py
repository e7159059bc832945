"""Dumps of posts into readings: one module per format; each names the place of every fault and what it leaves out.

Modules are loaded when first asked for (PEP 562): a dump is of one format, and some need half a second to load.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.extraction.dumps import (
        auto_archiver,
        bluesky_answers,
        bluesky_repo,
        congresstweets,
        mastodon_exports,
        recognition,
        saved_pages,
        truth_exports,
        x_answers,
        x_archive,
        x_statuses,
    )

__all__ = [
    "auto_archiver",
    "bluesky_answers",
    "bluesky_repo",
    "congresstweets",
    "mastodon_exports",
    "recognition",
    "saved_pages",
    "truth_exports",
    "x_answers",
    "x_archive",
    "x_statuses",
]


if not TYPE_CHECKING:  # A type checker would take any name for a module.

    def __getattr__(name: str) -> ModuleType:
        """The module of that name."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f"{__name__}.{name}")
