"""Salted commitments: entries of version 2, their salts and manifests, snapshots' own salts; checkpoints and stamps."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only
from migrations.columns import MOMENT, NUMBER, one_of

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = ("custody_salts", "custody_manifests", "checkpoints", "timestamps")
TABLES = ("timestamps", "checkpoints", "custody_manifests", "custody_salts")
OLD_KINDS = ("capture", "snapshots", "article", "judgement", "registry", "redaction", "run")
KINDS = (
    "capture",
    "snapshots",
    "post",
    "observation",
    "attribution",
    "article",
    "judgement",
    "registry",
    "redaction",
    "run",
    "migration",
    "restore",
    "key",
    "checkpoint",
    "timestamp",
)


def upgrade() -> None:
    """Make the tables and columns. Entries written so far stay of version 1."""
    _widen_log()
    op.create_table(
        "custody_salts",
        sa.Column("position", NUMBER, nullable=False, autoincrement=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.ForeignKeyConstraint(["position"], ["custody_log.position"]),
    )
    op.create_table(
        "custody_manifests",
        sa.Column("position", NUMBER, nullable=False, autoincrement=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.ForeignKeyConstraint(["position"], ["custody_log.position"]),
    )
    _add_columns()
    op.create_table(
        "checkpoints",
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("custody_index", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("note"),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
    )
    op.create_index("ix_checkpoints_size", "checkpoints", ["size"])
    op.create_table(
        "timestamps",
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("checkpoint_seq", NUMBER, nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("stamped_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("custody_index", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("checkpoint_seq", "authority"),
        sa.ForeignKeyConstraint(["checkpoint_seq"], ["checkpoints.seq"]),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
    )
    for table in APPEND_ONLY:
        append_only.protect(table)


def downgrade() -> None:
    """Remove them. A log with entries of version 2 cannot be read by what came before, so it is refused."""
    written = op.get_bind().execute(sa.text("SELECT count(*) FROM custody_log WHERE version > 1")).scalar()
    if written:
        raise RuntimeError("custody entries of version 2 cannot be taken back: restore a backup instead")
    for table in TABLES:
        op.drop_table(table)
    _drop_columns()
    _narrow_log()


def _widen_log() -> None:
    version = sa.Column("version", NUMBER, nullable=False, server_default="1")
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("custody_log", version)
        op.create_check_constraint("version", "custody_log", "version IN (1, 2)")
        op.drop_constraint("kind", "custody_log", type_="check")
        op.create_check_constraint("kind", "custody_log", one_of("kind", *KINDS).sqltext)
        return
    is_known = sa.CheckConstraint("version IN (1, 2)", name=op.f("ck_custody_log_version"))
    _rebuild_log(version, is_known, _is_one_of(KINDS))


def _narrow_log() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_column("custody_log", "version")
        op.drop_constraint("kind", "custody_log", type_="check")
        op.create_check_constraint("kind", "custody_log", one_of("kind", *OLD_KINDS).sqltext)
        return
    _rebuild_log(_is_one_of(OLD_KINDS))


def _rebuild_log(*parts: sa.schema.SchemaItem) -> None:
    """SQLite changes no constraint of a table: its rows move to a new one, which then takes the name.

    Renaming the old one instead would make every foreign key follow it.
    """
    op.create_table(
        "custody_log_new",
        sa.Column("position", NUMBER, nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_custody_log")),
        *parts,
    )
    op.execute(
        "INSERT INTO custody_log_new (position, kind, subject, commitment, at, leaf) "
        "SELECT position, kind, subject, commitment, at, leaf FROM custody_log"
    )
    op.drop_table("custody_log")
    op.rename_table("custody_log_new", "custody_log")
    op.create_index("ix_custody_log_subject", "custody_log", ["subject"])
    append_only.protect("custody_log")


def _is_one_of(kinds: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(one_of("kind", *kinds).sqltext, name=op.f("ck_custody_log_kind"))


def _add_columns() -> None:
    """Columns that may be empty are added in place: snapshots and looks keep their triggers and are not rewritten."""
    op.add_column("snapshots", sa.Column("salt", sa.LargeBinary(), nullable=True))
    number = "bigint" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(
        f"ALTER TABLE observations ADD COLUMN custody_index {number} "
        "CONSTRAINT fk_observations_custody_index_custody_log REFERENCES custody_log (position)"
    )


def _drop_columns() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_column("observations", "custody_index")
        op.drop_column("snapshots", "salt")
        return
    for table in ("observations", "snapshots"):
        append_only.unprotect(table)
    op.drop_column("snapshots", "salt")
    with op.batch_alter_table("observations") as batch:
        batch.drop_column("custody_index")
    for table in ("observations", "snapshots"):
        append_only.protect(table)
