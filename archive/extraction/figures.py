"""Figures: somebody an article names, and whether two names can be theirs."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Figure:
    """Somebody the article names; ``name`` is the fullest form it prints."""

    key: str
    """The form it was first named by."""
    name: str
    words: tuple[str, ...]
    keys: tuple[str, ...]
    """The words as they are compared."""
    gender: str | None = None
    titles: set[str] = field(default_factory=set)
    places: list[tuple[int, int, int]] = field(default_factory=list)
    """Its first mentions: paragraph, first and last token."""
    salience: float = 0.0
    mentions: int = 0
    has_spoken: bool = False
    placed: int = 0
    """How many of the mentions stand where places do: "in Brod"."""
    is_body: bool = False
    """A party, ministry, paper or place rather than a person."""


def likeness(figure: Figure) -> float:
    """How likely the bearer of a name is a person at all, where no gender is known."""
    if figure.gender is not None:
        return 1.0
    if figure.placed == figure.mentions:
        return 0.2
    if figure.has_spoken:
        return 0.95
    return 0.8 if len(figure.words) > 1 else 0.45


def same_figure(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two names, by their keys, can be one person's: the same words, or a part of them."""
    if ours == theirs:
        return True
    if len(ours) == 1 or len(theirs) == 1:
        short, long = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
        return short[0] in (long[-1], long[0])
    if ours[-1] != theirs[-1]:
        return sorted(ours) == sorted(theirs)
    return ours[0] == theirs[0] or (ours[0][0] == theirs[0][0] and 1 in (len(ours[0]), len(theirs[0])))
