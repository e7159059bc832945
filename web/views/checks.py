"""Checks: hand in an article, see it judged, keep and review."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as Redirect

from archive.domain.checks import Check
from archive.domain.ids import CheckId
from archive.domain.verdicts import Judgement, VerdictGroup
from archive.errors import InvalidInputError, NotFoundError
from archive.services import checks, reported, reviews
from web.check_pages import CheckPage, SubmitPage
from web.forms import Problem, SubmissionForm, parse_review, parse_submission
from web.pages import render
from web.runtime import current_runtime

blueprint = Blueprint("checks", __name__, url_prefix="/checks")

REMEMBERED = 10


@blueprint.get("")
def first() -> Redirect:
    """There is no list of checks: the address leads to the form."""
    return redirect(url_for(".new"))


@blueprint.get("/new")
def new() -> Response:
    """The empty form; ``?url=`` fills in the address, for a bookmark that sends the page at hand."""
    typed = {"url": request.args.get("url", "")[:2_000], "text": "", "published_on": "", "policy": ""}
    return render(SubmitPage(form=SubmissionForm(typed=typed), earlier=tuple(session.get("checks", ()))))


@blueprint.post("")
def submit() -> Response | Redirect:
    """Take an article in and go to its check."""
    upload = request.files.get("file")
    form = parse_submission(
        request.form,
        file_name=upload.filename or "" if upload else "",
        body=upload.read() if upload else b"",
        styles=current_runtime().settings.styles,
    )
    if form.submission is None:
        return render(SubmitPage(form=form), status=400)
    try:
        check = checks.request_check(current_runtime(), form.submission)
    except InvalidInputError as error:
        return render(SubmitPage(form=refused(form, error)), status=400)
    remember(check.id)
    return redirect(url_for(".show", check_id=check.id), code=303)


@blueprint.get("/<uuid:check_id>")
def show(check_id: UUID) -> Response:
    """One check, under way or judged."""
    return unlisted(render(checked(CheckId(check_id))))


@blueprint.get("/<uuid:check_id>/progress")
def progress(check_id: UUID) -> Response:
    """How far a check is, for pages that ask by themselves; it has them load again when it is over."""
    page = checked(CheckId(check_id))
    response = unlisted(make_response(render_template("checks/progress.html", page=page)))
    if not page.is_under_way:
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post("/<uuid:check_id>/quotations/<int:number>/keep")
def keep(check_id: UUID, number: int) -> Redirect:
    """Keep one quotation as reported by the article."""
    statement = reported.keep_reported(current_runtime(), CheckId(check_id), number=number)
    return redirect(url_for("statements.show", post_id=statement.post.id), code=303)


@blueprint.post("/<uuid:check_id>/keep")
def keep_all(check_id: UUID) -> Redirect:
    """Keep every quotation without an original as reported by the article."""
    reported.keep_all_reported(current_runtime(), CheckId(check_id))
    return redirect(url_for(".show", check_id=check_id), code=303)


@blueprint.post("/<uuid:check_id>/quotations/<int:number>/review")
def review(check_id: UUID, number: int) -> Response | Redirect:
    """Record a person's decision on one judgement."""
    check = checks.get_check(current_runtime(), CheckId(check_id))
    judgement = judgement_of(check.judgements, number)
    form = parse_review(request.form)
    if form.problems or form.action is None:
        return render(CheckPage(check=check, review=form, reviewed=number), status=400)
    reviews.review_judgement(
        current_runtime(),
        judgement.id,
        action=form.action,
        reviewer=form.typed["reviewer"],
        reason=form.typed["reason"],
        verdict=form.verdict,
    )
    return redirect(url_for(".show", check_id=check_id, _anchor=f"card-{number}"), code=303)


def checked(check_id: CheckId) -> CheckPage:
    """The check that the address asks for; an unknown group shows all."""
    chosen = request.args.get("group", "")
    group = VerdictGroup(chosen) if chosen in VerdictGroup.__members__.values() else None
    return CheckPage(check=asked_check(check_id), group=group, styles=current_runtime().settings.styles)


def asked_check(check_id: CheckId) -> Check:
    """The check, weighed by the house style that the address names, if it names one."""
    policy = request.args.get("policy", "")
    if policy:
        return checks.get_check_under(current_runtime(), check_id, policy=policy)
    return checks.get_check(current_runtime(), check_id)


def judgement_of(judgements: tuple[Judgement, ...], number: int) -> Judgement:
    """The newest judgement on that quotation; NotFoundError where there is none."""
    for judgement in judgements:
        if judgement.number == number:
            return judgement
    raise NotFoundError(f"The check has no quotation number {number}.", code="no_such_quotation")


def refused(form: SubmissionForm, error: InvalidInputError) -> SubmissionForm:
    """The form with what the service refused, beside the field it concerns."""
    concerned = next((name for name in ("published_on", "policy") if error.code in _CONCERNS[name]), "url")
    problem = Problem(field=concerned, code=error.code, message=error.message)
    return SubmissionForm(typed=form.typed, problems=(problem,))


_CONCERNS = {"published_on": ("bad_date",), "policy": ("unknown_policy",)}


def remember(check_id: CheckId) -> None:
    """Keep a check's address in this browser, for whoever lost it; nobody else sees it."""
    before = [known for known in session.get("checks", []) if known != str(check_id)]
    session["checks"] = [str(check_id), *before][:REMEMBERED]


def unlisted(response: Response) -> Response:
    """A page that search engines must leave alone: what was handed in may be unpublished."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
