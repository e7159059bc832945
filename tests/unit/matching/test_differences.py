"""Differences: every departure gets its code, with the words concerned on both sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.differences import Alignment, Nature
from archive.matching.composing import align
from archive.matching.fits import Rarity
from archive.matching.handles import KnownNames
from archive.matching.passages import quoted_passage
from tests.quality.mutations.comparing import a_statement

RARITY = Rarity(corpus_size=100, frequencies={})
NAMES = KnownNames(by_handle={"tideoffice": (("mira", "tolland"),)}, sorted_forms=(frozenset({("kenji", "sato")}),))


def compare(quoted: str, archived: str, *, breaks: tuple[int, ...] = ()) -> Alignment:
    return align(quoted_passage(quoted, breaks=breaks), a_statement(archived), names=NAMES, rarity=RARITY)


def coded(alignment: Alignment) -> list[tuple[str, str, str, str]]:
    return [
        (d.code.value, d.quoted_words.strip(), d.archived_words.strip(), " ".join(g.value for g in d.guards))
        for d in alignment.differences
    ]


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        ("We leave at dawn.", "We leave at dawn.", []),
        ("“We” don’t know.", '"We" don\'t know.', [("R9", "”", '"', ""), ("R9", "don’t", "don't", "")]),
        ("Thank you, Anna Mwale.", "Thank you, @AnnaMwale.", [("R1", "Anna Mwale", "@AnnaMwale", "")]),
        ("Thank you, Mira Tolland.", "Thank you, @TideOffice.", [("R1", "Mira Tolland", "@TideOffice", "")]),
        ("Thank you for this.", "Thank you @TideOffice for this.", [("R2", "", "@TideOffice", "")]),
        ("Dr. Moss is right here.", "Moss is right here.", [("R3", "Dr", "", "")]),
        ("We met Kenji Sato today.", "We met Sato Kenji today.", [("R4", "Kenji Sato", "Sato Kenji", "")]),
        ("Safer seas for all.", "#SaferSeas for all.", [("R5", "Safer seas", "#SaferSeas", "")]),
        ("we leave at dawn,", "We leave at dawn.", [("R8", "we", "We", ""), ("R8", ",", ".", "")]),
        ("We honour it.", "We honor it.", [("R10", "honour", "honor", "")]),
        ("We need 2.5 million boats.", "We need 2,500,000 boats.", [("R11", "2.5 million", "2,500,000", "")]),
        ("The US fleet left.", "The U.S. fleet left.", [("R12", "US", "U.S.", "")]),
        ("One step. Two steps.", "One step.\n\nTwo steps.", [("R13", ".", ".", "")]),
        ("A d**n storm came.", "A damn storm came.", [("R14", "d**n", "damn", "")]),
        ("A big storm came.", "A BIG storm came.", [("R15", "big", "BIG", "")]),
        ("The health care plan works.", "The healthcare plan works.", [("R9", "health care", "healthcare", "")]),
        ("We will … return home.", "We will very soon return home.", [("K1", "…", "very soon", "")]),
        ("We will … return home.", "We will return home.", [("K2", "…", "", "")]),
        ("We will … return home.", "We will ... return home.", [("K3", "…", "...", "")]),
        (
            "The council will take the vote home.",
            "The council will, after a very long and bitter debate, take the vote home.",
            [("K4", "", "after a very long and bitter debate", "")],
        ),
        ("[Moss] will return home.", "She will return home.", [("K5", "[Moss]", "She", "")]),
        ("[W]e will return home.", "we will return home.", [("R8", "W]e", "we", "")]),
        ("We will [not] return home.", "We will return home.", [("K6", "[not]", "", "G1")]),
        ("They say[s] it is over.", "They say it is over.", [("K5", "say[s", "say", "")]),
        ("We will retrun [sic] home.", "We will retrun home.", [("K7", "[sic]", "", "")]),
        ("We praise (Moss) here.", "We praise @mossharbor here.", [("K8", "(Moss)", "@mossharbor", "")]),
        ("We sail the bay.", "We will sail the bay.", [("T1", "", "will", "G6")]),
        ("We gladly sail the bay.", "We sail the bay.", [("T2", "gladly", "", "")]),
        ("Three detainees came home.", "Three hostages came home.", [("T3", "detainees", "hostages", "G11")]),
        ("We the warm thank hosts.", "We thank the warm hosts.", [("T4", "thank", "thank", "")]),
        ("They were here.", "They are here.", [("T10", "were", "are", "G12")]),
        ("We sail (but [not] today) home.", "We sail (but today) home.", [("K6", "[not]", "", "G1")]),
        ("No. We do not sail to Ilex today", "No. We don't sail to Ilex today", [("R12", "do not", "don't", "")]),
        ("We sail to Ilex", "We sail to Ilexpic.twitter.com/a1", [("R6", "", "pic.twitter.com/a1", "")]),
        ("We sail not home.", "We sail home.", [("T2", "not", "", "G1")]),
        ("It costs £5 today.", "It costs $5 today.", [("T3", "£", "$", "G2")]),
        ("It costs 5 dollars today.", "It costs $5 today.", [("R11", "", "$", ""), ("R11", "dollars", "", "")]),
        ("Is it over.", "Is it over?", [("T3", ".", "?", "G13")]),
        ("What a great day.", "What a great day. 😂", [("T1", ".", "😂", "G15")]),
        (
            "We sail home.",
            "We sail home. ⚓ #Harbor https://example.org",
            [
                ("R5", ".", ". ⚓ #Harbor https://example.org", ""),
                ("R6", ".", ". ⚓ #Harbor https://example.org", ""),
                ("R7", ".", ". ⚓ #Harbor https://example.org", ""),
            ],
        ),
        ("We p\u0430y the crew.", "We pay the crew.", [("T3", "p\u0430y", "pay", "A6")]),
    ],
)
def test_codes(quoted: str, archived: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = coded(compare(quoted, archived))
    assert [entry[0] for entry in found] == [entry[0] for entry in expected]
    assert {entry for entry in expected if entry[0] not in ("R11",)} <= set(found)


def test_a_break_by_a_speech_tag_hides_an_omission() -> None:
    alignment = compare(
        "We leave now. They stay here.", "We leave now. It will be a hard trip. They stay here.", breaks=(14,)
    )
    assert [d.code.value for d in alignment.differences] == ["K9"]


@pytest.mark.parametrize(
    ("quoted", "whole", "clause_cut", "cut_as_whole"),
    [
        ("We leave at dawn. The crew is ready, and the ship is old.", True, False, False),
        ("The crew is ready, and the ship is old.", False, False, False),
        ("the crew is ready,", False, True, False),
        ("The ship is old.", False, True, False),
        ("We leave.", False, True, True),
        ("Crew is ready.", False, True, True),
    ],
)
def test_edges(quoted: str, whole: bool, clause_cut: bool, cut_as_whole: bool) -> None:
    alignment = compare(
        quoted, "RT @moss: We leave at dawn. The crew is ready, and the ship is old. https://example.org/1"
    )
    assert (alignment.whole, alignment.clause_cut) == (whole, clause_cut)
    assert ("K10" in {d.code.value for d in alignment.differences}) is cut_as_whole


@pytest.mark.parametrize(
    ("archived", "whole", "codes"),
    [
        ("We sail home today #SafeHarbor", True, {"R5"}),
        ("We sail home today. #SafeHarbor #Ilex @TideOffice", True, {"R5", "R2"}),
        ("We sail home today. 1/2 https://example.org/p", True, {"R6"}),
        ("We sail home today. via @TideOffice", True, {"R2"}),
        ("We sail home today #not", True, {"T1"}),
        ("We sail home today. #Sarcasm", True, {"T1"}),
        ("We sail home today to #SafeHarbor", False, set()),
        ("We sail home today with @TideOffice", False, set()),
        ("We sail home today. Join us.", False, set()),
    ],
)
def test_what_a_quotation_leaves_out_behind_the_words(archived: str, whole: bool, codes: set[str]) -> None:
    alignment = compare("We sail home today", archived)
    assert alignment.whole is whole
    assert {d.code.value for d in alignment.differences} - {"R8"} == codes
    assert ("G15" in {guard.value for guard in alignment.guards}) is ("T1" in codes)


def test_a_hashtag_that_the_sentence_begins_with_is_part_of_it() -> None:
    assert not compare("is our home port", "#SafeHarbor is our home port").whole
    assert compare("Our home port", "#SafeHarbor Our home port").whole


def test_a_condition_cut_off_at_the_end_is_guarded() -> None:
    alignment = compare("They accept the offer.", "They accept the offer, unless the court rejects it.")
    assert [(d.code.value, [g.value for g in d.guards]) for d in alignment.differences] == [("K10", ["G8"])]


_WORDS = st.lists(
    st.sampled_from(
        ["the", "not", "harbor", "@TideOffice", "#SaferSeas", "5", "…", "[sic]", "(Moss)", "😂", "U.S.", "go."]
    ),
    min_size=1,
    max_size=12,
)


@given(_WORDS, _WORDS)
def test_every_span_lies_in_its_text(one: list[str], other: list[str]) -> None:
    quoted, archived = " ".join(one), " ".join(other)
    alignment = compare(quoted, archived)
    for difference in alignment.differences:
        assert difference.quoted.of(quoted) == difference.quoted_words
        assert difference.archived.of(archived) == difference.archived_words
    for pair in alignment.pairs:
        assert pair.quoted.end <= len(quoted)
        assert pair.archived.end <= len(archived)


@given(_WORDS)
def test_a_text_does_not_differ_from_itself(words: list[str]) -> None:
    text = " ".join(word for word in words if word not in ("[sic]", "(Moss)"))
    assert all(d.nature is not Nature.TEXT for d in compare(text, text).differences)


def test_ten_megabytes_of_quotation_are_read_to_a_bound() -> None:
    alignment = compare("not the harbor " * 700_000, "We sail the bay to the harbor. " * 2_000)
    assert alignment.pairs
