"""What all rows share: the naming convention of constraints and the types behind Python's."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from archive.storage.types import Key, Number, StorableText, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of every row class."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {str: StorableText, datetime: UtcDateTime, UUID: Key, int: Number}
