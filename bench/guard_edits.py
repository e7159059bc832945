"""Edits that may change the meaning (G1 to G15), and near misses that only look like them."""

from __future__ import annotations

import re
from random import Random

from archive.domain.findings import FindingCode as Code
from bench import words as lists
from bench.edits import Operator, after, body, closed, drawn, edit, swap, tidy

_NUMBER = re.compile(r"(?<![\w.,$:/@#&-])(?!(?:19|20)\d\d\b)(\d{2,3})(?![\w.,:/%]|-|(?: [AaPp]\.?[Mm]))")
_CLAUSE = re.compile(
    r"(?:,? |^)\b(if|unless|until|as long as|provided|except|subject to) [^,.!?;:()\"“”&#@]{4,60}(?=[,.!?;]|$)",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=[a-z] )([A-Z][a-z]{3,})(?= [a-z]|[.!?]$)")
_NO_NAME = frozenset(
    "January February March April June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday President Senator Governor Mayor Minister Secretary General Judge Justice Chief "
    "Captain Director Speaker Chairman Congressman Congresswoman Representative Ambassador Sheriff This That These They "
    "Their There When What Where Then Than Thank Thanks Happy Merry Great Very Much Just Many Your With From Will Have "
    "Been Good Best Make Made More Most Must Only Over Such Some Well Were Into Also Even Ever Never Here King Queen "
    "Prince Today Tonight Tomorrow Yesterday Week Year Month Christmas Prime Vice Leader Officer Attorney Acting Former "
    "Commander Colonel Sergeant Chair Treasurer Deputy Pope Bishop".split()
)


def _other_number(text: str, random: Random) -> tuple[str, str] | None:
    found = _NUMBER.search(body(text))
    if found is None:
        return None
    there, old = body(text), found[1]
    new = random.choice(
        (
            old[::-1] if old[::-1].lstrip("0") not in (old, "") and old[-1] != "0" else "",
            str(int(old) + 7),
            str(int(old) * 10),
        )
    )
    return there[: found.start()] + (new or str(int(old) + 1)) + there[found.end() :], text


def _other_name(text: str, random: Random) -> tuple[str, str] | None:
    there = body(text)
    found = [match for match in _CAPITAL.finditer(there) if match[1] not in _NO_NAME]
    if not found:
        return None
    match = random.choice(found)
    return there[: match.start()] + random.choice(lists.NAMES) + there[match.end() :], text


def _without_clause(text: str, random: Random) -> tuple[str, str] | None:
    there = body(text)
    found = _CLAUSE.search(there)
    if found is None or len(there) - len(found[0]) < 40 or found.start() == 0:
        return None
    rest = there[found.end() :]
    if re.search(r"[.!?:]$", there[: found.start()]):
        # "If you see it, call": without its condition the sentence begins with "Call"; a sentence that is nothing but
        # its condition, left out whole, is no condition dropped.
        if not rest.startswith(", ") or len(rest) < 12:
            return None
        rest = f" {rest[2].upper()}{rest[3:]}"
    return tidy(there[: found.start()] + rest), text


def _tone(text: str, random: Random) -> tuple[str, str] | None:
    there = closed(body(text))
    return None if there is None else (there, f"{there} {random.choice(lists.TONE_SIGNS)}")


def _no_tone(text: str, random: Random) -> tuple[str, str] | None:
    there = closed(body(text))
    return None if there is None else (there, f"{there} {random.choice(lists.PLAIN_SIGNS)}")


def _shouted(text: str) -> str | None:
    """A quantity word that the post shouts, printed in plain letters."""
    found = re.search(r"(?<=[a-z] )(ALL|EVERY|ONLY|MANY|BOTH|MOST|ALWAYS|NEVER)(?= [a-z])", text)
    return None if found is None else text[: found.start()] + found[1].lower() + text[found.end() :]


