"""Judgements as canonical JSON: how they are stored, committed to and read back."""

from __future__ import annotations

import json
from typing import cast

from archive.domain.captures import Digest, digest_of
from archive.domain.verdicts import Judgement
from archive.storage import json_text


def dump(judgement: Judgement) -> dict[str, object]:
    """The judgement as a JSON object."""
    return cast(dict[str, object], json_text.plain(judgement))


def load(document: dict[str, object]) -> Judgement:
    """The judgement that ``dump`` wrote.

    Raises StorageError ``unreadable_record`` where it is not one.
    """
    return json_text.load(Judgement, document)


def text_of(judgement: Judgement) -> str:
    """The canonical text that is stored."""
    return json_text.dumps(judgement)


def from_text(text: str) -> Judgement:
    """The judgement of a stored text."""
    return load(json.loads(text))


def digest(judgement: Judgement) -> Digest:
    """The digest of the canonical text: what custody commits to."""
    return digest_of(text_of(judgement).encode("ascii"))
