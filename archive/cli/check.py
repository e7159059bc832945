"""``onrecord check`` and ``keep``: one article in, every quotation judged or kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import click
from rich.table import Table

from archive import services
from archive.cli.desk import Desk, cell, pass_desk, plain_table, shortened
from archive.cli.sources import read_day, submission_of
from archive.domain.checks import Check, CheckState
from archive.domain.findings import Severity
from archive.domain.ids import CheckId
from archive.domain.verdicts import Judgement, Opinion, VerdictGroup
from archive.errors import ArchiveError, InvalidInputError

STYLES = {
    VerdictGroup.VERBATIM: "green",
    VerdictGroup.TRIMMED: "green",
    VerdictGroup.ALTERED: "yellow",
    VerdictGroup.MISATTRIBUTED: "red",
    VerdictGroup.NOT_FOUND: "magenta",
    VerdictGroup.CANNOT_DECIDE: "cyan",
}


@click.command()
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--published",
    metavar="YYYY-MM-DD",
    callback=read_day,
    help="The day the article was published, where the page does not say.",
)
@click.option("--policy", help="The house style that weighs findings.")
@pass_desk
def check(desk: Desk, *, source: str, as_json: bool, published: date | None, policy: str | None) -> int:
    """Check the article at SOURCE: an address, an .html or .txt file, or - for standard input."""
    submission = submission_of(
        source,
        published_on=published,
        policy=policy or desk.settings.house_style.name,
        most_bytes=desk.settings.submission_bytes,
    )
    with desk.runtime() as runtime:
        done = services.checks.judge_article(runtime, submission)
    if done.state is not CheckState.DONE:
        raise ArchiveError(done.error_message or "The check failed.", code=done.error_code)
    if as_json:
        desk.document(services.representations.check_document(done))
    else:
        show_check(desk, done)
    return 1 if services.checks.has_findings(done) else 0


@click.command()
@click.argument("check_id", metavar="CHECK")
@click.option("--policy", required=True, help="The house style to weigh the findings by.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def rejudge(desk: Desk, *, check_id: str, policy: str, as_json: bool) -> int:
    """Show a finished CHECK as another house style weighs it; nothing is stored."""
    with desk.runtime() as runtime:
        weighed = services.checks.get_check_under(runtime, CheckId(uuid_of(check_id)), policy=policy)
    if as_json:
        desk.document(services.representations.check_document(weighed))
    else:
        show_check(desk, weighed)
    return 1 if services.checks.has_findings(weighed) else 0


def show_check(desk: Desk, done: Check) -> None:
    """A finished check as a table, for people."""
    article = done.article.article if done.article is not None else None
    if article is not None and (article.title or article.url):
        desk.say(article.title or article.url or "")
    desk.table(judgement_table(done.judgements))
    for note in done.notes:
        desk.say(f"Note {note.finding.code.value}: {note.finding.explanation}")
    flagged = tuple(judgement for judgement in done.judgements if services.checks.is_flagged(judgement))
    for judgement in flagged:
        _explain(desk, judgement)
    desk.say("")
    desk.say(f"{_counted(len(flagged))} of {len(done.judgements)} to look at. Check {done.id}")


def _counted(flagged: int) -> str:
    return str(flagged) if flagged else "None"


def _explain(desk: Desk, judgement: Judgement) -> None:
    """Why a quotation is to be looked at: the verdict's sentence and those of the findings that weigh."""
    desk.say("")
    desk.say(f"{judgement.number}. {judgement.opinion.explanation}")
    for finding in judgement.opinion.findings:
        if finding.severity is not Severity.NOTE:
            desk.say(f"– {finding.code.value}: {finding.explanation}")


def _in_words(opinion: Opinion) -> str:
    """The verdict in words; one that leans on a report says so."""
    of_report = any(evidence.statement.is_reported for evidence in opinion.evidence)
    return opinion.verdict.value.replace("_", " ") + (" (report)" if of_report else "")


def judgement_table(judgements: tuple[Judgement, ...]) -> Table:
    """One row for each quotation: verdict, speaker, the words, the findings."""
    table = plain_table("#", "verdict", "speaker", "quotation", "findings")
    for judgement in judgements:
        opinion = judgement.opinion
        attribution = opinion.claim.attribution
        codes = " ".join(dict.fromkeys(finding.code.value for finding in opinion.findings))
        table.add_row(
            str(judgement.number),
            cell(_in_words(opinion), style=STYLES[opinion.group]),
            cell(attribution.speaker_name or attribution.speaker_printed or "nobody named"),
            cell(shortened(opinion.claim.quotation.content, 70)),
            cell(codes),
        )
    return table


@click.command()
@click.argument("check_id", metavar="CHECK")
@click.option("--number", type=click.IntRange(min=1), help="Keep only the quotation with this number.")
@click.option("--all", "everything", is_flag=True, help="Keep every quotation whose original is not held.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_desk
def keep(desk: Desk, *, check_id: str, number: int | None, everything: bool, as_json: bool) -> int:
    """Keep quotations of a finished CHECK as reported by its article."""
    if (number is None) != everything:
        raise InvalidInputError("Give either --number N or --all.", code="usage")
    wanted = CheckId(uuid_of(check_id))
    with desk.runtime() as runtime:
        kept = (
            (services.reported.keep_reported(runtime, wanted, number=number),)
            if number is not None
            else services.reported.keep_all_reported(runtime, wanted)
        )
    if as_json:
        desk.document({"kept": [services.representations.statement_document(statement) for statement in kept]})
        return 0
    for statement in kept:
        outlet = statement.report.outlet if statement.report is not None else "an article"
        desk.say(f"{statement.voice.name}, as reported by {outlet}: {shortened(statement.snapshot.text, 70)}")
    count = "1 statement is" if len(kept) == 1 else f"{len(kept)} statements are"
    desk.say(f"{count} kept as reported; nothing kept so is an original.")
    return 0


def uuid_of(given: str) -> UUID:
    """An identifier as typed; InvalidInputError ``bad_identifier`` when it is none."""
    try:
        return UUID(given)
    except ValueError as error:
        raise InvalidInputError(f"{given!r} is no identifier.", code="bad_identifier") from error


COMMANDS = (check, rejudge, keep)
