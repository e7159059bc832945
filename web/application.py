"""The application: one archive's site, put together."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from flask import Flask, url_for
from jinja2 import StrictUndefined

from archive import __version__
from archive.runtime import Audience, Runtime
from web import api, check_pages, forms
from web.desk import desk_of
from web.errors import handle_errors
from web.filters import add_filters
from web.runtime import keep_runtime
from web.security import protect
from web.views import about, capture, checkpoints, checks, desk, downloads, health, people, statements


def create_app(runtime: Runtime) -> Flask:
    """The site of one archive. ConfigurationError when its form-signing key can be neither read nor made."""
    app = Flask("web")
    keep_runtime(app, replace(runtime, audience=Audience.PUBLIC))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.sort_keys = False  # type: ignore[attr-defined]
    add_filters(app)
    _add_globals(app, runtime)
    handle_errors(app)
    limiter = protect(app, runtime.settings)
    for views in (about, statements, people, checks, capture, checkpoints, desk, downloads, health):
        app.register_blueprint(views.blueprint)
    app.register_blueprint(api.blueprint)
    limiter.limit(runtime.settings.rate_limit, methods=["POST"])(checks.blueprint)
    limiter.limit(runtime.settings.rate_limit, methods=["POST"])(desk.blueprint)
    limiter.limit(runtime.settings.rate_limit, methods=["POST"])(capture.blueprint)
    limiter.limit(runtime.settings.rate_limit, methods=["POST"])(api.checks.blueprint)
    return app


def _add_globals(app: Flask, runtime: Runtime) -> None:
    digests = {path: _digest(Path(app.root_path, "static", path)) for path in ASSETS}

    def asset(path: str) -> str:
        return url_for("static", filename=path, v=digests[path])

    app.jinja_env.globals.update(
        asset=asset,
        is_demo=runtime.settings.demo,
        version=__version__,
        OVERRIDES=check_pages.OVERRIDES,
        CHOICES=forms.choices_with(runtime.settings.styles),
        is_keepable=check_pages.is_keepable,
        has_desk=bool(desk_of(runtime.settings)),
    )


ASSETS = ("vendor/pico.min.css", "app.css", "vendor/htmx.min.js", "app.js")
"""Own and vendored files that pages load; their digest stands in the address, so that they may be kept for long."""


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
