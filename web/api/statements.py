"""Statements as JSON."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response

from archive.domain.ids import PostId
from web.errors import answer
from web.pages import as_json
from web.views.statements import detailed, searched

blueprint = Blueprint("statements", __name__, url_prefix="/statements")


@blueprint.get("")
def find() -> Response:
    """Results of a search, with the same arguments as the page."""
    page = searched()
    return answer(page.form.error()) if page.form.problems else as_json(page)


@blueprint.get("/<uuid:post_id>")
def show(post_id: UUID) -> Response:
    """One statement with versions, captures and the articles that quote it."""
    return as_json(detailed(PostId(post_id)))
