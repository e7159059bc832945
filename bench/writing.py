"""Import beside the obvious way: the same rows, one mapped object each, added to a SQLAlchemy session."""

from __future__ import annotations

import json
import time
from pathlib import Path

from sqlalchemy import Text, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class _Base(DeclarativeBase):
    pass


class _Plain(_Base):
    __tablename__ = "plain_posts"
    post_id: Mapped[str] = mapped_column(Text, primary_key=True)
    platform: Mapped[str] = mapped_column(Text, index=True)
    handle: Mapped[str] = mapped_column(Text, index=True)
    author_name: Mapped[str] = mapped_column(Text)
    posted_at: Mapped[str] = mapped_column(Text, index=True)
    text: Mapped[str] = mapped_column(Text)


def plain_import(dump: Path, *, at: Path) -> float:
    """Seconds to read the dump and add its rows, in transactions of a thousand; no custody, words or search."""
    engine = create_engine(f"sqlite:///{at}")
    _Base.metadata.create_all(engine)
    begun = time.perf_counter()
    with Session(engine) as session, dump.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            session.add(_Plain(**json.loads(line)))
            if number % 1_000 == 0:
                session.commit()
        session.commit()
    took = time.perf_counter() - begun
    engine.dispose()
    return took
