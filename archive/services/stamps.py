"""Time stamps of checkpoints: asked for, believed only when they hold, and pending until then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive import storage
from archive.delivery import Authority, answered_at, ask, question_for, read_authorities, stamped_at
from archive.errors import DeliveryError
from archive.logs import logger_of
from archive.receipts import verify
from archive.runtime import Runtime
from archive.storage.checkpoints import Signed, Stamp

log = logger_of("services.stamps")

AT_ONCE = 20
"""How many checkpoints one run has stamped by one authority; a backlog is worked off in order."""
CLOCKS_APART = timedelta(minutes=10)
"""How far an authority's clock and ours may be apart: beyond, one of them is wrong."""
PATIENCE = timedelta(hours=24)
"""How long a time stamp may be pending before a person has to look."""
_UNREADABLE = (verify.Refused, ValueError, LookupError, TypeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A checkpoint that an authority has not stamped: why, and since when it waits."""

    authority: str
    size: int
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamping:
    """What a run of stamping did: how many time stamps came, and what is still pending."""

    stamped: int
    pending: tuple[Pending, ...]


def stamp_pending(runtime: Runtime) -> Stamping:
    """Ask every authority for the time stamps that are missing, oldest first; one that fails is asked no further."""
    stamped, pending = 0, []
    for authority in read_authorities(runtime.settings.authorities):
        with runtime.database.reading() as session:
            missing = storage.checkpoints.unstamped(session, authority.name, limit=AT_ONCE)
        for signed in missing:
            try:
                stamp = _asked(runtime, signed, authority=authority)
            except DeliveryError as error:
                log.warning("stamp.pending", authority=authority.name, size=signed.size, code=error.code)
                pending.append(_pending(signed, authority=authority, reason=error.message))
                break
            with runtime.database.writing() as session:
                storage.checkpoints.add_stamp(session, stamp)
            stamped += 1
    return Stamping(stamped=stamped, pending=tuple(pending))


def list_pending(runtime: Runtime) -> tuple[Pending, ...]:
    """What every authority has still to stamp, the oldest first."""
    found: list[Pending] = []
    for authority in read_authorities(runtime.settings.authorities):
        with runtime.database.reading() as session:
            missing = storage.checkpoints.unstamped(session, authority.name, limit=AT_ONCE)
        found += [
            _pending(signed, authority=authority, reason="It was not asked yet, or failed.") for signed in missing
        ]
    return tuple(found)


def stamp_problems(runtime: Runtime) -> Iterator[str]:
    """Stored time stamps that do not hold, by authorities that are described today."""
    described = {authority.name: authority for authority in read_authorities(runtime.settings.authorities)}
    with runtime.database.reading() as session:
        signed = storage.checkpoints.latest(session, limit=100_000)
    for one in signed:
        for stamp in one.stamps:
            if stamp.authority in described and not _holds(one, stamp, authority=described[stamp.authority]):
                yield f"The time stamp of the checkpoint on {one.size} entries by {stamp.authority} does not hold."


def carried(signed: Signed) -> tuple[Stamp, ...]:
    """The time stamps of a checkpoint that its receipts carry: those that the verifier in them reads. An archive from
    before this was asked of every answer may hold others."""
    return tuple(stamp for stamp in signed.stamps if _is_read_by_strangers(stamp, str(signed.note).encode("utf-8")))


def _is_read_by_strangers(stamp: Stamp, note: bytes) -> bool:
    try:
        return verify.stamped(stamp.token, note) == stamp.stamped_at.replace(microsecond=0)
    except _UNREADABLE:
        return False


def _asked(runtime: Runtime, signed: Signed, *, authority: Authority) -> Stamp:
    note = str(signed.note).encode("utf-8")
    question = question_for(note)
    answer = ask(authority, question.request)
    at, now = answered_at(answer, question, authority=authority), runtime.now()
    if _read_by_strangers(answer, note, authority=authority) != at.replace(microsecond=0):
        raise DeliveryError(f"The answer of {authority.name} says two different times.", code="bad_time_stamp")
    if abs(at - now) > CLOCKS_APART:
        raise DeliveryError(
            f"The clock of {authority.name} says {at:%Y-%m-%d %H:%M}, ours {now:%Y-%m-%d %H:%M}.", code="bad_time_stamp"
        )
    return Stamp(checkpoint=signed.number, authority=authority.name, token=answer, stamped_at=at, received_at=now)


def _read_by_strangers(answer: bytes, note: bytes, *, authority: Authority) -> datetime:
    """The time that the verifier in receipts reads. OpenSSL also believes answers in BER, or with bytes behind them;
    a receipt with one of these would be refused, and all its evidence with it."""
    try:
        return verify.stamped(answer, note)
    except _UNREADABLE as error:
        raise DeliveryError(
            f"The answer of {authority.name} is no time stamp in DER as RFC 3161 asks, so receipts could not carry it.",
            code="bad_time_stamp",
        ) from error


def _holds(signed: Signed, stamp: Stamp, *, authority: Authority) -> bool:
    try:
        at = stamped_at(stamp.token, str(signed.note).encode("utf-8"), authority=authority)
    except DeliveryError:
        return False
    return at.replace(microsecond=0) == stamp.stamped_at.replace(microsecond=0)


def _pending(signed: Signed, *, authority: Authority, reason: str) -> Pending:
    return Pending(authority=authority.name, size=signed.size, since=signed.signed_at, reason=reason)
