"""Dates: does the day the article gives fit the post, and when should an original have been posted?

A post has one instant but up to three calendar days, from UTC+14 to UTC-12; a newspaper prints the day of its own zone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from archive.domain.claims import Claim, ClaimedDate
from archive.domain.findings import Finding, FindingCode
from archive.domain.policies import Policy
from archive.domain.spans import Span
from archive.domain.statements import Statement
from archive.text.dates import PrintedDate, find_dates
from archive.verification.cases import Case, weighed
from archive.verification.phrases import moment_of, post_of, printed_day, weekday_of

_Code = FindingCode
EASTERNMOST = timedelta(hours=14)
WESTERNMOST = timedelta(hours=12)
LOOK_BACK = timedelta(days=30)
"""How far back an original is looked for where the article gives no day."""
OLD = timedelta(days=30)
"""A post this much older than the day it is given for, or than an article that gives none, is worth a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesReading:
    """How the dates fit one statement. ``is_other_day``: the day given is not the post's in any time zone;
    ``is_younger``: the post was published after the article."""

    findings: tuple[Finding, ...] = field(default=())
    is_other_day: bool = False
    is_younger: bool = False


def window(claim: Claim, *, published_on: date | None, now: datetime) -> tuple[datetime, datetime]:
    """When the original should have been posted if it exists: aware UTC, the end not after ``now``.

    The day the article gives, in whatever zone it counts; where it gives none, the thirty days before publication.
    """
    said = claim.attribution.said_on
    last = published_on
    first = None
    if said is not None:
        first = said.first
        last = said.last if said.last is not None and not said.event_only else published_on
    until = min(_ends(last), now) if last is not None else now
    since = _begins(first) if first is not None else until - LOOK_BACK
    if since >= until:
        since = until - timedelta(days=1)
    return since, until


def dates_of(case: Case, statement: Statement) -> DatesReading:
    """Whether the claimed day, the article's day and the identifiers fit the post's time."""
    at, said = statement.post.posted_at, case.claim.attribution.said_on
    days = days_of(at)
    found: list[Finding] = []
    other_day = False
    if said is not None:
        found += printed_contradiction(said, language=case.claim.language, policy=case.policy)
    if _is_undated(statement):
        # A report that gave no day stands under its article's: nothing can be held against that.
        return DatesReading(findings=tuple(found))
    if said is not None:
        if said.event_only:
            found.append(
                case.finding(
                    _Code.EVENT_DATE_ONLY, f"{_printed(said)} may be the day of the event, not that of the post."
                )
            )
        else:
            other_day = _is_outside(said, days)
            found += _claimed(case, said, at=at, outside=[FindingCode.OTHER_DAY] if other_day else [])
    younger = _is_younger(case, at)
    if younger:
        found.append(_before_post(case, at))
    found += [*_old(case, at, said=said), *_reply(case, statement), *_identifier(case, statement)]
    return DatesReading(findings=tuple(found), is_other_day=other_day, is_younger=younger)


def _is_undated(statement: Statement) -> bool:
    return statement.report is not None and statement.report.said_on is None


def days_of(at: datetime) -> tuple[date, date]:
    """The first and the last calendar day that an instant has anywhere on earth."""
    return (at - WESTERNMOST).date(), (at + EASTERNMOST).date()


def printed_contradiction(said: ClaimedDate, *, language: str | None, policy: Policy) -> tuple[Finding, ...]:
    """D4 where the article prints a weekday and a date that is another weekday."""
    day = said.day
    if day is None or not any(d.weekday_disagrees for d in _reread(said.printed, day=day, language=language)):
        return ()
    sentence = f'"{said.printed}" contradicts itself: {printed_day(day)} was a {weekday_of(day)}.'
    return (weighed(_Code.WEEKDAY_CONTRADICTS_DATE, sentence, policy=policy),)


def _reread(printed: str, *, day: date, language: str | None) -> tuple[PrintedDate, ...]:
    """The printed day read as from an article of eleven days later: a calendar date stays itself, "Friday" does not."""
    later = day + timedelta(days=11)
    return find_dates(printed, Span(0, len(printed)), published_on=later, language=language)


def _is_relative(said: ClaimedDate, *, language: str | None) -> bool:
    day = said.day
    if day is None or not said.printed:
        return False
    return day not in {found.day for found in _reread(said.printed, day=day, language=language)}


