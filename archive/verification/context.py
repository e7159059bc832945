"""Context: whose words a matched stretch is within its post – a repost's, an inner quotation's, a staff member's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.domain.differences import Match
from archive.domain.findings import Finding, FindingCode
from archive.domain.spans import Span, hull
from archive.domain.statements import Statement
from archive.verification.cases import Case
from archive.verification.phrases import voice_name
from archive.verification.plain_words import contains_run

_Code = FindingCode
_QUOTED = re.compile(r"“[^“”]{1,2000}”|\"[^\"\n]{1,2000}\"|«[^«»]{1,2000}»|„[^„“”]{1,2000}[“”]|「[^「」]{1,2000}」")
_INITIALS = re.compile(r"(?:\s\^|\s?[-–—]\s?)(?:[A-Z]{2,3}|(?i:staff|team \w+|admin))\s*$")
_JOINT = re.compile(r"\bjoint (?:statement|declaration|communiqu[eé])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextReading:
    """What stands around the words in the original. ``is_foreign_voice``: they are passed on from somebody else."""

    findings: tuple[Finding, ...] = field(default=())
    is_foreign_voice: bool = False


def context_of(case: Case, match: Match) -> ContextReading:
    """Whose words the matched stretches are within their posts."""
    found: list[Finding] = []
    foreign = False
    for alignment, statement in zip(match.alignments, case.statements_of(match), strict=True):
        voices = [*_repost(case, statement), *_inner_quotation(case, statement, covered=alignment.covered)]
        foreign = foreign or bool(voices)
        found += [*voices, *_staff(case, statement), *_joint(case, statement)]
        found += [*_within(case, statement, covered=alignment.covered), *answered(case, statement)]
    unique = {finding.code: finding for finding in found}
    return ContextReading(findings=tuple(unique.values()), is_foreign_voice=foreign)


def _repost(case: Case, statement: Statement) -> tuple[Finding, ...]:
    if not statement.post.is_repost:
        return ()
    return (
        case.finding(
            _Code.REPOST_AS_OWN, f"@{statement.account.handle} reposted these words; they are somebody else's."
        ),
    )


def _inner_quotation(case: Case, statement: Statement, *, covered: tuple[Span, ...]) -> tuple[Finding, ...]:
    """A11: the matched words stand between quotation marks in the post itself."""
    if not covered:
        return ()
    taken, text = hull(covered), statement.snapshot.text
    for found in _QUOTED.finditer(text):
        inner = Span(found.start(), found.end())
        whole = not re.search(r"\w", text[: inner.start]) and not re.search(r"\w", text[inner.end :])
        if inner.contains(taken) and not whole:
            return (
                case.finding(
                    _Code.QUOTE_OF_A_QUOTE,
                    f"In the post of {voice_name(statement)} these words are themselves a quotation.",
                    archived=inner,
                ),
            )
    return ()


def taken_as_own(case: Case, statement: Statement) -> tuple[Finding, ...]:
    """G16: the credited speaker only passed these words on, and the article does not say so."""
    if _says(_PASSED_ON, case):
        return ()
    sentence = f"May change the meaning – {voice_name(statement)} passed these words on; the article gives them as own."
    return (case.finding(_Code.FOREIGN_VOICE_TAKEN_AS_OWN, sentence),)


def answered(case: Case, statement: Statement) -> tuple[Finding, ...]:
    """G17: the post answers somebody else's, and the article shows neither that nor what it answers."""
    post = statement.post
    if post.in_reply_to is None:
        return ()
    parent = next((s for s in case.statements if post.in_reply_to in (s.post.native_id, s.post.url)), None)
    own_thread = parent.account.id == post.account_id if parent is not None else not _addresses(statement)
    if own_thread or _says(_ANSWERED, case) or (parent is not None and _is_shown(case, parent)):
        return ()
    to = f" to {voice_name(parent)}" if parent is not None else ""
    sentence = f"May change the meaning – the post is an answer{to}, and the article does not show what it answers."
    return (case.finding(_Code.REPLY_WITHOUT_CONTEXT, sentence),)


def _addresses(statement: Statement) -> bool:
    """Whether the post begins with another's handle, as answers to others do and threads do not."""
    found = re.match(r"\s*\.?@([\w.-]+)", statement.snapshot.text)
    return found is not None and found[1].casefold() != statement.account.handle.lstrip("@").casefold()


def _is_shown(case: Case, parent: Statement) -> bool:
    """Whether the article names whom the post answers, or quotes what it answers."""
    text = case.article.text if case.article is not None else ""
    names = (parent.voice.name, parent.account.display_name, f"@{parent.account.handle}")
    if any(name and name.casefold() in text.casefold() for name in names):
        return True
    others = (claim for claim in case.claims if claim is not case.claim)
    return any(contains_run(parent.snapshot.text, claim.quotation.content) for claim in others)


def _says(cue: re.Pattern[str], case: Case) -> bool:
    """Whether the cue stands near the quotation in the article, or in what the claim keeps of it."""
    quotation = case.claim.quotation
    around = f"{quotation.prefix} {quotation.suffix} {case.claim.attribution.cue or ''}"
    if case.article is not None and quotation.spans:
        place = hull(quotation.spans)
        text = case.article.text
        around += " " + text[max(0, place.start - _NEAR) : place.start] + " " + text[place.end : place.end + _NEAR]
    return cue.search(around) is not None


_NEAR = 400
"""Characters before and after a quotation in which an article says how the words came about."""
_PASSED_ON = re.compile(
    r"\b(?:re-?(?:post|tweet|truth|blog|share)|shar(?:ed|es|ing)|quot(?:ed|es|ing)\b(?! on\b)|cit(?:ed|es|ing)|"
    r"boost(?:ed|s|ing)|"
    r"forward(?:ed|s|ing)|amplif(?:ied|ies|ying)|relay(?:ed|s|ing)|pass(?:ed|es|ing) on|words of|post by|tweet by)",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:repl(?:y|ied|ies|ying)|respon(?:d|se)|answer|react|retort|rejoin|in return|ask(?:ed|ing)\b|question|"
    r"comment(?:ed|ing|s)? on|exchange|hit back|shot back|fired back|wrote back|counter)",
    re.IGNORECASE,
)


def _within(case: Case, statement: Statement, *, covered: tuple[Span, ...]) -> tuple[Finding, ...]:
    """X15: the words taken hold a quotation of somebody else that the post itself marks."""
    if not covered:
        return ()
    taken = hull(covered)
    for found in _QUOTED.finditer(statement.snapshot.text):
        inner = Span(found.start(), found.end())
        if taken.contains(inner) and len(found[0].split()) >= _LEAST_QUOTED and len(inner) < len(taken):
            sentence = f"The post of {voice_name(statement)} itself quotes somebody in these words."
            return (case.finding(_Code.QUOTE_INSIDE_ORIGINAL, sentence, archived=inner),)
    return ()


_LEAST_QUOTED = 4


def _staff(case: Case, statement: Statement) -> tuple[Finding, ...]:
    text = re.sub(r"(?:\s*https?://\S+)+\s*$", "", statement.snapshot.text)
    found = _INITIALS.search(text)
    if found is None:
        return ()
    return (
        case.finding(_Code.STAFF_POST, f'The post is signed "{found[0].strip()}": the account has several writers.'),
    )


def _joint(case: Case, statement: Statement) -> tuple[Finding, ...]:
    if _JOINT.search(statement.snapshot.text) is None:
        return ()
    return (
        case.finding(
            _Code.JOINT_STATEMENT, f"The original is a joint text; it is not {voice_name(statement)}'s alone."
        ),
    )
