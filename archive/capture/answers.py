"""One answer of a server, as it came, and what its headers say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from archive.capture.decoding import decoded_body
from archive.capture.limits import Deadline
from archive.errors import CaptureError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING_FAULTS = frozenset({502, 503, 504})
_LONGEST_WAIT = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers in order, body, and the address that sent them.

    ``complete`` is False where nothing tells whether the body is whole: no length, no chunks, no closing tag.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    peer: str | None = None
    complete: bool = True

    def header(self, name: str) -> str:
        """The first header of that name, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def media_type(self) -> str:
        """The type the server declares, without its parameters."""
        return self.header("content-type").split(";")[0].strip().lower() or "application/octet-stream"

    @property
    def location(self) -> str | None:
        """Where a redirect leads, None where this is no redirect."""
        return (self.header("location").strip() or None) if self.status in REDIRECTS else None

    def unpacked(self, *, limit: int) -> Self:
        """The same answer with its content coding undone and its completeness judged; CaptureError as in decoding."""
        length = self.header("content-length")
        if length.isdigit() and len(self.body) < int(length[:18]):
            raise CaptureError("The page ended before it was whole.", code="capture_truncated")
        coding = ",".join(value for key, value in self.headers if key.lower() == "content-encoding")
        body = decoded_body(self.body, coding=coding, limit=limit) if self.body else b""
        delimited = bool(length or self.header("transfer-encoding") or coding) or _ends_whole(body)
        return replace(self, body=body, complete=delimited)

    def may_pass_soon(self, deadline: Deadline) -> bool:
        """Whether the fault may be over before the deadline: a gateway's excuse with no long ``Retry-After``."""
        if self.status not in PASSING_FAULTS:
            return False
        wait = self.header("retry-after").strip()
        if not wait:
            return True
        return wait.isascii() and wait.isdigit() and int(wait[:9]) <= min(_LONGEST_WAIT, deadline.left())


def _ends_whole(body: bytes) -> bool:
    """Whether a body that ends with its connection ends as a whole document does."""
    tail = body.rstrip()[-400:].lower()
    return b"</html>" in tail or tail.endswith((b"}", b"]"))
