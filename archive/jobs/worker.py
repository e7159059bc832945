"""The worker: judges waiting checks one after another, in this process or beside the site."""

from __future__ import annotations

from dataclasses import replace

from archive import services
from archive.domain.ids import CheckId
from archive.errors import ArchiveError
from archive.jobs.queue import Queue, open_queue
from archive.logs import logger_of
from archive.runtime import Runtime

log = logger_of("jobs.worker")


def queue_for(runtime: Runtime) -> Queue:
    """The queue of this archive with a worker's two tasks: one announced check, and all that wait."""

    def work(check_id: CheckId) -> None:
        services.checks.run_check(runtime, check_id)

    def sweep() -> None:
        work_off(runtime)

    return open_queue(runtime.settings, work=work, sweep=sweep)


def announcing(runtime: Runtime, queue: Queue) -> Runtime:
    """The same runtime, telling ``queue`` of each check that is requested."""
    return replace(runtime, announce=queue.announce)


def work_off(runtime: Runtime) -> int:
    """Judge every check that waits; how many there were. A database out of reach is logged and tried later."""
    done = 0
    try:
        services.checks.release_abandoned_checks(runtime)
        while (check_id := services.checks.next_queued_check(runtime)) is not None:
            services.checks.run_check(runtime, check_id)
            done += 1
    except ArchiveError as error:
        log.warning("worker.stopped", code=error.code)
    return done
