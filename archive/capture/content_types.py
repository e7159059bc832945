"""Content types: what an answer's header says of the letters in its body."""

from __future__ import annotations

import re

from archive.domain.captures import Captured

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)


def declared_charset(captured: Captured) -> str | None:
    """The charset that the answer's Content-Type names, if any; for ``read_article``."""
    for name, value in captured.capture.provenance.headers:
        if name.lower() == "content-type" and (found := _CHARSET.search(value)):
            return found[1]
    return None
