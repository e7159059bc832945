"""Coverage and nightly runs."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only
from migrations.columns import KEY, MOMENT, NUMBER

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEND_ONLY = ("coverage_intervals",)
TABLES = ("runs", "coverage_intervals")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "coverage_intervals",
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("includes_deletions", sa.Boolean(), nullable=False),
        sa.Column("retraction", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("custody_index", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.CheckConstraint(
            "since < until",
            name="order",
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
    )
    op.create_index("ix_coverage_intervals_account_id", "coverage_intervals", ["account_id"])
    op.create_table(
        "runs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("beat_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_runs_began_at", "runs", ["began_at"])
    for table in APPEND_ONLY:
        append_only.protect(table)


def downgrade() -> None:
    """Remove them; what they held is lost."""
    for table in TABLES:
        op.drop_table(table)
