"""The harness of all tests: databases, the browser, and a summary that never hides what did not run."""

import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from tests.harness import browser as chromium
from tests.harness import postgres
from tests.harness.network import refuse_other_machines

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOME = pytest.StashKey[Path]()
# What a machine does beside the tests is nothing they speak of: no case fails for the time it took.
settings.register_profile("any machine", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
DIALECTS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


# --- the run -----------------------------------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """Give the processes of this run one folder, and close the network."""
    worker = getattr(config, "workerinput", None)
    config.stash[HOME] = Path(worker["onrecord_home"]) if worker else postgres.new_home()
    refuse_other_machines()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell a worker of pytest-xdist where the run's folder is."""
    node.workerinput["onrecord_home"] = str(node.config.stash[HOME])  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the run started; only the process that began the run does so, and it leaves last."""
    if not hasattr(config, "workerinput") and HOME in config.stash:
        postgres.remove_home(config.stash[HOME])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by what a test uses, so that `-m 'not browser'` needs no discipline, and by the folder it stands in."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "browser" in names:
            item.add_marker(pytest.mark.browser)
        if {"postgres_server", "postgres_url"} & set(names):
            item.add_marker(pytest.mark.postgres)
        if "quality" in item.path.relative_to(item.config.rootpath).parts:
            item.add_marker(pytest.mark.quality)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines what the run stood on, and in red what it had to do without."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    found = chromium.find_chromium()
    terminalreporter.section("what these tests ran on")
    _say(
        terminalreporter,
        good=f"PostgreSQL: {'the server in ' + postgres.URL_VARIABLE if _given() else 'a server of this run'}",
        bad=postgres.MISSING if not postgres.is_postgres_available() else None,
        count=sum(postgres.MISSING in reason for reason in skipped),
    )
    _say(
        terminalreporter,
        good=f"Browser: {found}",
        bad=chromium.MISSING if found is None else None,
        count=sum(chromium.MISSING in reason for reason in skipped),
    )


def _given() -> bool:
    return bool(os.environ.get(postgres.URL_VARIABLE))


def _say(reporter: pytest.TerminalReporter, *, good: str, bad: str | None, count: int) -> None:
    if bad is None:
        reporter.write_line(good)
    else:
        reporter.write_line(f"!!! NOT TESTED ({count} skipped): {bad}", red=True, bold=True)


# --- databases ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> postgres.PostgresServer:
    """The run's PostgreSQL server; the same one in every worker."""
    if not postgres.is_postgres_available():
        pytest.skip(postgres.MISSING)
    return postgres.shared_server(pytestconfig.stash[HOME])


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite database in a file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'archive.db'}"


@pytest.fixture
def postgres_url(postgres_server: postgres.PostgresServer) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that only this test sees."""
    with postgres_server.fresh_database() as url:
        yield url


@pytest.fixture(params=DIALECTS)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, once on SQLite and once on PostgreSQL."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


def _upgrade(url: str) -> None:
    # Imported here, so that the harness can be used before and without the archive's storage.
    importlib.import_module("archive.storage.migrations").upgrade(url)


@pytest.fixture(scope="session")
def migrated_sqlite(pytestconfig: pytest.Config) -> Path:
    """A SQLite file at the newest revision; copy it, never write to it."""
    path = pytestconfig.stash[HOME] / "template.db"
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            # Made under another name: a worker must not find a file that a failed migration left behind.
            unfinished = path.with_suffix(f".{os.getpid()}")
            _upgrade(f"sqlite:///{unfinished}")
            unfinished.rename(path)
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres_server: postgres.PostgresServer) -> str:
    """The name of a PostgreSQL database at the newest revision, from which tests make their own in a blink."""
    name = postgres_server.template
    done = postgres_server.home / "template.done"
    with FileLock(postgres_server.home / "template.lock"):
        if not done.exists():
            postgres_server.drop(name)
            postgres_server.create(name, template="template0")
            _upgrade(postgres_server.url_of(name))
            done.touch()
    return name


@pytest.fixture(params=DIALECTS)
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the newest revision, without rows, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "migrated.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: postgres.PostgresServer = request.getfixturevalue("postgres_server")
    with server.fresh_database(template=request.getfixturevalue("migrated_template")) as url:
        yield url


# --- the browser -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A real Chromium, one for each process; skipped only where none is installed."""
    executable = chromium.find_chromium()
    if executable is None:
        pytest.skip(chromium.MISSING)
    with chromium.running_browser(executable) as running:
        yield running


@pytest.fixture
def browser_page(browser: "Browser") -> Iterator["Page"]:
    """A page in a profile of its own; it may only talk to this machine."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC")
    context.set_default_timeout(10_000)
    try:
        yield context.new_page()
    finally:
        context.close()
