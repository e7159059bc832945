"""``onrecord nightly`` and ``worker``: the work that nobody waits for."""

from __future__ import annotations

import signal
import threading

import click

from archive import services
from archive.cli.desk import Desk, cell, pass_desk, plain_table
from archive.domain.runs import Run
from archive.jobs.nightly import run_nightly
from archive.jobs.worker import queue_for, work_off


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def nightly(desk: Desk, *, as_json: bool) -> int:
    """Look again, audit and judge again; exit 0 fine, 1 needs a person, 3 partly failed, 75 another is at work."""
    with desk.runtime() as runtime:
        run = run_nightly(runtime)
    if as_json:
        desk.document(services.representations.run_document(run))
    else:
        show_run(desk, run)
    return run.exit_status


def show_run(desk: Desk, run: Run) -> None:
    """A night's report, for people."""
    table = plain_table("step", "outcome", "looked at", "changed", "alarms", "failed")
    for step in run.steps:
        table.add_row(
            cell(step.name),
            cell(step.outcome.value.replace("_", " ")),
            f"{step.looked_at:,}",
            f"{step.changed:,}",
            str(len(step.alarms)),
            str(len(step.failures)),
        )
    desk.table(table)
    for step in run.steps:
        for alarm in step.alarms:
            desk.say(f"{step.name}: {alarm}")
        for failure in step.failures:
            desk.say(f"{step.name}, passed over {failure.item}: {failure.message} [{failure.code}]")


@click.command()
@click.option("--threads", type=click.IntRange(1, 32), default=2, show_default=True, help="Checks judged at once.")
@click.option("--once", is_flag=True, help="Judge what waits now, then leave.")
@pass_desk
def worker(desk: Desk, *, threads: int, once: bool) -> int:
    """Judge waiting checks until told to stop."""
    with desk.runtime() as runtime:
        if once:
            desk.notice(f"{work_off(runtime)} checks judged.")
            return 0
        queue = queue_for(runtime)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        queue.start(threads=threads)
        desk.notice("Waiting for checks; stop with Ctrl-C.")
        stop.wait()
        queue.stop()
    return 0


COMMANDS = (nightly, worker)
