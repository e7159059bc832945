"""``onrecord coverage``: what of an account has been seen without a gap, so that silence can be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import click

from archive import services
from archive.cli.desk import Desk, cell, pass_desk, plain_table
from archive.cli.sources import read_day
from archive.domain.accounts import Platform, platform_named
from archive.domain.coverage import CoverageInterval
from archive.errors import InvalidInputError


@click.group()
def coverage() -> None:
    """Note what of an account has been seen without a gap."""


@coverage.command()
@click.argument("account")
@click.option("--since", metavar="YYYY-MM-DD", callback=read_day, required=True, help="The first day seen.")
@click.option("--until", metavar="YYYY-MM-DD", callback=read_day, required=True, help="The last day seen.")
@click.option("--how", required=True, help="By what: the name of an export, a person's watch.")
@click.option("--deletions-seen", is_flag=True, help="Posts deleted in that time would have been seen too.")
@pass_desk
def add(desk: Desk, *, account: str, since: date, until: date, how: str, deletions_seen: bool) -> int:
    """Note that ACCOUNT (platform:handle) was seen without a gap between two days, both included."""
    platform, handle = _account(account)
    first, end = _instants(since, until)
    with desk.runtime() as runtime:
        services.coverage.declare_coverage(
            runtime,
            handle=handle,
            platform=platform,
            since=first,
            until=end,
            how=how,
            includes_deletions=deletions_seen,
        )
        held = services.coverage.coverage_of_account(runtime, handle=handle, platform=platform)
    _show(desk, held)
    return 0


@coverage.command()
@click.argument("account")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def show(desk: Desk, *, account: str, as_json: bool) -> int:
    """Show what of ACCOUNT (platform:handle) has been seen without a gap."""
    platform, handle = _account(account)
    with desk.runtime() as runtime:
        held = services.coverage.coverage_of_account(runtime, handle=handle, platform=platform)
    if as_json:
        desk.document({"intervals": [services.representations.interval_document(interval) for interval in held]})
        return 0
    _show(desk, held)
    return 0


@coverage.command()
@click.argument("account")
@click.option("--since", metavar="YYYY-MM-DD", callback=read_day, required=True, help="The first day taken back.")
@click.option("--until", metavar="YYYY-MM-DD", callback=read_day, required=True, help="The last day taken back.")
@click.option("--reason", required=True, help="Why it was not seen after all.")
@pass_desk
def retract(desk: Desk, *, account: str, since: date, until: date, reason: str) -> int:
    """Take back, as a correction on record, that ACCOUNT was seen between two days, both included."""
    platform, handle = _account(account)
    first, end = _instants(since, until)
    with desk.runtime() as runtime:
        held = services.coverage.retract_coverage(
            runtime, handle=handle, platform=platform, since=first, until=end, reason=reason
        )
    _show(desk, held)
    return 0


def _account(given: str) -> tuple[Platform, str]:
    name, colon, handle = given.partition(":")
    platform = platform_named(name)
    if not colon or platform is None or not handle.strip():
        raise InvalidInputError(
            f"{given!r} names no account: give platform:handle, like x:harbour_office.", code="bad_account"
        )
    return platform, handle


def _instants(since: date, until: date) -> tuple[datetime, datetime]:
    return datetime.combine(since, time(), tzinfo=UTC), datetime.combine(until + timedelta(days=1), time(), tzinfo=UTC)


def _show(desk: Desk, held: Sequence[CoverageInterval]) -> None:
    table = plain_table("from (UTC)", "to, not included", "deletions seen", "by")
    for interval in held:
        seen = "yes" if interval.includes_deletions else "no"
        since, until = f"{interval.since:%Y-%m-%d %H:%M}", f"{interval.until:%Y-%m-%d %H:%M}"
        table.add_row(since, until, seen, cell(interval.how))
    desk.table(table)


COMMANDS = (coverage,)
