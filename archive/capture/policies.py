"""Fetch policies: for each platform what its terms allow, how often it is asked, and by which hosts it answers.

The operator can switch a platform off (``ONRECORD_PLATFORMS_OFF``); then nothing of it is asked any more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from archive.domain.accounts import Platform
from archive.domain.captures import TermsClass
from archive.errors import CaptureError


class XRoute(StrEnum):
    """By which way posts of X are asked for."""

    OEMBED = "oembed"
    """The documented one, open to everybody: long posts come cut."""
    EMBED = "embed"
    """What X's own embedded posts load: undocumented, at the operator's risk."""
    API = "api"
    """The paid one: each post costs, so each run needs a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """How a platform may be asked. ``per_second`` is the most requests one of its hosts gets, whatever the settings."""

    terms: TermsClass
    per_second: float
    hosts: tuple[str, ...] = field(default=())


POLICIES: dict[Platform, FetchPolicy] = {
    Platform.BLUESKY: FetchPolicy(terms=TermsClass.OPEN, per_second=2.0, hosts=("public.api.bsky.app",)),
    Platform.MASTODON: FetchPolicy(terms=TermsClass.OPEN, per_second=1.0),
    Platform.WEB: FetchPolicy(terms=TermsClass.OPEN, per_second=2.0, hosts=("www.gov.uk",)),
    Platform.X: FetchPolicy(
        terms=TermsClass.RESTRICTED,
        per_second=0.5,
        hosts=("publish.x.com", "publish.twitter.com", "cdn.syndication.twimg.com", "api.x.com"),
    ),
    Platform.TELEGRAM: FetchPolicy(terms=TermsClass.RESTRICTED, per_second=0.5, hosts=("t.me",)),
    Platform.YOUTUBE: FetchPolicy(terms=TermsClass.RESTRICTED, per_second=0.5, hosts=("www.youtube.com",)),
    Platform.TRUTH_SOCIAL: FetchPolicy(terms=TermsClass.RESTRICTED, per_second=0.1, hosts=("truthsocial.com",)),
    Platform.FACEBOOK: FetchPolicy(terms=TermsClass.POINTER_ONLY, per_second=0.1),
    Platform.INSTAGRAM: FetchPolicy(terms=TermsClass.POINTER_ONLY, per_second=0.1),
    Platform.THREADS: FetchPolicy(terms=TermsClass.POINTER_ONLY, per_second=0.1),
}

_WEB_ARCHIVES = {"web.archive.org": 0.25, "archive.org": 0.5}

HOST_PACES: dict[str, float] = {
    **{host: policy.per_second for policy in POLICIES.values() for host in policy.hosts},
    **_WEB_ARCHIVES,
}
"""The most requests a second for hosts that are known to mind, below whatever the settings allow."""

POINTER_ONLY = frozenset(platform for platform, policy in POLICIES.items() if policy.terms is TermsClass.POINTER_ONLY)
"""Platforms whose terms allow the address of a post to be kept, nothing of the post."""


def require_on(platform: Platform, *, switched_off: frozenset[Platform]) -> None:
    """CaptureError ``platform_off`` for a platform that the operator switched off."""
    if platform in switched_off:
        raise CaptureError(
            f"Fetching from {platform.value} is switched off here (ONRECORD_PLATFORMS_OFF).", code="platform_off"
        )
