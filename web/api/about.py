"""The scale, the custody log and the nights as JSON."""

from __future__ import annotations

from flask import Blueprint, Response

from archive.services import runs, trust
from web.forms import parse_search
from web.pages import CustodyPage, HomePage, ProsePage, StatusPage, as_json
from web.runtime import current_runtime
from web.views.about import NIGHTS_SHOWN

blueprint = Blueprint("about", __name__)


@blueprint.get("/")
def home() -> Response:
    """Where to go on from here."""
    return as_json(HomePage(form=parse_search({})))


@blueprint.get("/scale")
def scale() -> Response:
    """Every verdict, group and finding code."""
    return as_json(ProsePage(name="scale"))


@blueprint.get("/custody")
def custody() -> Response:
    """The custody log's size and root."""
    return as_json(CustodyPage(head=trust.get_log_head(current_runtime())))


@blueprint.get("/status")
def status() -> Response:
    """The last nights' reports."""
    runtime = current_runtime()
    return as_json(StatusPage(runs=runs.latest_runs(runtime, limit=NIGHTS_SHOWN), now=runtime.now()))
