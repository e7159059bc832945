"""The page of captures: the form that takes an address, what came of it, and the bookmarklet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import url_for

from archive.services import capture_documents, representations
from archive.services.capture import NOTES, STATES, Outcome
from archive.services.representations import Document
from web.forms import CaptureForm


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturePage:
    """The form, with what is wrong with the address or what its capture came to."""

    template: ClassVar[str] = "capture/form.html"
    form: CaptureForm
    outcome: Outcome | None = None
    site: str = ""
    """The address of this page as others reach it, for the bookmarklet."""

    @property
    def bookmarklet(self) -> str:
        """The address of a bookmark that opens this form with the page at hand filled in; it sends nothing itself."""
        return f"javascript:location.href='{self.site}?url='+encodeURIComponent(location.href)"

    @property
    def state(self) -> str:
        """What the look showed, in words."""
        return "" if self.outcome is None else STATES[self.outcome.state]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of it, in words."""
        return () if self.outcome is None else tuple(NOTES.get(note, note) for note in self.outcome.notes)

    def document(self) -> Document:
        """What came of it, what is wrong, or how to hand an address in."""
        if self.form.problems:
            problems = [{"field": p.field, "code": p.code, "detail": p.message} for p in self.form.problems]
            return {**representations.problem_document(self.form.error()), "errors": problems}
        if self.outcome is not None:
            return capture_documents.outcome_document(self.outcome)
        return {"method": "POST", "url": url_for("capture.submit"), "fields": {"url": "the address of a post or page"}}
