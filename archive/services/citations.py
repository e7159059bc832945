"""Citations of a statement: a plain line, Chicago and APA sentences, BibTeX and CSL-JSON.

The post is cited as the platform shows it, with the archive's own address beside it: a post may be gone tomorrow.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime

from archive.domain.accounts import Platform
from archive.domain.statements import Statement

PLATFORMS = {
    Platform.X: "X",
    Platform.MASTODON: "Mastodon",
    Platform.BLUESKY: "Bluesky",
    Platform.TRUTH_SOCIAL: "Truth Social",
    Platform.TELEGRAM: "Telegram",
    Platform.YOUTUBE: "YouTube",
    Platform.FACEBOOK: "Facebook",
    Platform.INSTAGRAM: "Instagram",
    Platform.THREADS: "Threads",
    Platform.WEB: "own website",
}
_TITLE_WORDS = 20
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """One statement cited in every form."""

    plain: str
    chicago: str
    apa: str
    bibtex: str
    csl: str

    def sentences(self) -> str:
        """The forms for people, one after the other."""
        return f"{self.plain}\n\nChicago:\n{self.chicago}\n\nAPA:\n{self.apa}\n"


def cite(statement: Statement, *, permalink: str, seen: datetime) -> Citations:
    """Cite a statement; ``permalink`` is its address in the archive, ``seen`` when that was asked for."""
    return Citations(
        plain=_plain(statement),
        chicago=_chicago(statement, permalink),
        apa=_apa(statement, permalink),
        bibtex=_bibtex(statement, permalink, seen=seen),
        csl=_csl(statement, permalink, seen=seen),
    )


def _plain(statement: Statement) -> str:
    office = f", {statement.office_title}" if statement.office_title else ""
    if statement.report is not None:
        return f"{statement.voice.name}{office}, as reported by {statement.report.outlet}."
    at = f"{statement.post.posted_at:%-d %B %Y, %H:%M} UTC"
    return f"{statement.voice.name}{office}, posted on {_platform(statement)}{_handle(statement)}, {at}."


def _chicago(statement: Statement, permalink: str) -> str:
    day = _day(statement)
    where = "" if statement.report else f" {_platform(statement)},"
    title = f"“{_title(statement)}”"
    reported = f" as reported by {statement.report.outlet}," if statement.report else ""
    dated = f"{day:%B} {day.day}, {day.year}. {_addresses(statement, permalink)}."
    return f"{_author(statement)}. {title}{reported}{where} {dated}"


def _apa(statement: Statement, permalink: str) -> str:
    day = _day(statement)
    kind = f"As reported by {statement.report.outlet}" if statement.report else "Post"
    place = "" if statement.report else f" {_platform(statement)}."
    named = f"{_author(statement)} ({day.year}, {day:%B} {day.day}). {_title(statement)} [{kind}].{place}"
    return f"{named} {_addresses(statement, permalink)}"


def _bibtex(statement: Statement, permalink: str, *, seen: datetime) -> str:
    day = _day(statement)
    key = re.sub(r"[^a-z0-9]+", "", statement.voice.name.lower().split(" ")[-1]) or "statement"
    fields = {
        "author": "{" + _tex(statement.voice.name) + "}",
        "title": _tex(_title(statement)),
        "howpublished": _tex(f"{_platform(statement)}{_handle(statement)}"),
        "year": str(day.year),
        "month": f"{day:%b}".lower(),
        "day": str(day.day),
        "url": _url(statement, permalink),
        "note": _tex(f"Archived at {permalink}"),
        "urldate": f"{seen:%Y-%m-%d}",
    }
    lines = ",\n".join(
        f"  {name} = {value if name == 'month' else '{' + value + '}'}" for name, value in fields.items()
    )
    return f"@misc{{{key}{day:%Y%m%d},\n{lines}\n}}\n"


def _csl(statement: Statement, permalink: str, *, seen: datetime) -> str:
    day = _day(statement)
    item = {
        "id": str(statement.post.id),
        "type": "article-newspaper" if statement.report else "post",
        "author": [{"literal": statement.voice.name}],
        "title": _title(statement),
        "container-title": statement.report.outlet if statement.report else _platform(statement),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "accessed": {"date-parts": [[seen.year, seen.month, seen.day]]},
        "URL": _url(statement, permalink),
        "archive": "OnRecord",
        "archive_location": permalink,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _author(statement: Statement) -> str:
    return f"{statement.voice.name}{_handle(statement)}"


def _handle(statement: Statement) -> str:
    return f" (@{statement.account.handle})" if statement.account.handle else ""


def _platform(statement: Statement) -> str:
    return PLATFORMS[statement.account.platform]


def _title(statement: Statement) -> str:
    """The first words of the post, as style guides name a post that has no title."""
    if statement.snapshot.is_hidden:
        return "[words not shown]"
    words = statement.snapshot.text.split()
    return " ".join(words[:_TITLE_WORDS]) + (" …" if len(words) > _TITLE_WORDS else "")


def _day(statement: Statement) -> date:
    report = statement.report
    said = (report.said_on or report.article_published_on) if report is not None else None
    return said or statement.post.posted_at.date()


def _url(statement: Statement, permalink: str) -> str:
    url = statement.post.url or (statement.report.article_url if statement.report else None)
    return url if url is not None and url.startswith(("https://", "http://")) else permalink


def _addresses(statement: Statement, permalink: str) -> str:
    url = _url(statement, permalink)
    return url if url == permalink else f"{url} (archived at {permalink})"


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)
