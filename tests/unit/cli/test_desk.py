import pytest

from archive.cli.desk import printable, shortened


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("plain words", "plain words"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("\x1b[31mred\x1b[0m", "\N{REPLACEMENT CHARACTER}[31mred\N{REPLACEMENT CHARACTER}[0m"),
        ("turned \u202eround", "turned \N{REPLACEMENT CHARACTER}round"),
        ("Ærøskøbing 東京", "Ærøskøbing 東京"),
        ("half a pair \ud800", "half a pair \N{REPLACEMENT CHARACTER}"),
    ],
)
def test_words_of_others_cannot_drive_the_terminal(words: str, shown: str) -> None:
    assert printable(words) == shown


@pytest.mark.parametrize(
    ("words", "most", "short"),
    [("short", 10, "short"), ("one two three", 8, "one two…"), ("unbrokenword", 6, "unbro…")],
)
def test_long_words_are_cut_at_a_word(words: str, most: int, short: str) -> None:
    assert shortened(words, most) == short
