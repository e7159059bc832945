"""``onrecord search`` and ``statement``: look for what was said, and at one statement with its versions."""

from __future__ import annotations

from dataclasses import replace

import click

from archive import services
from archive.cli.check import uuid_of
from archive.cli.desk import Desk, cell, pass_desk, plain_table, shortened
from archive.domain.ids import PostId


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--limit", type=click.IntRange(1, services.search.MOST_RESULTS), default=20, show_default=True)
@click.option("--after", help="The bookmark of the next page, as the page before gave it.")
@click.option("--newest", is_flag=True, help="Newest first instead of best first.")
@pass_desk
def search(desk: Desk, *, query: tuple[str, ...], as_json: bool, limit: int, after: str | None, newest: bool) -> int:
    """Search the archived statements; QUERY takes words, "phrases" and filters like speaker: and since:."""
    parsed = services.search.parse_query(" ".join(query))
    wanted = replace(parsed, limit=limit, after=after, newest_first=newest or parsed.newest_first)
    with desk.runtime() as runtime:
        page = services.search.search_statements(runtime, wanted)
    if as_json:
        desk.document(services.representations.page_document(page))
        return 0
    table = plain_table("posted (UTC)", "speaker", "account", "grade", "text", "statement")
    for hit in page.hits:
        held = hit.statement
        table.add_row(
            f"{held.post.posted_at:%Y-%m-%d %H:%M}",
            cell(held.voice.name),
            cell(f"{held.account.platform.value}:{held.account.handle}"),
            "as reported" if held.is_reported else held.grade.value,
            cell(shortened(held.snapshot.text, 80)),
            str(held.post.id),
        )
    if not page.hits:
        desk.say("The archive holds no such statement.")
        return 0
    desk.table(table)
    if page.after is not None:
        desk.say(f"More: --after {page.after}")
    return 0


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def statement(desk: Desk, *, identifier: str, as_json: bool) -> int:
    """Show one statement: its text, versions, account, captures and which articles quote it."""
    with desk.runtime() as runtime:
        detail = services.search.get_statement(runtime, PostId(uuid_of(identifier)))
    if as_json:
        desk.document(services.representations.detail_document(detail))
        return 0
    held = detail.statement
    desk.say(f"{held.voice.name}{f', {held.office_title}' if held.office_title else ''}")
    desk.say(f"{held.account.platform.value} @{held.account.handle}, {held.post.posted_at:%Y-%m-%d %H:%M} UTC")
    desk.say(f"Source: {held.post.url or 'none'}; evidence {held.grade.value}")
    if held.report is not None:
        desk.say(f"Known only as reported by {held.report.outlet}; this is no original.")
    for version in detail.versions:
        desk.say(f"Version {version.version}, seen {version.seen_at:%Y-%m-%d %H:%M} UTC: {version.text}")
    for quoting in detail.quoted_in:
        desk.say(f"Quoted in {quoting.article_title or quoting.article_url or 'an article'}: {quoting.verdict}")
    return 0


COMMANDS = (search, statement)
