"""Speakers: how well the speaker an article credits fits the voice and account behind a statement."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

import regex

from archive.domain.accounts import bare_handle
from archive.domain.claims import Claim
from archive.domain.directory import Directory
from archive.domain.statements import Statement
from archive.matching.handles import handle_affixes, honorifics, plain_words
from archive.text.names import same_person_name

Words = tuple[str, ...]
_REPOSTED = regex.compile(r"^\s*RT\s+@(\w+)", regex.IGNORECASE)
_GENERATION = frozenset({"jr", "sr", "ii", "iii", "iv"})


class SpeakerFit(IntEnum):
    """From "somebody else" over "the article names nobody" to "this is the credited speaker's account"."""

    OTHER = 0
    UNNAMED = 1
    CREDITED = 2


def speaker_fit(claim: Claim, statement: Statement, *, directory: Directory) -> SpeakerFit:
    """Whether the statement's voice or account is the one the article credits, by registry, profile or handle."""
    attribution = claim.attribution
    named = [name for name in (attribution.speaker_name, attribution.relayed_by, attribution.office) if name]
    if attribution.handle is not None and bare_handle(attribution.handle) == bare_handle(statement.account.handle):
        return SpeakerFit.CREDITED
    if not named:
        return SpeakerFit.UNNAMED
    forms = _names_of(statement, directory, on=statement.post.posted_at.date())
    if any(same_person_name(name, form) for name in named for form in forms):
        return SpeakerFit.CREDITED
    handles = [statement.account.handle, *_REPOSTED.findall(statement.snapshot.text[:60])]
    if attribution.speaker_name is not None:
        spelt = any(_spelt_by_handle(attribution.speaker_name, handle) for handle in handles)
        return SpeakerFit.CREDITED if spelt else SpeakerFit.OTHER
    return SpeakerFit.OTHER


def _core(name: str) -> Words:
    """A name's own words: no honorific, office, middle initial or generation."""
    drop = honorifics() | _GENERATION | _OFFICES
    words = tuple(word for word in plain_words(name) if word not in drop)
    if len(words) > 2:
        words = (words[0], *(word for word in words[1:-1] if len(word) > 1), words[-1])
    return words


_OFFICES = frozenset(
    [
        "president", "senator", "sen", "rep", "representative", "congressman", "congresswoman", "governor", "gov",
        "mayor", "minister", "prime", "secretary", "speaker", "chancellor", "ambassador", "former", "vice", "pm", "mp",
        "the",
    ]
)  # fmt: skip


def _names_of(statement: Statement, directory: Directory, *, on: date) -> tuple[str, ...]:
    names = [statement.voice.name, statement.account.display_name]
    for control in directory.controls_of(statement.account.id, on=on):
        person = directory.person(control.person_id) if control.person_id is not None else None
        office = directory.office(control.office_id) if control.office_id is not None else None
        names += person.names if person is not None else ()
        names += office.titles if office is not None else ()
    if statement.office_title is not None:
        names.append(statement.office_title)
    return tuple(names)


def _spelt_by_handle(speaker: str, handle: str) -> bool:
    """Whether the handle is the speaker's name, first and last in one, give or take an office: "SenMikeLee"."""
    core = _core(speaker)
    if len(core) < 2:
        return False
    bare = bare_handle(handle).replace("_", "")
    joined = core[0] + core[-1]
    if joined not in bare:
        return False
    before, after = bare.split(joined, 1)
    return all(not rest or rest.isdigit() or rest in handle_affixes() for rest in (before, after))
