"""Evidence: the grade of what supports a statement (verdicts.md 4.8, E0 to E5)."""

from __future__ import annotations

from enum import StrEnum

from archive.domain.captures import Capture, CaptureClass, CaptureMethod


class EvidenceGrade(StrEnum):
    """How well an original is evidenced; higher is better, FAILED is none at all."""

    TYPED_IN = "E0"
    """Known only from a report (an article, a person): no captured original."""
    PASTED_WITH_URL = "E1"
    THIRD_PARTY_COPY = "E2"
    OWN_CAPTURE = "E3"
    SECOND_COPY = "E4"
    TIME_STAMPED_OR_SIGNED = "E5"
    FAILED = "E-"
    """The stored bytes no longer match their recorded digest."""


def grade_of(capture: Capture, *, second_copy: bool = False, time_stamped: bool = False) -> EvidenceGrade:
    """The grade a capture gives the statement read from it.

    ``second_copy``: an independent capture shows the same words; ``time_stamped``: a trusted time stamp covers it.
    """
    if capture.provenance.method is CaptureMethod.PASTE:
        return EvidenceGrade.PASTED_WITH_URL if "://" in capture.provenance.source else EvidenceGrade.TYPED_IN
    if capture.provenance.capture_class is CaptureClass.THIRD_PARTY_ATTESTED:
        return EvidenceGrade.THIRD_PARTY_COPY
    if not capture.provenance.complete:
        return EvidenceGrade.PASTED_WITH_URL
    if capture.provenance.capture_class is CaptureClass.VERIFIABLE or (second_copy and time_stamped):
        return EvidenceGrade.TIME_STAMPED_OR_SIGNED
    return EvidenceGrade.SECOND_COPY if second_copy else EvidenceGrade.OWN_CAPTURE
