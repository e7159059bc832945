"""Numbers: the values that words and digits stand for, so that style (R11) and value (G2) are told apart."""

from __future__ import annotations

from fractions import Fraction

import regex

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_SCALES = {
    "hundred": 100,
    "hundreds": 100,
    "thousand": 1000,
    "thousands": 1000,
    "k": 1000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "million": 10**6,
    "millions": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "billions": 10**9,
    "b": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "trillions": 10**12,
    "t": 10**12,
    "tn": 10**12,
    "dozen": 12,
}
_DIGITS = regex.compile(r"(\d+(?:[.,/]\d+)?)(st|nd|rd|th|k|m|mn|b|bn|t|tn|s|x)?")
_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_SMALL)},
    **_TENS,
    **{word: value for value, word in enumerate(_ORDINALS)},
}
_UNIT_WORDS = {
    "percent": "%",
    "per": "",
    "cent": "%",
    "dollar": "$",
    "dollars": "$",
    "usd": "$",
    "euro": "€",
    "euros": "€",
    "eur": "€",
    "pound": "£",
    "pounds": "£",
    "gbp": "£",
    "rupee": "₹",
    "rupees": "₹",
    "rs": "₹",
    "inr": "₹",
    "yen": "¥",
    "jpy": "¥",
}
_FRACTIONS = {
    tuple(words.split()): sign
    for sign, spelt in (
        ("1/2", ("half", "one half", "a half")),
        ("1/3", ("a third", "one third")),
        ("2/3", ("two thirds",)),
        ("1/4", ("a quarter", "one quarter", "a fourth", "one fourth")),
        ("3/4", ("three quarters", "three fourths")),
    )
    for words in spelt
}
_SIGN = regex.compile(r"[$€£₹¥]|(?:US|A|C|NZ)\$")


def is_number(word: str) -> bool:
    """Whether a normalised word stands for a number, in digits or letters; "one" and "second" too."""
    return word in _WORDS or word in _SCALES or word[:1].isdigit()


def is_scale(word: str) -> bool:
    """Whether a normalised word multiplies the number before it: "million", "lakh"."""
    return word in _SCALES


def values_of(words: tuple[str, ...]) -> tuple[Fraction, ...] | None:
    """The numbers that these words spell, in order, or None when other words stand among them. Units ("percent",
    "dollars") are passed over. "two hundred", "2.5 million", "1,20,000", "25 lakh", "5th"."""
    found: list[Fraction] = []
    current: Fraction | None = None
    for word in words:
        if word in _UNIT_WORDS or word == "and":
            continue
        value = _value(word)
        if value is not None:
            # "twenty five" adds up; "five million" multiplies below; otherwise a new number begins.
            if (current is not None and 20 <= current % 100 < 100 and 0 < value < 10) or (
                current is not None and current % 100 == 0 and current >= 100 and value < 100 and word.isalpha()
            ):
                current += value
            else:
                if current is not None:
                    found.append(current)
                current = value
        elif word in _SCALES:
            current = (current if current is not None else Fraction(1)) * _SCALES[word]
        else:
            return None
    if current is not None:
        found.append(current)
    return tuple(found)


def have_equal_values(quoted: tuple[str, ...], archived: tuple[str, ...]) -> bool:
    """Whether both sides say the same with numbers of the same values, however written: "nine-year", "9 year"."""
    if (quoted in _FRACTIONS or archived in _FRACTIONS) and _fraction(quoted) == _fraction(archived):
        return True
    one, other = _with_values(quoted), _with_values(archived)
    return one == other and any(isinstance(item, Fraction) for item in one)


def _with_values(words: tuple[str, ...]) -> tuple[Fraction | str, ...]:
    """The words with every run of number words replaced by its values; units are passed over."""
    said: list[Fraction | str] = []
    run: list[str] = []
    for word in (*words, ""):
        if word and (is_number(word) or (run and word == "and")):
            run.append(word)
            continue
        said.extend(values_of(tuple(run)) or run)
        run = []
        if word and word not in _UNIT_WORDS:
            said.append(word)
    return tuple(said)


def _fraction(words: tuple[str, ...]) -> str:
    """Words as a fraction in digits: "2/3" for "two thirds", and for the two words that its digits are read as."""
    return _FRACTIONS.get(words, "/".join(words))


def currency_of(text: str) -> frozenset[str]:
    """The currency and per-cent signs of a stretch, words counted as their signs."""
    signs = {sign[-1] for sign in _SIGN.findall(text)}
    signs |= {_UNIT_WORDS[word] for word in regex.findall(r"\p{L}+", text.lower()) if _UNIT_WORDS.get(word)}
    if "%" in text:
        signs.add("%")
    return frozenset(signs)


def _value(word: str) -> Fraction | None:
    if word in _WORDS:
        return Fraction(_WORDS[word])
    match = _DIGITS.fullmatch(word)
    if match is None:
        return None
    digits, suffix = match.groups()
    value = _digits_value(digits)
    if value is None:
        return None
    return value * _SCALES.get(suffix or "", 1)


def _digits_value(digits: str) -> Fraction | None:
    try:
        return Fraction(digits.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None
