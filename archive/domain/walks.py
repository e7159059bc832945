"""Walks: reading an account's newest posts page by page, and how far back that saw everything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

_LONGEST_STRIDE = timedelta(days=30)


def seen_since(times: Sequence[datetime]) -> datetime | None:
    """The moment from which a timeline read newest first showed everything; None where it showed nothing.

    ``times`` are the posts' in the order of the pages. It is the last one's: a post further up that claims to be older
    (pinned, imported) says nothing of how far the pages reached. A last one that lies further back than all the others
    span, and more than thirty days, is taken for back-dated, and the oldest of the others counts.
    """
    if not times:
        return None
    last, others = times[-1], times[:-1]
    if len(others) < 3:
        return last
    oldest = others[-1]
    stride = max(max(others) - oldest, _LONGEST_STRIDE)
    return oldest if oldest - last > stride else last
