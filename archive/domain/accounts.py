"""Platforms, accounts, who controls them from when to when, and the proof.

An account is keyed by the platform's stable identifier, never by its handle: handles change hands. While only a handle
is known (an import that names nothing else) the key is ``handle:<handle in lower case>`` and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from archive.domain.ids import AccountId, CaptureId, ControlId, OfficeId, PersonId

HANDLE_KEY = "handle:"


class Platform(StrEnum):
    """Where a statement is published."""

    X = "x"
    MASTODON = "mastodon"
    BLUESKY = "bluesky"
    TRUTH_SOCIAL = "truth_social"
    TELEGRAM = "telegram"
    YOUTUBE = "youtube"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    THREADS = "threads"
    WEB = "web"
    """A press release, transcript or page on the institution's own site."""


PLATFORM_ALIASES: dict[str, Platform] = {
    **{platform.value: platform for platform in Platform},
    "twitter": Platform.X,
    "x.com": Platform.X,
    "twitter.com": Platform.X,
    "truthsocial": Platform.TRUTH_SOCIAL,
    "truth": Platform.TRUTH_SOCIAL,
    "truth social": Platform.TRUTH_SOCIAL,
    "bsky": Platform.BLUESKY,
    "fediverse": Platform.MASTODON,
    "activitypub": Platform.MASTODON,
    "press_release": Platform.WEB,
    "website": Platform.WEB,
}


def platform_named(name: str) -> Platform | None:
    """The platform that ``name`` stands for ("twitter", "X", "Truth Social"), or None."""
    return PLATFORM_ALIASES.get(" ".join(name.lower().split()))


class AccountKind(StrEnum):
    """What sort of account it is, as far as the registry knows."""

    OFFICIAL = "official"
    PERSONAL = "personal"
    CAMPAIGN = "campaign"
    PARODY = "parody"
    LOOK_ALIKE = "look_alike"
    UNREGISTERED = "unregistered"
    """Made by an import or a capture; nobody has said whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Why we believe a relation: a page, preferably captured, and a note.

    ``capture_id`` is the capture of that very page; for whose an account is, only where the page links the account.
    """

    url: str | None = None
    note: str | None = None
    capture_id: CaptureId | None = None

    @property
    def is_captured(self) -> bool:
        """Whether the page is held that shows it. What a registry's file merely states is no proof."""
        return self.url is not None and self.capture_id is not None

    @property
    def is_stated(self) -> bool:
        """Whether somebody said where it is shown, or why it is believed."""
        return bool(self.url or self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandleUse:
    """One handle of an account, from ``since`` to ``until`` (both included; None = unknown or still)."""

    handle: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A profile on a platform. ``handle`` and ``display_name`` are as last seen; ``handles`` is the history."""

    id: AccountId
    platform: Platform
    native_id: str
    handle: str
    display_name: str
    url: str | None = None
    kind: AccountKind = AccountKind.UNREGISTERED
    handles: tuple[HandleUse, ...] = field(default=())

    @property
    def has_stable_id(self) -> bool:
        """Whether the platform's own identifier is known, not only a handle."""
        return not self.native_id.startswith(HANDLE_KEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Which person or office speaks through an account, from when to when (both days included), with proof."""

    id: ControlId
    account_id: AccountId
    person_id: PersonId | None = None
    office_id: OfficeId | None = None
    since: date | None = None
    until: date | None = None
    proof: Proof = field(default_factory=Proof)

    def holds_on(self, day: date) -> bool:
        """Whether the control is in force on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def bare_handle(handle: str) -> str:
    """A handle as a key: no at sign, no surrounding space, lower case."""
    return handle.strip().lstrip("@").lower()


def handle_key(handle: str) -> str:
    """The stand-in for a stable identifier while only the handle is known."""
    return HANDLE_KEY + bare_handle(handle)
