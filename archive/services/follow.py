"""Following accounts: their newest posts fetched every night, and the ledger of coverage kept honest by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from archive import storage
from archive.domain.accounts import Account
from archive.domain.follows import Follow
from archive.domain.runs import StepReport
from archive.domain.silence import WINDOW, Silence, silence_of
from archive.errors import CaptureError, ExtractionError, InvalidInputError, NotFoundError
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.routes import find_route
from archive.services.steps import StepLog
from archive.services.walks import Walk, keep_walk, walk
from archive.storage.database import Session
from archive.text.profile_urls import parse_profile

log = logger_of("services.follow")

_PAUSE = timedelta(hours=1)
"""An account is not asked for twice within it, however often the night is run."""
_FAILURES_TOLERATED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowState:
    """A followed account and how it stands: ``silence`` where it is unusually quiet."""

    follow: Follow
    account: Account
    silence: Silence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What one look at a followed account came to. ``gap``: posts may be missing since the look before."""

    state: FollowState
    posts: int = 0
    added: int = 0
    changed: int = 0
    pages: int = 0
    covered_since: datetime | None = None
    covered_until: datetime | None = None
    gap: bool = False


def follow_account(runtime: Runtime, given: str) -> Fetched:
    """Keep an account followed from now on, and look at it at once; one followed already is looked at again.

    ``given`` is a profile's or feed's address, ``platform:handle`` or ``@user@server``. InvalidInputError
    ``bad_account``; CaptureError ``follow_not_offered`` where no open address shows the account's posts.
    """
    pointer = parse_profile(given)
    if pointer is None:
        raise InvalidInputError(
            f"{given!r} names no account: give a profile's address, or platform:handle.", code="bad_account"
        )
    route = find_route(runtime, pointer)
    with runtime.database.writing() as session:
        account = storage.accounts.ensure_account(
            session,
            platform=pointer.platform,
            native_id=route.native_id,
            handle=route.handle,
            display_name=route.display_name,
            url=route.url,
        )
        held = storage.follows.find(session, route.follow_id)
        follow = held or Follow(
            id=route.follow_id,
            account_id=account.id,
            route=route.endpoint.url,
            shown_as=f"{pointer.platform.value}:{route.handle}",
            since=runtime.now(),
        )
        storage.follows.keep(session, replace(follow, active=True))
    return look_at_follow(runtime, replace(follow, active=True))


def unfollow_account(runtime: Runtime, given: str) -> tuple[Follow, ...]:
    """Stop looking at an account; what was kept of it stays. NotFoundError ``not_followed``."""
    pointer = parse_profile(given)
    wanted = {given.strip().lower(), f"{pointer.platform.value}:{pointer.handle}".lower() if pointer else ""}
    with runtime.database.writing() as session:
        found = [
            follow
            for follow in storage.follows.active(session)
            if {follow.shown_as.lower(), follow.route.lower()} & wanted
        ]
        if not found:
            raise NotFoundError(f"{given!r} is not followed.", code="not_followed")
        stopped = tuple(replace(follow, active=False) for follow in found)
        for follow in stopped:
            storage.follows.keep(session, follow)
    return stopped


def list_follows(runtime: Runtime) -> tuple[FollowState, ...]:
    """Every account followed today and how it stands."""
    with runtime.database.reading() as session:
        return tuple(_state(session, follow, now=runtime.now()) for follow in storage.follows.active(session))


def fetch_followed(runtime: Runtime) -> StepReport:
    """Look at every followed account that is due, each in its own transaction; silences and gaps are alarms."""
    step = StepLog("follow")
    with runtime.database.reading() as session:
        due = storage.follows.due(session, now=runtime.now(), pause=_PAUSE, limit=runtime.settings.nightly_follows)
    for follow in due:
        step.looked()
        try:
            fetched = look_at_follow(runtime, follow)
        except Exception as error:
            _note_failure(runtime, follow, error)
            step.failed(follow.shown_as, error)
            continue
        if fetched.added or fetched.changed:
            step.changed()
        for alarm in _alarms(fetched):
            step.alarm(alarm)
    return step.report()


