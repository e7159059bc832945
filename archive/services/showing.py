"""Showing: what the public sees of words that are held as evidence and hidden, because the operator chose so.

``hide`` is a switch on what is shown, not on what is kept: bytes, texts, digests, proofs and comparisons stay as they
are, and it holds at once for everything of a platform whose terms are of that class, whenever and however it came in.
So it does, whatever the operator chose, for what its author asks not to be shown to strangers.
The site and its interface are the public; the command line is the operator, and sees the words. Files that leave the
archive (receipts, exports) never hold them, whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.capture.policies import POLICIES
from archive.domain.accounts import Platform
from archive.domain.availability import HEEDED, Availability, is_kept_from_strangers
from archive.domain.captures import Retention, TermsClass
from archive.domain.checks import Check
from archive.domain.posts import without_words
from archive.domain.statements import Statement, StatementDetail, StatementPage, StatementQuery
from archive.domain.verdicts import Evidence, Judgement, Opinion
from archive.runtime import Audience, Runtime
from archive.settings import Settings
from archive.storage.emptied import bare_findings

if TYPE_CHECKING:  # Whoever searches would wait for everything that captures.
    from archive.services.capture import Outcome

EXPLANATION = (
    "The original is held as evidence and was compared; its words are not shown here, because the operator shows none "
    "from platforms with such terms, or because its author asks that strangers are shown none."
)


def is_hidden(settings: Settings, platform: Platform) -> bool:
    """Whether the words of that platform are kept from the public."""
    chosen = {TermsClass.OPEN: settings.retention_open, TermsClass.RESTRICTED: settings.retention_restricted}
    return chosen.get(POLICIES[platform].terms) == Retention.HIDE.value


def hides(settings: Settings, statement: Statement) -> bool:
    """Whether a statement's words are kept from the public. Those of a report are its article's, and are not."""
    platform, availability = statement.post.platform, statement.availability.availability
    return not statement.is_reported and _is_kept_back(settings, platform, availability)


def _is_kept_back(settings: Settings, platform: Platform, availability: Availability | None) -> bool:
    return is_hidden(settings, platform) or is_kept_from_strangers(platform, availability)


def searchable(runtime: Runtime, query: StatementQuery) -> StatementQuery:
    """The query less the words that this runtime's audience may not see: it must not learn them one guess at a time
    either. A search without words, by filters only, is as it was."""
    if runtime.audience is Audience.OPERATOR or not query.words.strip():
        return query
    asked = tuple(Platform) if query.platform is None else (query.platform,)
    unsearched = tuple(platform for platform in asked if is_hidden(runtime.settings, platform))
    return replace(query, unsearched=unsearched, unsearched_if_withheld=HEEDED)


def shown_page(runtime: Runtime, page: StatementPage, *, query: StatementQuery | None = None) -> StatementPage:
    """A page of results, and what the search passed over, as this runtime's audience sees it."""
    if query is not None:
        page = replace(page, unsearched=query.unsearched)
    if runtime.audience is Audience.OPERATOR:
        return page
    hits = (
        replace(hit, statement=_without(hit.statement), highlights=())
        if hides(runtime.settings, hit.statement)
        else hit
        for hit in page.hits
    )
    return replace(page, hits=tuple(hits))


def shown_detail(runtime: Runtime, detail: StatementDetail) -> StatementDetail:
    """Everything about a statement as this runtime's audience sees it."""
    return detail if runtime.audience is Audience.OPERATOR else public_detail(runtime.settings, detail)


def shown_outcome(runtime: Runtime, outcome: Outcome) -> Outcome:
    """What capturing an address came to, as this runtime's audience sees it."""
    is_kept_back = _is_kept_back(runtime.settings, outcome.platform, outcome.availability)
    if outcome.snapshot is None or runtime.audience is Audience.OPERATOR or not is_kept_back:
        return outcome
    return replace(outcome, snapshot=without_words(outcome.snapshot))


def shown_check(runtime: Runtime, check: Check) -> Check:
    """A check as this runtime's audience sees it."""
    return check if runtime.audience is Audience.OPERATOR else public_check(runtime.settings, check)


def shown_judgement(runtime: Runtime, judgement: Judgement) -> Judgement:
    """A judgement as this runtime's audience sees it."""
    return judgement if runtime.audience is Audience.OPERATOR else _public_judgement(runtime.settings, judgement)


def public_detail(settings: Settings, detail: StatementDetail) -> StatementDetail:
    """Everything about a statement less the words that are hidden."""
    versions = detail.versions
    if hides(settings, detail.statement):
        versions = tuple(without_words(snapshot) for snapshot in versions)
    return replace(
        detail,
        statement=_public(settings, detail.statement),
        versions=versions,
        thread=_all_public(settings, detail.thread),
        posted_again=_all_public(settings, detail.posted_again),
    )


def public_check(settings: Settings, check: Check) -> Check:
    """A check less the words that are hidden; what its article quotes are the article's words, and stay."""
    return replace(
        check,
        judgements=tuple(_public_judgement(settings, judgement) for judgement in check.judgements),
        earlier=tuple(_public_judgement(settings, judgement) for judgement in check.earlier),
    )


def hides_any(settings: Settings, opinion: Opinion) -> bool:
    """Whether an opinion was formed on words that are hidden: then its sentences may repeat them."""
    return any(hides(settings, item.statement) for item in (*opinion.evidence, *opinion.others))


def _public_judgement(settings: Settings, judgement: Judgement) -> Judgement:
    opinion = judgement.opinion
    if not hides_any(settings, opinion):
        return judgement
    shown = replace(
        opinion,
        evidence=tuple(_public_evidence(settings, item) for item in opinion.evidence),
        others=tuple(_public_evidence(settings, item) for item in opinion.others),
        findings=bare_findings(opinion),
        explanation=EXPLANATION,
    )
    return replace(judgement, opinion=shown)


def _public_evidence(settings: Settings, item: Evidence) -> Evidence:
    if not hides(settings, item.statement):
        return item
    alignment = replace(item.alignment, covered=(), differences=())
    return replace(item, statement=_without(item.statement), alignment=alignment)


def _all_public(settings: Settings, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(_public(settings, statement) for statement in statements)


def _public(settings: Settings, statement: Statement) -> Statement:
    return _without(statement) if hides(settings, statement) else statement


def _without(statement: Statement) -> Statement:
    return replace(statement, snapshot=without_words(statement.snapshot))
