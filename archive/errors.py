"""Every error OnRecord raises on purpose: one tree, a stable code each, a sentence a person can act on.

A verdict is not an error. Foreign exceptions are wrapped at the door they came in by, ``from`` the cause.
Each code is documented in ``docs/reference/errors.md``.
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Something OnRecord refuses or cannot do; ``code`` is stable, the message is one plain sentence."""

    code: str = "archive_error"
    http_status: int = 500

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class InvalidInputError(ArchiveError):
    """What was handed in cannot be read as what it should be."""

    code = "invalid_input"
    http_status = 400


class NotFoundError(ArchiveError):
    """The archive holds nothing under that identifier."""

    code = "no_such_record"
    http_status = 404


class ConflictError(ArchiveError):
    """The request contradicts what is stored or under way."""

    code = "conflict"
    http_status = 409


class BusyError(ConflictError):
    """Another run holds the lock (exit status 75)."""

    code = "busy"


class GoneError(ArchiveError):
    """The content was removed on purpose; the record of its removal stays."""

    code = "gone"
    http_status = 410


class CaptureError(ArchiveError):
    """A page or post could not be fetched whole."""

    code = "capture_failed"
    http_status = 502


class EgressDeniedError(CaptureError):
    """The address is not a public one, or its scheme or port is not allowed."""

    code = "egress_denied"
    http_status = 422


class ExtractionError(ArchiveError):
    """Bytes were captured but no article or post could be read from them."""

    code = "extraction_failed"
    http_status = 422


class CustodyError(ArchiveError):
    """Stored evidence does not match its recorded digest or log entry: loud, and never repaired silently."""

    code = "custody_broken"


class DeliveryError(ArchiveError):
    """A host that the operator chose did not answer, or what it answered is worth nothing."""

    code = "delivery_failed"
    http_status = 502


class StorageError(ArchiveError):
    """The database or its disk cannot be used."""

    code = "storage_failed"
    http_status = 503


class ConfigurationError(ArchiveError):
    """A setting is missing or wrong; raised at start only."""

    code = "configuration"
