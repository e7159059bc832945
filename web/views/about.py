"""The first page, the explanations, the custody log and the nights."""

from __future__ import annotations

from flask import Blueprint, Response

from archive.services import checks, runs, trust
from web.forms import parse_search
from web.pages import CustodyPage, HomePage, ProsePage, StatusPage, render
from web.runtime import current_runtime

blueprint = Blueprint("about", __name__)

NIGHTS_SHOWN = 10
CHECKS_SHOWN = 6


@blueprint.get("/")
def home() -> Response:
    """The first page. Only a demo lists what was handed in."""
    runtime = current_runtime()
    recent = checks.recent_checks(runtime, limit=CHECKS_SHOWN) if runtime.settings.demo else ()
    return render(HomePage(form=parse_search({}), checks=recent))


@blueprint.get("/about/verdicts", endpoint="verdicts", defaults={"name": "verdicts"})
@blueprint.get("/about/limits", endpoint="limits", defaults={"name": "limits"})
@blueprint.get("/about/scale", endpoint="scale", defaults={"name": "scale"})
@blueprint.get("/about/search", endpoint="searching", defaults={"name": "search"})
def prose(name: str) -> Response:
    """A page of explanation."""
    return render(ProsePage(name=name))


@blueprint.get("/about/custody")
def custody() -> Response:
    """The custody log's size and root."""
    return render(CustodyPage(head=trust.get_log_head(current_runtime())))


@blueprint.get("/status")
def status() -> Response:
    """The last nights' reports."""
    runtime = current_runtime()
    return render(StatusPage(runs=runs.latest_runs(runtime, limit=NIGHTS_SHOWN), now=runtime.now()))
