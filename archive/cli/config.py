"""``onrecord config``: the settings in force."""

from __future__ import annotations

import click

from archive.cli.desk import Desk, cell, pass_desk, plain_table


@click.group()
def config() -> None:
    """Show the settings in force."""


@config.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def show(desk: Desk, *, as_json: bool) -> int:
    """Print every setting with its value; secrets are masked."""
    shown = desk.settings.shown()
    if as_json:
        desk.document(dict(shown))
        return 0
    table = plain_table("setting", "value")
    for name, value in shown:
        table.add_row(cell(name), cell(value))
    desk.table(table)
    return 0


COMMANDS = (config,)
