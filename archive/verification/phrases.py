"""Phrases: days, times and platforms as a newspaper prints them, for every sentence of a judgement."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from archive.domain.accounts import Platform
from archive.domain.statements import Statement

_NAMES = {Platform.X: "X", Platform.YOUTUBE: "YouTube", Platform.WEB: "the institution's own site"}


def platform_name(platform: Platform) -> str:
    """The platform as a newspaper prints it ("X", "Truth Social")."""
    return _NAMES.get(platform, platform.value.replace("_", " ").title())


def voice_name(statement: Statement) -> str:
    """Who speaks, as a sentence has it: "Otto Reyes", "the Ministry of Harbours"."""
    name, voice = statement.voice.name, statement.voice
    takes_article = voice.office_id is not None and voice.person_id is None and _TITLE.search(name) is not None
    return f"the {name}" if takes_article and not name.casefold().startswith("the ") else name


_TITLE = re.compile(
    r"\b(?:ministry|minister|office|department|secretary|government|council|commission|committee|president|chancellor|"
    r"agency|authority|administration|presidency|embassy|mayor|governor|board)\b",
    re.IGNORECASE,
)
"""Offices whose name a sentence gives an article; "Downing Street" has none."""


# The standard library's names follow the locale of the process; our sentences are English whatever the server speaks.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@lru_cache(maxsize=4_096)
def printed_day(day: date) -> str:
    """A day as "11 February 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday_of(day: date) -> str:
    """The day of the week, "Wednesday"."""
    return _WEEKDAYS[day.weekday()]


def day_of(at: datetime) -> str:
    """The UTC day of an instant as "11 February 2026"."""
    return printed_day(at.astimezone(UTC).date())


def moment_of(at: datetime) -> str:
    """An instant as "11 February 2026, 09:20 UTC"."""
    return f"{day_of(at)}, {at.astimezone(UTC):%H:%M} UTC"


def post_of(statement: Statement) -> str:
    """A post as "the post by @harbour on X of 11 February 2026, 09:20 UTC"."""
    where = f"@{statement.account.handle} on {platform_name(statement.post.platform)}"
    return f"the post by {where} of {moment_of(statement.post.posted_at)}"
