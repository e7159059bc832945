"""``onrecord extract``: the quotations of an article, or of many, listed without being judged.

A batch needs neither an archive nor words for people, so what only the other ways need is loaded with them: of a short
batch half the time was that.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from archive import services
from archive.cli.batch import stream
from archive.cli.desk import Desk, pass_desk
from archive.cli.sources import read_day, submission_of
from archive.errors import InvalidInputError


@click.command()
@click.argument("source", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--batch", is_flag=True, help="Read JSON lines from standard input, write JSON lines.")
@click.option("--published", metavar="YYYY-MM-DD", callback=read_day, help="The day the article was published.")
@pass_desk
def extract(desk: Desk, *, source: str | None, as_json: bool, batch: bool, published: date | None) -> int:
    """List the quotations of SOURCE without judging them; needs no archive."""
    if batch == (source is not None):
        raise InvalidInputError("Give either a source or --batch.", code="usage")
    if batch or source is None:
        return stream(services.article_batch.extract_batch)
    submission = submission_of(
        source, published_on=published, policy=desk.settings.house_style.name, most_bytes=desk.settings.submission_bytes
    )
    if submission.url is not None:
        with desk.reader() as runtime:
            article, claims = services.submissions.extract_article(runtime, submission)
    else:
        article, claims = services.reading.extract_by_hand(submission, settings=desk.settings, now=datetime.now(UTC))
    if as_json:
        quotes = [services.claim_documents.claim_document(claim) for claim in claims]
        desk.document({"article": services.claim_documents.article_document(article), "quotes": quotes})
        return 0
    from archive.cli.quotations import show_quotations  # noqa: PLC0415

    show_quotations(desk, article, claims)
    return 0


COMMANDS = (extract,)