GUARDS: tuple[Operator, ...] = (
    swap(Code.NEGATION, lists.NEGATIONS),
    swap(Code.NEGATION, lists.SAME_NEGATIONS, near_miss=True),
    drawn(Code.NUMBER_OR_UNIT, _other_number),
    swap(Code.NUMBER_OR_UNIT, lists.AMOUNTS),
    edit(Code.NUMBER_OR_UNIT, after(r"(?<=[a-z] )\$(?=\d)", "€")),
    edit(Code.NUMBER_OR_UNIT, after(r"(?<=[a-z] )(\d\d)%", r"\1 percentage points")),
    edit(Code.NUMBER_OR_UNIT, after(r"(?<=\d)%", " percent"), near_miss=True),
    swap(Code.NUMBER_OR_UNIT, lists.NUMERALS, near_miss=True),
    swap(Code.DATE_OR_DURATION, lists.MOMENTS),
    swap(Code.DATE_OR_DURATION, lists.SAME_MOMENTS, near_miss=True),
    drawn(Code.NAMED_ENTITY, _other_name),
    swap(Code.NAMED_ENTITY, lists.KNOWN_NAMES),
    swap(Code.NAMED_ENTITY, (("United States", "U.S."), ("United Nations", "UN"), ("European Union", "EU"),
                             ("United Kingdom", "UK"), ("USA", "U.S.A."), ("New York City", "NYC")), near_miss=True),
    swap(Code.OFFICE_OR_RANK, lists.OFFICES),
    swap(Code.OFFICE_OR_RANK, lists.SAME_OFFICES, near_miss=True),
    swap(Code.MODAL_STRENGTH, lists.MODALS),
    swap(Code.MODAL_STRENGTH, lists.SAME_MODALS, near_miss=True),
    swap(Code.QUANTIFIER_OR_SCOPE, lists.QUANTITIES),
    edit(Code.QUANTIFIER_OR_SCOPE, _shouted, near_miss=True),
    drawn(Code.CONDITION_DROPPED, _without_clause),
    swap(Code.CONDITION_DROPPED, (("if", "when"), ("if", "because"), ("unless", "if"), ("If", "When"), ("until", "after"))),
    edit(Code.CONDITION_DROPPED, after(r"(?<=[a-z] )if(?= [a-z])", "IF"), near_miss=True),
    swap(Code.HEDGE_DROPPED, lists.HEDGES),
    edit(Code.HEDGE_DROPPED, after(r"(?<=[a-z] )(think|believe|probably|perhaps|maybe|likely)(?= [a-z])", r"*\1*"),
         near_miss=True),
    swap(Code.AGENT_SWITCHED, lists.AGENTS),
    swap(Code.AGENT_SWITCHED, lists.SAME_AGENTS, near_miss=True),
    swap(Code.OPPOSITE_VERB, lists.OPPOSITES),
    swap(Code.OPPOSITE_VERB, lists.SAME_SENSE, near_miss=True),
    swap(Code.TENSE_OR_COMPLETION, lists.TENSES),
    swap(Code.TENSE_OR_COMPLETION, lists.SAME_TENSES, near_miss=True),
    edit(Code.MOOD_CHANGED, lambda t: f"{t[:-1]}." if re.search(r"\w\?$", t) else None),
    edit(Code.MOOD_CHANGED, after(r"(?<=[a-z]{3})\. (?=[A-Z][a-z])", "? ")),
    edit(Code.MOOD_CHANGED, after(r"(?<=[a-z]{3})\? (?=[A-Z][a-z])", ". ")),
    edit(Code.MOOD_CHANGED, after(r"(?<=[a-z])\.$", ","), near_miss=True),
    edit(Code.MOOD_CHANGED, after(r"(?<=[a-z])!$", "."), near_miss=True),
    swap(Code.COMPARISON_DIRECTION, lists.COMPARISONS),
    swap(Code.COMPARISON_DIRECTION, lists.SAME_COMPARISONS, near_miss=True),
    drawn(Code.TONE_SIGN_LOST, _tone),
    drawn(Code.TONE_SIGN_LOST, _no_tone, near_miss=True),
)  # fmt: skip
