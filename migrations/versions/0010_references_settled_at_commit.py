"""References of posts, snapshots and their words are settled when a transaction ends.

Where a statement of many rows may have to be taken back half-way, SQLite keeps a journal of it beside the one of the
transaction, and a reference that is settled at once is such a reason. Settled at the end, it is refused as surely.
"""

import re

from alembic import op
from sqlalchemy import text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TABLES = {
    "posts": (
        "fk_posts_account_id_accounts",
        "fk_posts_voice_person_id_people",
        "fk_posts_voice_office_id_offices",
    ),
    "snapshots": (
        "fk_snapshots_post_seq_posts",
        "fk_snapshots_capture_id_captures",
        "fk_snapshots_custody_index_custody_log",
    ),
    "post_words": ("fk_post_words_seq_snapshots",),
}
_DEFERRED = " DEFERRABLE INITIALLY DEFERRED"
_REFERENCE = re.compile(r"(REFERENCES \w+ \(\w+\))(?: DEFERRABLE INITIALLY DEFERRED)?")


def upgrade() -> None:
    """From now on at the end of the transaction."""
    _settle(at_once=False)


def downgrade() -> None:
    """At once, as before."""
    _settle(at_once=True)


def _settle(*, at_once: bool) -> None:
    if op.get_bind().dialect.name == "postgresql":
        when = " NOT DEFERRABLE" if at_once else _DEFERRED
        for table, names in _TABLES.items():
            for name in names:
                op.execute(f"ALTER TABLE {table} ALTER CONSTRAINT {name}{when}")
        return
    for table in _TABLES:
        _rewrite(table, "" if at_once else _DEFERRED)


def _rewrite(table: str, when: str) -> None:
    """Change what SQLite's schema says of the table's references, by the steps that its manual gives for changes that
    leave the rows as they are (https://www.sqlite.org/lang_altertable.html, section 7): a rebuilt table would lose its
    triggers, and take minutes for a large archive."""
    connection, here = op.get_bind(), {"table": table}
    before = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :table"), here).scalar_one()
    version = connection.execute(text("PRAGMA schema_version")).scalar_one()
    op.execute("PRAGMA writable_schema = 1")
    connection.execute(
        text("UPDATE sqlite_master SET sql = :statement WHERE type = 'table' AND name = :table"),
        here | {"statement": _REFERENCE.sub(rf"\1{when}", before)},
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    # Also reads the schema again.
    op.execute("PRAGMA writable_schema = RESET")
