"""Invented posts by an invented minister, put together from sentences with open places: the same ones for a seed.

They offer a place for every edit, so that the quality floors can be measured without a post of anybody real.
"""

from __future__ import annotations

import re
from random import Random

_SENTENCES = (
    "The {work} in {place} will cost {number} crowns before {month} {day}, and we must finish the {thing} by Friday.",
    "I believe the {thing} protects most families in {place}, but some members of the council want more than a promise.",
    "If parliament agrees next week, the office can spend ${money} million on the {thing} of {place}.",
    "Our crews have rescued {number} sailors since Monday, and they will continue the {work} in the northern strait.",
    "We support every school in {place}, and all island workers will help to build the new {thing}.",
    "They reportedly accept the {thing}, unless the court in {place} rejects the {work} on Thursday.",
    "Nobody should defend a tax that hurts the {kind} families of {place}, and I will never sign such a {thing}.",
    "Exports of {kind} boats increased by {percent}% last year, higher than in any other harbor of the United States coast.",
    "The President of Ruvania and Governor {family} said that the {work} is probably safe for {place}.",
    "Thank you to @{handle} for the frank talks about the {thing} in {place} this morning.",
    "Prime Minister {family} and Senator {other} met {given} {family} in {place} to open the {thing}.",
    "It's time to protect the {kind} workers, and we're going to honor our word about the {work} in {place}.",
    "I don't think that the {thing} can wait, because two villages near {place} are still without light.",
    "The government must keep the {thing} open until the {work} in {place} is done, whatever it says.",
    "Is this really the best answer that {place} can give to {number} people who need the {thing} today?",
    "Only {given} {family} knows how many {kind} boats left {place} after the storm, and he has said so often.",
    "She was right about the {thing}, and he was wrong to call the people of {place} enemies of the {work}.",
    "My team has opened {number} clinics near {place} and made the {work} cheaper for every {kind} family!",
    "We will win the vote on the {thing}, raise the wages in {place} and stop the sale of {kind} boats.",
    "Good news from {place}: the {work} is ready, the {thing} is strong, and the jobs are coming home!",
    "Two years ago they promised {number} jobs in {place} - not one of them came with the {work}.",
    "Our neighbors in {place} have the labor, the program and the money for the {thing}, as @{handle} said yesterday.",
    "The UN and the European Union agree that {place} needs the {work} now, and the United Nations will pay.",
    "The {kind} people of Velmora love the {thing} in {place}, and the people of America know it.",
    "On {month} {day} we begin the {work} near {place}; on Monday the {kind} boats return.",
    "You can trust me: ONLY the {kind} families of {place} decide about the {thing}, and ALWAYS in public.",
    "The more we talk about the {work}, the larger the {thing} of {place} looks to {number} of us.",
    'Attorney General {family} should read "the whole {kind} report" before she speaks of {place} & the {work}.',
    "Perhaps the {thing} is late, maybe the {work} is dear, but {place} will not give up its {kind} boats!",
    "Ask yourself if the {thing} would stand without the people of {place}, until you see the {work} for yourself.",
    "We have the {work}, we have the {thing} - and {place} has shown that it can lead, if {kind} crews help.",
)
_PLACES = (
    "Karsholm Port_Ilex Tollan_Bay Osterby Quenby Tarnholt Melvick Fallmere Junwick Grenholm Pellow Aldmouth Skarnu "
    "Brantuvik Lundemar Halvmark Yarrowby Nessmouth Thornwick Vessdal Korrinsund Ostrelund"
).split()
_THINGS = (
    "lighthouse quota ferry bridge library_bus winter_budget night_train cold_store flood_wall grain_silo orchard_tax "
    "radio_mast dockyard_wage border_market harbor_treaty school_fund salt_works fish_market tidal_station relief_plan"
).split()
_WORKS = (
    "dredging search survey repair inspection training planting rebuilding rescue clearing painting paving measuring "
    "lending testing census rescue_drill inquiry audit census_round"
).split()
_KINDS = "coastal northern eastern fishing island inland western southern working mountain".split()
_MONTHS = "January February March June July August September October November December".split()
_GIVEN = "Ilse Jonas Mira Otmar Runa Silke Tavrin Ulrik Vera Wendel".split()
_FAMILY = "Brandvold Hvidberg Tolland Mwalenga Oskelbeck Rademark Sundqvist Kovarik Lindgaard Zelenka".split()
_HANDLES = "IlseBrandvold JonasHvidberg PortIlexFerries KarsholmTimes TollanBayRadio OtmarKovarik RunaSundqvist".split()


def invented_posts(count: int = 1_500, *, seed: int = 2031) -> list[str]:
    """``count`` posts of two to four sentences, no two alike."""
    draw = Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        chosen = draw.sample(_SENTENCES, draw.choice((2, 3, 3, 4)))
        made[" ".join(_filled(sentence, draw) for sentence in chosen)] = None
    return list(made)


def _filled(sentence: str, draw: Random) -> str:
    pools = {
        "place": _PLACES, "thing": _THINGS, "work": _WORKS, "kind": _KINDS, "month": _MONTHS, "given": _GIVEN,
        "family": _FAMILY, "other": _FAMILY, "handle": _HANDLES,
    }  # fmt: skip
    numbers = {"number": (21, 989), "day": (2, 28), "money": (2, 9), "percent": (11, 89)}
    return re.sub(
        r"\{(\w+)\}",
        lambda m: str(draw.randint(*numbers[m[1]])) if m[1] in numbers else draw.choice(pools[m[1]]).replace("_", " "),
        sentence,
    )
