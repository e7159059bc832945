"""Findings: one coded observation with its place, weighed by a policy. Codes are those of
``docs/reference/verdicts.md``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.domain.spans import Span


class Family(StrEnum):
    """What a finding is about: the letter of its code."""

    RENDERING = "R"
    MARKING = "K"
    TEXT = "T"
    GUARD = "G"
    ATTRIBUTION = "A"
    CHANNEL = "C"
    DATE = "D"
    SOURCE_STATE = "S"
    EVIDENCE = "E"
    ARTICLE_STATE = "P"
    EXTRACTION = "X"


class FindingCode(StrEnum):
    """Every observation the engine can make; the value is the stable code."""

    HANDLE_AS_NAME = "R1"
    HANDLE_DROPPED = "R2"
    HONORIFIC_CHANGED = "R3"
    NAME_FORM_CHANGED = "R4"
    HASHTAG_UNWRAPPED = "R5"
    LINK_OR_MARKER_REMOVED = "R6"
    EMOJI_REMOVED = "R7"
    EDGE_CASE_OR_STOP = "R8"
    TYPOGRAPHY = "R9"
    HOUSE_SPELLING = "R10"
    NUMBER_STYLE = "R11"
    ABBREVIATION = "R12"
    LINE_BREAKS_FLATTENED = "R13"
    OBSCENITY_MASKED = "R14"
    CAPITALS_OR_EMPHASIS = "R15"

    ELLIPSIS_RIGHT = "K1"
    ELLIPSIS_NOTHING_MISSING = "K2"
    ELLIPSIS_OF_ORIGINAL = "K3"
    OMISSION_UNSIGNALLED = "K4"
    BRACKET_EXPLAINS = "K5"
    BRACKET_CHANGES_CLAIM = "K6"
    SIC_MARKED = "K7"
    PARENTHESIS_AS_BRACKET = "K8"
    SPEECH_TAG_HIDES_OMISSION = "K9"
    CUT_SENTENCE_AS_WHOLE = "K10"

    WORD_MISSING = "T1"
    WORD_ADDED = "T2"
    WORD_REPLACED = "T3"
    ORDER_CHANGED = "T4"
    SENTENCES_REORDERED = "T5"
    JOINED_FROM_POSTS = "T6"
    TYPO_CORRECTED = "T7"
    TYPO_INTRODUCED = "T8"
    GRAMMAR_ADAPTED = "T9"
    TENSE_OR_PERSON_SHIFTED = "T10"
    PARAPHRASE_IN_MARKS = "T11"
    TRANSLATION = "T12"
    UNDECLARED_MACHINE_TRANSLATION = "T13"
    EXTENDED_BEYOND_ORIGINAL = "T14"
    STRETCH_IN_NO_SOURCE = "T15"
    INCONSISTENT_FORMS = "T16"
    WRONG_PARAPHRASE_BESIDE = "T17"

    NEGATION = "G1"
    NUMBER_OR_UNIT = "G2"
    DATE_OR_DURATION = "G3"
    NAMED_ENTITY = "G4"
    OFFICE_OR_RANK = "G5"
    MODAL_STRENGTH = "G6"
    QUANTIFIER_OR_SCOPE = "G7"
    CONDITION_DROPPED = "G8"
    HEDGE_DROPPED = "G9"
    AGENT_SWITCHED = "G10"
    OPPOSITE_VERB = "G11"
    TENSE_OR_COMPLETION = "G12"
    MOOD_CHANGED = "G13"
    COMPARISON_DIRECTION = "G14"
    TONE_SIGN_LOST = "G15"
    FOREIGN_VOICE_TAKEN_AS_OWN = "G16"
    REPLY_WITHOUT_CONTEXT = "G17"

    OTHER_PERSON = "A1"
    NAMESAKE = "A2"
    WRONG_HOLDER = "A3"
    WRONG_OFFICE = "A4"
    INSTITUTION_ACCOUNT = "A5"
    LOOK_ALIKE_ACCOUNT = "A6"
    OTHER_CLASS_OF_ACCOUNT = "A7"
    STAFF_POST = "A8"
    JOINT_STATEMENT = "A9"
    REPOST_AS_OWN = "A10"
    QUOTE_OF_A_QUOTE = "A11"
    VAGUE_CREDIT = "A12"
    ACCOUNT_PASSED_ON = "A13"
    SOURCE_LINK_WRONG = "A14"
    CREDITS_DISAGREE = "A15"

    PLATFORM_WRONG = "C1"
    CROSS_POSTED = "C2"
    NOT_A_POST = "C3"
    POST_CALLED_STATEMENT = "C4"
    TEXT_ONLY_IN_IMAGE = "C5"
    OTHER_LANGUAGE_ACCOUNT = "C6"
    THIRD_PARTY_COPY_ONLY = "C7"

    OTHER_DAY = "D1"
    TIME_ZONE_DAY = "D2"
    RELATIVE_DATE_RESOLVED = "D3"
    WEEKDAY_CONTRADICTS_DATE = "D4"
    OLD_POST_AS_NEW = "D5"
    ARTICLE_BEFORE_POST = "D6"
    REPLY_BEFORE_QUESTION = "D7"
    ID_TIME_CONTRADICTS = "D8"
    EVENT_DATE_ONLY = "D9"

    SOURCE_LIVE = "S1"
    EDITED_AFTER_PUBLICATION = "S2"
    EDITED_BEFORE_PUBLICATION = "S3"
    DELETED_BY_AUTHOR = "S4"
    REMOVED_BY_PLATFORM = "S5"
    ACCOUNT_SUSPENDED = "S6"
    ACCOUNT_CLOSED = "S7"
    BLOCKED_FOR_US = "S8"
    REPOSTED_AFTER_DELETION = "S9"
    RESTORED = "S10"
    CORRECTED_LATER = "S11"
    LABEL_ADDED = "S12"
    GHOST_EDIT = "S13"

    TYPED_IN = "E0"
    PASTED_WITH_URL = "E1"
    THIRD_PARTY_COPY = "E2"
    OWN_CAPTURE = "E3"
    SECOND_COPY = "E4"
    TIME_STAMPED_OR_SIGNED = "E5"
    INTEGRITY_FAILED = "E-"

    ARTICLE_UNCHANGED = "P1"
    QUOTATION_UNTOUCHED = "P2"
    QUOTATION_SILENTLY_CHANGED = "P3"
    QUOTATION_CORRECTED = "P4"
    QUOTATION_REMOVED = "P5"
    ARTICLE_GONE = "P6"
    SYNDICATED_COPY_DIFFERS = "P7"

    TERM_OR_TITLE = "X1"
    NESTED_QUOTATION = "X2"
    CONTINUED_OVER_PARAGRAPHS = "X3"
    SPEAKER_IN_EARLIER_PARAGRAPH = "X4"
    TAG_SPLITS_QUOTATION = "X5"
    BARE_SPEAKER = "X6"
    SIGNATURE_INSIDE = "X7"
    INDIRECT_TWIN = "X8"
    HEADLINE_DIFFERS = "X9"
    CAPTION_OR_IMAGE = "X10"
    EMBEDDED_POST = "X11"
    UNBALANCED_MARKS = "X12"
    DASH_SIGNATURE = "X13"
    DUPLICATE_WIRE_TEXT = "X14"
    QUOTE_INSIDE_ORIGINAL = "X15"
    UNREADABLE_LETTERS = "X16"

    @property
    def family(self) -> Family:
        """What the finding is about."""
        return Family(self.value[0])

    @property
    def label(self) -> str:
        """The readable name, in lower case with underscores."""
        return self.name.lower()


class Severity(StrEnum):
    """How a policy weighs a finding. Never read off a similarity score."""

    NOTE = "note"
    """Listed, not counted against the outlet."""
    MINOR = "minor"
    MAJOR = "major"
    """May have changed the meaning, the speaker or the channel: a person should look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One observation. ``quoted`` counts in the quotation's content, ``archived`` in the snapshot's text; either is
    None where the observation has no place there. ``explanation`` is one sentence with the words concerned."""

    code: FindingCode
    severity: Severity
    explanation: str
    quoted: Span | None = None
    archived: Span | None = None
