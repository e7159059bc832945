"""The runtime of the request at hand."""

from __future__ import annotations

from flask import Flask, current_app

from archive.runtime import Runtime

_KEY = "onrecord.runtime"


def keep_runtime(app: Flask, runtime: Runtime) -> None:
    """Tie a runtime to an application, once, when it is made."""
    app.extensions[_KEY] = runtime


def current_runtime() -> Runtime:
    """The runtime that the application answering this request was made with."""
    runtime = current_app.extensions[_KEY]
    assert isinstance(runtime, Runtime)  # only keep_runtime writes it
    return runtime
