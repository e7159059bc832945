"""Composing: a fit as the domain's match – alignments with covered spans, word pairs and coded differences."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from archive.domain.differences import Alignment, Difference, Match, Nature, WordPair
from archive.domain.findings import FindingCode
from archive.domain.spans import Span
from archive.domain.statements import Statement
from archive.matching.alignment import Fitting, StepKind, fit, without_weak_ends
from archive.matching.changes import Pairing, pairing_of
from archive.matching.context import Comparison
from archive.matching.differences import classify
from archive.matching.edges import Edges, edges_of
from archive.matching.fits import Fit, Rarity, content_words
from archive.matching.handles import KnownNames
from archive.matching.passages import Passage, archived_passage
from archive.matching.rewording import as_paraphrase
from archive.matching.settling import settled
from archive.matching.wholes import with_wholes

_PAIRED = (StepKind.SAME, StepKind.NEAR, StepKind.OTHER)


def match_of(found: Fit, quoted: Passage, *, names: KnownNames, rarity: Rarity, common: bool) -> Match:
    """The match with one alignment for each statement the quotation rests on."""
    bounds = [0, *found.cuts, len(quoted.words)]
    parts = [quoted.part(first, last) for first, last in pairwise(bounds)]
    if len(parts) == 1:
        parts = [quoted]
    alignments = []
    for number, (part, statement) in enumerate(zip(parts, found.statements, strict=True)):
        known = found if part is quoted else None
        alignment = align(part, statement, names=names, rarity=rarity, score=found.score, known=known)
        alignments.append(alignment if number == 0 else _behind_seam(alignment, parts[number - 1], part=part))
    spans = tuple(part.span_of(0, len(part.words)) for part in parts)
    return Match(alignments=tuple(alignments), quoted=spans, common=common)


def rough_match(statements: Sequence[Statement], quoted: Passage) -> Match:
    """Statements that came nearest and are not the original, without the words compared: where nobody is shown them."""
    spans = (quoted.span_of(0, len(quoted.words)),) * len(statements)
    return Match(alignments=tuple(_rough(statement, quoted) for statement in statements), quoted=spans)


def _rough(statement: Statement, quoted: Passage) -> Alignment:
    return Alignment(
        snapshot_id=statement.snapshot.id,
        covered=(),
        differences=(),
        pairs=(),
        ratio=0.0,
        information=0.0,
        content_words=content_words(quoted),
        whole=False,
        clause_cut=False,
    )


def align(
    part: Passage,
    statement: Statement,
    *,
    names: KnownNames,
    rarity: Rarity,
    score: float = 0.0,
    known: Fit | None = None,
) -> Alignment:
    """One quotation (or part of one) word by word against one statement's snapshot; ``known`` is the fit of just
    these two, if there is one."""
    archived = archived_passage(statement.snapshot.text)
    comparison = Comparison(quoted=part, archived=archived, names=names, frequencies=rarity.frequencies)
    fitting, pairing = _paired(comparison, known=known)
    same = [step for step in fitting.steps if step.kind is StepKind.SAME]
    differences = list(classify(pairing, comparison))
    edges = _edges(fitting, pairing, comparison=comparison)
    whole = edges.whole and not _leaves_out(differences)
    differences += edges.differences
    differences = as_paraphrase(differences, pairing, comparison=comparison)
    counted = max(1, len(part.words))
    return Alignment(
        snapshot_id=statement.snapshot.id,
        covered=_covered(pairing, archived),
        differences=tuple(sorted(dict.fromkeys(differences), key=lambda d: (d.quoted, d.archived, d.code.value))),
        pairs=_pairs(pairing, comparison),
        ratio=len(same) / counted,
        information=sum(rarity.of(part.words[step.quoted].text_normalised) for step in same),
        content_words=content_words(part),
        whole=whole,
        clause_cut=edges.clause_cut,
        score=score,
    )


def _edges(fitting: Fitting, pairing: Pairing, *, comparison: Comparison) -> Edges:
    reached = [step for step in fitting.steps if step.kind in _PAIRED]
    if not reached or not pairing.reach[1]:
        return Edges(whole=False, clause_cut=False)
    begin, end = pairing.reach
    return edges_of(
        begin,
        end,
        comparison=comparison,
        quoted_first=0 if begin < reached[0].archived else reached[0].quoted,
        quoted_last=len(comparison.quoted.words) if end > reached[-1].archived + 1 else reached[-1].quoted + 1,
    )


def _paired(comparison: Comparison, *, known: Fit | None) -> tuple[Fitting, Pairing]:
    quoted, archived = comparison.quoted, comparison.archived
    laid = known.fitting if known is not None else fit(quoted, archived)
    fitting = without_weak_ends(laid, quoted, archived=archived)
    if known is not None and fitting.steps == laid.steps:
        return fitting, settled(known.pairing, comparison)
    pairing = with_wholes(pairing_of(fitting, quoted, archived=archived), comparison)
    return fitting, settled(pairing, comparison)


def _leaves_out(differences: list[Difference]) -> bool:
    gone = (
        FindingCode.ELLIPSIS_RIGHT,
        FindingCode.OMISSION_UNSIGNALLED,
        FindingCode.SPEECH_TAG_HIDES_OMISSION,
    )
    return any(difference.code in gone for difference in differences)


def _behind_seam(alignment: Alignment, before: Passage, *, part: Passage) -> Alignment:
    """The alignment of a further post, with the finding that the quotation joins two (T6)."""
    start = before.span_of(0, len(before.words)).end
    place = Span(start, part.span_of(0, len(part.words)).start)
    archived = alignment.covered[0].start if alignment.covered else 0
    joined = Difference(
        code=FindingCode.JOINED_FROM_POSTS,
        nature=Nature.TEXT,
        quoted=place,
        archived=Span(archived, archived),
        quoted_words=place.of(part.text),
        archived_words="",
    )
    return Alignment(
        snapshot_id=alignment.snapshot_id,
        covered=alignment.covered,
        differences=(joined, *alignment.differences),
        pairs=alignment.pairs,
        ratio=alignment.ratio,
        information=alignment.information,
        content_words=alignment.content_words,
        whole=alignment.whole,
        clause_cut=alignment.clause_cut,
        score=alignment.score,
    )


def _covered(pairing: Pairing, archived: Passage) -> tuple[Span, ...]:
    """The stretches of archived text taken: unbroken runs of words that have a partner."""
    spans: list[Span] = []
    run: tuple[int, int] | None = None
    for _, number in sorted(pairing.same, key=lambda pair: pair[0]):
        if run is not None and number == run[1]:
            run = (run[0], number + 1)
            continue
        if run is not None:
            spans.append(archived.span_of(*run))
        run = (number, number + 1)
    if run is not None:
        spans.append(archived.span_of(*run))
    return tuple(spans)


def _pairs(pairing: Pairing, comparison: Comparison) -> tuple[WordPair, ...]:
    rows = [
        (quoted, 0, comparison.quoted.words[quoted].span, comparison.archived.words[archived].span, True)
        for quoted, archived in pairing.same
    ]
    for change in pairing.changes:
        here = comparison.quoted.span_of(change.quoted_first, change.quoted_last)
        there = comparison.archived.span_of(change.archived_first, change.archived_last)
        rows.append((change.quoted_first, -1, here, there, False))
    rows.sort(key=lambda row: row[:2])
    return tuple(WordPair(quoted=here, archived=there, same=same) for _, _, here, there, same in rows)
