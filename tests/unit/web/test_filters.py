"""What templates say of values."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from web.filters import day_in_words, host_of, instant_in_words, language_tag, safe_url, stretch_of_days


@pytest.mark.parametrize("url", ["https://example.org/a?b=c", "http://example.org", "HTTPS://EXAMPLE.ORG/ü"])
def test_web_addresses_may_be_links(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd", "//example.org", "/statements",
        "https://", "http://[::1", "", None, "mailto:a@example.org", "ftp://example.org",
        "https://archive.ph/aB3dE", "http://www.archive.today/newest/https://example.org/", "https://ARCHIVE.IS./x",
    ],
)  # fmt: skip
def test_nothing_else_becomes_a_link(url: str | None) -> None:
    assert safe_url(url) is None
    assert host_of(url) == ""


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("en", "en"), ("pt-BR", "pt-BR"), ("zh-Hant", "zh-Hant"), ("und", None), ("qme", None), ("zxx", None),
        ('en" onload="x', None), ("", None), (None, None), ("x" * 50, None),
    ],
)  # fmt: skip
def test_language_tags(given: str | None, tag: str | None) -> None:
    assert language_tag(given) == tag


def test_times_carry_their_zone() -> None:
    delhi = timezone(timedelta(hours=5, minutes=30))
    assert instant_in_words(datetime(2031, 3, 5, 1, 0, tzinfo=delhi)) == "4 March 2031, 19:30 UTC"
    assert instant_in_words(None) == "unknown"


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2029, 5, 2), None, "since 2 May 2029"),
        (None, date(2029, 5, 2), "until 2 May 2029"),
        (date(2029, 5, 2), date(2030, 1, 1), "2 May 2029 to 1 January 2030"),
        (None, None, "dates not on record"),
    ],
)
def test_stretches_of_days(since: date | None, until: date | None, words: str) -> None:
    assert stretch_of_days(since, until) == words


def test_days() -> None:
    assert day_in_words(datetime(2031, 3, 4, tzinfo=UTC).date()) == "4 March 2031"
