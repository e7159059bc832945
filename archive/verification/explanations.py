"""Explanations: a judgement in a sentence a journalist could print.

Nothing here says that something is untrue: the archive knows what was posted. A statement known from a report only is
never called an original, and "not found" always says whether the archive could have known.
"""

from __future__ import annotations

from archive.domain.accounts import Platform
from archive.domain.coverage import Coverage, CoverageState
from archive.domain.directory import Directory
from archive.domain.statements import Statement
from archive.domain.verdicts import Verdict
from archive.verification.phrases import day_of, platform_name, voice_name

SHOWN, BEHIND_TAG = "and shows the omission", "where the article breaks off to say who speaks"
_ORIGINAL: dict[Verdict, str] = {
    Verdict.VERBATIM: "The quotation is word for word {what}",
    Verdict.VERBATIM_RENDERED: "The quotation is {what}, apart from the listed changes of rendering",
    Verdict.EXCERPT: "The quotation is one unbroken {takes} of {what}",
    Verdict.TRIMMED_MARKED: "The quotation leaves out part of {what} {shows}",
    Verdict.TRIMMED_UNMARKED: "The quotation leaves out part of {what} without showing it",
    Verdict.COMPOSITE: "The quotation runs together, as one, words that stand apart in {what}",
    Verdict.ALTERED_MINOR: "The quotation changes words of {what}",
    Verdict.ALTERED_REVIEW: "The quotation changes {what} in a way that may change the meaning; a person has to decide",
    Verdict.ALTERED_MATERIAL: "The quotation changes the meaning of {what}, as a person agreed",
    Verdict.CONTEXT_ALTERED: "The quotation has the words of {what}; a person found the meaning changed by context",
    Verdict.PARAPHRASE_IN_QUOTES: "The quotation puts between quotation marks a paraphrase of {what}",
    Verdict.TRANSLATED: "The quotation is in a different language from {what}; the wording cannot be compared",
}
_REPORTED: dict[Verdict, str] = {
    Verdict.VERBATIM: "The quotation agrees with {what}",
    Verdict.VERBATIM_RENDERED: "The quotation agrees with {what}, apart from the listed changes of rendering",
    Verdict.EXCERPT: "The quotation agrees with part of {what}",
    Verdict.TRIMMED_MARKED: "The quotation agrees with {what}, with an omission it shows",
    Verdict.TRIMMED_UNMARKED: "The quotation differs from {what}: it leaves words out without showing it",
    Verdict.COMPOSITE: "The quotation differs from {what}: it puts separate words together as one",
    Verdict.ALTERED_MINOR: "The quotation differs from {what} in single words",
    Verdict.ALTERED_REVIEW: "The quotation differs from {what}, perhaps in meaning; a person has to decide",
    Verdict.ALTERED_MATERIAL: "The quotation differs from {what} in meaning, as a person agreed",
    Verdict.CONTEXT_ALTERED: "The quotation agrees in words with {what}; a person found the meaning changed by context",
    Verdict.PARAPHRASE_IN_QUOTES: "The quotation differs from {what}: it puts a paraphrase between quotation marks",
    Verdict.TRANSLATED: "The quotation is in a different language from {what}; the wording cannot be compared",
}


def found_sentence(
    verdict: Verdict,
    statement: Statement,
    *,
    credited: str,
    wording: Verdict,
    takes: str = "stretch",
    shows: str = SHOWN,
    wrong: tuple[str, ...] = (),
) -> str:
    """The verdict on a quotation whose words the archive has.

    ``wording`` is the verdict on the words alone; ``takes`` says what an excerpt is: a stretch, or a "fragment" that
    begins or ends inside a sentence of the original; ``shows`` how an omission is shown; ``wrong`` what the article
    says wrongly of where or when the words were published.
    """
    words = _wording_sentence(wording, statement, takes=takes, shows=shows)
    if verdict is Verdict.MISATTRIBUTED:
        return f"The article credits {credited}; the words are those of {voice_name(statement)}. {words}"
    if verdict is Verdict.FAKE_SOURCE:
        return f"The account the article cites is not the genuine one. {words}"
    if verdict is Verdict.SOURCE_MISLABELLED:
        given = " and ".join(wrong) or "source"
        verb = "are" if len(wrong) > 1 else "is"
        return f"The {given} the article gives {verb} not that of the words. {words}"
    return words


def undecided_sentence(reason: str) -> str:
    """Why there is no verdict on a quotation, as a sentence."""
    return f"This quotation cannot be decided: {reason}."


def unnamed_sentence(printed: str | None) -> str:
    """What "not found" means where the article credits nobody by name; ``printed`` is how it calls the source."""
    whom = f'only "{printed}"' if printed else "nobody"
    return (
        "The archive holds no statement with these words. "
        f"It could not have known whose accounts to look at: the article credits {whom}."
    )


def not_found_sentence(coverage: Coverage, *, credited: str, directory: Directory) -> str:
    """What "not found" means here: whether the archive could have known, with dates and gaps."""
    found = f"The archive holds no statement with these words by {credited}"
    span = _window(coverage)
    names = ", ".join(f"@{a.handle}" for a in map(directory.account, coverage.accounts) if a is not None)
    names = names or "the speaker's accounts"
    if coverage.state is CoverageState.COMPLETE and coverage.includes_deletions:
        return f"{found}. It could have known: {names} was seen without a gap{span}."
    if coverage.state is CoverageState.COMPLETE:
        left = f"{names} was recorded without a gap{span}, but a post deleted before that record was made is not in it"
        return f"{found}. It may not have known: {left}."
    if coverage.state is CoverageState.NO_ACCOUNT:
        return f"{found}. It could not have known: no account of {credited} is registered."
    if coverage.state is CoverageState.GAP and coverage.gaps:
        first = coverage.gaps[0]
        account = directory.account(first.account_id)
        who = f"@{account.handle}" if account is not None else "an account"
        more = f" ({len(coverage.gaps) - 1} more gaps)" if len(coverage.gaps) > 1 else ""
        gap = f"{who} was not seen from {day_of(first.since)} to {day_of(first.until)}{more}"
        return f"{found}. It may not have known: {gap}; the time asked about runs{span}."
    return f"{found}. Whether it could have known is not recorded{span}."


def appended(sentence: str, *more: str) -> str:
    """Sentences one after another, empty ones left out."""
    return " ".join(part for part in (sentence, *more) if part)


def _wording_sentence(wording: Verdict, statement: Statement, *, takes: str, shows: str) -> str:
    day = day_of(statement.post.posted_at)
    if statement.report is not None:
        body = _REPORTED[wording].format(what=f"the report by {statement.report.outlet}")
        return f"{body}; no original is captured."
    platform = platform_name(statement.post.platform)
    verb = "reposted" if statement.post.is_repost else "published"
    place = f"as @{statement.account.handle} on {platform}"
    if statement.post.platform is Platform.WEB:
        # The account of a page is its site: "published as @harbour.example on the institution's own site".
        place = f"on {statement.account.handle}"
    what = f"what {voice_name(statement)} {verb} {place} on {day}"
    return f"{_ORIGINAL[wording].format(what=what, takes=takes, shows=shows)}."


def _window(coverage: Coverage) -> str:
    if coverage.since is None or coverage.until is None:
        return ""
    return f" from {day_of(coverage.since)} to {day_of(coverage.until)}"
