"""``onrecord export``: what the archive knows, in forms that others read."""

from __future__ import annotations

from pathlib import Path

import click

from archive import services
from archive.cli.desk import Desk, pass_desk, write_json
from archive.errors import InvalidInputError


@click.group("export")
def exports() -> None:
    """Write what the archive knows in forms that others read."""


@exports.command("registry")
@click.option("--popolo", is_flag=True, help="As one Popolo JSON document; required, it is the one form so far.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Into this file, not standard output.")
@pass_desk
def registry(desk: Desk, *, popolo: bool, output: Path | None) -> int:
    """Write people, offices, who held them when, accounts and who speaks through them."""
    if not popolo:
        raise InvalidInputError("Say in which form: --popolo.", code="usage")
    with desk.runtime() as runtime:
        document = services.popolo.popolo_document(runtime)
    write_json(document, output=output)
    return 0


COMMANDS = (exports,)
