"""Removal on request: who asked, who agreed, which rows went; and triggers that let only those rows go."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only, redaction
from migrations.columns import KEY, MOMENT, NUMBER, one_of

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY = ("redaction_requests", "redaction_decisions", "redacted_rows")


def upgrade() -> None:
    """Make the tables, then open the door of each table of evidence by exactly the rows they name."""
    op.create_table(
        "redaction_requests",
        sa.Column("id", KEY, nullable=False),
        sa.Column("target_kind", sa.Text(), nullable=False),
        sa.Column("target", KEY, nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("requested_role", sa.Text(), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("custody_index", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        one_of("target_kind", "statement", "capture"),
        one_of(
            "basis",
            "erasure_request",
            "court_order",
            "authority_order",
            "platform_request",
            "copyright",
            "danger_to_a_person",
            "taken_in_by_mistake",
        ),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
    )
    op.create_index("ix_redaction_requests_target", "redaction_requests", ["target"])
    op.create_table(
        "redaction_decisions",
        sa.Column("request_id", KEY, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_role", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("custody_index", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("request_id"),
        one_of("outcome", "confirmed", "refused"),
        sa.ForeignKeyConstraint(["request_id"], ["redaction_requests.id"]),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
    )
    op.create_table(
        "redacted_rows",
        sa.Column("request_id", KEY, nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("custody_index", NUMBER, nullable=True),
        sa.Column("commitment", sa.LargeBinary(), nullable=True),
        sa.Column("replacement", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("request_id", "table_name", "row_key"),
        sa.ForeignKeyConstraint(["request_id"], ["redaction_requests.id"]),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
    )
    op.create_index("ix_redacted_rows_table_name_row_key", "redacted_rows", ["table_name", "row_key"])
    for table in APPEND_ONLY:
        append_only.protect(table)
    redaction.create()


def downgrade() -> None:
    """Close the doors again and remove the tables. A removal on record is never forgotten, so it is refused then."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM redaction_requests")).scalar():
        raise RuntimeError("removals on record cannot be taken back: restore a backup instead")
    redaction.drop()
    for table in ("redacted_rows", "redaction_decisions", "redaction_requests"):
        op.drop_table(table)
