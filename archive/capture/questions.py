"""Questions: how one address is asked."""

from __future__ import annotations

from dataclasses import dataclass

HTML_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
JSON_ACCEPT = "application/json,*/*;q=0.1"
ACTIVITY_ACCEPT = "application/activity+json"
FEED_ACCEPT = "application/atom+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How one address is asked: what to accept, further headers, and a form to send (then by POST, and only once).

    Further headers and the form go to the host they were meant for, never to one that it redirects to.
    """

    accept: str = HTML_ACCEPT
    headers: tuple[tuple[str, str], ...] = ()
    form: bytes | None = None

    @property
    def method(self) -> str:
        """The method of HTTP."""
        return "GET" if self.form is None else "POST"

    def elsewhere(self) -> Question:
        """What another host is asked."""
        return Question(accept=self.accept)
