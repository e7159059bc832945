"""Log lines: an event and its fields, plain or JSON, on standard error. Never bodies, drafts or secrets."""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import structlog
    from structlog.typing import FilteringBoundLogger

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def configure_logs(*, form: str, level: str) -> None:
    """Set up log lines for this process; called once, by an entry point. ``form`` is "plain" or "json"."""
    import structlog  # noqa: PLC0415

    as_json = form == "json"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer()
            if as_json
            else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=_on_standard_error,
        cache_logger_on_first_use=False,
    )


def _on_standard_error(*_: object) -> structlog.PrintLogger:
    # Asked for anew each time: a program that runs us inside its own (a test, a server) may have another one by then.
    import structlog  # noqa: PLC0415

    return structlog.PrintLogger(sys.stderr)


class _Later:
    """A room's logger that loads the library with its first line: a batch that goes well writes none."""

    def __init__(self, room: str) -> None:
        self._room = room

    def __getattr__(self, name: str) -> object:
        return getattr(import_module("structlog").get_logger(room=self._room), name)


def logger_of(room: str) -> FilteringBoundLogger:
    """The logger of a room: ``logger_of("services").info("check.finished", check="…")``."""
    return cast("FilteringBoundLogger", _Later(room))
