"""Walls: pages that a site shows instead of the one asked for – challenges, log-in and consent pages, error pages.

By structure first (where the answer came from, what the page calls itself), never by a phrase somewhere in its text:
a press release may quote "page not found".
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from archive.extraction.charsets import decoded
from archive.extraction.posts.conditions import PostState

_TITLE = re.compile(r"<title[^>]*>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL)
_CHALLENGE = re.compile(
    r"/cdn-cgi/challenge-platform/|id=[\"']challenge-(?:form|running|error)|_cf_chl_opt|/_Incapsula_Resource|"
    r"id=[\"']px-captcha|class=[\"']g-recaptcha[\"'][^>]*>\s*</div>\s*</form>\s*</body|geo\.captcha-delivery\.com",
    re.IGNORECASE,
)
_CHALLENGE_TITLES = frozenset({
    "just a moment...", "just a moment…", "attention required! | cloudflare", "access denied", "ddos-guard",
    "security check", "one moment, please...", "pardon our interruption", "please wait...", "robot check",
})  # fmt: skip
_MISSING_TITLE = re.compile(
    r"(?:error\s*)?404(?:\s*(?:error|not found|page not found))?|"
    r"(?:the\s+)?page (?:was |is |could |can ?not be )?not (?:be )?found|"
    r"(?:the\s+)?page cannot be found|not found|nothing found|error|sorry.{0,40}|page (?:unavailable|missing)",
    re.IGNORECASE,
)
_ENTRANCE_TITLE = re.compile(
    r"(?:log|sign) ?(?:in|on)(?: (?:to|or|with)\b.*)?|before you continue.*|(?:cookie )?consent|subscribe to continue",
    re.IGNORECASE,
)
_ENTRANCE_PATH = re.compile(r"/(?:log|sign)-?in\b|/consent\b|/challenge\b|/checkpoint\b|/accounts/login", re.IGNORECASE)
_ERROR_PATH = re.compile(r"/(?:error|404|notfound|not-found|pagenotfound)(?:\.\w{2,5})?/?$", re.IGNORECASE)
_HOME_PATH = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|home|default)(?:\.\w{2,5})?/?)?", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s+[|\u2013\u2014\u00b7:»-]\s+")


def wall_of(body: bytes, *, asked_url: str | None, final_url: str | None) -> PostState | None:
    """What stands in the way of the page asked for; None where nothing does.

    BLOCKED_US for challenges and entrances, UNKNOWN for error pages and a way that ends at the front door (a soft 404
    is no deletion, and a ministry's listing sends scripts to ``/error.htm`` with a 200).
    """
    asked, final = _parts(asked_url), _parts(final_url)
    if final is not None and asked is not None and final.path != asked.path:
        if _ENTRANCE_PATH.search(final.path):
            return PostState.BLOCKED_US
        if _ERROR_PATH.search(final.path) or _is_home(final, asked):
            return PostState.UNKNOWN
    text = decoded(body[:200_000]).text
    if _CHALLENGE.search(text):
        return PostState.BLOCKED_US
    found = _TITLE.search(text)
    return _by_title(" ".join(found[1].split()) if found else "")


def _by_title(title: str) -> PostState | None:
    if title.lower() in _CHALLENGE_TITLES:
        return PostState.BLOCKED_US
    parts = [part for part in _SEPARATORS.split(title) if part]
    if any(_ENTRANCE_TITLE.fullmatch(part) for part in parts[:1]):
        return PostState.BLOCKED_US
    if any(_MISSING_TITLE.fullmatch(part.strip(" .!")) for part in parts[:1]) or title.lower().startswith("404 "):
        return PostState.UNKNOWN
    return None


def _is_home(final: SplitResult, asked: SplitResult) -> bool:
    """Whether the way ended at a front door that was not asked for."""
    return bool(_HOME_PATH.fullmatch(final.path)) and not _HOME_PATH.fullmatch(asked.path) and not final.query


def _parts(url: str | None) -> SplitResult | None:
    try:
        return urlsplit(url) if url else None
    except ValueError:
        return None
