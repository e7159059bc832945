"""The entry: runs a command and turns whatever happens into one sentence, a stable code and an exit status.

0 nothing to flag, 1 findings, 2 usage or input that cannot be read, 3 partly failed, 75 another run is at work. No
traceback reaches the person at the terminal; with ``--json`` standard output holds nothing but JSON, errors included.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

import click

from archive import __version__, services
from archive.cli.commands import Commands
from archive.cli.desk import Desk, printable, write_json
from archive.errors import ArchiveError, BusyError
from archive.logs import logger_of

log = logger_of("cli")

FINDINGS = 1
USAGE = 2
PARTLY_FAILED = 3
BUSY = 75
INTERRUPTED = 130
PIPE_CLOSED = 141
INTERNAL = 70


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
@click.pass_context
def onrecord(context: click.Context) -> None:
    """Keep what officials post, and check how articles quote it."""
    context.obj = Desk()


def run(group: click.Group, arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` (else the process's own) name; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _start_lightly()
    try:
        status = group.main(args=given, prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except (BrokenPipeError, SystemExit):
        # The reader has seen enough (`onrecord search … | head`); click tells by leaving. Nothing more may be written,
        # not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        stopped = ArchiveError("Interrupted: what was finished before is kept.", code="interrupted")
        return _told(stopped, status=INTERRUPTED, as_json="--json" in given)
    except Exception as error:
        return _explained(error, as_json="--json" in given)


def _start_lightly() -> None:
    """Two things that take a sixth of the time in which a command starts."""
    # Modules are a hundred thousand values that stay: looking for cycles among them after every 700 finds none.
    gc.set_threshold(50_000, 20, 100)
    # numpy would start a thread for each core for linear algebra, which is hardly used; each spins at first.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _explained(error: Exception, *, as_json: bool) -> int:
    if isinstance(error, click.ClickException):
        return _told(ArchiveError(error.format_message(), code="usage"), status=USAGE, as_json=as_json)
    if isinstance(error, BusyError):
        return _told(error, status=BUSY, as_json=as_json)
    if isinstance(error, ArchiveError):
        return _told(error, status=USAGE, as_json=as_json)
    log.error("command.broken", exc_info=error)
    broken = ArchiveError("Something went wrong inside the archive.", code="internal_error")
    return _told(broken, status=INTERNAL, as_json=as_json)


def _told(error: ArchiveError, *, status: int, as_json: bool) -> int:
    try:
        click.echo(f"{printable(error.message)} [{error.code}]", err=True)
        if as_json:
            write_json({"error": services.representations.problem_document(error)})
    except BrokenPipeError:
        return PIPE_CLOSED
    return status
