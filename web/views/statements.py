"""Searching statements, one statement, and the exact bytes of a version's text."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, make_response, request

from archive.domain.ids import PostId
from archive.domain.statements import StatementDetail
from archive.errors import NotFoundError
from archive.services import exports, search, trust
from web.addresses import permalink
from web.errors import WebError
from web.forms import parse_search
from web.pages import render
from web.runtime import current_runtime
from web.statement_pages import DetailPage, SearchPage

blueprint = Blueprint("statements", __name__, url_prefix="/statements")


HIDDEN = (
    "The words are held as evidence and not shown here: the operator shows none from platforms with such terms, or "
    "their author asks that strangers are shown none."
)


@blueprint.get("")
def find() -> Response:
    """Results of a search."""
    page = searched()
    return render(page, status=400 if page.form.problems else 200)


@blueprint.get("/<uuid:post_id>")
def show(post_id: UUID) -> Response:
    """One statement."""
    return render(detailed(PostId(post_id)))


@blueprint.get("/<uuid:post_id>/versions/<int:version>.txt")
def text(post_id: UUID, version: int) -> Response:
    """The exact bytes whose digest is on record: download them, hash them, compare."""
    detail = search.get_statement(current_runtime(), PostId(post_id))
    body = text_of(detail, version).encode("utf-8", "surrogatepass")
    response = make_response(body)
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{post_id}-{version}.txt"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def searched() -> SearchPage:
    """The search that the address asks for, carried out."""
    form = parse_search(request.args)
    if form.problems:
        return SearchPage(form=form)
    runtime = current_runtime()
    results = search.search_statements(runtime, form.query)
    silence = None if results.hits else trust.explain_silence(runtime, form.query)
    return SearchPage(form=form, results=results, silence=silence)


def detailed(post_id: PostId) -> DetailPage:
    """One statement with the proof of its account."""
    runtime = current_runtime()
    detail = search.get_statement(runtime, post_id)
    address = permalink("statements.show", post_id=post_id)
    return DetailPage(
        detail=detail,
        standing=trust.get_standing(runtime, detail.statement),
        permalink=address,
        cited=exports.cite_statement(runtime, detail.statement, permalink=address),
        shows_drafts=runtime.settings.demo,
    )


def text_of(detail: StatementDetail, version: int) -> str:
    """The text of that version; NotFoundError where there is none."""
    for snapshot in detail.versions:
        if snapshot.version == version:
            if snapshot.is_hidden:
                raise WebError(HIDDEN, code="words_hidden", status=451)
            return snapshot.text
    raise NotFoundError(f"The statement has no version {version}.", code="no_such_version")
