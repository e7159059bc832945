"""What templates may say of values: dates with their zone, members in words, addresses that are safe to link."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from flask import Flask, request, url_for

from archive.domain.second_copy import is_distrusted_archive
from web import comparison, passages, verdict_words, words
from web.finding_words import FINDINGS

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def day_in_words(on: date | None) -> str:
    """A day as "6 March 2026"; an open end as "unknown"."""
    return f"{on.day} {on:%B} {on.year}" if on is not None else "unknown"


def instant_in_words(at: datetime | None) -> str:
    """A time as "6 March 2026, 14:05 UTC"; always with its zone."""
    if at is None:
        return "unknown"
    there = at.astimezone(UTC)
    return f"{day_in_words(there.date())}, {there:%H:%M} UTC"


def iso(at: date | datetime) -> str:
    """A day or time as machines read it."""
    return at.astimezone(UTC).isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()


def stretch_of_days(since: date | None, until: date | None) -> str:
    """From when to when, in words."""
    if since is None and until is None:
        return "dates not on record"
    if until is None:
        return f"since {day_in_words(since)}"
    return f"until {day_in_words(until)}" if since is None else f"{day_in_words(since)} to {day_in_words(until)}"


def safe_url(url: str | None) -> str | None:
    """An address that may be a link – http or https with a host – or None: "javascript:" never becomes one, nor does a
    copy at a web archive that is not believed."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    may_be = parts.scheme.lower() in ("http", "https") and parts.hostname and not is_distrusted_archive(parts.hostname)
    return url.strip() if may_be else None


def host_of(url: str | None) -> str:
    """The host an address leads to, for the text of a link."""
    safe = safe_url(url)
    return (urlsplit(safe).hostname or "").removeprefix("www.") if safe else ""


def whole_characters(text: str) -> str:
    """A text as an address can carry it: half a character (a lone surrogate) becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def wikidata_url(item: str | None) -> str | None:
    """Where Wikidata shows an item ("Q42"), or None for anything that is no item."""
    return f"https://www.wikidata.org/wiki/{item}" if item and re.fullmatch(r"Q[0-9]{1,12}", item) else None


def language_tag(language: str | None) -> str | None:
    """A language tag fit for ``lang``, or None: platforms send "und", "qme" and worse."""
    if language is None or language.lower() in ("und", "zxx", "qme", "qst", "art") or len(language) > 35:
        return None
    return language if _LANGUAGE.fullmatch(language) else None


def url_with(**changes: object) -> str:
    """The address of this page with some arguments changed; None takes one away. All state stands in the address."""
    arguments: dict[str, object] = {**request.args.to_dict(), **(request.view_args or {}), **changes}
    kept = {name: value for name, value in arguments.items() if value is not None}
    return url_for(request.endpoint or "about.home", **kept)  # type: ignore[arg-type]


def add_filters(app: Flask) -> None:
    """Make these known to the templates of an application."""
    app.add_template_filter(day_in_words, "day")
    app.add_template_filter(instant_in_words, "instant")
    app.add_template_filter(iso, "iso")
    app.add_template_filter(safe_url, "safe_url")
    app.add_template_filter(host_of, "host")
    app.add_template_filter(language_tag, "language_tag")
    app.add_template_filter(wikidata_url, "wikidata_url")
    app.add_template_filter(whole_characters, "whole_characters")
    app.add_template_filter(words.in_words, "words")
    app.jinja_env.globals.update(
        url_with=url_with,
        stretch_of_days=stretch_of_days,
        side_by_side=comparison.side_by_side,
        between_versions=comparison.between_versions,
        changes_in_words=comparison.changes_in_words,
        highlighted=passages.highlighted,
        GROUPS=verdict_words.GROUPS,
        VERDICTS=verdict_words.VERDICTS,
        verdict_title=verdict_words.verdict_title,
        FINDINGS=FINDINGS,
    )
