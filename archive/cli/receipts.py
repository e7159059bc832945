"""``onrecord receipt``: one file that a stranger verifies offline."""

from __future__ import annotations

from pathlib import Path

import click

from archive import services
from archive.cli.check import uuid_of
from archive.cli.desk import Desk, pass_desk


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


COMMANDS = (receipt,)
