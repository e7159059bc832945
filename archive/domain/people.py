"""People: one person and every form of the name."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.domain.ids import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whose statements are archived. ``name`` is the form we print; ``aliases`` every other printed form
    (transliterations, initials, the family name first, the name in the native script)."""

    id: PersonId
    name: str
    aliases: tuple[str, ...] = field(default=())
    wikidata: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every form of the name, the printed one first."""
        return (self.name, *self.aliases)
