"""The desk: what its people may do, known by a key each; and the pages on which two of them remove something."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from archive.domain.redactions import Redaction, RedactionBasis, Signatory
from archive.errors import ConfigurationError
from archive.services import representations
from archive.services.removal import LONGEST_NOTE
from archive.services.representations import Document
from archive.settings import Settings
from web.errors import WebError
from web.forms import Form, Problem

SHORTEST_KEY = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalForm(Form):
    """What a person at the desk typed: what is to go, why, and the key that says who asks. The key is never shown
    again."""

    target: UUID | None = None
    basis: RedactionBasis | None = None
    signatory: Signatory | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalFormPage:
    """The form that asks for a removal."""

    template: ClassVar[str] = "desk/ask.html"
    form: RemovalForm

    def document(self) -> Document:
        """What is wrong with what was sent, or the grounds there are."""
        if self.form.problems:
            return representations.problem_document(self.form.error())
        return {"bases": [basis.value for basis in RedactionBasis]}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalPage:
    """One request, for whoever was sent its address; ``form`` holds what could not be read of a decision."""

    template: ClassVar[str] = "desk/removal.html"
    redaction: Redaction
    form: RemovalForm

    def document(self) -> Document:
        """The request without the names of who asked and decided."""
        document = representations.redaction_document(self.redaction)
        return {name: document[name] for name in ("id", "kind", "target", "basis", "note", "requested_at")}


def desk_of(settings: Settings) -> Mapping[str, Signatory]:
    """The desk's people by the digest of their key. ConfigurationError where the setting cannot be read."""
    people: dict[str, Signatory] = {}
    for entry in filter(str.strip, settings.desk_keys.get_secret_value().split(";")):
        name, role, key = (part.strip() for part in [*entry.split("|"), "", ""][:3])
        if not (name and role) or len(key) < SHORTEST_KEY or entry.count("|") != 2:
            raise ConfigurationError(
                f"ONRECORD_DESK_KEYS is not a list of name|role|key with keys of {SHORTEST_KEY} characters or more."
            )
        people[_digest(key)] = Signatory(name=name, role=role)
    return people


def require_desk(settings: Settings) -> None:
    """WebError ``no_desk`` where nobody was given a key: then removal is for the command line alone."""
    if not desk_of(settings):
        raise WebError("Nobody works at this archive's desk on the web.", code="no_desk", status=404)


def parse_removal(given: Mapping[str, str], settings: Settings) -> RemovalForm:
    """A request to remove something."""
    typed = {name: given.get(name, "").strip() for name in ("target", "basis", "note")}
    target = _uuid(typed["target"])
    basis = RedactionBasis(typed["basis"]) if typed["basis"] in RedactionBasis.__members__.values() else None
    signatory = signatory_of(settings, given.get("key", ""))
    problems = [
        Problem(field=field, code=code, message=message)
        for missing, field, code, message in (
            (target is None, "target", "bad_identifier", "Give the identifier of a statement or capture."),
            (basis is None, "basis", "unknown_basis", "Choose one of the grounds in the list."),
            (len(typed["note"]) > LONGEST_NOTE, "note", "too_long", f"Use at most {LONGEST_NOTE} characters."),
            (signatory is None, "key", "wrong_key", "That is nobody's key at this desk."),
        )
        if missing
    ]
    return RemovalForm(typed=typed, problems=tuple(problems), target=target, basis=basis, signatory=signatory)


def parse_decision(given: Mapping[str, str], settings: Settings) -> RemovalForm:
    """A decision on a request: only the key that says who decides."""
    signatory = signatory_of(settings, given.get("key", ""))
    wrong = Problem(field="key", code="wrong_key", message="That is nobody's key at this desk.")
    return RemovalForm(typed={}, problems=() if signatory is not None else (wrong,), signatory=signatory)


def signatory_of(settings: Settings, key: str) -> Signatory | None:
    """Whose key it is; every key is compared, so that the time taken says nothing."""
    given, found = _digest(key), None
    for digest, signatory in desk_of(settings).items():
        if hmac.compare_digest(digest, given):
            found = signatory
    return found


def empty_form(target: str = "") -> RemovalForm:
    """A form nobody has filled in yet."""
    return RemovalForm(typed={"target": target[:100], "basis": "", "note": ""})


def _digest(key: str) -> str:
    return hashlib.sha256(key.strip().encode("utf-8", "replace")).hexdigest()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
