"""Members of a package, as readers of dumps see them: names, and bytes that arrive piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class Members(Protocol):
    """What a package holds; nothing is opened that is not asked for by name."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every member's name."""

    def chunks(self, name: str) -> Iterator[bytes]:
        """The member's bytes in pieces."""

    def whole(self, name: str, *, most: int) -> bytes:
        """The whole member, at most that many bytes."""
