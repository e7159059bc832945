"""Checkpoints of the custody log and proofs of its entries, as plain text that transparency tools read."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, jsonify, make_response

from archive.domain.ids import PostId
from archive.errors import NotFoundError
from archive.services import checkpoints, search
from web.feeds import CONTENT_TYPE, checkpoint_feed
from web.runtime import current_runtime

blueprint = Blueprint("checkpoints", __name__)


@blueprint.get("/checkpoint")
def latest() -> Response:
    """The checkpoint signed last."""
    return _plain(str(checkpoints.latest_checkpoint(current_runtime()).note))


@blueprint.get("/checkpoint/feed")
def feed() -> Response:
    """The newest checkpoints as an Atom feed."""
    response = make_response(checkpoint_feed(checkpoints.recent_checkpoints(current_runtime())))
    response.content_type = CONTENT_TYPE
    return response


@blueprint.get("/checkpoint/<int:size>")
def of_size(size: int) -> Response:
    """The checkpoint on the log's first ``size`` entries."""
    return _plain(str(checkpoints.get_checkpoint(current_runtime(), size).note))


@blueprint.get("/checkpoint/<int:size>/since/<int:old>")
def consistency(size: int, old: int) -> Response:
    """The proof that the log's first ``old`` entries begin its first ``size``."""
    path = checkpoints.get_consistency(current_runtime(), old=old, new=size)
    return jsonify({"old": old, "new": size, "path": list(path)})


@blueprint.get("/checkpoint/keys")
def keys() -> Response:
    """Every key that the log announced, one a line."""
    return _plain("".join(f"{key}\n" for key in checkpoints.published_keys(current_runtime())))


@blueprint.get("/statements/<uuid:post_id>/versions/<int:version>.tlog-proof")
def proof(post_id: UUID, version: int) -> Response:
    """The proof that one version of a statement is in the log."""
    runtime = current_runtime()
    found = (s for s in search.get_statement(runtime, PostId(post_id)).versions if s.version == version)
    snapshot = next(found, None)
    if snapshot is None:
        raise NotFoundError(f"The statement has no version {version}.", code="no_such_version")
    response = _plain(checkpoints.get_statement_proof(runtime, snapshot.id))
    response.headers["Content-Disposition"] = f'attachment; filename="{post_id}-{version}.tlog-proof"'
    return response


def _plain(text: str) -> Response:
    response = make_response(text)
    response.content_type = "text/plain; charset=utf-8"
    return response
