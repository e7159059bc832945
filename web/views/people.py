"""People: the list and one person."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, request

from archive.domain.ids import PersonId
from archive.services import people
from web.forms import LONGEST_FIELD
from web.pages import PeoplePage, PersonPage, render
from web.runtime import current_runtime

blueprint = Blueprint("people", __name__, url_prefix="/people")

WHOLE_PAGE = 50
"""People on a whole page; a shorter one is the last."""


@blueprint.get("")
def find() -> Response:
    """People whose name holds what was typed."""
    return render(listed())


@blueprint.get("/<uuid:person_id>")
def show(person_id: UUID) -> Response:
    """One person."""
    return render(PersonPage(detail=people.get_person(current_runtime(), PersonId(person_id))))


def listed() -> PeoplePage:
    """The people that the address asks for."""
    text = request.args.get("q", "").strip()[:LONGEST_FIELD]
    found = people.list_people(current_runtime(), text, after=request.args.get("after"))
    return PeoplePage(text=text, people=found, after=str(found[-1].id) if len(found) == WHOLE_PAGE else None)
