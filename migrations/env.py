"""Where Alembic starts. The application hands over a connection; the ``alembic`` command takes the URL from the
environment variable ONRECORD_DATABASE_URL or from alembic.ini."""

import os

import sqlalchemy as sa
from alembic import context

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def run(connection: sa.Connection) -> None:
    """Run the wanted revisions on this connection, all or nothing."""
    metadata = context.config.attributes.get("metadata", sa.MetaData(naming_convention=NAMING))
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=False,
        include_object=lambda _object, name, *_: not str(name).startswith("snapshot_search"),
    )
    with context.begin_transaction():
        context.run_migrations()


def run_from_command_line() -> None:
    """The ``alembic`` command: open what the environment names."""
    url = os.environ.get("ONRECORD_DATABASE_URL") or context.config.get_main_option("sqlalchemy.url")
    if not url:
        raise SystemExit("set ONRECORD_DATABASE_URL, or use the archive's own command for the database")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        run(connection)
    engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    run_from_command_line()
