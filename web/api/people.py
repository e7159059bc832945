"""People as JSON."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response

from archive.domain.ids import PersonId
from archive.services import people
from web.pages import PersonPage, as_json
from web.runtime import current_runtime
from web.views.people import listed

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.get("")
def find() -> Response:
    """People whose name holds ``q``."""
    return as_json(listed())


@blueprint.get("/<uuid:person_id>")
def show(person_id: UUID) -> Response:
    """One person with offices, accounts and statements."""
    return as_json(PersonPage(detail=people.get_person(current_runtime(), PersonId(person_id))))
