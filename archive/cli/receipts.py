"""``onrecord receipt`` and ``export``: what the archive hands out as files."""

from __future__ import annotations

from pathlib import Path

import click

from archive import services
from archive.cli.check import uuid_of
from archive.cli.desk import Desk, pass_desk
from archive.services.exports import ExportForm


@click.command()
@click.argument("target", metavar="CHECK|STATEMENT")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the receipt.")
@pass_desk
def receipt(desk: Desk, *, target: str, output: Path | None) -> int:
    """Write the receipt of a CHECK or STATEMENT: one file that a stranger verifies without this archive."""
    with desk.runtime() as runtime:
        body = services.receipts.write_receipt(runtime, uuid_of(target))
    path = output or Path(f"receipt-{target[:8]}.zip")
    services.exports.write_file(path, body)
    desk.say(f"Written: {path}, {len(body):,} bytes.")
    desk.say(f"Verify it anywhere: unzip {path} verify.py && python3 -I verify.py {path}")
    return 0


@click.command()
@click.argument("target", metavar="CHECK|STATEMENT")
@click.option("--as", "form", type=click.Choice([form.value for form in ExportForm]), required=True, help="As what.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write it.")
@pass_desk
def export(desk: Desk, *, target: str, form: str, output: Path | None) -> int:
    """Write a CHECK or STATEMENT as a web archive, linked data, a table or a citation; text goes to the terminal."""
    with desk.runtime() as runtime:
        made = services.exports.export(runtime, uuid_of(target), ExportForm(form))
    if output is None and form != ExportForm.WACZ.value:
        click.echo(made.body.decode("utf-8"), nl=False)
        return 0
    path = output or Path(made.name)
    services.exports.write_file(path, made.body)
    desk.say(f"Written: {path}, {len(made.body):,} bytes.")
    return 0


COMMANDS = (export, receipt)
