"""Tokens: what counts as a word, and where it stands in the original."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.text.shingles import pack, packed_words, unpack, word_hash, word_hashes
from archive.text.spelling import house_spelling
from archive.text.tokens import AROUND, WordKind, plain_words, read_fully, readings_of, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thank you @NationalArchive", "thank you national archive"),
        ("#HarbourTalks2031 begin", "harbor talks 2031 begin"),
        ("@minister_of_tides's words", "minister of tidess words"),
        ("The U.N. met at 5 p.m.", "the un met at 5 pm"),
        ("don’t, don't and don&#39;t", "dont dont and dont"),
        ("AT&amp;T & Sons", "at and t and sons"),
        ("1,20,000 or 120,000", "120000 or 120000"),
        ("5% of it", "5 percent of it"),
        ("realise the colour", "realize the color"),
        ("Rosselló in São Tomé", "rossello in sao tome"),
        ("see https://example.org/a?b=c now", "see now"),
        ("see pic.example.org/abc now", "see now"),
        ("हिन्दी भाषा", "हिन्दी भाषा"),
        ("日本", "日 本"),
        ("co\u200boperate", "cooperate"),
        ("f**king", "f**king"),
        ("😀 🇯🇵 fine", "fine"),
        ("mail a.person@example.org", "mail a person example org"),
        ("𝐁𝐨𝐥𝐝 claim", "bold claim"),
        ("", ""),
    ],
)
def test_words_are_normalised(text: str, expected: str) -> None:
    assert " ".join(word.text_normalised for word in words(text)) == expected


def test_a_word_with_letters_of_two_scripts_is_not_taken_for_the_plain_one() -> None:
    assert words("p\u0430y")[0].text_normalised != words("pay")[0].text_normalised


def test_words_know_their_original_characters() -> None:
    text = "“Don&#8217;t”  ask @TideOffice"
    assert [word.span.of(text) for word in words(text)] == ["Don&#8217;t", "ask", "Tide", "Office"]
    assert words(text)[2].whole.of(text) == "@TideOffice"
    assert words(text)[2].kind is WordKind.HANDLE


CHUNKS = st.text(max_size=12) | st.from_regex(r"[.(\"]{0,2}[@#][A-Za-z0-9_]{0,8}[.,:!?;)\"']{0,2}", fullmatch=True)


@given(st.text(max_size=80) | st.lists(CHUNKS, max_size=4).map(" ".join))
@example("@PortVelm's .@TideOffice: #Winter_2031 #2031 (@a@velm.example) #\u00e9t\u00e9 https://velm.example/a&b pic.x")
def test_hashes_are_those_of_the_words(text: str) -> None:
    expected = tuple(word_hash(word.text_normalised) for word in words(text))
    assert word_hashes(text) == expected
    assert packed_words(text) == pack(expected)


@given(st.lists(CHUNKS | st.from_regex(r"[.(\"'-]{0,2}[A-Za-z]{1,8}[.,:!?;)\"'-]{0,2}", fullmatch=True), max_size=4))
def test_plain_words_are_read_as_any_stretch_is(chunks: list[str]) -> None:
    for chunk in " ".join(chunks).split():
        assert readings_of(chunk) == read_fully(chunk)


@given(st.text(max_size=80))
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    spans = [word.span for word in words(text)]
    assert all(span.end <= len(text) and len(span) > 0 for span in spans)
    assert spans == sorted(spans)


@given(st.lists(st.integers(min_value=0, max_value=2**32 - 1)))
def test_packed_numbers_come_back(numbers: list[int]) -> None:
    assert unpack(pack(numbers)).tolist() == numbers


def test_packed_numbers_are_little_endian() -> None:
    assert pack([1]) == b"\x01\x00\x00\x00"


def test_the_number_of_a_word_never_changes() -> None:
    assert word_hash("harbor") == 658268744


PIECES = [
    "http",
    "https",
    "pic.twitter.com",
    "www",
    "bsky.social",
    "s",
    "colour",
    "Fisheries",
    "NATO",
    "ß",
    "ſ",
    "ﬁ",
    "🚢",
    "➡️",
    "\ufe0f",
    "🇯🇵",
]


@given(
    st.text(alphabet="aBszéñŁ09'’‘\".,!?;:()#@&/-–—“”…_*%", min_size=1, max_size=9)
    | st.lists(st.sampled_from([*PIECES, *"aZ7'’.,:#@/-–—_&é"]), min_size=1, max_size=6).map("".join)
)
@settings(max_examples=600)
def test_the_short_way_to_plain_words_reads_what_the_long_way_reads(chunk):
    plain = plain_words(chunk.strip(AROUND))
    assert plain is None or [reading[0] for reading in readings_of(chunk)] == list(map(house_spelling, plain))


@pytest.mark.parametrize(
    "chunk",
    ["harbour", "Harbour,", '("Harbour!")', "2031.", "COLOUR", "“Harbour”", "harbour’s", "@HarbourOffice:", "#Ostrelund2031",
     "ferry/railway", "24-hour", "Ósterby…", "🚢", "Sailed!🚢", "➡️Harbour"],
)  # fmt: skip
def test_ordinary_words_take_the_short_way(chunk):
    assert plain_words(chunk.strip(AROUND)) is not None
