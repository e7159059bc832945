"""``onrecord redact`` and ``redactions``: removal on purpose, by two people."""

from __future__ import annotations

import click

from archive import services
from archive.cli.check import uuid_of
from archive.cli.desk import Desk, cell, pass_desk, plain_table
from archive.domain.redactions import Redaction, RedactionBasis, RedactionId, Signatory, Tombstone

BASES = tuple(basis.value for basis in RedactionBasis)


@click.command()
@click.argument("target", metavar="STATEMENT|CAPTURE")
@click.option("--basis", type=click.Choice(BASES), required=True, help="On what ground it is to be removed.")
@click.option("--by", "name", required=True, help="Your name; it is stored.")
@click.option("--role", required=True, help="The role you act in, such as editor or counsel; it is stored.")
@click.option("--note", default="", help="Shown to everybody on the tombstone: nothing of what goes may stand in it.")
@pass_desk
def redact(desk: Desk, *, target: str, basis: str, name: str, role: str, note: str) -> int:
    """Ask that a STATEMENT, or a CAPTURE with all that was read from it, be removed; a second person confirms."""
    with desk.runtime() as runtime:
        asked = services.removal.request_redaction(
            runtime,
            uuid_of(target),
            basis=RedactionBasis(basis),
            by=Signatory(name=name, role=role),
            note=note,
        )
    desk.say(f"Asked: {asked.request.kind.value} {asked.request.target}. Nothing was removed yet.")
    desk.say(f"A second person confirms it: onrecord redactions confirm {asked.request.id} --by NAME --role ROLE")
    return 0


@click.group()
def redactions() -> None:
    """Look at what was asked to be removed, and decide."""


@redactions.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def list_(desk: Desk, *, as_json: bool) -> int:
    """List what was asked to be removed, the newest first."""
    with desk.runtime() as runtime:
        found = services.removal.latest_redactions(runtime)
    if as_json:
        desk.document({"redactions": [services.representations.redaction_document(each) for each in found]})
        return 0
    table = plain_table("asked (UTC)", "what", "basis", "asked by", "decided", "request")
    for each in found:
        asked = each.request
        table.add_row(
            f"{asked.requested_at:%Y-%m-%d %H:%M}",
            cell(f"{asked.kind.value} {asked.target}"),
            cell(asked.basis.value.replace("_", " ")),
            cell(f"{asked.requested_by.name}, {asked.requested_by.role}"),
            cell(_decided(each)),
            str(asked.id),
        )
    desk.table(table)
    return 0


@redactions.command()
@click.argument("request", metavar="REQUEST")
@click.option("--by", "name", required=True, help="Your name; it is stored, and is not that of whoever asked.")
@click.option("--role", required=True, help="The role you act in, another than that of whoever asked.")
@pass_desk
def confirm(desk: Desk, *, request: str, name: str, role: str) -> int:
    """Confirm REQUEST as the second person: the content goes now, and cannot be brought back."""
    with desk.runtime() as runtime:
        tombstone = services.removal.confirm_redaction(
            runtime, RedactionId(uuid_of(request)), by=Signatory(name=name, role=role)
        )
    _show(desk, tombstone)
    return 0


@redactions.command()
@click.argument("request", metavar="REQUEST")
@click.option("--by", "name", required=True, help="Your name; it is stored, and is not that of whoever asked.")
@click.option("--role", required=True, help="The role you act in, another than that of whoever asked.")
@pass_desk
def refuse(desk: Desk, *, request: str, name: str, role: str) -> int:
    """Refuse REQUEST as the second person; the request stays on record."""
    with desk.runtime() as runtime:
        services.removal.refuse_redaction(runtime, RedactionId(uuid_of(request)), by=Signatory(name=name, role=role))
    desk.say("Refused: nothing is removed.")
    return 0


@redactions.command()
@pass_desk
def erase(desk: Desk) -> int:
    """Overwrite on the disk what was removed, where that could not be done at once; twice does no harm."""
    with desk.runtime() as runtime:
        services.removal.erase_removed(runtime)
    desk.say("What was removed is overwritten on the disk.")
    return 0


def _decided(redaction: Redaction) -> str:
    decision = redaction.decision
    if decision is None:
        return "waits for a second person"
    who = decision.decided_by
    return f"{decision.outcome.value} by {who.name}, {who.role}, {decision.decided_at:%Y-%m-%d %H:%M}"


def _show(desk: Desk, tombstone: Tombstone) -> None:
    desk.say(f"Removed: {tombstone.kind.value} {tombstone.target}, basis {tombstone.basis.value.replace('_', ' ')}.")
    for kept in tombstone.commitments:
        desk.say(f"Custody entry {kept.index} stays, with its commitment {kept.commit}.")
    desk.say("Backups made before still hold it: remove them within the time your rules set.")


COMMANDS = (redact, redactions)
