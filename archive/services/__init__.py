"""Use cases: ``verb_noun(runtime, …)`` gives a value. The only owners of transactions; they decide nothing."""

from archive.services import (
    audit,
    batch,
    checkpoints,
    checks,
    curate,
    database,
    ingest,
    people,
    recapture,
    reported,
    representations,
    reverify,
    reviews,
    runs,
    search,
    submissions,
)

__all__ = [
    "audit",
    "batch",
    "checkpoints",
    "checks",
    "curate",
    "database",
    "ingest",
    "people",
    "recapture",
    "reported",
    "representations",
    "reverify",
    "reviews",
    "runs",
    "search",
    "submissions",
]
