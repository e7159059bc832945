"""The database itself: bringing it to the newest revision, looking it over, and making the default file."""

from __future__ import annotations

from pathlib import Path

from archive import storage
from archive.domain.runs import StepReport
from archive.errors import StorageError
from archive.runtime import Runtime, utc_now
from archive.settings import Settings
from archive.storage.database import Database


def upgrade_database(settings: Settings) -> str:
    """Bring the database to the newest revision and say which one that is. Running it twice does no harm.

    What was written before the custody log noted such things is noted then, and indexes that an import which died had
    laid aside are made again.
    """
    _make_directory(settings)
    before = storage.migrations.current(settings.database)
    storage.migrations.upgrade(settings.database)
    after = storage.migrations.current(settings.database)
    database = Database(settings.database)
    try:
        with database.writing() as session:
            storage.adoption.adopt(session, at=utc_now(), before=before, after=after)
            storage.reading_indexes.make_again(session)
    finally:
        database.dispose()
    return after or "none"


def grant_roles(settings: Settings) -> None:
    """Make the roles of PostgreSQL and give each what it needs. ConfigurationError for SQLite."""
    storage.roles.grant(settings.database)


def check_database(settings: Settings) -> tuple[str, ...]:
    """What is wrong with the database, one sentence each; empty when all is well."""
    missing = _missing(settings)
    return (missing,) if missing is not None else storage.migrations.check(settings.database)


def make_default_archive(settings: Settings) -> None:
    """Make the default SQLite file where it is missing, so that a newcomer's first command works.

    A database that was named in the settings, or that exists, is never touched: it is upgraded by its operator. Where
    a named file is missing, StorageError ``database_not_upgraded``: SQLite itself would leave an empty file behind,
    and a slip in the name would look like an archive that has lost everything.
    """
    file = settings.default_file
    if file is not None and not file.exists():
        upgrade_database(settings)
    missing = _missing(settings) if file is None else None
    if missing is not None:
        raise StorageError(missing, code="database_not_upgraded")


def _missing(settings: Settings) -> str | None:
    """A sentence where the SQLite file in use does not exist."""
    file = _named_file(settings)
    if file is None or file.exists():
        return None
    return f"There is no archive at {file}: run `onrecord database upgrade` to make it there, or mend the setting."


def _named_file(settings: Settings) -> Path | None:
    """The SQLite file that the settings name; None for a server, and for a database in memory."""
    if not settings.database.startswith("sqlite:///"):
        return None
    name = settings.database.removeprefix("sqlite:///").partition("?")[0]
    return None if name in ("", ":memory:") or name.startswith("file:") else Path(name)


def rebuild_index(runtime: Runtime) -> int:
    """Build the word index anew from the stored words; how many snapshots it holds."""
    with runtime.database.reading() as session:
        return runtime.words.rebuild(session)


def derive_words(runtime: Runtime) -> None:
    """Derive the words and the search index anew from the texts, in one transaction. The evidence is not touched."""
    with runtime.database.writing() as session:
        storage.derived.derive(session)


def are_indexes_due(runtime: Runtime) -> bool:
    """Whether an import that died left the archive without indexes that serve reading."""
    with runtime.database.reading() as session:
        return bool(storage.reading_indexes.due(session.connection()))


def mend_indexes(runtime: Runtime) -> StepReport:
    """Make those again; an alarm where this process may not."""
    with runtime.database.importing() as session:
        made = storage.reading_indexes.make_again(session)
        left = storage.reading_indexes.due(session.connection())
    alarm = f"The database lacks {', '.join(left)}: run `onrecord database upgrade` as the owner of its tables."
    return StepReport(
        name="indexes", looked_at=len(made) + len(left), changed=len(made), alarms=(alarm,) if left else ()
    )


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
