"""The one table from an error to a status and a page, or a problem document (RFC 9457). Never a traceback."""

from __future__ import annotations

from flask import Flask, Response, make_response, request
from werkzeug.exceptions import HTTPException, SecurityError

from archive.domain.redactions import RedactedError
from archive.errors import ArchiveError
from archive.logs import logger_of
from archive.services import representations
from web.pages import PROBLEM, ErrorPage, TombstonePage, render

log = logger_of("web")

# What Flask and Werkzeug refuse by themselves, as our own codes and sentences.
_REFUSALS: dict[int, tuple[str, str]] = {
    400: ("bad_request", "The request could not be read."),
    403: ("forbidden", "That is not allowed from here."),
    404: ("no_such_page", "There is no page at this address."),
    405: ("method_not_allowed", "That cannot be done at this address."),
    406: ("not_acceptable", "This page has no such form."),
    413: ("submission_too_large", "That is larger than this archive reads."),
    415: ("wrong_media_type", "Send JSON, with the header Content-Type: application/json."),
    429: ("too_many_requests", "Too many submissions from your address: wait a minute and try again."),
}

_HEADINGS: dict[int, str] = {
    400: "That cannot be read",
    403: "Not allowed",
    404: "Nothing here",
    409: "That contradicts what is stored",
    410: "Removed on purpose",
    413: "Too large",
    422: "That cannot be checked",
    429: "A little slower, please",
    451: "Held, not shown",
    502: "The page could not be fetched",
    503: "The archive cannot be used just now",
}


class WebError(ArchiveError):
    """What the web application refuses before a service is asked."""

    def __init__(self, message: str, *, code: str, status: int) -> None:
        super().__init__(message, code=code)
        self.http_status = status


def handle_errors(app: Flask) -> None:
    """Answer every error of an application with a page or a problem document."""
    app.register_error_handler(ArchiveError, answer)
    app.register_error_handler(HTTPException, _answer_refusal)
    app.register_error_handler(Exception, _answer_breakage)


def answer(error: ArchiveError) -> Response:
    """An error as the reader asked for it: a page for people, a problem document for machines."""
    if error.http_status >= 500:
        log.error("web.failed", code=error.code, status=error.http_status)
    heading = _HEADINGS.get(error.http_status, "Something went wrong")
    if _wants_document():
        response = make_response(representations.problem_document(error, title=heading))
        response.content_type = PROBLEM
        response.status_code = error.http_status
        return response
    if isinstance(error, RedactedError):
        return render(TombstonePage(error=error), status=error.http_status)
    return render(ErrorPage(error=error, heading=heading), status=error.http_status)


def _answer_refusal(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):  # a foreign name: nothing can be linked to, so nothing is rendered
        return Response("unknown_host: This archive does not answer under that name.\n", 400, mimetype="text/plain")
    status = error.code or 500
    if status < 400:  # a redirect that routing raised
        return make_response(error.get_response())
    code, message = _REFUSALS.get(status, ("refused", "The request was refused."))
    response = answer(WebError(message, code=getattr(error, "archive_code", code), status=status))
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _answer_breakage(error: Exception) -> Response:
    log.error("web.broken", exc_info=error, endpoint=request.endpoint)
    return answer(WebError("Something went wrong inside the archive.", code="internal_error", status=500))


def _wants_document() -> bool:
    if request.path.startswith("/api/") or request.args.get("format") == "json":
        return True
    accepted = request.accept_mimetypes
    return accepted.best_match(["text/html", "application/json", PROBLEM], default="text/html") != "text/html"
