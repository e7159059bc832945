"""What we know of a payload from having asked for it: some answers name neither their author nor their date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The address asked, the account it was asked for, a date and the account's signing key (multibase) known from
    elsewhere; each may be unknown."""

    url: str | None = None
    handle: str | None = None
    author_name: str | None = None
    posted_at: datetime | None = None
    media_type: str = "text/html"
    charset: str | None = None
    signing_key: str | None = None


NOTHING_KNOWN = Asked()