def look_at_follow(runtime: Runtime, follow: Follow) -> Fetched:
    """One look at a followed account: its newest posts kept, the ledger extended by what was seen without a gap."""
    with runtime.database.reading() as session:
        account = storage.accounts.get(session, follow.account_id)
        covered = storage.coverage.intervals(session, (account.id,))
    try:
        walked = walk(runtime, follow, account=account, reached=max((i.until for i in covered), default=None))
    except (CaptureError, ExtractionError) as error:
        _note_failure(runtime, follow, error)
        raise
    with runtime.database.writing() as session:
        counts = keep_walk(session, walked, account=account)
        after = _answered(runtime, follow, walked)
        storage.follows.keep(session, after)
        state = _state(session, after, now=runtime.now())
        since, until = _extended(session, walked, state=state)
    return Fetched(
        state=state,
        posts=len(walked.readings),
        added=counts.added,
        changed=counts.changed,
        pages=len(walked.captures),
        covered_since=since,
        covered_until=until,
        gap=walked.left_gap,
    )


def _answered(runtime: Runtime, follow: Follow, walked: Walk) -> Follow:
    now = runtime.now()
    return replace(
        follow,
        asked_at=now,
        answered_at=now,
        failures=0,
        last_code=None,
        etag=walked.etag or (follow.etag if walked.is_unchanged else None),
        last_modified=walked.last_modified or (follow.last_modified if walked.is_unchanged else None),
    )


def _note_failure(runtime: Runtime, follow: Follow, error: Exception) -> None:
    with runtime.database.writing() as session:
        held = storage.follows.get(session, follow.id)
        if held.asked_at == runtime.now():
            return
        code = error.code if isinstance(error, CaptureError | ExtractionError) else "internal_error"
        storage.follows.keep(session, replace(held, asked_at=runtime.now(), failures=held.failures + 1, last_code=code))


def _state(session: Session, follow: Follow, *, now: datetime) -> FollowState:
    account = storage.accounts.get(session, follow.account_id)
    newest = storage.follows.newest_time(session, account.id)
    times = storage.follows.times(session, account.id, since=newest - WINDOW) if newest is not None else ()
    return FollowState(follow=follow, account=account, silence=silence_of(times, now=now))


def _extended(session: Session, walked: Walk, *, state: FollowState) -> tuple[datetime | None, datetime | None]:
    """Say in the ledger what the walk saw without a gap. An unusual silence is not said to be covered: an account that
    moved, or a page that lost its newest posts, looks just like it."""
    interval = walked.interval(state.account.id)
    if interval is None:
        return None, None
    if state.silence is not None:
        interval = replace(interval, until=min(interval.until, state.silence.doubtful_from))
        if interval.since >= interval.until:
            return None, None
    storage.coverage.extend(session, interval, at=walked.asked_at)
    return interval.since, interval.until


def _alarms(fetched: Fetched) -> tuple[str, ...]:
    follow, silence = fetched.state.follow, fetched.state.silence
    found: list[str] = []
    if fetched.gap:
        found.append(f"{follow.shown_as}: more was posted since the last look than its pages show; a gap remains.")
    if silence is not None:
        found.append(
            f"{follow.shown_as} posted {silence.posts} times in {silence.days} days and nothing since "
            f"{silence.since:%Y-%m-%d}: a gap is suspected from {silence.doubtful_from:%Y-%m-%d %H:%M} UTC."
        )
    return tuple(found)


def failing(states: tuple[FollowState, ...]) -> tuple[FollowState, ...]:
    """Followed accounts that have not answered for several looks."""
    return tuple(state for state in states if state.follow.failures >= _FAILURES_TOLERATED)
