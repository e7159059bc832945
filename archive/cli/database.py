"""``onrecord database``: make, upgrade and look over the database and its word index."""

from __future__ import annotations

import click

from archive import services
from archive.cli.desk import Desk, pass_desk


@click.group()
def database() -> None:
    """Make, upgrade and look over the database."""


@database.command()
@pass_desk
def upgrade(desk: Desk) -> int:
    """Bring the database to the newest revision; twice does no harm."""
    revision = services.database.upgrade_database(desk.settings)
    desk.say(f"The database is at revision {revision}.")
    return 0


@database.command()
@pass_desk
def check(desk: Desk) -> int:
    """Look the database over; exit 1 when something is wrong."""
    problems = services.database.check_database(desk.settings)
    for problem in problems:
        desk.say(problem)
    if not problems:
        desk.say("The database is in order.")
    return 1 if problems else 0


@database.command("roles")
@pass_desk
def grant_roles(desk: Desk) -> int:
    """Make the roles of PostgreSQL and give each what it needs, no more; again after every upgrade."""
    services.database.grant_roles(desk.settings)
    desk.say("The roles onrecord_owner, _migrator, _app, _remover and _reader have their rights.")
    return 0


@database.command("rebuild-index")
@click.option(
    "--from-texts",
    is_flag=True,
    help="Derive the words and the search index anew as well: the remedy where `verify` says they differ.",
)
@pass_desk
def rebuild_index(desk: Desk, from_texts: bool) -> int:
    """Build the word index anew; it is derived from the posts and may be deleted at any time."""
    with desk.runtime() as runtime:
        if from_texts:
            services.database.derive_words(runtime)
        count = services.database.rebuild_index(runtime)
    desk.say(f"The word index holds {count:,} texts.")
    return 0


COMMANDS = (database,)
