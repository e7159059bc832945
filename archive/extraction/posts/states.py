"""What an answer says of a post's fate. Only 404, 410 and the platform's own words say "gone"; the rest is about us.

An HTML page where JSON was promised, 401, 403, 429 and 5xx mean we were kept out; nobody may read a deletion from that.
"""

from __future__ import annotations

import re

from archive.domain.accounts import Platform
from archive.errors import ExtractionError
from archive.extraction.charsets import decoded
from archive.extraction.payloads import Json, items, load_json, mapping, text_of
from archive.extraction.posts import bluesky, govuk
from archive.extraction.posts.conditions import PostState

__all__ = ["PostState", "read_state"]

_KEPT_OUT = frozenset({401, 403, 407, 429})
_HTML = re.compile(rb"^\s*(?:<!doctype\s+html|<html)", re.IGNORECASE)
_ACCOUNT_ERRORS = frozenset({"RepoTakendown", "RepoSuspended", "RepoDeactivated", "RepoNotFound", "AccountTakedown"})
_DELETED_WORDS = re.compile(r"\bdeleted\b|no longer exists", re.IGNORECASE)
_SUSPENDED_WORDS = re.compile(r"suspended|account (?:owner|that) no longer exists|deactivated", re.IGNORECASE)
_ANSWERS_IN_HTML = frozenset({Platform.WEB, Platform.TELEGRAM, Platform.YOUTUBE})


def read_state(platform: Platform, *, status: int, body: bytes) -> PostState:
    """The state that an answer (HTTP ``status`` and ``body``) to a question for one post shows."""
    if status == 451:
        return PostState.WITHHELD
    if platform is Platform.YOUTUBE and status in {401, 403} and not _HTML.match(body):
        # oEmbed's own answers: its owner forbids embedding, or keeps the video private. It is there in both.
        return PostState.WITHHELD
    if status in _KEPT_OUT or status >= 500:
        return PostState.BLOCKED_US
    if platform is Platform.BLUESKY and status in {200, 400, 404}:
        return _bluesky(status, body)
    if status == 410:
        return PostState.ACCOUNT_GONE if platform is Platform.MASTODON and not _is_tombstone(body) else PostState.GONE
    if status == 404:
        return _missing(platform, body)
    if not 200 <= status < 300:
        return PostState.UNKNOWN
    return _answered(platform, body)


def _missing(platform: Platform, body: bytes) -> PostState:
    """A 404 where JSON is promised must be the platform's own: a proxy's page says nothing of the post.

    X answers a deleted post with a page of its own; pages answer with pages.
    """
    if platform in {Platform.MASTODON, Platform.TRUTH_SOCIAL} and _HTML.match(body):
        return PostState.UNKNOWN
    return PostState.GONE


def _answered(platform: Platform, body: bytes) -> PostState:
    if not body.strip():
        return PostState.UNKNOWN
    if platform is Platform.TELEGRAM:
        return _telegram(body)
    if platform in _ANSWERS_IN_HTML and _HTML.match(body):
        return PostState.LIVE
    if _HTML.match(body):
        return PostState.BLOCKED_US
    try:
        data = load_json(body)
    except ExtractionError:
        return PostState.LIVE if platform is Platform.WEB else PostState.UNKNOWN
    if platform is Platform.WEB:
        return _govuk(mapping(data))
    if platform is Platform.YOUTUBE and "title" in mapping(data):
        return PostState.LIVE
    return _x(mapping(data)) if platform is Platform.X and isinstance(data, dict) else _listed(data)


def _govuk(data: Json) -> PostState:
    """A page of GOV.UK says itself that it is gone, moved or withdrawn."""
    kind = text_of(data, "document_type")
    if kind in {"gone", "vanish"}:
        return PostState.GONE
    if kind == "redirect":
        return PostState.MOVED
    return PostState.WITHDRAWN if govuk.is_withdrawn(data) else PostState.LIVE


def _x(data: Json) -> PostState:
    """X answers some deletions with 200: tombstones, ``errors[]``, an empty object for a bad token."""
    if text_of(data, "__typename") == "TweetTombstone":
        words = text_of(mapping(mapping(data.get("tombstone")).get("text")), "text") or ""
        if _SUSPENDED_WORDS.search(words):
            return PostState.ACCOUNT_GONE
        return PostState.GONE if _DELETED_WORDS.search(words) else PostState.WITHHELD
    if text_of(data, "__typename") == "Tweet" and not mapping(data.get("user")):
        return PostState.ACCOUNT_GONE
    if data.get("data") or "html" in data or text_of(data, "id_str", "id"):
        return PostState.LIVE
    kinds = " ".join(text_of(error, "type") or "" for error in items(data.get("errors")))
    if "resource-not-found" in kinds:
        return PostState.GONE
    return PostState.WITHHELD if "not-authorized-for-resource" in kinds else PostState.UNKNOWN


def _listed(data: object) -> PostState:
    """A status is live; a tombstone or a list asked for one id that comes back empty is gone."""
    if isinstance(data, list):
        return PostState.LIVE if data else PostState.GONE
    answer = mapping(data)
    if text_of(answer, "type") == "Tombstone":
        return PostState.GONE
    if "items" in answer:
        return PostState.LIVE if items(answer["items"]) else PostState.GONE
    return PostState.LIVE if answer and "error" not in answer else PostState.UNKNOWN


def _bluesky(status: int, body: bytes) -> PostState:
    try:
        answer = mapping(load_json(body))
    except ExtractionError:
        return PostState.BLOCKED_US if _HTML.match(body) else PostState.UNKNOWN
    error = text_of(answer, "error") or ""
    if error in _ACCOUNT_ERRORS:
        return PostState.ACCOUNT_GONE
    if error in {"RecordNotFound", "NotFound"}:
        return PostState.GONE
    if status != 200:
        return PostState.UNKNOWN
    thread = text_of(mapping(answer.get("thread")), "$type") or ""
    if thread.endswith("#blockedPost") or _is_for_members_only(answer):
        return PostState.WITHHELD
    if "posts" in answer:
        return PostState.LIVE if items(answer["posts"]) else PostState.GONE
    if thread.endswith("#notFoundPost"):
        return PostState.GONE
    return PostState.LIVE if {"value", "thread", "record"} & set(answer) else PostState.UNKNOWN


def _is_for_members_only(answer: Json) -> bool:
    """Whether every post that was asked for is by somebody who asks not to be shown to strangers."""
    shown = (*items(answer.get("posts")), mapping(mapping(answer.get("thread")).get("post")))
    authors = [mapping(view.get("author")) for view in shown if view]
    return bool(authors) and all(bluesky.is_withheld(author) for author in authors)


def _telegram(body: bytes) -> PostState:
    text = decoded(body).text
    if "tgme_widget_message_error" in text:
        return PostState.GONE
    return PostState.LIVE if "tgme_widget_message" in text else PostState.UNKNOWN


def _is_tombstone(body: bytes) -> bool:
    try:
        return text_of(mapping(load_json(body)), "type") == "Tombstone"
    except ExtractionError:
        return False
