"""Captures with their bytes, and the custody log."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only
from migrations.columns import KEY, MOMENT, NUMBER, one_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("bodies", "body_parts", "captures", "custody_log")
TABLES = ("custody_head", "custody_log", "captures", "body_parts", "bodies")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bodies",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "body_parts",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "number"),
        sa.ForeignKeyConstraint(["digest"], ["bodies.digest"]),
    )
    op.create_table(
        "captures",
        sa.Column("id", KEY, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("terms_class", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("capture_class", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("final_url", sa.Text(), nullable=True),
        sa.Column("redirects", sa.Text(), nullable=False),
        sa.Column("status", NUMBER, nullable=True),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("peer", sa.Text(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("collector", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        one_of("capture_class", "verifiable", "platform_attested", "third_party_attested"),
        one_of("method", "fetch", "import", "upload", "paste", "web_archive", "article_embed", "demo"),
        one_of("terms_class", "open", "restricted", "pointer_only"),
        sa.ForeignKeyConstraint(["digest"], ["bodies.digest"]),
    )
    op.create_index("ix_captures_digest", "captures", ["digest"])
    op.create_table(
        "custody_log",
        sa.Column("position", NUMBER, nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        one_of("kind", "capture", "snapshots", "article", "judgement", "registry", "redaction", "run"),
    )
    op.create_index("ix_custody_log_subject", "custody_log", ["subject"])
    op.create_table(
        "custody_head",
        sa.Column("id", NUMBER, nullable=False, autoincrement=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("subtrees", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint(
            "id = 1",
            name="single",
        ),
    )
    op.bulk_insert(
        sa.table("custody_head", sa.column("id"), sa.column("size"), sa.column("subtrees", sa.LargeBinary())),
        [{"id": 1, "size": 0, "subtrees": b""}],
    )
    append_only.create_function()
    for table in APPEND_ONLY:
        append_only.protect(table)


def downgrade() -> None:
    """Remove them; what they held is lost."""
    for table in TABLES:
        op.drop_table(table)
    append_only.drop_function()
