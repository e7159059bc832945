"""``onrecord review``: a person's decision on a judgement, with a name and a reason."""

from __future__ import annotations

import click

from archive import services
from archive.cli.check import uuid_of
from archive.cli.desk import Desk, pass_desk
from archive.domain.ids import CheckId
from archive.domain.reviews import ReviewAction
from archive.domain.verdicts import Verdict
from archive.errors import NotFoundError

ACTIONS = tuple(action.value for action in ReviewAction)
VERDICTS = tuple(verdict.value for verdict in Verdict)


@click.command()
@click.argument("check_id", metavar="CHECK")
@click.option("--number", type=click.IntRange(min=1), required=True, help="The quotation's number in the check.")
@click.option("--action", type=click.Choice(ACTIONS), required=True, help="What you decide.")
@click.option("--verdict", type=click.Choice(VERDICTS), help="The verdict to put in place, for an override.")
@click.option("--by", "reviewer", required=True, help="Your name; it is stored and shown.")
@click.option("--reason", required=True, help="Why; it is stored and shown.")
@pass_desk
def review(
    desk: Desk, *, check_id: str, number: int, action: str, verdict: str | None, reviewer: str, reason: str
) -> int:
    """Confirm, dispute, override or withdraw the judgement on one quotation of CHECK."""
    with desk.runtime() as runtime:
        check = services.checks.get_check(runtime, CheckId(uuid_of(check_id)))
        judged = next((judgement for judgement in check.judgements if judgement.number == number), None)
        if judged is None:
            raise NotFoundError(f"The check has no quotation number {number}.", code="no_such_quotation")
        decided = services.reviews.review_judgement(
            runtime,
            judged.id,
            action=ReviewAction(action),
            reviewer=reviewer,
            reason=reason,
            verdict=Verdict(verdict) if verdict is not None else None,
        )
    desk.say(f"Quotation {number}: {decided.opinion.verdict.value.replace('_', ' ')}, decided by {decided.decided_by}.")
    return 0


COMMANDS = (review,)
