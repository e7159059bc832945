"""Rows of the registry: people, offices, holdings, and the words by which any of them is found."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.storage.rows.base import Base
from archive.storage.types import EnumText, one_of


class Named(StrEnum):
    """What a name belongs to."""

    PERSON = "person"
    OFFICE = "office"
    ACCOUNT = "account"


class PersonRow(Base):
    """A person."""

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(index=True)
    wikidata: Mapped[str | None] = mapped_column(unique=True)


class PersonNameRow(Base):
    """One form of a person's name; ``position`` 0 is the printed one."""

    __tablename__ = "person_names"
    __table_args__ = (Index(None, "key"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    form: Mapped[str]


class OfficeRow(Base):
    """A role that can be held, or an institution that speaks."""

    __tablename__ = "offices"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    country: Mapped[str | None]
    institution: Mapped[bool]
    wikidata: Mapped[str | None] = mapped_column(unique=True)


class OfficeTitleRow(Base):
    """One form of an office's title; ``position`` 0 is the printed one."""

    __tablename__ = "office_titles"
    __table_args__ = (Index(None, "key"),)

    office_id: Mapped[UUID] = mapped_column(ForeignKey("offices.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    form: Mapped[str]


class HoldingRow(Base):
    """A person held an office, from when to when, with proof."""

    __tablename__ = "holdings"
    __table_args__ = (Index(None, "person_id"), Index(None, "office_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("offices.id"))
    since: Mapped[date | None]
    until: Mapped[date | None]
    proof_url: Mapped[str | None]
    proof_note: Mapped[str | None]
    proof_capture_id: Mapped[UUID | None]


class NameWordRow(Base):
    """One word of any name of a person, office or account: how a printed name is looked up."""

    __tablename__ = "name_words"
    __table_args__ = (one_of("kind", Named),)

    word: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[Named] = mapped_column(EnumText(Named), primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
