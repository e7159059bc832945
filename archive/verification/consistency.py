"""Consistency: the article against itself, before any archive is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.domain.articles import ArticleText
from archive.domain.claims import Claim
from archive.domain.findings import FindingCode
from archive.domain.policies import Policy
from archive.domain.spans import Span, hull
from archive.domain.verdicts import Note
from archive.text.names import name_key, same_person_name
from archive.verification.cases import weighed
from archive.verification.crediting import is_vague
from archive.verification.dates import printed_contradiction
from archive.verification.marks import marks_of
from archive.verification.plain_words import contains_run, content_words, plain_words
from archive.verification.terms import TwoForms, forms_that_differ

_Code = FindingCode
_BESIDE = 120
"""Characters before and after a quotation in which its speaker is usually named."""
_RUN, _LONGEST_COMPARED, _MOST_ALIKE = 3, 400, 12
"""Words that quotations must share in a row to be compared; words of each looked at; quotations of one such row."""
_MOST_PLACES = 20
_NEGATIONS = frozenset("not no never cannot without nor neither".split())


def notes_on(article: ArticleText, claims: tuple[Claim, ...], *, policy: Policy) -> tuple[Note, ...]:
    """Observations on the article as a whole, with their places in its text."""
    notes = [_term(pair, policy=policy) for pair in forms_that_differ(article.text)]
    notes += _headline(claims, policy=policy)
    notes += _unreadable(article, policy=policy)
    for one, other in _alike([c for c in claims if not c.quotation.in_headline]):
        notes += _pair(article, one, other=other, policy=policy)
    for claim in claims:
        notes += _twin(article, claim, policy=policy)
        notes += _date(claim, policy=policy)
        notes += marks_of(article, claim, policy=policy)
    return tuple(notes)


def _alike(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of quotations that share three words in a row, in order: the others are not the same words. Comparing each
    with each would take minutes where an article has thousands."""
    seen: dict[tuple[str, ...], list[int]] = {}
    for number, claim in enumerate(claims):
        words = plain_words(claim.quotation.content)[:_LONGEST_COMPARED]
        runs = {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
        for earlier in sorted({other for run in runs for other in seen.get(run, ())}):
            yield claims[earlier], claim
        for run in runs:
            holders = seen.setdefault(run, [])
            if len(holders) < _MOST_ALIKE:
                holders.append(number)


def _note(code: FindingCode, explanation: str, *, policy: Policy, spans: tuple[Span, ...]) -> Note:
    return Note(
        finding=weighed(code, explanation, policy=policy), spans=tuple((span.start, span.end) for span in spans)
    )


def _term(pair: TwoForms, *, policy: Policy) -> Note:
    right = f'; the words before it spell "{pair.spelt}"' if pair.spelt else ""
    return _note(
        _Code.INCONSISTENT_FORMS,
        f'The article writes one term as "{pair.first}" and as "{pair.second}"{right}.',
        policy=policy,
        spans=pair.spans,
    )


def _unreadable(article: ArticleText, *, policy: Policy) -> list[Note]:
    """X16: a page that says it is UTF-8 and has a few bytes of windows-1252, mostly quotation marks and accents."""
    places = [place for place, letter in enumerate(article.text) if letter == "\ufffd"]
    if not places:
        return []
    words = f"{len(places):,} letters of the page cannot be read: it is in another encoding than it says."
    spans = tuple(Span(place, place + 1) for place in places[:_MOST_PLACES])
    return [_note(_Code.UNREADABLE_LETTERS, words, policy=policy, spans=spans)]


def _headline(claims: tuple[Claim, ...], *, policy: Policy) -> list[Note]:
    """X9: words quoted in the headline that no quotation of the body has."""
    body = [c for c in claims if not c.quotation.in_headline]
    found: list[Note] = []
    for claim in claims:
        words = claim.quotation.content
        if not claim.quotation.in_headline or content_words(words) < 3 or not body:
            continue
        if any(contains_run(other.quotation.content, words) for other in body):
            continue
        near = max(body, key=lambda other: _overlap(words, other.quotation.content))
        likeness = _overlap(words, near.quotation.content)
        than = (
            f'; the body has "{near.quotation.content}"' if likeness >= 0.5 else "; no quotation of the body has them"
        )
        spans = (*claim.quotation.spans, *(near.quotation.spans if likeness >= 0.5 else ()))
        found.append(_note(_Code.HEADLINE_DIFFERS, f'The headline quotes "{words}"{than}.', policy=policy, spans=spans))
    return found


def _pair(article: ArticleText, one: Claim, *, other: Claim, policy: Policy) -> list[Note]:
    first, second = one.quotation.content, other.quotation.content
    spans = (*one.quotation.spans, *other.quotation.spans)
    if content_words(first) < 4 or content_words(second) < 4:
        return []
    if contains_run(first, second) or contains_run(second, first):
        return _credits(article, one, other=other, policy=policy)
    if _differ_in_one_word(first, second):
        sentence = f'The article quotes the same words in two forms: "{first}" and "{second}".'
        return [_note(_Code.INCONSISTENT_FORMS, sentence, policy=policy, spans=spans)]
    return []


def _credits(article: ArticleText, one: Claim, *, other: Claim, policy: Policy) -> list[Note]:
    """A15 where two names are printed for the same words, each beside its own quotation and not beside the other's."""
    first, second = one.attribution.speaker_name, other.attribution.speaker_name
    if not first or not second or is_vague(first) or is_vague(second) or same_person_name(first, second):
        return []
    # A pull quote signed with the name that the running text gives is no disagreement, whatever was read beside it.
    if min(content_words(c.quotation.content) for c in (one, other)) < 5 or (
        _stands_beside(first, article, claim=other) or _stands_beside(second, article, claim=one)
    ):
        return []
    sentence = f"The article credits the same words to {first} and to {second}."
    spans = (*one.quotation.spans, *other.quotation.spans)
    return [_note(_Code.CREDITS_DISAGREE, sentence, policy=policy, spans=spans)]


def _stands_beside(name: str, article: ArticleText, *, claim: Claim) -> bool:
    around = hull(claim.quotation.spans)
    before = article.text[max(0, around.start - _BESIDE) : around.start]
    after = article.text[around.end : around.end + _BESIDE]
    family = name_key(name).split()[-1:]
    return any(word in plain_words(f"{before} {after}") for word in family)


def _twin(article: ArticleText, claim: Claim, *, policy: Policy) -> list[Note]:
    """X8, and T17 where the paraphrase beside a quotation has a number or a negation that the quotation has not."""
    twin = claim.quotation.indirect_twin
    if twin is None:
        return []
    told, spans = twin.of(article.text), (twin, *claim.quotation.spans)
    found = [_note(_Code.INDIRECT_TWIN, "Reported speech repeats this quotation.", policy=policy, spans=spans)]
    quoted = claim.quotation.content
    ours, theirs = _other_numbers(told, quoted)
    if ours and theirs:
        sentence = f"The paraphrase has {', '.join(sorted(ours))}, the quotation {', '.join(sorted(theirs))}."
        found.append(_note(_Code.WRONG_PARAPHRASE_BESIDE, sentence, policy=policy, spans=spans))
    if _is_negated(told) != _is_negated(quoted) and _overlap(told, quoted) >= 0.5:
        sentence = "One of the paraphrase and the quotation has a negation that the other has not."
        found.append(_note(_Code.WRONG_PARAPHRASE_BESIDE, sentence, policy=policy, spans=spans))
    return found


def _date(claim: Claim, *, policy: Policy) -> list[Note]:
    said = claim.attribution.said_on
    if said is None:
        return []
    spans = (said.span,) if said.span is not None else ()
    return [
        Note(finding=finding, spans=tuple((span.start, span.end) for span in spans))
        for finding in printed_contradiction(said, language=claim.language, policy=policy)
    ]


def _overlap(one: str, other: str) -> float:
    """The share of the first text's longer words that the second has."""
    words = {word for word in plain_words(one) if len(word) > 3}
    return len(words & set(plain_words(other))) / len(words) if words else 0.0


def _differ_in_one_word(one: str, other: str) -> bool:
    first, second = plain_words(one), plain_words(other)
    if len(first) != len(second) or len(first) < 6:
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) == 1


def _other_numbers(told: str, quoted: str) -> tuple[set[str], set[str]]:
    """The numbers of each text that stand in place of the other's: all of as many, or those before the same word ("31
    years" for "20 years"). A number more on one side is only told there."""
    ours, theirs = _numbers(told), _numbers(quoted)
    ones, others = set(ours), set(theirs)
    if len(ones) == len(others) > 0 and not ones & others:
        return ones, others
    alone = [(one, other) for one in ones - others for other in others - ones if ours[one] & theirs[other]]
    return {one for one, _ in alone}, {other for _, other in alone}


def _numbers(text: str) -> dict[str, set[str]]:
    """The numbers of a text, and the words that follow each."""
    found: dict[str, set[str]] = {}
    for number, word in re.findall(r"(\d[\d,.]*)%?(?:[\s-]+(\w{3,}))?", text):
        found.setdefault(number.replace(",", "").rstrip("."), set()).update({word.casefold()} - {""})
    return found


def _is_negated(text: str) -> bool:
    return any(word in _NEGATIONS or word.endswith("n't") for word in plain_words(text))
