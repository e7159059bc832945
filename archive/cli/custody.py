"""``onrecord sign``, ``key`` and ``verify``: the custody log's signatures, and the check of everything it holds."""

from __future__ import annotations

import click

from archive import services
from archive.cli.desk import Desk, pass_desk


@click.command()
@pass_desk
def sign(desk: Desk) -> int:
    """Sign the custody log as it stands, have it time stamped, and print the checkpoint; twice does no harm."""
    with desk.runtime() as runtime:
        signed = services.checkpoints.sign(runtime)
        if signed is None:
            desk.notice("Nothing has happened since the last checkpoint.")
            signed = services.checkpoints.latest_checkpoint(runtime)
        stamping = services.stamps.stamp_pending(runtime)
    click.echo(str(signed.note), nl=False)
    for pending in stamping.pending:
        desk.notice(f"Time stamp pending, {pending.authority}: {pending.reason}")
    return 0


@click.group()
def key() -> None:
    """Make, list and retire the keys that sign checkpoints."""


@key.command()
@pass_desk
def new(desk: Desk) -> int:
    """Make a key, note it in the log, and print its public half; older keys go on signing beside it."""
    with desk.runtime() as runtime:
        desk.say(str(services.checkpoints.make_key(runtime)))
    return 0


@key.command("list")
@pass_desk
def list_keys(desk: Desk) -> int:
    """Print the public half of every key that ever signed; those that sign today are marked."""
    with desk.runtime() as runtime:
        ring = services.checkpoints.get_keys(runtime)
    for known in ring.known:
        desk.say(f"{known}{' signs' if known in ring.active else ''}")
    return 0


@key.command()
@click.argument("key_hash")
@pass_desk
def retire(desk: Desk, *, key_hash: str) -> int:
    """Destroy the key with that hash and note it in the log; what it signed stays verifiable."""
    with desk.runtime() as runtime:
        retired = services.checkpoints.retire_key(runtime, key_hash)
    desk.say(f"{retired} signs no more.")
    return 0


@click.command()
@click.option("--since", metavar="DAY|ENTRY", help="Only evidence recorded since that day, or from that entry on.")
@click.option("--deep", is_flag=True, help="Derive every word of the indexes anew, not only those of some texts.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def verify(desk: Desk, *, since: str | None, deep: bool, as_json: bool) -> int:
    """Check every row of evidence against the custody log, and the log against its signatures.

    Exit 0: all is as it was recorded. 1: something is not. 2: it could not be finished.
    """
    with desk.runtime() as runtime:
        verified = services.verify.verify_archive_deeply if deep else services.verify.verify_archive
        report = verified(runtime, since=since)
    if as_json:
        checks = [{"name": check.name, "problems": list(check.problems)} for check in report.checks]
        desk.document({"records": report.records, "since": report.since, "removed": report.removed, "checks": checks})
        return 1 if report.problems else 0
    for problem in report.problems:
        desk.say(problem)
    if report.removed:
        desk.say(f"{report.removed:,} removed on purpose, as recorded.")
    if not report.problems:
        desk.say(f"All is as it was recorded: {report.records:,} rows of evidence, {len(report.checks)} checks.")
    return 1 if report.problems else 0


COMMANDS = (key, sign, verify)
