import json
from datetime import UTC, datetime

from archive.capture.dumps import read_upload
from archive.domain.captures import Captured
from archive.domain.checks import Submission, SubmissionKind

NOON = datetime(2026, 2, 12, 12, tzinfo=UTC)
WORDS = "The last boat leaves at nine and waits for nobody, not even for me."
ARTICLE = f'Ferries\n\n"{WORDS[:-1]}," Tavrin Oskelbeck posted on X on February 12.\n'


def a_row(**changes: object) -> dict[str, object]:
    row: dict[str, object] = {
        "platform": "x",
        "handle": "PrimeMinister_Ostrelund",
        "author_name": "Tavrin Oskelbeck",
        "author_id": "900000000000000101",
        "post_id": "17",
        "posted_at": "2026-02-12T10:05:00Z",
        "text": WORDS,
        "url": "https://social.ostrelund.example/17",
    }
    return row | changes


def a_dump(*rows: dict[str, object], name: str = "posts.jsonl", now: datetime = NOON) -> Captured:
    body = "".join(json.dumps(row) + "\n" for row in rows or (a_row(),))
    return read_upload(name, body.encode(), now=now)


def a_registry() -> Captured:
    row = {
        "platform": "x",
        "handle": "PrimeMinister_Ostrelund",
        "account_id": "900000000000000101",
        "person": "Tavrin Oskelbeck",
        "office": "Prime Minister of Ostrelund",
        "from": "2024-05-01",
        "kind": "official",
    }
    return read_upload("registry.jsonl", json.dumps(row).encode(), now=NOON)


def a_text(text: str = ARTICLE) -> Submission:
    return Submission(kind=SubmissionKind.TEXT, text=text, published_on=datetime(2026, 2, 13).date())
