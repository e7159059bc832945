"""A page as a sequence of blocks – what a reader sees as one paragraph each – and the posts embedded between them.

A block never joins two elements: captions, share bars and teasers stay blocks of their own and can be dropped whole,
so that nothing is ever glued into a paragraph that holds a quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bs4.element import Tag

from archive.domain.articles import Embed
from archive.extraction.embeds import embed_of, is_embed, linked_post
from archive.extraction.markup import is_hidden, is_words
from archive.extraction.noise import BLOCK_TAGS, is_code, is_noise

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARAGRAPHS = re.compile(r"\n\s*\n")
_AROUND_BREAKS = re.compile(r" ?\n ?")
_SPACES = re.compile(r"[^\S\n]+")
_LONGEST_HEADLINE = 200
"""Characters of a link that leads elsewhere; a page with an unclosed link has its paragraphs in it too."""
_TEASER = re.compile(
    r"^(?:(?:also )?read(?: more| also| next)?|more on this|related|see also|watch|listen|recommended|lesen sie auch|"
    r"mehr zum thema|lire aussi|à lire aussi|lea también|le[eé]r más|te puede interesar|leia (?:também|mais)|"
    r"leggi anche|lees ook|läs också|læs også|czytaj (?:też|także|więcej)|читайте также|читать также|tags?|"
    r"photo|image|picture|credit|source|foto|bild|video)\s*[:|»>\-–]",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True)
class Block:
    """One paragraph as shown: its words, where it stands, and what speaks against it being article text."""

    text: str
    tag: Tag
    quoted: Tag | None = None
    """The ``<blockquote>`` it stands in."""
    noise: tuple[Tag, ...] = field(default=())
    """The tags around it whose name or class speaks against article text."""
    linked: int = 0
    """How many of its characters are link texts."""
    links: tuple[Embed, ...] = field(default=())
    """Posts it links to."""
    heading: bool = False

    @property
    def is_teaser(self) -> bool:
        """Whether the block only leads elsewhere: "Read more: …", or nothing but one link's text."""
        if _TEASER.match(self.text) and (self.linked or len(self.text) < 120):
            return True
        return self.linked >= 0.9 * len(self.text) and len(self.text) < _LONGEST_HEADLINE and self.quoted is None


@dataclass(frozen=True, slots=True)
class _State:
    holder: Tag
    quoted: Tag | None = None
    noise: tuple[Tag, ...] = ()
    link: bool = False


@dataclass(frozen=True, slots=True)
class _Closing:
    """Stands on the stack behind an element's children."""

    tag: Tag
    before: _State


def read_blocks(root: Tag) -> list[Block | Embed]:
    """The blocks and embedded posts beneath ``root``, in reading order."""
    return _Walk(root).through()


class _Walk:
    """A walk without recursion (pages nest as deep as they like) that cuts text where block elements open and close."""

    def __init__(self, root: Tag) -> None:
        self._waiting: list[Tag | _Closing | object] = [root]
        self._state = _State(holder=root)
        self._found: list[Block | Embed] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._links: list[Embed] = []

    def through(self) -> list[Block | Embed]:
        """Everything found, in reading order."""
        while self._waiting:
            node = self._waiting.pop()
            if isinstance(node, _Closing):
                self._close(node)
            elif isinstance(node, Tag):
                self._open(node)
            elif is_words(node):
                self._say(str(node).replace("\n", " "))
        self._flush()
        return self._found

    def _open(self, tag: Tag) -> None:
        if tag.name == "br":
            self._pieces.append("\n")
        elif is_embed(tag):
            self._embed(tag)
        elif not is_hidden(tag) and not is_code(tag):
            self._enter(tag)

    def _embed(self, tag: Tag) -> None:
        self._flush()
        embed = embed_of(tag)
        if embed is not None:
            self._found.append(embed)

    def _enter(self, tag: Tag) -> None:
        before, noisy = self._state, is_noise(tag)
        cuts = tag.name in BLOCK_TAGS or noisy
        if cuts:
            self._flush()
        if tag.name == "q":  # a browser prints the marks
            self._say("\u201c")
        self._state = _State(
            holder=tag if cuts else before.holder,
            quoted=tag if tag.name == "blockquote" else before.quoted,
            noise=(*before.noise, tag) if noisy and len(before.noise) < 20 else before.noise,
            link=before.link or (tag.name == "a" and tag.has_attr("href")),  # <a name="…"> only marks a place
        )
        if tag.name == "a" and (linked := linked_post(tag)) is not None:
            self._links.append(linked)
        self._waiting.append(_Closing(tag, before))
        self._waiting.extend(reversed(list(tag.children)))

    def _close(self, closing: _Closing) -> None:
        if closing.tag.name == "q":
            self._say("\u201d")
        if self._state.holder is closing.tag:
            self._flush()
        self._state = closing.before

    def _say(self, words: str) -> None:
        self._pieces.append(words)
        if self._state.link:
            self._linked += len(words.strip())

    def _flush(self) -> None:
        text = _SPACES.sub(" ", "".join(self._pieces))
        # Two line breaks in a row are how some systems still write a new paragraph.
        for paragraph in _PARAGRAPHS.split(text):
            words = _AROUND_BREAKS.sub("\n", paragraph).strip()
            if words:
                self._found.append(self._block(words))
        self._pieces, self._linked, self._links = [], 0, []

    def _block(self, words: str) -> Block:
        state = self._state
        heading = state.holder.name in _HEADINGS
        return Block(
            text=words,
            tag=state.holder,
            quoted=state.quoted,
            noise=state.noise,
            linked=min(self._linked, len(words)),
            links=tuple(self._links),
            heading=heading,
        )
