"""The database itself: bringing it to the newest revision, looking it over, and making the default file."""

from __future__ import annotations

from archive.errors import StorageError
from archive.runtime import Runtime
from archive.settings import Settings
from archive.storage import migrations


def upgrade_database(settings: Settings) -> str:
    """Bring the database to the newest revision and say which one that is. Running it twice does no harm."""
    _make_directory(settings)
    migrations.upgrade(settings.database)
    return migrations.current(settings.database) or "none"


def check_database(settings: Settings) -> tuple[str, ...]:
    """What is wrong with the database, one sentence each; empty when all is well."""
    return migrations.check(settings.database)


def make_default_archive(settings: Settings) -> None:
    """Make the default SQLite file where it is missing, so that a newcomer's first command works.

    A database that was named in the settings, or that exists, is never touched: it is upgraded by its operator.
    """
    file = settings.default_file
    if file is not None and not file.exists():
        upgrade_database(settings)


def rebuild_index(runtime: Runtime) -> int:
    """Build the word index anew from the stored words; how many snapshots it holds."""
    with runtime.database.reading() as session:
        return runtime.words.rebuild(session)


def _make_directory(settings: Settings) -> None:
    if settings.database_url and not settings.database_url.startswith("sqlite"):
        return
    try:
        settings.data_directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The data directory {settings.data_directory} cannot be made: {error.strerror}.",
            code="database_unreachable",
        ) from error
