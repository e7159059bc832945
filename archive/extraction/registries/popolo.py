"""Popolo: people, organizations, posts and memberships as civic projects exchange them.

A membership in a post is a holding, one in an organization too ("member, Harbour Board") unless that is a party;
contact details and links that lead to a profile are accounts. Dates that are a year or a month stay open.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.domain.accounts import platform_named
from archive.extraction.payloads import Json, items, mapping, text_of
from archive.extraction.registries.rows import NumberedRow, Row, fault, given, item_in, whole_day
from archive.text.account_urls import parse_account_url

_PARTS = frozenset({"persons", "people", "organizations", "memberships", "posts"})
_NO_OFFICES = frozenset({"party", "faction", "parliamentary group", "political group"})
_OWN = ("kind", "url", "name")


def is_popolo(names: frozenset[str]) -> bool:
    """Whether a JSON object with these members is a registry of this kind."""
    return bool(names & {"persons", "memberships"}) or len(names & _PARTS) > 1


def rows(document: Json) -> Iterator[NumberedRow]:
    """Rows of the document; the number counts people, then offices, then memberships."""
    known = _Document(document)
    number = 0
    for person in known.people:
        number += 1
        yield number, known.person_row(person)
        yield from known.account_rows(number, person, owner=known.person_named(person))
    for office in known.offices:
        number += 1
        yield number, known.office_row(office)
        yield from known.account_rows(number, office, owner=known.office_named(office))
    for membership in known.memberships:
        number += 1
        yield from known.membership_rows(number, membership)
    yield from known.account_rows(number + 1, document, owner={})


class _Document:
    """A Popolo document with its parts by identifier."""

    def __init__(self, document: Json) -> None:
        self.people = (*items(document.get("persons")), *items(document.get("people")))
        organizations, posts = items(document.get("organizations")), items(document.get("posts"))
        self.offices = (*(item for item in organizations if _is_institution(item)), *posts)
        nested = [
            {"person_id": text_of(person, "id"), **membership}
            for person in self.people
            for membership in items(person.get("memberships"))
        ]
        self.memberships = (*items(document.get("memberships")), *nested)
        self._people = {text_of(person, "id"): person for person in self.people}
        self._organizations = {text_of(item, "id"): item for item in organizations}
        self._posts = {text_of(post, "id"): post for post in posts}
        self._areas = {text_of(area, "id"): area for area in items(document.get("areas"))}

    def person_row(self, person: Json) -> Row:
        """A person with every form of the name."""
        names = [text_of(name, "name") for name in items(person.get("other_names"))]
        return {**self.person_named(person), **given(aliases=[name for name in names if name]), **_proof(person)}

    def person_named(self, person: Json) -> Row:
        """The cells that name a person."""
        return given(person=text_of(person, "name"), wikidata=_item(person))

    def office_row(self, office: Json) -> Row:
        """An office, or an institution that speaks for itself, with every form of its title."""
        labels = [text_of(name, "name") for name in items(office.get("other_names"))]
        named = self.office_named(office)
        others = [label for label in (*labels, text_of(office, "role"), text_of(office, "other_label")) if label]
        aliases = [label for label in dict.fromkeys(others) if label != named.get("office")]
        return {**named, **given(office_aliases=aliases, institution=_is_institution(office)), **_proof(office)}

    def office_named(self, office: Json) -> Row:
        """The cells that name an office."""
        area = self._areas.get(text_of(office, "area_id")) or mapping(office.get("area"))
        title = text_of(office, "label", "name", "role")
        return given(office=title, office_wikidata=_item(office), country=text_of(area, "name"))

    def membership_rows(self, number: int, membership: Json) -> Iterator[NumberedRow]:
        """A holding, with the accounts that belong to it; nothing for parties."""
        organization = self._organizations.get(text_of(membership, "organization_id")) or mapping(
            membership.get("organization")
        )
        post = self._posts.get(text_of(membership, "post_id")) or mapping(membership.get("post"))
        if not post and (text_of(organization, "classification") or "").lower() in _NO_OFFICES:
            return
        person = self._people.get(text_of(membership, "person_id")) or mapping(membership.get("person"))
        office = self.office_named(post) if post else _seat(membership, organization)
        if "person" not in (named := self.person_named(person)) or "office" not in office:
            yield number, fault(number, "the membership names no person or no office that the file holds")
            return
        days = given(
            since=whole_day(text_of(membership, "start_date")), until=whole_day(text_of(membership, "end_date"))
        )
        yield number, {**named, **office, **days, **_proof(membership)}
        yield from self.account_rows(number, membership, owner=named)

    def account_rows(self, number: int, item: Json, *, owner: Row) -> Iterator[NumberedRow]:
        """The accounts among an item's contact details and links."""
        for detail in items(item.get("contact_details")):
            platform = platform_named(text_of(detail, "type") or "")
            if platform is not None and text_of(detail, "value", "identifier"):
                yield number, {**owner, **_account(detail, platform=platform.value), **_proof(detail)}
        for link in items(item.get("links")):
            profile = parse_account_url(text_of(link, "url") or "")
            if profile is not None:
                yield number, {**owner, "platform": profile[0].value, "handle": profile[1]}


def _account(detail: Json, *, platform: str) -> Row:
    """A contact detail that is an account; what Popolo has no word for stands under names of our own."""
    own = {f"account_{name}": text_of(detail, name) for name in _OWN}
    handles = [
        given(handle=text_of(use, "value"), since=text_of(use, "start_date"), until=text_of(use, "end_date"))
        for use in items(detail.get("other_values"))
    ]
    return given(
        platform=platform,
        handle=text_of(detail, "value"),
        account_native_id=text_of(detail, "identifier"),
        handles=[use for use in handles if use],
        control_since=whole_day(text_of(detail, "valid_from", "start_date")),
        control_until=whole_day(text_of(detail, "valid_until", "end_date")),
        **own,
    )


def _is_institution(item: Json) -> bool:
    """Whether an organization is taken in: parties and factions speak too, but hold no office."""
    is_organization = "organization_id" not in item and "role" not in item and "label" not in item
    return is_organization and (text_of(item, "classification") or "").lower() not in _NO_OFFICES


def _seat(membership: Json, organization: Json) -> Row:
    """A membership without a post: the role in the organization, as in "member, Harbour Board"."""
    name = text_of(organization, "name")
    role = text_of(membership, "label", "role") or "member"
    return given(office=f"{role}, {name}") if name else {}


def _item(thing: Json) -> str | None:
    found = (
        item_in(text_of(identifier, "identifier"))
        for identifier in items(thing.get("identifiers"))
        if (text_of(identifier, "scheme") or "").lower() == "wikidata"
    )
    return next((item for item in found if item), None)


def _proof(thing: Json) -> Row:
    source = next(iter(items(thing.get("sources"))), {})
    return given(proof_url=text_of(source, "url"), proof_note=text_of(source, "note"))
