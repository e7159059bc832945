"""The archive's closed sets in plain words, as pages print them. A test fails when a member has no words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from archive.domain.accounts import AccountKind, Platform
from archive.domain.availability import Availability
from archive.domain.captures import CaptureClass, CaptureMethod
from archive.domain.checks import CheckState
from archive.domain.coverage import CoverageState
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Family, Severity
from archive.domain.redactions import RedactionBasis, RedactionOutcome, TargetKind
from archive.domain.reviews import ReviewAction
from archive.domain.runs import StepOutcome
from archive.domain.verdicts import AttributionFit, ChannelFit, Decidability, SourceState, Wording
from archive.domain.voices import VoiceBasis

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Platform: {
        Platform.X: "X",
        Platform.MASTODON: "Mastodon",
        Platform.BLUESKY: "Bluesky",
        Platform.TRUTH_SOCIAL: "Truth Social",
        Platform.TELEGRAM: "Telegram",
        Platform.YOUTUBE: "YouTube",
        Platform.FACEBOOK: "Facebook",
        Platform.INSTAGRAM: "Instagram",
        Platform.THREADS: "Threads",
        Platform.WEB: "own website",
    },
    AccountKind: {
        AccountKind.OFFICIAL: "official account",
        AccountKind.PERSONAL: "personal account",
        AccountKind.CAMPAIGN: "campaign account",
        AccountKind.PARODY: "parody account",
        AccountKind.LOOK_ALIKE: "look-alike account",
        AccountKind.UNREGISTERED: "account nobody has registered yet",
    },
    Availability: {
        Availability.NOT_CHECKED: "not looked at again since it was captured",
        Availability.LIVE: "still online",
        Availability.EDITED: "edited since the first capture",
        Availability.WITHDRAWN: "marked as withdrawn by its author",
        Availability.SUSPECTED_GONE: "missing at one look, not yet confirmed",
        Availability.GONE: "deleted or removed",
        Availability.ACCOUNT_GONE: "the whole account is gone",
        Availability.WITHHELD: "withheld by the platform",
        Availability.MOVED: "moved to another address",
        Availability.BLOCKED_FOR_US: "not shown to us, so we cannot tell",
        Availability.UNKNOWN: "could not be reached, so we cannot tell",
        Availability.RESTORED: "online again after it had been gone",
    },
    CaptureMethod: {
        CaptureMethod.FETCH: "fetched by this archive",
        CaptureMethod.IMPORT: "imported from an exported file",
        CaptureMethod.UPLOAD: "uploaded as a file",
        CaptureMethod.PASTE: "pasted by a person",
        CaptureMethod.WEB_ARCHIVE: "taken from a web archive",
        CaptureMethod.ARTICLE_EMBED: "read from an article that embeds it",
        CaptureMethod.DEMO: "written for the demonstration",
    },
    CaptureClass: {
        CaptureClass.VERIFIABLE: "anyone can verify it",
        CaptureClass.PLATFORM_ATTESTED: "the platform's own bytes, as this archive received them",
        CaptureClass.THIRD_PARTY_ATTESTED: "a third party vouches for it",
    },
    CheckState: {
        CheckState.QUEUED: "waiting to begin",
        CheckState.RUNNING: "under way",
        CheckState.DONE: "finished",
        CheckState.FAILED: "could not be finished",
    },
    CoverageState: {
        CoverageState.COMPLETE: "The archive has the credited accounts without a gap for the time asked about.",
        CoverageState.GAP: "The archive has a gap in the time asked about, so a missing post proves nothing.",
        CoverageState.NO_ACCOUNT: "The archive knows no account of the credited speaker, so it could not have known.",
        CoverageState.NOT_ASKED: "Coverage did not matter here, because an original was found.",
    },
    EvidenceGrade: {
        EvidenceGrade.TYPED_IN: "known from a report only; no original has been captured",
        EvidenceGrade.PASTED_WITH_URL: "pasted by a person with the address it came from",
        EvidenceGrade.THIRD_PARTY_COPY: "a copy kept by a third party",
        EvidenceGrade.OWN_CAPTURE: "captured by this archive, with the raw bytes and their digest",
        EvidenceGrade.SECOND_COPY: "captured by this archive, and an independent second copy agrees",
        EvidenceGrade.TIME_STAMPED_OR_SIGNED: "captured, confirmed, and time-stamped or signed by its author",
        EvidenceGrade.FAILED: "the stored bytes no longer match their digest: do not rely on it",
    },
    Severity: {
        Severity.NOTE: "note",
        Severity.MINOR: "minor",
        Severity.MAJOR: "needs a person's eye",
    },
    ReviewAction: {
        ReviewAction.CONFIRM: "Confirm: the engine is right",
        ReviewAction.DISPUTE: "Dispute: I am not convinced",
        ReviewAction.OVERRIDE: "Override: another verdict is right",
        ReviewAction.WITHDRAW: "Withdraw: this should not have been judged",
    },
    RedactionBasis: {
        RedactionBasis.ERASURE_REQUEST: "a person’s right to erasure",
        RedactionBasis.COURT_ORDER: "a court’s order",
        RedactionBasis.AUTHORITY_ORDER: "an authority’s order",
        RedactionBasis.PLATFORM_REQUEST: "the platform asked for it",
        RedactionBasis.COPYRIGHT: "copyright",
        RedactionBasis.DANGER_TO_A_PERSON: "danger to a person",
        RedactionBasis.TAKEN_IN_BY_MISTAKE: "it should never have been taken in",
    },
    RedactionOutcome: {
        RedactionOutcome.CONFIRMED: "confirmed",
        RedactionOutcome.REFUSED: "refused",
    },
    TargetKind: {
        TargetKind.STATEMENT: "statement",
        TargetKind.CAPTURE: "capture",
    },
    StepOutcome: {
        StepOutcome.FINE: "fine",
        StepOutcome.NEEDS_PERSON: "needs a person",
        StepOutcome.PARTLY_FAILED: "partly failed",
    },
    Wording: {
        Wording.SAME: "the same words",
        Wording.RENDERED: "the same words, written the way articles write them",
        Wording.TRIMMED: "shortened",
        Wording.COMPOSED: "put together from several places",
        Wording.CHANGED: "changed",
        Wording.TRANSLATED: "in another language",
        Wording.NO_ORIGINAL: "no original to compare with",
    },
    AttributionFit: {
        AttributionFit.SAME: "agrees",
        AttributionFit.SAME_INSTITUTION: "same institution, another voice",
        AttributionFit.OTHER: "somebody else",
        AttributionFit.UNPROVEN: "not proven",
        AttributionFit.NOT_CREDITED: "the article credits nobody",
        AttributionFit.NOT_APPLICABLE: "nothing to compare",
    },
    ChannelFit: {
        ChannelFit.AGREES: "agrees",
        ChannelFit.OTHER_PLATFORM: "another platform",
        ChannelFit.OTHER_ACCOUNT: "another account",
        ChannelFit.OTHER_DATE: "another day",
        ChannelFit.NOT_CLAIMED: "the article does not say",
        ChannelFit.NOT_APPLICABLE: "nothing to compare",
    },
    SourceState: {
        SourceState.LIVE: "the original is online",
        SourceState.EDITED: "the original was edited",
        SourceState.GONE: "the original is gone",
        SourceState.UNREACHABLE: "the original cannot be reached",
        SourceState.NOT_CHECKED: "the original has not been looked at again",
        SourceState.REPORTED_ONLY: "known from a report only",
        SourceState.NOT_APPLICABLE: "no original",
    },
    Decidability: {
        Decidability.DECIDED: "decided by the rules",
        Decidability.NEEDS_PERSON: "a person has to decide",
        Decidability.TOO_SHORT: "too few words to decide",
        Decidability.SEVERAL_FIT: "several originals fit",
        Decidability.NOT_COVERED: "the archive has a gap there",
        Decidability.NO_ACCOUNT: "no account of the speaker is known",
    },
    VoiceBasis: {
        VoiceBasis.CONTROL: "the registry says who controls this account",
        VoiceBasis.SIGNATURE: "the text is signed",
        VoiceBasis.CURATED: "a curator recorded whose words these are",
        VoiceBasis.PROFILE: "only the profile's own name says so; there is no proof of office",
        VoiceBasis.REPORT: "only the article's attribution says so",
    },
    Family: {
        Family.RENDERING: "Rendering: how articles write down a post",
        Family.MARKING: "Marking: was the change shown to the reader?",
        Family.TEXT: "Text: words missing, added or replaced",
        Family.GUARD: "Guards: what may have changed the meaning",
        Family.ATTRIBUTION: "Attribution: who is credited",
        Family.CHANNEL: "Channel: platform and medium",
        Family.DATE: "Date: when it was said",
        Family.SOURCE_STATE: "Source: what became of the original",
        Family.EVIDENCE: "Evidence: how well the original is evidenced",
        Family.ARTICLE_STATE: "Article: what became of the article",
        Family.EXTRACTION: "Extraction: how the quotation stands in the article",
    },
}
"""By class first: members of two closed sets can be equal as text ("edited" is a state and a source)."""


def in_words(member: StrEnum) -> str:
    """A member of a closed set as pages print it. KeyError for one that has no words yet."""
    return WORDS[type(member)][member.value]
