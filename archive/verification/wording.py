"""Wording: what the typed differences of a match say of the quoted words, whoever said them and wherever."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field

from archive.domain.claims import Claim
from archive.domain.differences import Difference, Match
from archive.domain.findings import Finding, FindingCode, Severity
from archive.domain.posts import Snapshot
from archive.domain.verdicts import Verdict, Wording
from archive.verification.cases import Case
from archive.verification.departures import difference_sentence, guard_sentence
from archive.verification.phrases import post_of
from archive.verification.plain_words import plain_words
from archive.verification.precedence import CONTEXT_GUARDS, PROPOSED_BY, headline

_Code = FindingCode
_REWORDED = (_Code.WORD_REPLACED, _Code.TENSE_OR_PERSON_SHIFTED, _Code.GRAMMAR_ADAPTED, _Code.ORDER_CHANGED)
_UNKNOWN_LANGUAGES = ("", "und", "zxx", "qme", "qst", "qht", "qam", "art", "mul")
_AXES: dict[Verdict, Wording] = {
    Verdict.VERBATIM: Wording.SAME,
    Verdict.VERBATIM_RENDERED: Wording.RENDERED,
    Verdict.EXCERPT: Wording.TRIMMED,
    Verdict.TRIMMED_MARKED: Wording.TRIMMED,
    Verdict.TRIMMED_UNMARKED: Wording.TRIMMED,
    Verdict.COMPOSITE: Wording.COMPOSED,
    Verdict.TRANSLATED: Wording.TRANSLATED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingReading:
    """What the words alone say: the verdict they would lead to, and why.

    ``runs_beyond_cut``: the archived copy was cut short by its source and the quotation goes on after the cut.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = field(default=())
    differences: tuple[Difference, ...] = field(default=())
    runs_beyond_cut: bool = False

    @property
    def axis(self) -> Wording:
        """The verdict on the words as the first axis has it."""
        return _AXES.get(self.verdict, Wording.CHANGED)


def wording_of(case: Case, match: Match) -> WordingReading:
    """What the differences of a match say of the quoted words."""
    kept: list[Difference] = []
    beyond = False
    for alignment in match.alignments:
        snapshot = case.statement_of(alignment).snapshot
        inside = tuple(d for d in alignment.differences if not _is_beyond_cut(d, snapshot))
        beyond = beyond or len(inside) < len(alignment.differences)
        kept += inside
    differences = tuple(kept)
    findings = [*_findings(case, differences, source=_source(case, match)), *_joined(case, match)]
    if _is_reworded(case.claim, differences):
        findings.append(case.finding(_Code.PARAPHRASE_IN_MARKS, "Most of the quoted words are not the original's."))
    return WordingReading(
        verdict=headline(_proposals(case, match, findings=tuple(findings), differences=differences)),
        findings=tuple(findings),
        differences=differences,
        runs_beyond_cut=beyond,
    )


def reaches_cut(case: Case, match: Match) -> bool:
    """Whether a match that was not accepted runs to the point at which its source cut the archived copy."""
    alignment = match.alignments[-1]
    snapshot = case.statement_of(alignment).snapshot
    same = sum(1 for pair in alignment.pairs if pair.same)
    return snapshot.truncated and same >= 4 and any(s.end >= _cut_point(snapshot) for s in alignment.covered)


def is_other_language(claim: Claim, snapshot: Snapshot) -> bool:
    """Whether quotation and archived text are known to be in different languages."""
    one, other = _language(claim.language), _language(snapshot.language)
    return one not in _UNKNOWN_LANGUAGES and other not in _UNKNOWN_LANGUAGES and one != other


def is_folded(difference: Difference) -> bool:
    """Whether the two sides are equal after Unicode form, white space, quotation marks and entities are folded."""
    return difference.code in (_Code.TYPOGRAPHY, _Code.LINE_BREAKS_FLATTENED) and _folded(
        difference.quoted_words
    ) == _folded(difference.archived_words)


