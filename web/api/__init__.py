"""The JSON interface, version 1: the same values as the pages."""

from __future__ import annotations

from flask import Blueprint

from web.api import about, checks, people, statements

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
for _views in (about, statements, people, checks):
    blueprint.register_blueprint(_views.blueprint)
