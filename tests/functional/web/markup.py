"""A page's markup as facts: its headings, identifiers, labels, links and scripts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
OPTIONAL_END = {"li", "dt", "dd", "p", "option", "tr", "td", "th", "thead", "tbody"}


@dataclass
class Markup(HTMLParser):
    """What stands in one page."""

    source: str
    headings: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    controls: list[dict[str, str | None]] = field(default_factory=list)
    links: list[dict[str, str | None]] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    attributes: Counter[str] = field(default_factory=Counter)
    scripts: list[dict[str, str | None]] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    misnested: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.attributes.update(given.keys())
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label" and given.get("for"):
            self.labelled.add(str(given["for"]))
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.controls.append(given)
        if tag == "a":
            self.links.append(given)
        if tag == "script":
            self.scripts.append(given)
        self.described += str(given.get("aria-describedby") or "").split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.misnested.append(f"</{tag}> after {self.open[-3:]}")
            return
        self.open.pop()


def problems_of(html: str) -> list[str]:
    """What is wrong with a page by the rules every page keeps; empty when nothing is."""
    page = Markup(html)
    doubled = [name for name, count in Counter(page.ids).items() if count > 1]
    jumps = [f"h{a} to h{b}" for a, b in zip(page.headings, page.headings[1:], strict=False) if b > a + 1]
    unlabelled = [
        str(c.get("name")) for c in page.controls if c.get("id") not in page.labelled and not c.get("aria-label")
    ]
    handlers = [name for name in page.attributes if name.startswith("on") or name == "style"]
    inline = [s for s in page.scripts if not s.get("src") and s.get("type") != "application/ld+json"]
    foreign = [s["src"] for s in page.scripts if s.get("src") and not str(s["src"]).startswith("/static/")]
    found = {
        "not one h1": page.headings.count(1) != 1,
        "headings jump": jumps,
        "doubled ids": doubled,
        "controls without label": unlabelled,
        "descriptions that lead nowhere": [name for name in page.described if name not in page.ids],
        "inline handlers or styles": handlers,
        "inline scripts": inline,
        "foreign scripts": foreign,
        "style elements": page.tags["style"],
        "not one main": page.tags["main"] != 1,
        "misnested": page.misnested,
        "never closed": page.open,
        "links within the page that lead nowhere": [
            link["href"] for link in page.links
            if str(link.get("href", "")).startswith("#") and str(link["href"])[1:] not in page.ids
        ],
    }  # fmt: skip
    return [f"{name}: {what}" for name, what in found.items() if what]


def csrf_token_in(html: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found is not None, "the page has no form that sends anything"
    return found.group(1)


def links_in(html: str) -> list[str]:
    """Where the links of a page lead."""
    return [str(link.get("href")) for link in Markup(html).links]