def _proposals(
    case: Case, match: Match, *, findings: tuple[Finding, ...], differences: tuple[Difference, ...]
) -> set[Verdict]:
    proposed = {_by_finding(f) for f in findings if f.code in PROPOSED_BY and f.code not in _own_codes(differences)}
    proposed |= {verdict for d in differences if (verdict := _proposed_by(case, d)) is not None}
    if not all(alignment.whole for alignment in match.alignments) or match.is_joined:
        proposed.add(Verdict.EXCERPT)
    return proposed


def _by_finding(finding: Finding) -> Verdict:
    """Letters of another alphabet in the words (A6) forge a word, not the account: that is a change to look at."""
    proposed = PROPOSED_BY[finding.code]
    return Verdict.ALTERED_REVIEW if proposed is Verdict.FAKE_SOURCE else proposed


def _own_codes(differences: tuple[Difference, ...]) -> set[FindingCode]:
    """Codes that the differences themselves stand for, so that each of them can be weighed by its words."""
    return {d.code for d in differences}


def _proposed_by(case: Case, difference: Difference) -> Verdict | None:
    """The verdict one difference alone would lead to, its guards aside."""
    verdict = PROPOSED_BY.get(difference.code)
    if verdict is None or is_folded(difference):
        return None
    if verdict is not Verdict.ALTERED_MINOR:
        return verdict
    if _has_no_words(difference):
        # A laughing face left out (T1 with the tone guard) changes no word; whether it changes the tone, a person says.
        return Verdict.VERBATIM_RENDERED
    # An invented stretch (T15) without a guard is still nothing to call minor: a person looks.
    grave = case.policy.severity_of(difference.code) is Severity.MAJOR
    return Verdict.ALTERED_REVIEW if grave else verdict


def _has_no_words(difference: Difference) -> bool:
    return not plain_words(difference.quoted_words + " " + difference.archived_words)


def _source(case: Case, match: Match) -> str:
    """What the quotation is compared with: a report is never called an original."""
    return "report" if any(statement.is_reported for statement in case.statements_of(match)) else "original"


def _findings(case: Case, differences: tuple[Difference, ...], *, source: str) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for difference in differences:
        places = {"quoted": difference.quoted, "archived": difference.archived}
        found.append(case.finding(difference.code, difference_sentence(difference, source=source), **places))
        found += [
            case.finding(guard, guard_sentence(guard, difference, source=source), **places)
            for guard in difference.guards
        ]
    return tuple(found)


def _joined(case: Case, match: Match) -> tuple[Finding, ...]:
    codes = {d.code for a in match.alignments for d in a.differences}
    if not match.is_joined or _Code.JOINED_FROM_POSTS in codes:
        return ()
    posts = list(dict.fromkeys(post_of(statement) for statement in case.statements_of(match)))
    place = match.quoted[1] if len(match.quoted) > 1 else None
    return (
        case.finding(_Code.JOINED_FROM_POSTS, f"The quotation joins words of {' and '.join(posts)}.", quoted=place),
    )


def _is_reworded(claim: Claim, differences: tuple[Difference, ...]) -> bool:
    """Whether more than half of the quoted words were put in place of others."""
    if any(d.code is _Code.PARAPHRASE_IN_MARKS for d in differences):
        return False
    replaced = sum(len(plain_words(d.quoted_words)) for d in differences if d.code in _REWORDED)
    return 2 * replaced > len(plain_words(claim.quotation.content))


def _is_beyond_cut(difference: Difference, snapshot: Snapshot) -> bool:
    if not snapshot.truncated or difference.code in CONTEXT_GUARDS:
        return False
    return difference.archived.start >= _cut_point(snapshot)


def _cut_point(snapshot: Snapshot) -> int:
    """Where the last whole word of a cut text ends: its last word may itself be cut ("strengthe…")."""
    text = re.sub(r"(?:\s*https?://\S*)+\s*$", "", snapshot.text)
    shown = text.rstrip("… .")
    last = shown.rfind(" ")
    return max(last, 0)


def _language(tag: str | None) -> str:
    return (tag or "").split("-")[0].split("_")[0].casefold()


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", html.unescape(text))
    return re.sub(r"[\s'\"‘’‚‛“”„‟«»‹›「」『』`´]+", "", plain)


def total_content_words(match: Match) -> int:
    """How many words of the quotation carry meaning, over all its parts."""
    return sum(alignment.content_words for alignment in match.alignments)
