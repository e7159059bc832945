"""Rows: the tables as classes. They never leave the storage room."""

from archive.storage.rows import accounts, captures, checks, custody, posts, registry, runs
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
)
"""Tables whose rows are never changed or removed: triggers refuse it on both databases."""

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
    "Base",
    "accounts",
    "captures",
    "checks",
    "custody",
    "posts",
    "registry",
    "runs",
]
