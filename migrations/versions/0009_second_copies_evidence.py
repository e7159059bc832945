"""Second copies become evidence: each names the custody entry on its state."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Rows so far have no entry: what the program then notes of them says that it only found them."""
    # Added in place, never by a batch alteration: that would rebuild the table and lose its triggers.
    number = "bigint" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(
        f"ALTER TABLE second_copies ADD COLUMN custody_index {number} "
        "CONSTRAINT fk_second_copies_custody_index_custody_log REFERENCES custody_log (position)"
    )


def downgrade() -> None:
    """Remove the column; what the log says of second copies stays in the log."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_column("second_copies", "custody_index")
        return
    with op.batch_alter_table("second_copies") as batch:
        batch.drop_column("custody_index")
