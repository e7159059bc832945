"""``onrecord import``: fill the archive from files."""

from __future__ import annotations

from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from archive import services
from archive.cli.desk import Desk, pass_desk
from archive.services.reports import ImportReport

FILE = click.Path(path_type=Path, dir_okay=False)
MOST_SHOWN = 50
"""Bad rows printed one by one; the rest is counted."""


@click.group("import")
def imports() -> None:
    """Fill the archive from files."""


@imports.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def registry(desk: Desk, *, file: Path, as_json: bool) -> int:
    """Take in people, offices, holdings and accounts (YAML, CSV, JSONL)."""
    with desk.runtime() as runtime:
        report = services.curate.import_registry(runtime, file)
    return _reported(desk, report, as_json=as_json)


@imports.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def posts(desk: Desk, *, file: Path, as_json: bool) -> int:
    """Take in a dump of posts (JSONL or CSV, also .gz and .xz)."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    shown = desk.notices.is_terminal and not as_json
    with desk.runtime() as runtime, Progress(*columns, console=desk.notices, disable=not shown, transient=True) as bar:
        task = bar.add_task("posts", total=None)

        def progress(read: int, total: int) -> None:
            bar.update(task, completed=read, total=total or None)

        report = services.ingest.import_posts(runtime, file, progress=progress)
    return _reported(desk, report, as_json=as_json)


def _reported(desk: Desk, report: ImportReport, *, as_json: bool) -> int:
    if as_json:
        desk.document(services.representations.import_document(report))
        return report.exit_status
    for error in report.errors[:MOST_SHOWN]:
        sentence = error.message.removeprefix(f"Line {error.line}: ")
        desk.notice(f"line {error.line}: {sentence} [{error.code}]")
    if report.refused > MOST_SHOWN:
        desk.notice(f"… and {report.refused - MOST_SHOWN:,} more rows were passed over.")
    desk.say(
        f"{report.read:,} rows read: {report.added:,} added, {report.unchanged:,} held already, "
        f"{report.refused:,} passed over."
    )
    return report.exit_status


COMMANDS = (imports,)
