"""What went over the wire for a capture, followed accounts, and second copies asked of web archives."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only, redaction
from migrations.columns import KEY, MOMENT, NUMBER, one_of

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

APPEND_ONLY = ("exchanges",)
TABLES = ("second_copies", "follows", "post_captures", "exchanges")


def upgrade() -> None:
    """Make the tables, and the columns that tie a capture to its exchanges and say what of it was kept."""
    # Added in place, never by a batch alteration: that would rebuild the table and lose its triggers.
    op.add_column("captures", sa.Column("exchanges_digest", sa.LargeBinary(), nullable=True))
    op.add_column("captures", sa.Column("retention", sa.Text(), nullable=True))
    _exchanges()
    _post_captures()
    _follows()
    _second_copies()
    for table in APPEND_ONLY:
        append_only.protect(table)
    redaction.allow("exchanges", "capture_id")


def _exchanges() -> None:
    op.create_table(
        "exchanges",
        sa.Column("capture_id", KEY, nullable=False),
        sa.Column("number", NUMBER, nullable=False, autoincrement=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("milliseconds", NUMBER, nullable=False),
        sa.Column("status", NUMBER, nullable=False),
        sa.Column("request_digest", sa.LargeBinary(), nullable=False),
        sa.Column("response_digest", sa.LargeBinary(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("peer", sa.Text(), nullable=True),
        sa.Column("addresses", sa.Text(), nullable=False),
        sa.Column("tls_version", sa.Text(), nullable=True),
        sa.Column("tls_chain", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("capture_id", "number"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"]),
        sa.ForeignKeyConstraint(["request_digest"], ["bodies.digest"]),
        sa.ForeignKeyConstraint(["response_digest"], ["bodies.digest"]),
    )


def _post_captures() -> None:
    op.create_table(
        "post_captures",
        sa.Column("post_seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("capture_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("post_seq", "capture_id"),
        sa.ForeignKeyConstraint(["post_seq"], ["posts.seq"]),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"]),
    )
    op.create_index("ix_post_captures_capture_id", "post_captures", ["capture_id"])


def _follows() -> None:
    op.create_table(
        "follows",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("shown_as", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("failures", NUMBER, nullable=False),
        sa.Column("last_code", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("route"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
    )
    op.create_index("ix_follows_account_id", "follows", ["account_id"])


def _second_copies() -> None:
    op.create_table(
        "second_copies",
        sa.Column("id", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wanted_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=True),
        sa.Column("attempts", NUMBER, nullable=False),
        sa.Column("job", sa.Text(), nullable=True),
        sa.Column("copy_url", sa.Text(), nullable=True),
        sa.Column("copied_at", MOMENT, nullable=True),
        sa.Column("text_digest", sa.LargeBinary(), nullable=True),
        sa.Column("last_code", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("url"),
        one_of("state", "waiting", "under_way", "kept", "refused"),
    )
    op.create_index("ix_second_copies_next_try_at", "second_copies", ["next_try_at"])


def downgrade() -> None:
    """Remove them. What went over the wire is evidence: where any is held, this is refused."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM exchanges")).scalar():
        raise RuntimeError("what went over the wire for captures would be lost: restore a backup instead")
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("captures", "retention")
    op.drop_column("captures", "exchanges_digest")
