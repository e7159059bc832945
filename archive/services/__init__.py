"""Use cases: ``verb_noun(runtime, …)`` gives a value. The only owners of transactions; they decide nothing.

Modules are loaded when first asked for (PEP 562): whoever only reads articles does not pay for the archive.
"""

from typing import TYPE_CHECKING

from archive.loading import on_demand

if TYPE_CHECKING:
    from archive.services import (
        article_batch,
        audit,
        backups,
        batch,
        capture,
        capture_documents,
        checkpoints,
        checks,
        claim_documents,
        coverage,
        curate,
        database,
        engine,
        exports,
        follow,
        ingest,
        people,
        popolo,
        proof_pages,
        proofs,
        reading,
        reading_process,
        recapture,
        receipts,
        removal,
        reported,
        representations,
        reverify,
        reviews,
        runs,
        search,
        second_copies,
        signing,
        stamps,
        submissions,
        verify,
        web_archives,
    )

__all__ = [
    "article_batch",
    "audit",
    "backups",
    "batch",
    "capture",
    "capture_documents",
    "checkpoints",
    "checks",
    "claim_documents",
    "coverage",
    "curate",
    "database",
    "engine",
    "exports",
    "follow",
    "ingest",
    "people",
    "popolo",
    "proof_pages",
    "proofs",
    "reading",
    "reading_process",
    "recapture",
    "receipts",
    "removal",
    "reported",
    "representations",
    "reverify",
    "reviews",
    "runs",
    "search",
    "second_copies",
    "signing",
    "stamps",
    "submissions",
    "verify",
    "web_archives",
]


if not TYPE_CHECKING:  # A type checker would take any name for a module.
    __getattr__ = on_demand(__name__, __all__)
