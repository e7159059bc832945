"""The pages of statements: a search, and one statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from archive.domain.ids import CheckId
from archive.domain.statements import Quoting, StatementDetail, StatementPage
from archive.domain.verdicts import Verdict
from archive.domain.voices import VoiceBasis
from archive.services import representations
from archive.services.citations import Citations
from archive.services.linked_data import statement_linked_data
from archive.services.representations import Document
from archive.services.trust import Silence, Standing
from web.filters import instant_in_words
from web.forms import SearchForm
from web.verdict_words import VERDICTS, title_on_report
from web.words import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedIn:
    """An article that quotes a statement, as its page lists it."""

    check_id: CheckId
    title: str
    url: str | None
    number: int
    verdict_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """A search with one page of results; ``silence`` says what an empty one means."""

    template: ClassVar[str] = "statements/search.html"
    form: SearchForm
    results: StatementPage | None = None
    silence: Silence | None = None

    def document(self) -> Document:
        """The results."""
        if self.form.problems:
            return representations.problem_document(self.form.error())
        return representations.page_document(self.results or StatementPage(hits=(), after=None))


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailPage:
    """One statement with everything about it. ``permalink`` is its full address."""

    template: ClassVar[str] = "statements/show.html"
    detail: StatementDetail
    standing: Standing
    permalink: str
    cited: Citations | None = None
    shows_drafts: bool = False
    """Whether articles handed in without an address are listed: in a demo only."""

    @property
    def why_voice(self) -> str:
        """Why the words count as the speaker's; proof is claimed only where a control of that day has some."""
        basis = self.detail.statement.voice.basis
        if basis is not VoiceBasis.CONTROL:
            return in_words(basis)
        proofs = [control.proof for control in self.standing.controls]
        if any(proof.is_captured for proof in proofs):
            return f"{in_words(basis)}, and the page that links it is captured"
        stated = any(proof.is_stated for proof in proofs)
        return (
            f"{in_words(basis)}, {'with proof stated, not captured' if stated else 'but no proof of it is on record'}"
        )

    @property
    def citation(self) -> str:
        """The line a news agency would print: who, what office, where, when."""
        statement = self.detail.statement
        office = f", {statement.office_title}" if statement.office_title else ""
        if statement.report is not None:
            return f"{statement.voice.name}{office}, as reported by {statement.report.outlet}."
        where, at = in_words(statement.account.platform), instant_in_words(statement.post.posted_at)
        return f"{statement.voice.name}{office}, posted on {where} (@{statement.account.handle}), {at}."

    @property
    def command(self) -> str:
        """A command that prints the digest of the text as we hold it."""
        return f"curl -s {self.permalink}/versions/{self.detail.statement.snapshot.version}.txt | sha256sum"

    @property
    def quoted_in(self) -> tuple[QuotedIn, ...]:
        """The articles that quote the statement. Without an address it may be a draft, and is nobody's business."""
        return tuple(
            QuotedIn(
                check_id=quoting.check_id,
                title=quoting.article_title or quoting.article_url or "An article handed in",
                url=quoting.article_url,
                number=quoting.number,
                verdict_words=verdict_in_words(quoting.verdict, reported=self.detail.statement.is_reported),
            )
            for quoting in self._public()
        )

    @property
    def linked_data(self) -> Document:
        """The statement as schema.org says it."""
        return statement_linked_data(self.detail.statement, permalink=self.permalink)

    def document(self) -> Document:
        """The statement."""
        shown = replace(self.detail, quoted_in=self._public())
        return {**representations.detail_document(shown), "permalink": self.permalink}

    def _public(self) -> tuple[Quoting, ...]:
        return tuple(quoting for quoting in self.detail.quoted_in if quoting.article_url or self.shows_drafts)


def verdict_in_words(code: str, *, reported: bool) -> str:
    """A verdict's title by its code, as one on a report where no more is held; an unknown code stands as it is."""
    if code not in Verdict.__members__.values():
        return code
    return title_on_report(Verdict(code)) if reported else VERDICTS[Verdict(code)].title
