"""The production entry: ``gunicorn web.wsgi:app``. Settings come from the environment."""

from __future__ import annotations

from archive.logs import configure_logs
from archive.runtime import build_runtime
from archive.settings import load_settings
from web.application import create_app

_settings = load_settings()
configure_logs(form=_settings.log_format, level=_settings.log_level)
app = create_app(build_runtime(_settings))
