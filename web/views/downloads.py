"""Files to take away: the receipt of a check or statement, and its exports. Whatever they hold, browsers save it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, make_response, request

from archive.services import exports, receipts
from archive.services.exports import Exported, ExportForm
from web.errors import WebError
from web.runtime import current_runtime

blueprint = Blueprint("downloads", __name__)


@blueprint.get("/checks/<uuid:target>/receipt.zip", defaults={"kind": "check"})
@blueprint.get("/statements/<uuid:target>/receipt.zip", defaults={"kind": "statement"})
def receipt(target: UUID, kind: str) -> Response:
    """One file that a stranger verifies without this archive."""
    body = receipts.write_receipt(current_runtime(), target)
    return saved(Exported(name=f"receipt-{kind}-{str(target)[:8]}.zip", media_type="application/zip", body=body))


@blueprint.get("/checks/<uuid:target>/export/<form>", defaults={"kind": "check"})
@blueprint.get("/statements/<uuid:target>/export/<form>", defaults={"kind": "statement"})
def export(target: UUID, kind: str, form: str) -> Response:
    """A check or statement in a form of another world."""
    if form not in ExportForm.__members__.values():
        raise WebError("There is no such export.", code="no_such_page", status=404)
    runtime = current_runtime()
    base = runtime.settings.base_url or request.url_root
    return saved(exports.export(runtime, target, ExportForm(form), base=base))


def saved(made: Exported) -> Response:
    """A file that is saved and never shown in the page's own name; search engines leave it alone."""
    response = make_response(made.body)
    response.content_type = made.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
