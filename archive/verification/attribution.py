"""Attribution: is the credited speaker the archived voice, in the office and through the account of that day?

The proof rule (Wikiquote:Misattribution): "somebody else's words" needs both halves – the article credits A, and a
registered account shows that the words are B's. Anything less is UNPROVEN and stays a finding.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from archive.domain.accounts import AccountKind
from archive.domain.findings import Finding, FindingCode
from archive.domain.offices import Office
from archive.domain.people import Person
from archive.domain.statements import Statement
from archive.domain.verdicts import AttributionFit
from archive.domain.voices import VoiceBasis
from archive.text.names import same_person_name
from archive.verification.cases import Case
from archive.verification.crediting import Credited, credited, is_named, is_vague, printed_name
from archive.verification.phrases import printed_day, voice_name
from archive.verification.titles import is_akin, is_former, is_role_phrase, is_title_of, offices_named

__all__ = ["AttributionReading", "Credited", "attribution_of", "credited"]

_REGISTERED = (AccountKind.OFFICIAL, AccountKind.PERSONAL, AccountKind.CAMPAIGN)
_Code = FindingCode


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionReading:
    """How the credit fits one statement. ``names_differ`` is true where the article names somebody the archive calls
    otherwise; the fit says whether that is proven. ``is_stated`` is true where the registry alone says whose account it
    is: no page that shows it is held, so a person has to look before anybody is blamed."""

    fit: AttributionFit
    findings: tuple[Finding, ...] = field(default=())
    names_differ: bool = False
    is_stated: bool = False


def attribution_of(case: Case, statement: Statement, *, may_prove: bool) -> AttributionReading:
    """Whether the credited speaker is the voice of that statement.

    ``may_prove``: the words are decisive and the credited speaker's own accounts have no equal match, so that another
    voice would be proof.
    """
    day = statement.post.posted_at.date()
    who = credited(case.claim, case.directory, on=day)
    if not is_named(case.claim):
        return AttributionReading(fit=AttributionFit.NOT_CREDITED, findings=_vague(case, statement))
    fit = _fit(case, statement, who=who, day=day)
    if fit is AttributionFit.SAME:
        return AttributionReading(fit=fit, findings=_of_same(case, statement, who=who, day=day))
    if fit is AttributionFit.SAME_INSTITUTION:
        return AttributionReading(fit=fit, findings=(_institution(case, statement),))
    if not _can_compare(case, who=who):
        return AttributionReading(fit=AttributionFit.UNPROVEN, findings=_vague(case, statement))
    proven = may_prove and _is_proven(case, statement, who=who, day=day)
    finding = _somebody_else(case, statement, who=who, day=day, proven="proven" if proven else "not proven")
    return AttributionReading(
        fit=AttributionFit.OTHER if proven else AttributionFit.UNPROVEN,
        findings=(finding,),
        names_differ=True,
        is_stated=proven and _is_stated(case, statement, day=day),
    )


def _fit(case: Case, statement: Statement, *, who: Credited, day: date) -> AttributionFit | None:
    """SAME, SAME_INSTITUTION, or None where the credit and the voice part."""
    voice = statement.voice
    person = case.directory.person(voice.person_id) if voice.person_id is not None else None
    office = case.directory.office(voice.office_id) if voice.office_id is not None else None
    if person is not None:
        fit = _with_person(case, person, who=who, day=day)
    elif office is not None:
        fit = _with_office(case, statement, office=office, who=who, day=day)
    else:
        fit = _with_name(case, statement, who=who)
    return fit or _through_handle(case, statement, who=who)


def _with_person(case: Case, person: Person, *, who: Credited, day: date) -> AttributionFit | None:
    if who.person is not None:
        return AttributionFit.SAME if who.person.id == person.id else None
    if who.namesakes:
        return AttributionFit.SAME if person in who.namesakes else None
    held = case.directory.offices_of(person.id, on=day)
    if who.office is not None and not _names_a_stranger(case, who=who):
        if who.office in held:
            return AttributionFit.SAME
        if who.office.institution and any(is_akin(office, who.office) for office in held):
            return AttributionFit.SAME_INSTITUTION
    name = case.claim.attribution.speaker_name
    named = name is not None and any(same_person_name(name, form) for form in person.names)
    return AttributionFit.SAME if named else None


def _with_office(
    case: Case, statement: Statement, *, office: Office, who: Credited, day: date
) -> AttributionFit | None:
    if who.person is not None:
        held = case.directory.offices_of(who.person.id, on=day)
        if office in held and not office.institution:
            return AttributionFit.SAME
        if any(is_akin(one, office) for one in held) or _is_relay(case, statement, office=office):
            return AttributionFit.SAME_INSTITUTION
        return None
    if who.office is not None and not _names_a_stranger(case, who=who):
        if who.office.id == office.id:
            return AttributionFit.SAME
        return AttributionFit.SAME_INSTITUTION if is_akin(who.office, office) else None
    return AttributionFit.SAME_INSTITUTION if _is_relay(case, statement, office=office) else None


def _with_name(case: Case, statement: Statement, *, who: Credited) -> AttributionFit | None:
    """The archive knows only what the profile calls itself: equal names are the same voice, nothing else is proof."""
    said = case.claim.attribution
    names = [said.speaker_name] if said.speaker_name else []
    names += who.person.names if who.person is not None else ()
    profile = {statement.voice.name, statement.account.display_name}
    if any(same_person_name(name, other) for name in names for other in profile if name and other):
        return AttributionFit.SAME
    titles = [said.speaker_name, said.speaker_printed, said.office]
    stand_ins = [Office(id=o.id, title=o.title, aliases=o.aliases) for o in (who.office,) if o is not None]
    if any(is_title_of(other, office) for office in stand_ins for other in profile if other):
        return AttributionFit.SAME
    if any(title and other and title.casefold() == other.casefold() for title in titles for other in profile):
        return AttributionFit.SAME
    relayed = said.relayed_by
    if relayed and any(same_person_name(relayed, other) for other in profile if other):
        return AttributionFit.SAME_INSTITUTION
    return None


def _through_handle(case: Case, statement: Statement, *, who: Credited) -> AttributionFit | None:
    """A credit by handle alone is a credit to that account."""
    said = case.claim.attribution
    if not said.handle or said.speaker_name or who.person is not None:
        return None
    account = case.directory.account_with_handle(said.handle, platform=statement.post.platform)
    same = account is not None and account.id == statement.account.id
    typed = said.handle.lstrip("@").casefold() == statement.account.handle.lstrip("@").casefold()
    return AttributionFit.SAME if same or typed else None


def _is_relay(case: Case, statement: Statement, *, office: Office) -> bool:
    """Whether the article itself says that this institution passed the words on, or the post is signed by them."""
    said = case.claim.attribution
    relaying = offices_named(said.relayed_by, case.directory)
    signed = statement.voice.basis is VoiceBasis.SIGNATURE
    return office in relaying or any(is_akin(one, office) for one in relaying) or signed


def _names_a_stranger(case: Case, *, who: Credited) -> bool:
    """Whether a person is named beside the office whom the registry does not know."""
    name = case.claim.attribution.speaker_name
    if who.person is not None or not name or is_vague(name) or is_role_phrase(name):
        return False
    return who.office is None or not is_title_of(name, who.office)


def _can_compare(case: Case, *, who: Credited) -> bool:
    """Whether the credit is a name or a registered office: "the minister" of nowhere can be anybody."""
    name = case.claim.attribution.speaker_name
    if who.person is not None or who.office is not None or case.claim.attribution.handle:
        return True
    return name is not None and not is_vague(name) and not is_role_phrase(name)


def _is_proven(case: Case, statement: Statement, *, who: Credited, day: date) -> bool:
    voice = statement.voice
    known = who.person is not None or (who.office is not None and not _names_a_stranger(case, who=who))
    genuine = statement.account.kind in _REGISTERED and not statement.is_reported and not statement.post.is_repost
    if not (known and genuine) or voice.basis in (VoiceBasis.PROFILE, VoiceBasis.REPORT):
        return False
    if voice.person_id is not None:
        return case.directory.person(voice.person_id) is not None
    if who.person is not None and not case.directory.offices_of(who.person.id):
        # The ministry may well have posted the words of somebody whose office nobody has registered.
        return False
    return _is_shown(case, statement, day=day)


def _is_stated(case: Case, statement: Statement, *, day: date) -> bool:
    """Whether the registry's word alone says whose account it is. A signature, or a person's decision on that very
    post, says so by itself."""
    return statement.voice.basis is VoiceBasis.CONTROL and not _is_shown(case, statement, day=day)


def _is_shown(case: Case, statement: Statement, *, day: date) -> bool:
    """Whether a page is held that links the account to whom the voice is."""
    voice = statement.voice
    shown = [c for c in case.directory.controls_of(statement.account.id, on=day) if c.proof.is_captured]
    if voice.person_id is not None:
        return any(control.person_id == voice.person_id for control in shown)
    return any(control.office_id == voice.office_id for control in shown)


def _somebody_else(case: Case, statement: Statement, *, who: Credited, day: date, proven: str) -> Finding:
    name, voice = printed_name(case.claim), statement.voice.name
    tail = "" if proven == "proven" else "; that is not proof of another speaker"
    controls = [c for c in case.directory.controls if c.account_id == statement.account.id]
    if who.person is not None and any(c.person_id == who.person.id for c in controls):
        return case.finding(
            _Code.ACCOUNT_PASSED_ON,
            f"@{statement.account.handle} was {voice}'s on {printed_day(day)}; {name} had it at another time{tail}.",
        )
    offices = offices_named(case.claim.attribution.office, case.directory)
    holding = [
        o for o in offices if statement.voice.person_id in [p.id for p in case.directory.holders_of(o.id, on=day)]
    ]
    if holding:
        return case.finding(
            _Code.WRONG_HOLDER,
            f"{voice_name(statement)}, not {name}, was {holding[0].title} on {printed_day(day)}{tail}.",
        )
    if case.claim.attribution.speaker_name and _share_a_name(name, voice):
        return case.finding(_Code.NAMESAKE, f"The words are those of {voice}, a namesake of {name}{tail}.")
    return case.finding(
        _Code.OTHER_PERSON,
        f"The article credits {name}; the archive has the words from {voice_name(statement)} "
        f"(@{statement.account.handle}){tail}.",
    )


def _share_a_name(one: str, other: str) -> bool:
    first, second = one.casefold().split(), other.casefold().split()
    return bool({w for w in first if len(w) > 2} & {w for w in second if len(w) > 2})


def _of_same(case: Case, statement: Statement, *, who: Credited, day: date) -> tuple[Finding, ...]:
    found: list[Finding] = []
    printed = case.claim.attribution.office
    person = who.person
    offices = offices_named(printed, case.directory)
    if person is not None and not who.by_office and printed and offices and not is_former(printed):
        days = [d for d in (day, case.published_on) if d is not None]
        if not any(office in case.directory.offices_of(person.id, on=d) for office in offices for d in days):
            found.append(case.finding(_Code.WRONG_OFFICE, f"{person.name} was not {printed} on {printed_day(day)}."))
    if statement.voice.basis is VoiceBasis.SIGNATURE:
        found.append(_institution(case, statement))
    return tuple(found)


def _institution(case: Case, statement: Statement) -> Finding:
    shown = statement.account.display_name
    return case.finding(
        _Code.INSTITUTION_ACCOUNT,
        f"The words credited to {printed_name(case.claim)} stand in the account @{statement.account.handle}"
        f"{f' ({shown})' if shown else ''}.",
    )


def _vague(case: Case, statement: Statement) -> tuple[Finding, ...]:
    printed = case.claim.attribution.speaker_printed or case.claim.attribution.speaker_name
    said = f'The article credits only "{printed}"' if printed else "The article credits nobody"
    return (case.finding(_Code.VAGUE_CREDIT, f"{said}; the archive has the words from {voice_name(statement)}."),)