def _claimed(case: Case, said: ClaimedDate, *, at: datetime, outside: list[FindingCode]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    if said.day is not None and _is_relative(said, language=case.claim.language):
        found.append(
            case.finding(_Code.RELATIVE_DATE_RESOLVED, f'"{said.printed}" was read as {printed_day(said.day)}.')
        )
    posted = moment_of(at)
    if outside:
        found.append(case.finding(_Code.OTHER_DAY, f"The article gives {_printed(said)}; the post is of {posted}."))
        latest = said.last or said.first
        if latest is not None and latest - at.date() > OLD:
            found.append(
                case.finding(_Code.OLD_POST_AS_NEW, f"A post of {posted} is presented as of {printed_day(latest)}.")
            )
    elif said.day is not None and said.day != at.astimezone(UTC).date():
        found.append(
            case.finding(
                _Code.TIME_ZONE_DAY, f"The post is of {posted}; in another time zone that is {printed_day(said.day)}."
            )
        )
    return tuple(found)


def _is_outside(said: ClaimedDate, days: tuple[date, date]) -> bool:
    first, last = days
    return (said.first is not None and last < said.first) or (said.last is not None and first > said.last)


def _is_younger(case: Case, at: datetime) -> bool:
    exact = case.article.published if case.article is not None else None
    if exact is not None:
        return at > exact
    return case.published_on is not None and days_of(at)[0] > case.published_on


def _before_post(case: Case, at: datetime) -> Finding:
    exact = case.article.published if case.article is not None else None
    when = moment_of(exact) if exact is not None else printed_day(case.published_on) if case.published_on else ""
    of = f", of {when}," if when else ""
    sentence = f"The article{of} is older than the post, which is of {moment_of(at)}."
    return case.finding(_Code.ARTICLE_BEFORE_POST, sentence)


def _old(case: Case, at: datetime, *, said: ClaimedDate | None) -> tuple[Finding, ...]:
    published = case.published_on
    if said is not None or published is None or published - at.date() <= OLD:
        return ()
    age = (published - at.date()).days
    return (
        case.finding(
            _Code.OLD_POST_AS_NEW,
            f"The article gives no day; the post was {age} days old when the article was published.",
        ),
    )


def _reply(case: Case, statement: Statement) -> tuple[Finding, ...]:
    parent = statement.post.in_reply_to
    for other in case.statements:
        same = other.post.platform is statement.post.platform and parent in (other.post.native_id, other.post.url)
        if parent is not None and same and other.post.posted_at > statement.post.posted_at:
            return (
                case.finding(
                    _Code.REPLY_BEFORE_QUESTION,
                    f"The post is recorded as older than {post_of(other)}, which it answers.",
                ),
            )
    return ()


def _identifier(case: Case, statement: Statement) -> tuple[Finding, ...]:
    found: list[Finding] = []
    hidden = case.id_time(statement.post.platform, statement.post.native_id)
    if hidden is not None and abs(hidden - statement.post.posted_at) > timedelta(hours=1):
        found.append(
            case.finding(
                _Code.ID_TIME_CONTRADICTS,
                f"The identifier {statement.post.native_id} was given out on {moment_of(hidden)}; the post shows "
                f"{moment_of(statement.post.posted_at)}.",
            )
        )
    return (*found, *embed_identifier(case))


def embed_identifier(case: Case) -> tuple[Finding, ...]:
    """D8 where the embedded post's identifier is of another day than the embed prints."""
    embed = case.claim.embed
    hidden = case.id_time(embed.platform, embed.native_id) if embed is not None else None
    if embed is None or hidden is None or embed.posted_on is None:
        return ()
    first, last = days_of(hidden)
    if first <= embed.posted_on <= last:
        return ()
    return (
        case.finding(
            _Code.ID_TIME_CONTRADICTS,
            f"The embedded post prints {printed_day(embed.posted_on)}; "
            f"its identifier is of {printed_day(hidden.date())}.",
        ),
    )


def has_impossible_identifier(case: Case) -> bool:
    """Whether the embedded post's identifier is of a day after the article, and of another than the embed prints."""
    embed = case.claim.embed
    hidden = case.id_time(embed.platform, embed.native_id) if embed is not None else None
    if hidden is None or case.published_on is None or not embed_identifier(case):
        return False
    return days_of(hidden)[0] > case.published_on


def _printed(said: ClaimedDate) -> str:
    days = " to ".join(printed_day(day) if day is not None else "…" for day in dict.fromkeys((said.first, said.last)))
    if not said.printed or said.printed == days:
        return days
    return f'"{said.printed}" ({days})'


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), UTC) - EASTERNMOST


def _ends(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC) + WESTERNMOST
