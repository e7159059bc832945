"""For machines that look after the site: is it alive, and what may robots read."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response

from archive.services import runs
from web.runtime import current_runtime

blueprint = Blueprint("health", __name__)

ROBOTS = "User-agent: *\nDisallow: /checks\nDisallow: /api/\nDisallow: /status\n"


@blueprint.get("/health")
def health() -> Response:
    """Alive when the database answers; an unreachable one gives a problem document and status 503."""
    newest = runs.latest_runs(current_runtime(), limit=1)
    last = newest[0].finished_at if newest else None
    return jsonify({"status": "ok", "last_night": last.isoformat() if last is not None else None})


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What robots may read: statements and people, never what somebody handed in."""
    response = make_response(ROBOTS)
    response.content_type = "text/plain; charset=utf-8"
    return response
