"""Capture: give the address of a post, see what it says and that it is kept."""

from __future__ import annotations

import threading

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from archive.errors import ArchiveError, BusyError
from archive.services import capture as capturing
from archive.services import showing
from archive.services.capture import Outcome
from web.capture_pages import CapturePage
from web.forms import LONGEST_ADDRESS, CaptureForm, Problem, parse_capture
from web.pages import render
from web.runtime import current_runtime

blueprint = Blueprint("capture", __name__, url_prefix="/capture")

_AT_ONCE = threading.BoundedSemaphore(2)
"""A slow site holds the thread that asks it: two may, so that readers never wait for them."""


@blueprint.get("")
def form() -> Response:
    """The empty form; ``?url=`` fills in the address, as the bookmarklet does. Looking captures nothing."""
    typed = {"url": request.args.get("url", "")[:LONGEST_ADDRESS]}
    return render(CapturePage(form=CaptureForm(typed=typed), site=_here()))


@blueprint.post("")
def submit() -> Response | Redirect:
    """Capture the address and go to its statement, or say what stood in the way."""
    parsed = parse_capture(request.form)
    if parsed.url is None:
        return render(CapturePage(form=parsed, site=_here()), status=400)
    try:
        outcome = _captured(parsed.url)
    except ArchiveError as error:
        problem = Problem(field="url", code=error.code, message=error.message)
        refused = CaptureForm(typed=parsed.typed, problems=(problem,))
        return render(CapturePage(form=refused, site=_here()), status=error.http_status)
    shown = shown_at(outcome)
    if shown is not None and request.args.get("format") != "json":
        return redirect(shown, code=303)
    return render(CapturePage(form=parsed, outcome=outcome, site=_here()))


def shown_at(outcome: Outcome) -> str | None:
    """The address of the statement that was captured, where words of it are held."""
    if not outcome.is_held or outcome.post is None or outcome.snapshot is None:
        return None
    return url_for("statements.show", post_id=outcome.post.id)


def _captured(url: str) -> Outcome:
    if not _AT_ONCE.acquire(blocking=False):
        raise BusyError("The archive is capturing other addresses just now: try again in a moment.", code="busy")
    try:
        return showing.shown_outcome(current_runtime(), capturing.capture_url(current_runtime(), url))
    finally:
        _AT_ONCE.release()


def _here() -> str:
    base = current_runtime().settings.base_url
    return f"{base}{url_for('.form')}" if base else url_for(".form", _external=True)
