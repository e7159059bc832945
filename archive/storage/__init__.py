"""The only SQL of the archive. Query functions take a session first, return domain values and never commit.

Modules are loaded when first asked for (PEP 562): the process that reads a dump for an import needs two of them.
"""

from typing import TYPE_CHECKING

from archive.loading import on_demand

if TYPE_CHECKING:
    from archive.storage import (
        accounts,
        adoption,
        articles,
        audit,
        audit_index,
        audit_snapshots,
        backups,
        captures,
        checkpoints,
        checks,
        controls,
        coverage,
        custody,
        custody_members,
        database,
        derived,
        directory,
        erasure,
        exchanges,
        follows,
        judgement_json,
        memory,
        migrations,
        offices,
        people,
        posts,
        proofs,
        redactions,
        removal,
        removal_journal,
        reported,
        reviews,
        revoicing,
        roles,
        runs,
        second_copies,
        segments,
        statements,
        strangers,
        words,
    )

__all__ = [
    "accounts",
    "adoption",
    "articles",
    "audit",
    "audit_index",
    "audit_snapshots",
    "backups",
    "captures",
    "checkpoints",
    "checks",
    "controls",
    "coverage",
    "custody",
    "custody_members",
    "database",
    "derived",
    "directory",
    "erasure",
    "exchanges",
    "follows",
    "judgement_json",
    "memory",
    "migrations",
    "offices",
    "people",
    "posts",
    "proofs",
    "redactions",
    "removal",
    "removal_journal",
    "reported",
    "reviews",
    "revoicing",
    "roles",
    "runs",
    "second_copies",
    "segments",
    "statements",
    "strangers",
    "words",
]


if not TYPE_CHECKING:  # A type checker would take any name for a module.
    __getattr__ = on_demand(__name__, __all__)
