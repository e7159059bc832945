import html
import re

import pytest

from archive.domain.findings import Family
from web.demo import content


def text_of(page: bytes) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page.decode()))


def test_there_are_eight_changes_each_with_another_verdict_or_finding() -> None:
    changes = content.changes()

    assert len(changes) == 8
    assert len({(change.verdict, change.code) for change in changes}) == 8


def test_the_changes_touch_the_families_the_demo_promises() -> None:
    families = {change.code.family for change in content.changes() if change.code is not None}

    assert families >= {Family.GUARD, Family.MARKING, Family.ATTRIBUTION, Family.CHANNEL, Family.DATE, Family.TEXT}


@pytest.mark.parametrize("change", content.changes(), ids=lambda change: change.name)
def test_each_change_shows_in_the_doctored_article(change: content.Change) -> None:
    faithful, doctored = content.faithful_article().decode(), content.doctored_article().decode()

    for found, put in change.replacements:
        assert found in faithful
        if put:
            assert put in doctored


def test_the_article_on_the_reports_repeats_each_statement_word_for_word() -> None:
    page = text_of(content.article_on_reports())
    _, kept = content.reports()

    assert len(kept) == 5
    for claim, report in kept:
        assert f'"{claim.quotation.content}"' in page
        assert report.outlet == "IANS"


def test_both_articles_say_what_they_are() -> None:
    assert "written for the demonstration" in text_of(content.article_on_reports())
    assert "invented for this demonstration" in text_of(content.faithful_article())


def test_invented_handles_are_longer_than_any_real_one() -> None:
    assert all(len(handle) > 15 for handle in content.HANDLES)


def test_the_demo_files_keep_their_identifiers() -> None:
    assert [captured.capture.id for captured in content.posts()] == [
        captured.capture.id for captured in content.posts()
    ]
