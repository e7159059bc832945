"""Checks as JSON: hand in, ask, keep, review. Bodies are JSON objects of texts."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, jsonify, request, url_for

from archive.domain.ids import CheckId
from archive.errors import InvalidInputError
from archive.services import checks, reported, representations, reviews
from web.check_pages import CheckPage
from web.errors import answer
from web.forms import parse_review, parse_submission
from web.pages import as_json
from web.runtime import current_runtime
from web.views.checks import asked_check, judgement_of, unlisted

blueprint = Blueprint("checks", __name__, url_prefix="/checks")


@blueprint.post("")
def submit() -> Response:
    """Take an article in: 202 with the check's address."""
    form = parse_submission(sent(), styles=current_runtime().settings.styles)
    if form.submission is None:
        return answer(form.error())
    page = CheckPage(check=checks.request_check(current_runtime(), form.submission))
    response = as_json(page, status=202)
    response.headers["Location"] = url_for(".show", check_id=page.check.id)
    return response


@blueprint.get("/<uuid:check_id>")
def show(check_id: UUID) -> Response:
    """One check."""
    return unlisted(as_json(CheckPage(check=asked_check(CheckId(check_id)))))


@blueprint.post("/<uuid:check_id>/quotations/<int:number>/keep")
def keep(check_id: UUID, number: int) -> Response:
    """Keep one quotation as reported; gives the statement."""
    statement = reported.keep_reported(current_runtime(), CheckId(check_id), number=number)
    return jsonify(representations.statement_document(statement))


@blueprint.post("/<uuid:check_id>/quotations/<int:number>/review")
def review(check_id: UUID, number: int) -> Response:
    """Record a person's decision; gives the new judgement."""
    runtime, form = current_runtime(), parse_review(sent())
    if form.problems or form.action is None:
        return answer(form.error())
    judgement = judgement_of(checks.get_check(runtime, CheckId(check_id)).judgements, number)
    decided = reviews.review_judgement(
        runtime, judgement.id, action=form.action, reviewer=form.typed["reviewer"],
        reason=form.typed["reason"], verdict=form.verdict,
    )  # fmt: skip
    return jsonify(representations.judgement_document(decided))


def sent() -> dict[str, str]:
    """The body as an object of texts; InvalidInputError for anything else."""
    body: object = request.get_json(silent=True)
    if not isinstance(body, dict) or not all(isinstance(value, str | None) for value in body.values()):
        raise InvalidInputError("Send a JSON object whose values are texts.", code="bad_json")
    return {str(name): value or "" for name, value in body.items()}
