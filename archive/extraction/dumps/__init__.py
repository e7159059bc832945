"""Dumps of posts into readings: one module per format; each names the place of every fault and what it leaves out.

Modules are loaded when first asked for (PEP 562): a dump is of one format, and some need half a second to load.
"""

from typing import TYPE_CHECKING

from archive.loading import on_demand

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
    __getattr__ = on_demand(__name__, __all__)
