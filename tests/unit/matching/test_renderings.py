"""Renderings: names, numbers, dates, money and abbreviations in another print, and near misses that change them."""

from __future__ import annotations

import pytest

from tests.unit.matching.comparing import Row, compared, rows


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        ("We met Olga Kvitka in Ilex.", "We met Olha Kvitka in Ilex.", ("R4", "Olga", "Olha", "")),
        ("We met Kvitka Olha in Ilex.", "We met Olha Kvitka in Ilex.", ("R4", "Kvitka Olha", "Olha Kvitka", "")),
        ("We met Vira Kvitka in Ilex.", "We met Olha Kvitka in Ilex.", ("T3", "Vira", "Olha", "G4")),
        (
            "We thank Mira Tolland's office for it.",
            "We thank @tideoffice's office for it.",
            ("R1", "Mira Tolland's", "@tideoffice's", ""),
        ),
        (
            "With Mira Tolland and the crews of Ilex",
            "With @M_TollandMP and the crews of Ilex",
            ("R1", "Mira Tolland", "@M_TollandMP", ""),
        ),
        (
            "To the crews of Ilex we came with Mira Tolland today",
            "To the crews of Ilex we came with @M_TollandMP today",
            ("R1", "Mira Tolland", "@M_TollandMP", ""),
        ),
        ("We thank Otto Moss for it.", "We thank @tideoffice for it.", ("T3", "Otto Moss", "@tideoffice", "G4")),
        ("H.E. Moss is here with us.", "Moss is here with us.", ("R3", "H.E.", "", "")),
        ("Minister Moss is here with us.", "Moss is here with us.", ("T14", "Minister", "", "G5")),
        ("Gov. Moss is here with us.", "Governor Moss is here with us.", ("R12", "Gov", "Governor", "")),
        ("He's here with the crews.", "He is here with the crews.", ("R12", "He's", "He is", "")),
        (
            "Everyone knows it. It is time to sail.",
            "Everyone knows it. It's time to sail.",
            ("R12", "It is", "It's", ""),
        ),
        (
            "The Northern Coast Partnership Accord holds.",
            "NCPA holds.",
            ("R12", "The Northern Coast Partnership Accord", "NCPA", ""),
        ),
        ("A d--- storm came to us.", "A damn storm came to us.", ("R14", "d---", "damn", "")),
        ("A b*** storm came to us.", "A damn storm came to us.", ("T3", "b***", "damn", "")),
    ],
)
def test_names_titles_abbreviations_and_masks(quoted: str, archived: str, expected: Row) -> None:
    assert rows(compared(quoted, archived)) == [expected]


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        ("It costs 25 lakh crowns now.", "It costs 2.5 million crowns now.", [("R11", "25 lakh", "2.5 million", "")]),
        ("It costs 3 crore crowns now.", "It costs 30 million crowns now.", [("R11", "3 crore", "30 million", "")]),
        ("It costs 3 crore crowns now.", "It costs 3 million crowns now.", [("T3", "crore", "million", "G2")]),
        ("It costs 1,20,000 crowns now.", "It costs 120,000 crowns now.", [("R11", "1,20,000", "120,000", "")]),
        (
            "It costs 5 million dollars now.",
            "It costs $5 million now.",
            [("R11", "", "$", ""), ("R11", "dollars", "", "")],
        ),
        (
            "It costs 5 million euros now.",
            "It costs $5 million now.",
            [("T3", "", "$", "G2"), ("T2", "euros", "", "G2")],
        ),
        ("It costs €5 million now.", "It costs $5 million now.", [("T3", "€", "$", "G2")]),
        ("It costs 500 rupees now.", "It costs ₹500 now.", [("R11", "", "₹", ""), ("R11", "rupees", "", "")]),
        ("It costs Rs 500 now.", "It costs ₹500 now.", [("R11", "Rs", "", "")]),
        ("It fell by 5 per cent today.", "It fell by 5% today.", [("R11", "per cent", "%", "")]),
        ("It fell by 5 percentage points today.", "It fell by 5% today.", [("T3", "percentage points", "%", "G2")]),
        ("We keep two thirds of it.", "We keep 2/3 of it.", [("R11", "two thirds", "2/3", "")]),
        ("We keep half the boats.", "We keep ½ the boats.", [("R11", "half", "½", "")]),
        ("We keep a third of it.", "We keep 2/3 of it.", [("T3", "a third", "2/3", "G2")]),
        ("We lost -5 crowns today.", "We lost 5 crowns today.", [("T3", "-", "", "G2")]),
    ],
)
def test_numbers_and_money(quoted: str, archived: str, expected: list[Row]) -> None:
    assert rows(compared(quoted, archived)) == expected


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        ("5 March", "March 5", [("R11", "5 March", "March 5", "")]),
        ("the 5th of March", "March 5", [("R11", "the 5th of March", "March 5", "")]),
        ("5 March 2031", "March 5, 2031", [("R11", "5 March", "March 5", "")]),
        ("March 5th", "March 5", [("R11", "5th", "5", "")]),
        ("Mar. 5", "March 5", [("R12", "Mar", "March", "")]),
        ("6 March", "March 5", [("T2", "6", "", "G2"), ("T1", "", "5", "G2")]),
        ("5 May", "March 5", [("T1", "", "March", "G3"), ("T2", "May", "", "G6")]),
    ],
)
def test_dates(quoted: str, archived: str, expected: list[Row]) -> None:
    assert rows(compared(f"It opens on {quoted} in Ilex.", f"It opens on {archived} in Ilex.")) == expected
