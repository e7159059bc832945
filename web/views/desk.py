"""The desk: one person asks that something be removed, a second one decides. Each is known by a key of their own."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from archive.domain.redactions import RedactionId
from archive.errors import ArchiveError
from archive.services import removal
from web.desk import (
    RemovalForm,
    RemovalFormPage,
    RemovalPage,
    empty_form,
    parse_decision,
    parse_removal,
    require_desk,
)
from web.forms import Problem
from web.pages import render
from web.runtime import current_runtime

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.before_request
def closed() -> None:
    """Without people at the desk there is none."""
    require_desk(current_runtime().settings)


@blueprint.after_request
def unlisted(response: Response) -> Response:
    """Nothing of the desk is for search engines."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@blueprint.get("/removals")
def new() -> Response:
    """The empty form; ``?target=`` fills in what is to go."""
    return render(RemovalFormPage(form=empty_form(request.args.get("target", ""))))


@blueprint.post("/removals")
def ask() -> Response | Redirect:
    """Record a request and go to its page, whose address goes to the second person."""
    runtime = current_runtime()
    form = parse_removal(request.form, runtime.settings)
    if form.problems or form.target is None or form.basis is None or form.signatory is None:
        return render(RemovalFormPage(form=form), status=400)
    try:
        asked = removal.request_redaction(
            runtime, form.target, basis=form.basis, by=form.signatory, note=form.typed["note"]
        )
    except ArchiveError as error:
        return render(RemovalFormPage(form=refused(form, error, at="target")), status=error.http_status)
    return redirect(url_for(".show", request_id=asked.request.id), code=303)


@blueprint.get("/removals/<uuid:request_id>")
def show(request_id: UUID) -> Response:
    """One request."""
    found = removal.get_redaction(current_runtime(), RedactionId(request_id))
    return render(RemovalPage(redaction=found, form=empty_form()))


@blueprint.post("/removals/<uuid:request_id>/<any(confirm, refuse):answer>")
def decide(request_id: UUID, answer: str) -> Response | Redirect:
    """Confirm or refuse as the second person."""
    runtime, key = current_runtime(), RedactionId(request_id)
    form = parse_decision(request.form, runtime.settings)
    act = removal.confirm_redaction if answer == "confirm" else removal.refuse_redaction
    try:
        if form.signatory is not None:
            act(runtime, key, by=form.signatory)
            return redirect(url_for(".show", request_id=request_id), code=303)
    except ArchiveError as error:
        form = refused(form, error, at="key")
    return render(RemovalPage(redaction=removal.get_redaction(runtime, key), form=form), status=400)


def refused(form: RemovalForm, error: ArchiveError, *, at: str) -> RemovalForm:
    """The form with what the service refused, beside the field it concerns."""
    return replace(form, problems=(Problem(field=at, code=error.code, message=error.message),))
