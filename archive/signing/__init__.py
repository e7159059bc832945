"""Signing: the log's keys, and the signer that remembers the last checkpoint it signed and never goes back."""

from archive.signing.keys import has_valid_signature, is_signed_by
from archive.signing.signer import Signer

__all__ = ["Signer", "has_valid_signature", "is_signed_by"]
