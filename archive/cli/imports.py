"""``onrecord import``: fill the archive from files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive import services
from archive.cli.desk import Desk, pass_desk
from archive.domain.dumps import DumpFormat, LeftOut

if TYPE_CHECKING:
    from archive.services.ingest import Progress
    from archive.services.reports import ImportReport

FILE = click.Path(path_type=Path, dir_okay=False)
MOST_SHOWN = 50
"""Bad rows printed one by one; the rest is counted."""

_REASONS = {
    LeftOut.PRIVATE: "not addressed to the public",
    LeftOut.DELETED: "deleted before the export",
    LeftOut.REPOST: "reposts, whose words the file does not hold",
    LeftOut.NOT_SHOWN_TO_STRANGERS: "of an account that asks not to be shown to people who are not signed in",
    LeftOut.NOT_A_POST: "other records, no posts",
    LeftOut.NOT_AVAILABLE: "that the platform or the archiver did not hand out",
}


@click.group("import")
def imports() -> None:
    """Fill the archive from files."""


@imports.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and keep nothing.")
@click.option("--capture-proofs", is_flag=True, help="Fetch the pages that prove what the file states, and keep them.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def registry(desk: Desk, *, file: Path, dry_run: bool, capture_proofs: bool, as_json: bool) -> int:
    """Take in people, offices, holdings and accounts (ours, Popolo, Wikidata, congress-legislators)."""
    with desk.runtime() as runtime:
        if dry_run:
            report = services.curate.rehearse_registry(runtime, file)
        else:
            pages = services.proof_pages.ProofPages.FETCHED if capture_proofs else services.proof_pages.ProofPages.HELD
            report = services.curate.import_registry(runtime, file, proofs=pages)
    return _reported(desk, report, as_json=as_json)


@imports.command()
@click.argument("file", type=FILE)
@click.option(
    "--format",
    "dump_format",
    type=click.Choice([known.value for known in DumpFormat]),
    help="What the file is, where that is not seen from its content.",
)
@click.option("--account", help="The account's handle, where the file does not name it.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def posts(desk: Desk, *, file: Path, dump_format: str | None, account: str | None, dry_run: bool, as_json: bool) -> int:
    """Take in a dump of posts: our own rows (JSONL, CSV), exports of accounts, answers of platforms, recordings."""
    known = None if dump_format is None else DumpFormat(dump_format)
    with (
        services.reading_process.reading_ahead(
            file, settings=lambda: desk.settings, now=datetime.now(UTC), dump_format=known, account=account
        ) as process,
        desk.runtime() as runtime,
        _bar(desk, shown=not as_json) as bar,
    ):
        take = services.ingest.rehearse_posts if dry_run else services.ingest.import_posts
        report = take(runtime, file, progress=bar, dump_format=known, account=account, process=process)
    return _reported(desk, report, as_json=as_json)


@contextmanager
def _bar(desk: Desk, *, shown: bool) -> Iterator[Progress | None]:
    """A progress bar on a terminal, where it is to be shown."""
    if not (shown and desk.notices.is_terminal):
        yield None
        return
    from rich import progress  # noqa: PLC0415

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
    )
    with progress.Progress(*columns, console=desk.notices, transient=True) as bar:
        task = bar.add_task("posts", total=None)
        yield lambda read, total: bar.update(task, completed=read, total=total or None)


def _reported(desk: Desk, report: ImportReport, *, as_json: bool) -> int:
    if as_json:
        desk.document(services.representations.import_document(report))
        return report.exit_status
    for error in report.errors[:MOST_SHOWN]:
        sentence = error.message.removeprefix(f"Line {error.line}: ")
        desk.notice(f"{error.place}: {sentence} [{error.code}]")
    if report.refused > MOST_SHOWN:
        desk.notice(f"… and {report.refused - MOST_SHOWN:,} more rows were passed over.")
    for remark in report.remarks:
        desk.notice(remark)
    for reason, count in report.left_out:
        desk.notice(f"left out: {count:,} {_REASONS[reason]}")
    versions = f" ({report.changed:,} of them new versions)" if report.changed else ""
    desk.say(
        f"{report.read:,} rows read: {report.added:,} added{versions}, {report.unchanged:,} held already, "
        f"{report.refused:,} passed over."
    )
    return report.exit_status


COMMANDS = (imports,)
