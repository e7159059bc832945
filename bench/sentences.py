"""Invented sentences, the same ones every time: a small grammar over invented places and ordinary words."""

from __future__ import annotations

import random

PLACES = (
    "Halvmark Lundemar Tessumark Brantuvik Skarnu Ostrelund Vessdal Korrin Aldmouth Pellow Quenby Tarnholt "
    "Melvick Osterby Junwick Fallmere Grenholm Yarrow Nessby Thorncliff"
).split()
WHO = (
    "The council,Our government,The harbour office,My ministry,Parliament,The committee,Every crew,The railway,"
    "The new fund,The coast guard,Teachers,Small farms,The hospital,Our engineers,The ferry company,The regional board"
).split(",")
DOES = (
    "will build,has opened,must repair,plans to close,promised to fund,voted to keep,is testing,will not raise,"
    "has finished,may extend,asked us to review,agreed to share,refused to sell,is hiring for,rejected,celebrates"
).split(",")
WHAT = (
    "the tidal power station,a school for pilots,the old lighthouse,the herring quota,free tickets for pupils,"
    "the night train,a cold store,the winter budget,the border market,a library bus,the grain silo,the flood wall,"
    "the dockyard wage,the solar roof,a clinic for sailors,the radio mast,the orchard tax,the customs shed"
).split(",")
WHY = (
    "before the winter,after long talks,for the first time,because people asked,without new debt,at half the cost,"
    "with our neighbours,against the advice of none,as agreed in spring,within two years,so nobody is left behind,"
    "despite the storm,on time,for every island,under public eyes,while prices fall"
).split(",")
FILLER = (
    "thank you today proud work together families future safe strong coast boats children season market bridge water "
    "energy health roads jobs island village summer autumn harvest crew council open plan visit meeting welcome"
).split()


def posts(count: int, *, seed: int = 20260306) -> list[str]:
    """``count`` invented posts of two to four sentences."""
    draw = random.Random(seed)
    return [" ".join(_sentence(draw) for _ in range(draw.randint(2, 4))) for _ in range(count)]


def _sentence(draw: random.Random) -> str:
    extra = " ".join(draw.choice(FILLER) for _ in range(draw.randint(1, 4)))
    parts = (draw.choice(WHO), draw.choice(DOES), draw.choice(WHAT), "in", draw.choice(PLACES), draw.choice(WHY), extra)
    return " ".join(parts) + f" {draw.randint(2, 9000)}."
