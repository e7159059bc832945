"""Full addresses of our own pages, as people cite them."""

from __future__ import annotations

from flask import request, url_for

from web.runtime import current_runtime


def permalink(endpoint: str, **arguments: object) -> str:
    """The full address of a page: under the public address that was set, else as the request names the site."""
    base = current_runtime().settings.base_url or request.url_root
    return base.rstrip("/") + url_for(endpoint, **arguments)  # type: ignore[arg-type]
