"""Batches: chunks, remembered accounts and two processes change how soon an answer comes, never the answer."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

from archive.services import batch, curate, ingest
from archive.services.side_by_side import in_order
from tests.integration.services.given import WORDS, a_dump, a_registry, a_row

SENTENCES = (
    WORDS,
    "The harbour of Ostrelund opens again on Monday, and every crew is welcome.",
    "We will not raise the herring quota before the winter is over.",
    "Part one: the lighthouse needs a new lamp, and the council knows it.",
    "Part two: the lamp was paid for in spring, so where is it?",
)


def claims(count: int) -> list[str]:
    lines = []
    for number in range(count):
        words = SENTENCES[number % 5].split()
        cut = words[number % 3 : len(words) - number % 2] + ([f"number {number}"] if number % 7 == 0 else [])
        row = {
            "id": f"c{number}",
            "quote": " ".join(cut),
            "speaker": ("Tavrin Oskelbeck", "Somebody Else", None)[number % 3],
            "published": "2026-02-13",
        }
        lines.append(json.dumps(row))
    lines[3] = "no json"
    lines[4] = '{"id": "empty", "quote": "  "}'
    lines[5] = '{"id": "day", "quote": "x y z", "published": "yesterday"}'
    lines[6] = "   "
    return lines


@pytest.fixture
def full(runtime):
    rows = [
        a_row(
            post_id=str(20 + number),
            text=text,
            handle=("PrimeMinister_Ostrelund", "Harbour_Ostrelund")[number % 2],
            author_id=("900000000000000101", "900000000000000102")[number % 2],
            author_name=("Tavrin Oskelbeck", "Harbour of Ostrelund")[number % 2],
            posted_at=f"2026-02-12T10:{number:02}:00Z",
            url=None,
        )
        for number, text in enumerate(SENTENCES)
    ]
    curate.take_registry(runtime, a_registry())
    ingest.take_posts(runtime, a_dump(*rows))
    return runtime


def test_a_long_batch_is_answered_like_each_line_alone(full):
    lines = claims(230)
    alone = [
        answer.replace('"line": 1,', f'"line": {number},')
        for number, line in enumerate(lines, start=1)
        for answer in batch.match_batch(full, [line])
    ]
    together = list(batch.match_batch(full, lines, processes=1))
    divided = list(batch.match_batch(full, lines, processes=2))
    assert len(together) == 229
    assert together == alone
    assert divided == alone
    assert sum(bool(json.loads(answer).get("posts")) for answer in together) > 100


def test_a_line_that_breaks_the_database_session_spoils_no_other(full):
    with full.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE name_words")
    lines = claims(16)[7:]
    answers = [json.loads(answer) for answer in batch.match_batch(full, lines)]
    codes = [answer.get("error", {}).get("code") for answer in answers]
    assert codes == [json.loads(line)["speaker"] and "database_not_upgraded" for line in lines]


def length(_runtime, piece):
    return len(piece)


def test_answers_come_in_the_order_of_the_pieces(runtime):
    assert list(in_order(runtime, ["a" * n for n in range(30)], answer=length, processes=2)) == list(range(30))


def end_of_the_first_process(runtime, piece):
    if piece == "bad" and os.getpid() != runtime.settings.port:
        os._exit(9)
    return piece


def test_a_process_that_is_ended_costs_no_answer(runtime):
    here = runtime.settings.model_copy(update={"port": os.getpid()})
    pieces = ["one", "two", "bad", *map(str, range(20))]
    answered = in_order(replace(runtime, settings=here), pieces, answer=end_of_the_first_process, processes=2)
    assert list(answered) == pieces
