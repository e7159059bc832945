"""Explanations: a judgement in a sentence a journalist could print.

Nothing here says that something is untrue: the archive knows what was posted. A statement known from a report only is
never called an original, and "not found" always says whether the archive could have known.
"""

from __future__ import annotations

from datetime import UTC, datetime

from archive.domain.coverage import Coverage, CoverageState
from archive.domain.differences import Difference, Nature
from archive.domain.directory import Directory
from archive.domain.findings import FindingCode
from archive.domain.statements import Statement
from archive.domain.verdicts import Verdict

_LONGEST = 120
_GUARDS: dict[FindingCode, str] = {
    FindingCode.NEGATION: "a negation is gained or lost",
    FindingCode.NUMBER_OR_UNIT: "a number, unit or amount changes",
    FindingCode.DATE_OR_DURATION: "a date, deadline or duration changes",
    FindingCode.NAMED_ENTITY: "a person, country or organisation changes",
    FindingCode.OFFICE_OR_RANK: "an office or rank changes",
    FindingCode.MODAL_STRENGTH: "the strength of a promise or duty changes",
    FindingCode.QUANTIFIER_OR_SCOPE: "how many or how far changes",
    FindingCode.CONDITION_DROPPED: "a condition or exception changes",
    FindingCode.HEDGE_DROPPED: "a reservation is gained or lost",
    FindingCode.AGENT_SWITCHED: "who acts changes",
    FindingCode.OPPOSITE_VERB: "the verb turns to its opposite",
    FindingCode.TENSE_OR_COMPLETION: "what is done and what is to come change places",
    FindingCode.MOOD_CHANGED: "a question or order becomes a statement, or the reverse",
    FindingCode.COMPARISON_DIRECTION: "a comparison turns round",
    FindingCode.TONE_SIGN_LOST: "a sign of tone is lost",
    FindingCode.FOREIGN_VOICE_TAKEN_AS_OWN: "somebody else's words are taken for the speaker's own",
    FindingCode.REPLY_WITHOUT_CONTEXT: "an answer is shown without what it answers",
}
_ORIGINAL: dict[Verdict, str] = {
    Verdict.VERBATIM: "The quotation is word for word {what}",
    Verdict.VERBATIM_RENDERED: "The quotation is {what}, apart from the listed changes of rendering",
    Verdict.EXCERPT: "The quotation is one unbroken {takes} of {what}",
    Verdict.TRIMMED_MARKED: "The quotation leaves out part of {what} and shows the omission",
    Verdict.TRIMMED_UNMARKED: "The quotation leaves out part of {what} without showing it",
    Verdict.COMPOSITE: "The quotation puts separate words together as one: {what}",
    Verdict.ALTERED_MINOR: "The quotation changes words of {what}",
    Verdict.ALTERED_REVIEW: "The quotation changes {what} in a way that may change the meaning; a person has to decide",
    Verdict.ALTERED_MATERIAL: "The quotation changes the meaning of {what}, as a person agreed",
    Verdict.CONTEXT_ALTERED: "The quotation has the words of {what}; a person found the meaning changed by context",
    Verdict.PARAPHRASE_IN_QUOTES: "The quotation puts between quotation marks a paraphrase of {what}",
    Verdict.TRANSLATED: "The quotation is in another language than {what}; the wording cannot be compared",
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
    Verdict.TRANSLATED: "The quotation is in another language than {what}; the wording cannot be compared",
}


def difference_sentence(difference: Difference) -> str:
    """One departure in a sentence with the words concerned."""
    quoted, archived = _shown(difference.quoted_words), _shown(difference.archived_words)
    label = difference.code.label.replace("_", " ")
    if not difference.quoted_words.strip():
        said = f'the quotation leaves out "{archived}"'
    elif not difference.archived_words.strip():
        said = f'the quotation has "{quoted}", which is not in the original'
    else:
        said = f'the quotation has "{quoted}", the original "{archived}"'
    kind = "" if difference.nature is Nature.TEXT else f" ({difference.nature.value})"
    return f"{label.capitalize()}{kind}: {said}."


def guard_sentence(guard: FindingCode, difference: Difference) -> str:
    """Why a departure may have changed the meaning, with the words concerned."""
    quoted, archived = _shown(difference.quoted_words) or "nothing", _shown(difference.archived_words) or "nothing"
    return f'May change the meaning: {_GUARDS[guard]} ("{archived}" in the original, "{quoted}" in the quotation).'


def found_sentence(
    verdict: Verdict, statement: Statement, *, credited: str, wording: Verdict, takes: str = "stretch"
) -> str:
    """The verdict on a quotation whose words the archive has.

    ``wording`` is the verdict on the words alone; ``takes`` says what an excerpt is: a stretch, or a "fragment" that
    begins or ends inside a sentence of the original.
    """
    words = _wording_sentence(wording, statement, takes=takes)
    if verdict is Verdict.MISATTRIBUTED:
        return f"The article credits {credited}; the words are those of {statement.voice.name}. {words}"
    if verdict is Verdict.FAKE_SOURCE:
        return f"The account the article cites is not the genuine one. {words}"
    if verdict is Verdict.SOURCE_MISLABELLED:
        return f"The account, platform or date the article gives is not that of the words. {words}"
    return words


def undecided_sentence(reason: str) -> str:
    """Why there is no verdict on a quotation, as a sentence."""
    return f"This quotation cannot be decided: {reason}."


def not_found_sentence(coverage: Coverage, *, credited: str, directory: Directory) -> str:
    """What "not found" means here: whether the archive could have known, with dates and gaps."""
    found = f"The archive holds no statement with these words by {credited}"
    span = _window(coverage)
    names = ", ".join(f"@{a.handle}" for a in map(directory.account, coverage.accounts) if a is not None)
    names = names or "the speaker's accounts"
    if coverage.state is CoverageState.COMPLETE:
        return f"{found}. It could have known: {names} was seen without a gap{span}."
    if coverage.state is CoverageState.NO_ACCOUNT:
        return f"{found}. It could not have known: no account of {credited} is registered."
    if coverage.state is CoverageState.GAP and coverage.gaps:
        first = coverage.gaps[0]
        account = directory.account(first.account_id)
        who = f"@{account.handle}" if account is not None else "an account"
        more = f" ({len(coverage.gaps) - 1} more gaps)" if len(coverage.gaps) > 1 else ""
        gap = f"{who} was not seen from {_day(first.since)} to {_day(first.until)}{more}"
        return f"{found}. It may not have known: {gap}; the window asked for is{span}."
    return f"{found}. Whether it could have known is not recorded{span}."


def appended(sentence: str, *more: str) -> str:
    """Sentences one after another, empty ones left out."""
    return " ".join(part for part in (sentence, *more) if part)


def _wording_sentence(wording: Verdict, statement: Statement, *, takes: str) -> str:
    day = _day(statement.post.posted_at)
    if statement.report is not None:
        body = _REPORTED[wording].format(what=f"the report by {statement.report.outlet}")
        return f"{body}; no original is captured."
    platform = statement.post.platform.value.replace("_", " ")
    what = f"what {statement.voice.name} published as @{statement.account.handle} ({platform}) on {day}"
    return f"{_ORIGINAL[wording].format(what=what, takes=takes)}."


def _window(coverage: Coverage) -> str:
    if coverage.since is None or coverage.until is None:
        return ""
    return f" from {_day(coverage.since)} to {_day(coverage.until)}"


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()


def _shown(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
