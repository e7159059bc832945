"""Claims: what an article asserts and we check – this speaker said these words, there, that day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from archive.domain.accounts import Platform
from archive.domain.articles import Embed
from archive.domain.spans import Span


class QuotationKind(StrEnum):
    """How the words stand in the article (Semino & Short 2004; PARC 3.0: direct, mixed, indirect)."""

    DIRECT = "direct"
    MIXED = "mixed"
    """A quoted fragment inside reported speech: called it a "disaster"."""
    INDIRECT = "indirect"
    """Reported speech without marks: never compared word by word, shown beside its direct twin (X8)."""


class Medium(StrEnum):
    """What sort of utterance the article says it was, as far as it says."""

    POST = "post"
    STATEMENT = "statement"
    PRESS_RELEASE = "press_release"
    SPEECH = "speech"
    INTERVIEW = "interview"
    LETTER = "letter"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words an article sets in quotation marks. ``spans`` are the pieces without their marks, in order, counted in the
    article's text; ``content`` joins them with one space; ``prefix`` and ``suffix`` re-anchor the quotation later
    (W3C TextQuoteSelector)."""

    spans: tuple[Span, ...]
    content: str
    kind: QuotationKind = QuotationKind.DIRECT
    prefix: str = ""
    suffix: str = ""
    nested: tuple[Span, ...] = field(default=())
    indirect_twin: Span | None = None
    """Reported speech in the article that repeats this quotation (X8)."""
    in_headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedDate:
    """A day the article gives for the words: exact when ``first == last``, else bounds (either may be open).

    ``printed`` is the wording it was read from ("on Friday"); ``event_only`` is true where the date belongs to the
    event and not surely to the post (D9).
    """

    first: date | None
    last: date | None
    printed: str = ""
    span: Span | None = None
    event_only: bool = False

    @property
    def day(self) -> date | None:
        """The one day claimed, or None where the article gives only a bound."""
        return self.first if self.first is not None and self.first == self.last else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The link quotation → speaker, as the article prints it.

    ``speaker_printed`` is the source as printed ("he", "PM Modi", "the statement"); ``speaker_name`` the person or
    institution it stands for within this article, None where nobody is named; ``office`` the role the article gives the
    speaker; ``relayed_by`` the account or institution that passed the words on ("Japan's Ministry of Foreign Affairs
    shared X's statement"), ``relayed_by_handle`` when it prints a handle.
    """

    speaker_printed: str | None = None
    speaker_span: Span | None = None
    speaker_name: str | None = None
    office: str | None = None
    cue: str | None = None
    cue_span: Span | None = None
    platform: Platform | None = None
    medium: Medium = Medium.UNKNOWN
    handle: str | None = None
    relayed_by: str | None = None
    said_on: ClaimedDate | None = None
    confidence: float = 1.0
    """0 to 1: how sure the reader of attributions is; never decides a verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What we check: this speaker said these words; with the embedded post the article ties to it, if any."""

    quotation: Quotation
    attribution: Attribution
    embed: Embed | None = None
    published_on: date | None = None
    """The article's day: no original may be younger."""
    language: str | None = None
