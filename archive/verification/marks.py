"""Marks: how one quotation stands in its article – nested, unbalanced, signed, credited earlier (X codes)."""

from __future__ import annotations

import re
from itertools import pairwise

from archive.domain.articles import ArticleText
from archive.domain.claims import Claim
from archive.domain.findings import FindingCode
from archive.domain.policies import Policy
from archive.domain.spans import Span
from archive.domain.verdicts import Note
from archive.text.names import name_key
from archive.verification.cases import weighed
from archive.verification.titles import is_role_phrase

_Code = FindingCode
_OPENING = "\"'“‘„‚«‹»›「『`"
_CLOSING = "\"'”’“‘»›«‹」』´`"
_DASH = re.compile(r"^\W{0,3}\s*[-–—―]\s*[^\W\d_a-z]")


def marks_of(article: ArticleText, claim: Claim, *, policy: Policy) -> tuple[Note, ...]:
    """The X observations on one claim that its own fields and its surroundings show."""
    quotation = claim.quotation
    if not quotation.spans:
        return ()
    checks = (
        (_Code.CONTINUED_OVER_PARAGRAPHS, "The quotation goes on over paragraphs.", _continued(article, claim)),
        (_Code.TAG_SPLITS_QUOTATION, "The credit stands in the middle of the quotation.", _split(article, claim)),
        (_Code.BARE_SPEAKER, _bare(claim), _bare_speaker(claim)),
        (_Code.NESTED_QUOTATION, "The quotation has another quotation inside it.", quotation.nested),
        (_Code.SPEAKER_IN_EARLIER_PARAGRAPH, _earlier(claim), _speaker_before(article, claim)),
        (_Code.SIGNATURE_INSIDE, "The quotation ends with the speaker's signature.", _signature(claim)),
        (_Code.CAPTION_OR_IMAGE, "The quotation stands outside the running text.", _outside(article, claim)),
        (_Code.EMBEDDED_POST, "The article embeds or links a post beside this quotation.", _embed(claim)),
        (_Code.UNBALANCED_MARKS, "A quotation mark has no counterpart.", _unbalanced(article, claim)),
        (_Code.DASH_SIGNATURE, "The speaker is named by a signature after a dash.", _dash(article, claim)),
    )
    return tuple(
        Note(finding=weighed(code, sentence, policy=policy), spans=tuple((s.start, s.end) for s in spans))
        for code, sentence, spans in checks
        if spans
    )


def _continued(article: ArticleText, claim: Claim) -> tuple[Span, ...]:
    places = [_paragraph(article, span) for span in claim.quotation.spans]
    return claim.quotation.spans if len({place for place in places if place is not None}) > 1 else ()


def _split(article: ArticleText, claim: Claim) -> tuple[Span, ...]:
    """The pieces of a quotation between which the same paragraph names who speaks."""
    for one, other in pairwise(claim.quotation.spans):
        between = article.text[one.end : other.start]
        if _paragraph(article, one) == _paragraph(article, other) and re.search(r"\w", between):
            return one, other
    return ()


def _bare(claim: Claim) -> str:
    said = claim.attribution
    return f'The speaker is printed only as "{said.speaker_printed}"; that is taken for {said.speaker_name}.'


def _bare_speaker(claim: Claim) -> tuple[Span, ...]:
    """Where a pronoun, a title alone or initials stand for a speaker whose name is taken from elsewhere."""
    said = claim.attribution
    printed = (said.speaker_printed or "").strip()
    if not printed or not said.speaker_name or printed.casefold() == said.speaker_name.casefold():
        return ()
    initials = printed.isupper() and len(printed.replace(".", "")) <= 5
    bare = (
        printed.casefold() in _PRONOUNS
        or initials
        or (is_role_phrase(printed) and not is_role_phrase(said.speaker_name))
    )
    if not bare:
        return ()
    return (said.speaker_span,) if said.speaker_span is not None else claim.quotation.spans


_PRONOUNS = frozenset("he she they it we him her them who".split())


def _earlier(claim: Claim) -> str:
    return f"The speaker, {claim.attribution.speaker_name or claim.attribution.speaker_printed}, is named only before."


def _speaker_before(article: ArticleText, claim: Claim) -> tuple[Span, ...]:
    speaker, first = claim.attribution.speaker_span, claim.quotation.spans[0]
    if speaker is None or claim.quotation.in_headline:
        return ()
    here = _paragraph(article, first)
    there = _paragraph(article, speaker)
    return (speaker, first) if here is not None and there is not None and there < here else ()


def _paragraph(article: ArticleText, span: Span) -> int | None:
    return next((n for n, paragraph in enumerate(article.paragraphs) if paragraph.contains(span)), None)


def _signature(claim: Claim) -> tuple[Span, ...]:
    """The quotation's last stretch, if it is only a title and the speaker's name after a finished sentence."""
    name = claim.attribution.speaker_name
    finished = re.search(r"[.!?]['\"’”)]*\s+(?P<end>[^.!?]{3,120})$", claim.quotation.content)
    if not name or finished is None:
        return ()
    wanted, last = set(name_key(name).split()), finished["end"].casefold()
    capitals = [word for word in re.findall(r"\w+", finished["end"]) if word[0].islower()]
    signed = wanted and all(re.search(rf"\b{re.escape(word)}\b", last) for word in wanted) and len(capitals) <= 3
    return (claim.quotation.spans[-1],) if signed else ()


def _outside(article: ArticleText, claim: Claim) -> tuple[Span, ...]:
    first = claim.quotation.spans[0]
    if not article.paragraphs or claim.quotation.in_headline or _paragraph(article, first) is not None:
        return ()
    inside = any(paragraph.overlaps(first) for paragraph in (*article.paragraphs, *article.block_quotes))
    return () if inside else claim.quotation.spans


def _embed(claim: Claim) -> tuple[Span, ...]:
    return claim.quotation.spans if claim.embed is not None else ()


def _unbalanced(article: ArticleText, claim: Claim) -> tuple[Span, ...]:
    first, last = claim.quotation.spans[0], claim.quotation.spans[-1]
    if any(block.overlaps(first) for block in article.block_quotes):
        return ()
    opened = any(mark in _OPENING for mark in article.text[max(0, first.start - 2) : first.start])
    closed = any(mark in _CLOSING for mark in article.text[last.end : last.end + 3])
    return claim.quotation.spans if opened != closed else ()


def _dash(article: ArticleText, claim: Claim) -> tuple[Span, ...]:
    last = claim.quotation.spans[-1]
    after = article.text[last.end : last.end + 12]
    signed = _DASH.match(after) is not None and claim.attribution.cue is None
    return (claim.quotation.spans[-1],) if signed else ()
