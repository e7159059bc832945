"""``onrecord capture``, ``follow`` and their kin: take posts from where they stand, and keep looking."""

from __future__ import annotations

from decimal import Decimal

import click

from archive import services
from archive.cli.desk import Desk, cell, pass_desk, plain_table
from archive.domain.accounts import Platform
from archive.errors import ArchiveError
from archive.services.capture import NOTES, STATES, Outcome
from archive.services.follow import Fetched, FollowState

REFUSED, PARTLY_FAILED, FLAGGED = 2, 3, 1
_LONGEST_SHOWN = 2_000


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--cost-limit", type=float, metavar="USD", help="The most that X's paid API may cost; needed for it.")
@click.option("--second-copy", is_flag=True, help="Ask a public web archive to keep the address, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def capture(desk: Desk, *, urls: tuple[str, ...], cost_limit: float | None, second_copy: bool, as_json: bool) -> int:
    """Capture the post, press release or page at each URL."""
    limit = None if cost_limit is None else Decimal(str(cost_limit))
    outcomes: list[Outcome] = []
    errors: list[tuple[str, ArchiveError]] = []
    with desk.runtime() as runtime:
        cost = services.capture.require_affordable(runtime, urls, limit=limit)
        if cost is not None:
            desk.notice(cost.sentence())
        for url in urls:
            try:
                outcome = services.capture.capture_url(runtime, url, cost_limit=limit, second_copy=second_copy)
            except ArchiveError as error:
                errors.append((url, error))
                if not as_json:
                    desk.notice(f"{url}: {error.message} [{error.code}]")
                continue
            outcomes.append(outcome)
            if not as_json:
                _show(desk, outcome)
    if as_json:
        desk.document(services.capture_documents.outcomes_document(outcomes, errors))
    if errors:
        return PARTLY_FAILED if outcomes else REFUSED
    return 0 if all(outcome.is_held for outcome in outcomes) else FLAGGED


def _show(desk: Desk, outcome: Outcome) -> None:
    """One outcome for people."""
    post, account, snapshot = outcome.post, outcome.account, outcome.snapshot
    desk.say(outcome.url)
    desk.say(f"state: {STATES[outcome.state]}")
    if post is not None and account is not None:
        news = "new" if outcome.is_new else "changed" if outcome.is_changed else "known, unchanged"
        desk.say(f"post: {post.reference} ({news})")
        desk.say(f"account: {account.display_name} (@{account.handle}, {account.platform.value})")
        desk.say(f"posted: {post.posted_at:%Y-%m-%d %H:%M:%S} UTC")
    elif outcome.posted_hint is not None:
        desk.say(f"posted: {outcome.posted_hint} (hidden in the address)")
    if snapshot is not None:
        for number, line in enumerate(snapshot.text[:_LONGEST_SHOWN].splitlines()):
            desk.say(f"text: {line}" if number == 0 else line)
    if outcome.capture is not None:
        desk.say(f"capture: sha256:{outcome.capture.digest} ({outcome.capture.size:,} bytes)")
    for note in outcome.notes:
        desk.say(f"note: {NOTES.get(note, note)}")


@click.command()
@click.argument("accounts", nargs=-1, metavar="ACCOUNT...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def follow(desk: Desk, *, accounts: tuple[str, ...], as_json: bool) -> int:
    """Follow each ACCOUNT: fetch its newest posts now and every night. Without ACCOUNT, list those followed."""
    with desk.runtime() as runtime:
        if not accounts:
            return _list(desk, services.follow.list_follows(runtime), as_json=as_json)
        found: list[Fetched] = []
        errors: list[tuple[str, ArchiveError]] = []
        for account in accounts:
            try:
                found.append(services.follow.follow_account(runtime, account))
            except ArchiveError as error:
                errors.append((account, error))
                if not as_json:
                    desk.notice(f"{account}: {error.message} [{error.code}]")
    if as_json:
        desk.document(services.capture_documents.fetches_document(found, errors))
    else:
        for fetched in found:
            _show_fetched(desk, fetched)
    if errors:
        return PARTLY_FAILED if found else REFUSED
    return 0


def _show_fetched(desk: Desk, fetched: Fetched) -> None:
    follow = fetched.state.follow
    desk.say(f"{follow.shown_as}: {fetched.posts:,} posts read, {fetched.added:,} new, {fetched.changed:,} changed.")
    if fetched.covered_since is not None and fetched.covered_until is not None:
        since, until = f"{fetched.covered_since:%Y-%m-%d %H:%M}", f"{fetched.covered_until:%Y-%m-%d %H:%M}"
        desk.say(f"seen without a gap from {since} to {until} UTC")
    elif fetched.state.account.platform is Platform.WEB:
        desk.say("a feed covers nothing: what it leaves out cannot be known")
    if fetched.gap:
        desk.say("a gap remains: more was posted since the last look than the pages show")


def _list(desk: Desk, states: tuple[FollowState, ...], *, as_json: bool) -> int:
    if as_json:
        desk.document({"follows": [services.capture_documents.follow_document(state) for state in states]})
        return 0
    table = plain_table("account", "followed since", "last answer (UTC)", "looks failed", "silence")
    for state in states:
        follow, silence = state.follow, state.silence
        table.add_row(
            cell(follow.shown_as),
            f"{follow.since:%Y-%m-%d}",
            f"{follow.answered_at:%Y-%m-%d %H:%M}" if follow.answered_at is not None else "never",
            f"{follow.failures} ({follow.last_code})" if follow.failures else "0",
            "" if silence is None else f"since {silence.since:%Y-%m-%d}, a gap is suspected",
        )
    desk.table(table)
    return 0


@click.command()
@click.argument("account")
@pass_desk
def unfollow(desk: Desk, *, account: str) -> int:
    """Stop looking at ACCOUNT; what was kept of it stays."""
    with desk.runtime() as runtime:
        for stopped in services.follow.unfollow_account(runtime, account):
            desk.say(f"{stopped.shown_as} is no longer followed.")
    return 0


@click.group()
def copies() -> None:
    """Second copies at public web archives."""


@copies.command("find")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def find_copies(desk: Desk, *, url: str, as_json: bool) -> int:
    """List the copies of URL that a web archive holds, each change once."""
    with desk.reader() as runtime:
        found = services.web_archives.copies_of(runtime, url)
    if as_json:
        desk.document({"copies": [services.capture_documents.memento_document(memento) for memento in found]})
        return 0
    table = plain_table("made (UTC)", "status", "address")
    for memento in found:
        status = "" if memento.status is None else str(memento.status)
        table.add_row(f"{memento.made_at:%Y-%m-%d %H:%M:%S}", status, cell(memento.url))
    desk.table(table)
    return 0


@copies.command("ask")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@pass_desk
def ask_copies(desk: Desk, *, urls: tuple[str, ...]) -> int:
    """Queue each URL for a second copy; the night asks for it."""
    with desk.runtime() as runtime:
        for url in urls:
            copy = services.second_copies.want(runtime, url)
            desk.say(f"{copy.url}: {copy.state.value.replace('_', ' ')}")
    return 0


@copies.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def show_copies(desk: Desk, *, as_json: bool) -> int:
    """Show the queue and what came of it."""
    with desk.runtime() as runtime:
        found = services.second_copies.list_copies(runtime)
    if as_json:
        desk.document({"copies": [services.capture_documents.copy_document(copy) for copy in found]})
        return 0
    table = plain_table("address", "state", "tries", "copy")
    for copy in found:
        table.add_row(cell(copy.url), copy.state.value.replace("_", " "), str(copy.attempts), cell(copy.copy_url or ""))
    desk.table(table)
    return 0


COMMANDS = (capture, follow, unfollow, copies)
