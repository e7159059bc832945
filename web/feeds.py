"""Feeds: what was added last, for programs that ask again and again (Atom, RFC 4287); the one door to feedgenerator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed

from archive.services.checkpoints import Signed
from web.addresses import permalink

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def checkpoint_feed(signed: Sequence[Signed]) -> str:
    """The checkpoints as an Atom feed, in the order given: each with its whole note, so that whoever reads the feed
    holds a copy of what the log was."""
    page = permalink("about.custody")
    feed = Atom1Feed(
        title="Checkpoints of the custody log",
        link=page,
        author_name=urlsplit(page).netloc,
        feed_url=permalink("checkpoints.feed"),
        description="Each is this archive's word that its log was so long, with this root.",
        language="en",
    )
    for each in signed:
        address = permalink("checkpoints.of_size", size=each.size)
        feed.add_item(
            title=f"Checkpoint on {each.size:,} entries",
            link=address,
            # A log signed by another key has a second checkpoint on the same entries.
            unique_id=f"{address}#{each.number}",
            description=str(each.note),
            pubdate=each.signed_at,
            updateddate=each.signed_at,
        )
    return cast("str", feed.writeString("utf-8"))
