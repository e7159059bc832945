"""A second copy: the same address kept by somebody else, asked for in a queue and never waited for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from archive.domain.captures import Digest
from archive.domain.ids import SecondCopyId, named_id

_PAUSES = (timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12), timedelta(days=1), timedelta(days=3))
"""Between two tries, longer each time; after the last one the copy counts as refused."""


class CopyState(StrEnum):
    """How far a second copy is."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    KEPT = "kept"
    REFUSED = "refused"
    """The web archive will not, or not after all tries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondCopy:
    """A copy of ``url`` asked of a web archive. ``job`` is the archive's own number for it while it is under way;
    ``text_digest`` the digest of the words that the copy shows, None where it shows none that can be read."""

    id: SecondCopyId
    url: str
    wanted_at: datetime
    state: CopyState = CopyState.WAITING
    next_try_at: datetime | None = None
    attempts: int = 0
    job: str | None = None
    copy_url: str | None = None
    copied_at: datetime | None = None
    text_digest: Digest | None = None
    last_code: str | None = None
    is_adopted: bool = False
    """Found at an upgrade and noted as it was found: nobody noted it when it was kept, so it counts for no grade."""

    @property
    def counts(self) -> bool:
        """Whether the words it shows lift the grade of a capture that shows the same."""
        return self.text_digest is not None and not self.is_adopted


def second_copy_id(url: str) -> SecondCopyId:
    """The identifier of the copy of that address: always the same."""
    return SecondCopyId(named_id("second copy", url))


def second_copy_of(url: str, *, at: datetime) -> SecondCopy:
    """A copy of ``url`` to be asked for from now on."""
    return SecondCopy(id=second_copy_id(url), url=url, wanted_at=at, next_try_at=at)


def asked_anew(copy: SecondCopy) -> SecondCopy:
    """An adopted copy as one that has yet to be asked for: what it was said to show is forgotten, the address of the
    copy is not."""
    return replace(copy, state=CopyState.WAITING, attempts=0, job=None, text_digest=None, is_adopted=False)


def put_off(copy: SecondCopy, *, at: datetime, reason: str) -> SecondCopy:
    """The copy after a try that came to nothing: asked for again later, in the end given up."""
    tried = copy.attempts + 1
    if tried > len(_PAUSES):
        return replace(copy, state=CopyState.REFUSED, attempts=tried, next_try_at=None, job=None, last_code=reason)
    later = at + _PAUSES[tried - 1]
    return replace(copy, state=CopyState.WAITING, attempts=tried, next_try_at=later, job=None, last_code=reason)


def under_way(copy: SecondCopy, *, job: str, at: datetime) -> SecondCopy:
    """The copy that the web archive is making; asked after in a few minutes, and not for ever."""
    if copy.state is CopyState.UNDER_WAY and copy.attempts >= len(_PAUSES):
        return put_off(copy, at=at, reason="copy_unanswered")
    asked_after = copy.attempts + (copy.state is CopyState.UNDER_WAY)
    soon = at + timedelta(minutes=2)
    return replace(copy, state=CopyState.UNDER_WAY, job=job, next_try_at=soon, attempts=asked_after, last_code=None)


def kept(copy: SecondCopy, *, copy_url: str, copied_at: datetime, text_digest: Digest | None = None) -> SecondCopy:
    """The copy as the web archive holds it, and what it shows."""
    return replace(
        copy,
        state=CopyState.KEPT,
        copy_url=copy_url,
        copied_at=copied_at,
        text_digest=text_digest,
        next_try_at=None,
        job=None,
        last_code=None,
    )


def refused(copy: SecondCopy, *, reason: str) -> SecondCopy:
    """The copy that the web archive said it will not make."""
    return replace(copy, state=CopyState.REFUSED, next_try_at=None, job=None, last_code=reason)


_DISTRUSTED = frozenset({f"archive.{ending}" for ending in ("today", "ph", "is", "li", "md", "vn", "fo")})
"""archive.today under its seven names. Copies there were shown to be altered, and its pages set readers' browsers on
another site (platforms.md 10.2)."""


def is_distrusted_archive(host: str) -> bool:
    """Whether a host is a web archive whose copies are neither asked for, nor linked, nor believed."""
    return host.lower().rstrip(".").removeprefix("www.") in _DISTRUSTED
