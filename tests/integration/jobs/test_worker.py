import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive import services
from archive.domain.checks import Check, CheckState, Submission, SubmissionKind
from archive.errors import ConfigurationError, StorageError
from archive.jobs.queue import Queue, open_queue
from archive.jobs.worker import announcing, queue_for, work_off
from archive.runtime import Runtime, build_runtime
from archive.settings import load_settings

TEXT = '"The last boat leaves at nine and waits for nobody," Tavrin Oskelbeck posted on X.'


@pytest.fixture
def runtime(migrated_url: str, tmp_path: Path) -> Iterator[Runtime]:
    settings = load_settings(data_directory=tmp_path / "data", database_url=migrated_url, queue_url="")
    with build_runtime(settings) as runtime:
        yield runtime


def submitted(runtime: Runtime, text: str = TEXT) -> Check:
    return services.checks.request_check(runtime, Submission(kind=SubmissionKind.TEXT, text=text))


def ended(runtime: Runtime, check: Check, *, seconds: float = 20.0) -> Check:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = services.checks.get_check(runtime, check.id)
        if found.state in (CheckState.DONE, CheckState.FAILED):
            return found
        time.sleep(0.05)
    raise AssertionError("the check did not end")


def test_a_worker_takes_up_what_is_announced(runtime: Runtime) -> None:
    queue = queue_for(runtime)
    queue.start(threads=1)
    try:
        check = submitted(announcing(runtime, queue))
        assert ended(runtime, check).state is CheckState.DONE
    finally:
        queue.stop()


def test_a_worker_finds_what_nobody_announced(runtime: Runtime) -> None:
    check = submitted(runtime)
    queue = queue_for(runtime)
    queue.start(threads=1)
    try:
        assert ended(runtime, check).state is CheckState.DONE
    finally:
        queue.stop()


def test_waiting_checks_are_worked_off_in_one_go(runtime: Runtime) -> None:
    checks = [submitted(runtime, f"{TEXT} {number}") for number in range(3)]

    assert work_off(runtime) == 3
    assert all(services.checks.get_check(runtime, check.id).state is CheckState.DONE for check in checks)
    assert work_off(runtime) == 0


class LostHuey:
    """A queue whose store went away after it was opened."""

    def task(self, **_: object) -> Callable[[Callable[[str], None]], Callable[[str], None]]:
        def lost(_: str) -> None:
            raise ConnectionError("the store is gone")

        return lambda _: lost


def test_an_announcement_that_is_lost_costs_no_check(runtime: Runtime) -> None:
    queue = Queue(LostHuey(), work=lambda _: None, sweep=lambda: None)  # type: ignore[arg-type]

    check = submitted(replace(runtime, announce=queue.announce))

    assert services.checks.next_queued_check(runtime) == check.id


def test_a_queue_that_cannot_be_reached_is_one_sentence(tmp_path: Path) -> None:
    url = "postgresql://127.0.0.1:1/none?connect_timeout=1"
    settings = load_settings(data_directory=tmp_path, database_url="", queue_url=url)

    with pytest.raises(StorageError) as caught:
        open_queue(settings, work=lambda _: None, sweep=lambda: None)

    assert caught.value.code == "queue_unreachable"


def test_a_queue_of_an_unknown_kind_is_refused_without_its_password(tmp_path: Path) -> None:
    settings = load_settings(data_directory=tmp_path, queue_url="amqp://keeper:herring@queue.example/")

    with pytest.raises(ConfigurationError) as caught:
        open_queue(settings, work=lambda _: None, sweep=lambda: None)

    assert "herring" not in caught.value.message
