"""Differences: typed departures of quoted from archived words, and the alignment that shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from archive.domain.findings import FindingCode
from archive.domain.ids import SnapshotId
from archive.domain.spans import Span


class Nature(StrEnum):
    """What sort of departure it is: R codes render, K codes mark, T and G codes change the text."""

    RENDERING = "rendering"
    MARKING = "marking"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One departure. ``quoted`` counts in the quotation's content, ``archived`` in the snapshot's text; an empty span
    marks the place where words are missing. ``guards`` are the G codes that fire on it: what may have changed the
    meaning. An unclassified difference is T3, never ignored."""

    code: FindingCode
    nature: Nature
    quoted: Span
    archived: Span
    quoted_words: str
    archived_words: str
    guards: tuple[FindingCode, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPair:
    """One step of the side-by-side view: words that correspond, or words on one side only (the other span is empty)."""

    quoted: Span
    archived: Span
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Where and how a quotation and one snapshot correspond.

    ``covered`` are the stretches of the snapshot's text that the quotation takes, in the quotation's order; ``pairs``
    the word-by-word correspondence; ``ratio`` the share of the quotation's words that have an equal word in place (0
    to 1);
    ``information`` the summed inverse document frequency of matched words in nats; ``content_words`` how many words of
    the quotation carry meaning. These rank and gate; they never decide a verdict. ``whole`` is true when the quotation
    takes the whole statement (rendering aside), ``clause_cut`` when it starts or ends inside a sentence of the
    original.
    """

    snapshot_id: SnapshotId
    covered: tuple[Span, ...]
    differences: tuple[Difference, ...]
    pairs: tuple[WordPair, ...]
    ratio: float
    information: float
    content_words: int
    whole: bool
    clause_cut: bool
    score: float = 0.0

    @property
    def guards(self) -> tuple[FindingCode, ...]:
        """Every guard that fired, once each, in order."""
        return tuple(dict.fromkeys(guard for difference in self.differences for guard in difference.guards))

    def of_nature(self, nature: Nature) -> tuple[Difference, ...]:
        """The differences of that nature, in order."""
        return tuple(difference for difference in self.differences if difference.nature is nature)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The originals one quotation rests on: one alignment, or several in the quotation's order where it joins posts.

    ``quoted`` gives each part's stretch of the quotation's content. ``common`` is true when the words are too short
    or too common to tell one original from others.
    """

    alignments: tuple[Alignment, ...]
    quoted: tuple[Span, ...]
    common: bool = False

    @property
    def is_joined(self) -> bool:
        """Whether the quotation runs over more than one post."""
        return len(self.alignments) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What comparing with all candidates gave: the best match, others that fit equally well, the best that lost.

    ``accepted`` is whether ``best`` passes the calibrated rule that these words are that statement's; ``decisive`` is
    false when the words are too few or too common to say so; ``alone`` whether no other post comes near, where the
    article names nobody. ``rivals`` fit equally (same words posted twice).
    """

    best: Match | None
    rivals: tuple[Match, ...] = field(default=())
    runner_up: Match | None = None
    accepted: bool = False
    decisive: bool = True
    alone: bool = False
