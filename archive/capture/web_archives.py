"""Asking web archives: is there a copy, which copies are there, make one. Slow and often failing: never in a request.

archive.today is not asked, linked or trusted: its copies were shown to be altered (platforms.md 10.2).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import quote, urlencode

from archive.capture.fetcher import Fetcher
from archive.capture.questions import HTML_ACCEPT, JSON_ACCEPT, Question
from archive.domain.captures import CaptureClass, Captured, CaptureMethod, TermsClass

_AVAILABLE = "https://archive.org/wayback/available"
_LISTED = "https://web.archive.org/cdx/search/cdx"
_SAVE = "https://web.archive.org/save"


def ask_closest(fetcher: Fetcher, url: str, *, near: datetime) -> Captured:
    """The archive's answer to "is there a copy of ``url`` near that moment?"."""
    asked = urlencode({"url": url, "timestamp": f"{near:%Y%m%d%H%M%S}"})
    return _third_party(fetcher, f"{_AVAILABLE}?{asked}", question=Question(accept=JSON_ACCEPT))


def ask_copies(fetcher: Fetcher, url: str, *, limit: int = 50) -> Captured:
    """The archive's list of copies of ``url`` that answered 200, those that differ from the one before."""
    fields = "timestamp,original,statuscode,mimetype,digest,length"
    asked = {"url": url, "output": "json", "fl": fields, "filter": "statuscode:200", "collapse": "digest"}
    return _third_party(
        fetcher, f"{_LISTED}?{urlencode({**asked, 'limit': -limit})}", question=Question(accept=JSON_ACCEPT)
    )


def ask_time_map(fetcher: Fetcher, url: str) -> Captured:
    """The archive's Memento time map of ``url``."""
    address = f"https://web.archive.org/web/timemap/link/{url}"
    return _third_party(fetcher, address, question=Question(accept="application/link-format"))


def capture_copy(fetcher: Fetcher, bytes_url: str, *, terms: TermsClass) -> Captured:
    """The bytes of one copy, marked as a third party's."""
    captured = _third_party(fetcher, bytes_url, question=Question(accept=HTML_ACCEPT), terms=terms)
    provenance = replace(captured.capture.provenance, method=CaptureMethod.WEB_ARCHIVE)
    return replace(captured, capture=replace(captured.capture, provenance=provenance))


def ask_to_save(fetcher: Fetcher, url: str, *, key: str = "", secret: str = "") -> Captured:
    """The archive's answer to "keep a copy of ``url``"; with a key as that account, else as anybody."""
    form = {"url": url, "skip_first_archive": "1", "if_not_archived_within": "1d", "js_behavior_timeout": "0"}
    question = Question(accept=JSON_ACCEPT, headers=_credential(key, secret), form=urlencode(form).encode("ascii"))
    return _third_party(fetcher, _SAVE, question=question)


def ask_after(fetcher: Fetcher, job: str, *, key: str = "", secret: str = "") -> Captured:
    """The archive's answer to "how far is that copy?"."""
    question = Question(accept=JSON_ACCEPT, headers=_credential(key, secret))
    return _third_party(fetcher, f"{_SAVE}/status/{quote(job, safe='')}", question=question)


def _credential(key: str, secret: str) -> tuple[tuple[str, str], ...]:
    return (("Authorization", f"LOW {key}:{secret}"),) if key and secret else ()


def _third_party(fetcher: Fetcher, url: str, *, question: Question, terms: TermsClass = TermsClass.OPEN) -> Captured:
    return fetcher.fetch(url, question=question, terms=terms, capture_class=CaptureClass.THIRD_PARTY_ATTESTED)
