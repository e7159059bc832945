"""Rows: the tables as classes. They never leave the storage room."""

from archive.storage.rows import accounts, captures, checks, custody, posts, redactions, registry, runs
from archive.storage.rows.base import Base

APPEND_ONLY = (
    "bodies",
    "body_parts",
    "captures",
    "custody_log",
    "custody_salts",
    "custody_manifests",
    "checkpoints",
    "timestamps",
    "snapshots",
    "observations",
    "reports",
    "article_versions",
    "judgements",
    "judgement_posts",
    "judgement_accounts",
    "reviews",
    "coverage_intervals",
    "redaction_requests",
    "redaction_decisions",
    "redacted_rows",
)
"""Tables whose rows are never changed or removed: triggers refuse it on both databases."""

REDACTABLE = {
    "bodies": "digest",
    "body_parts": "digest",
    "captures": "id",
    "custody_salts": "position",
    "custody_manifests": "position",
    "snapshots": "seq",
    "observations": "seq",
    "reports": "post_seq",
    "posts": "seq",
    "judgement_posts": "post_id",
    "article_versions": "id",
    "judgements": "seq",
}
"""Tables of which the rows that a confirmed redaction names may go, and the column that names them."""

REWRITTEN = ("article_versions", "judgements")
"""Those of them whose rows are emptied instead, because others refer to them."""

FIXED_COLUMNS = {
    "posts": (
        "seq",
        "id",
        "platform",
        "native_id",
        "account_id",
        "posted_at",
        "url",
        "in_reply_to",
        "is_repost",
        "reported",
    )
}
"""Tables whose rows stay and of which these columns never change."""

__all__ = [
    "APPEND_ONLY",
    "FIXED_COLUMNS",
    "REDACTABLE",
    "REWRITTEN",
    "Base",
    "accounts",
    "captures",
    "checks",
    "custody",
    "posts",
    "redactions",
    "registry",
    "runs",
]
