"""What a departure says to a reader: no word stands in quotation marks that stands nowhere in the texts."""

import pytest

from archive.domain.differences import Difference, Nature
from archive.domain.findings import FindingCode
from archive.domain.spans import Span
from archive.verification.departures import GUARDS, HEADS, difference_sentence, guard_sentence


def departure(code: FindingCode, quoted: str, archived: str) -> Difference:
    return Difference(
        code=code,
        nature=Nature.TEXT,
        quoted=Span(0, len(quoted)),
        archived=Span(0, len(archived)),
        quoted_words=quoted,
        archived_words=archived,
    )


@pytest.mark.parametrize(
    ("code", "quoted", "archived", "said"),
    [
        (FindingCode.WORD_ADDED, "not", "", 'Words are added: the quotation has "not", which is not in the original.'),
        (FindingCode.WORD_MISSING, "", "free", 'Words are missing: the original has "free", the quotation does not.'),
        # The place of an omission is often a full stop: no reader takes that for words.
        (
            FindingCode.OMISSION_UNSIGNALLED, ".", "Nurses travel free.",
            'Words are left out and nothing shows it: the original has "Nurses travel free", the quotation does not.',
        ),
        (
            FindingCode.HASHTAG_UNWRAPPED, ",", ". #Ferries",
            'A hashtag is left out: the original has "#Ferries", the quotation does not.',
        ),
        (
            FindingCode.HASHTAG_UNWRAPPED, "ferry day", "#FerryDay",
            'A hashtag is written as words or left out: the quotation has "ferry day", the original "#FerryDay".',
        ),
        (
            FindingCode.HANDLE_AS_NAME, "Asha Renn", "asharenn",
            'A handle is written out as the name it stands for: the quotation has "Asha Renn", the original "@asharenn".',
        ),
        (
            FindingCode.EDGE_CASE_OR_STOP, ",", ". #",
            'The edge of the quotation is set to fit the sentence: the quotation has ",", the original ".".',
        ),
        (FindingCode.NUMBER_STYLE, "12%", "12 %", 'The same number or date in another style: the quotation has "12%", the original "12 %".'),
        (FindingCode.CUT_SENTENCE_AS_WHOLE, "", "", "Part of a sentence is printed as if it were whole."),
    ],
)  # fmt: skip
def test_a_departure_is_said_with_the_words_that_stand_there(
    code: FindingCode, quoted: str, archived: str, said: str
) -> None:
    assert difference_sentence(departure(code, quoted, archived)) == said


@pytest.mark.parametrize(
    ("quoted", "archived", "said"),
    [
        ("not", "", 'May change the meaning – a negation is gained or lost: only the quotation has "not".'),
        ("", "never", 'May change the meaning – a negation is gained or lost: only the original has "never".'),
        (
            "always", "never",
            'May change the meaning – a negation is gained or lost: the original has "never", the quotation has "always".',
        ),
    ],
)  # fmt: skip
def test_a_guard_says_which_side_has_the_words(quoted: str, archived: str, said: str) -> None:
    assert guard_sentence(FindingCode.NEGATION, departure(FindingCode.WORD_ADDED, quoted, archived)) == said


def test_what_is_known_from_a_report_is_called_no_original() -> None:
    difference = departure(FindingCode.WORD_REPLACED, "may", "will")

    assert "original" not in difference_sentence(difference, source="report")
    assert "original" not in guard_sentence(FindingCode.MODAL_STRENGTH, difference, source="report")


@pytest.mark.parametrize("code", [code for code in FindingCode if code.value[0] == "G"])
def test_every_guard_has_words(code: FindingCode) -> None:
    assert code in GUARDS


@pytest.mark.parametrize("code", [code for code in FindingCode if code.value[0] in "RK"])
def test_every_rendering_and_marking_has_words(code: FindingCode) -> None:
    assert code in HEADS
