"""Invented posts by invented people of invented countries, put together from parts, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_OPENERS = (
    "Met @{handle} in Port Ilex this morning.",
    "Grateful to @{handle} for the frank talks in Velmora.",
    "A long day of work with @{handle} at the harbor office.",
    "Spoke with @{handle} about the fisheries treaty.",
)
_CLAIMS = (
    "We will not raise the harbor fees before October, and all island councils will support the plan.",
    "The government of Tarvania must open 12 new schools this year, because every child deserves a teacher.",
    "Our navy has rescued 240 sailors since Monday, and the search will continue in the northern strait.",
    "If parliament agrees, the ministry can spend $3 million on the old bridges of Karsholm.",
    "I believe the treaty protects most coastal villages, but some members of the council remain doubtful.",
    "Prime Minister Odell said the ferry company may never return to the eastern ports.",
)
_CLOSERS = (
    "Nobody should defend a tax that hurts the fishing families of Velmora.",
    "Exports to Ostrava Bay increased by 15 percent, more than in any other season.",
    "They reportedly accept the offer, unless the court rejects it on Friday.",
    "Is this really the best answer that the commission can give?",
    "The senator will honor her promise to the workers of the shipyard.",
    "You organize the relief effort, and we prepare the shelters for 1,500 people.",
)
_TAGS = ("#HarborTalks", "#SaferSeas", "#TarvaniaFirst", "#OpenStrait")
_SIGNS = ("🌊", "🚢", "🐟", "⚓")
_PEOPLE = (("AnnaMwale", "Anna Mwale"), ("JonasHvid", "Jonas Hvid"), ("MiraTolland", "Mira Tolland"))


@dataclass(frozen=True, slots=True)
class InventedPost:
    """A post by its parts; ``text`` is the whole. ``name`` is what the handle in the opener stands for."""

    opener: str
    claim: str
    closer: str
    tag: str
    sign: str
    handle: str
    name: str

    @property
    def text(self) -> str:
        """The post as published."""
        return f"{self.opener} {self.claim} {self.closer} {self.sign} {self.tag} https://example.org/p/1"

    @property
    def body(self) -> str:
        """The post without what stands behind its last sentence."""
        return f"{self.opener} {self.claim} {self.closer}"


def invented_post(random: Random) -> InventedPost:
    """One post, chosen by ``random``."""
    handle, name = random.choice(_PEOPLE)
    return InventedPost(
        opener=random.choice(_OPENERS).format(handle=handle),
        claim=random.choice(_CLAIMS),
        closer=random.choice(_CLOSERS),
        tag=random.choice(_TAGS),
        sign=random.choice(_SIGNS),
        handle=handle,
        name=name,
    )


def all_posts() -> tuple[InventedPost, ...]:
    """Every combination of opener, claim and closer, with tags, signs and people taken in turn."""
    made = []
    for number in range(len(_OPENERS) * len(_CLAIMS) * len(_CLOSERS)):
        handle, name = _PEOPLE[number % len(_PEOPLE)]
        opener = _OPENERS[number % len(_OPENERS)].format(handle=handle)
        rest = number // len(_OPENERS)
        claim, closer = _CLAIMS[rest % len(_CLAIMS)], _CLOSERS[rest // len(_CLAIMS)]
        tag, sign = _TAGS[number % len(_TAGS)], _SIGNS[(number // 3) % len(_SIGNS)]
        made.append(InventedPost(opener, claim, closer, tag, sign, handle, name))
    return tuple(made)
