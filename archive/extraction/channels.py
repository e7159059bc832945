"""Channels: on which platform, in what medium and from which handle an article says the words came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.domain.accounts import Platform
from archive.domain.claims import Medium
from archive.extraction.lexicon import Lexicon
from archive.extraction.tokens import Hint, Kind, Token

LONGEST_NAME = 3
"""Words of the longest name of a platform or medium in the lists."""
_POSTING = frozenset(Platform) - {Platform.WEB}


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a sentence says about the channel; None or UNKNOWN where it says nothing."""

    platform: Platform | None = None
    medium: Medium = Medium.UNKNOWN
    handle: str | None = None


_NO_CHANNEL = Channel()


def channel_of(tokens: Sequence[Token], first: int, last: int, *, lexicon: Lexicon) -> Channel:
    """The channel named between two tokens, quotations left out."""
    if not any(token.hints & Hint.CHANNEL for token in tokens[first:last]):
        return _NO_CHANNEL
    row = [token for token in tokens[first:last] if token.kind == Kind.WORD]
    if not lexicon.is_spaced:
        return _unspaced_channel("\n".join(token.lower for token in row), lexicon)
    places = [at for at, token in enumerate(row) if token.lower.removesuffix("'s") in lexicon.channel_words]
    platform = next((found for at in places if (found := _platform_at(row, at, lexicon)) is not None), None)
    medium = next(_media(row, places, lexicon), Medium.UNKNOWN)
    if platform in _POSTING:
        medium = Medium.POST
    return Channel(platform=platform, medium=medium, handle=_handle(row))


def _platform_at(row: Sequence[Token], at: int, lexicon: Lexicon) -> Platform | None:
    for width in range(LONGEST_NAME, 0, -1):
        name = " ".join(token.lower for token in row[at : at + width])
        found = lexicon.platforms.get(name.removesuffix("'s"))
        if found is None and at > 0 and row[at].is_capital and row[at - 1].lower in lexicon.platform_words:
            found = lexicon.platforms_after.get(name)
        if found is None and at + width < len(row) and row[at + width].lower in lexicon.following_words:
            found = lexicon.platforms_before.get(name)
        if found is not None and not _is_institution(row, at + width):
            return Platform(found)
    return None


def _unspaced_channel(words: str, lexicon: Lexicon) -> Channel:
    """The channel where no spaces part the words: names stand inside them, short ones before particles."""
    name = next((name for name in lexicon.platforms if name in words), None)
    platform = lexicon.platforms[name] if name is not None else None
    if platform is None:
        behind = "|".join(sorted(lexicon.following_words))
        short = (
            found
            for name, found in lexicon.platforms_before.items()
            if re.search(rf"(?<![a-z]){re.escape(name)}(?:{behind}|$|\n)", words)
        )
        platform = next(short, None)
    medium = next((Medium(found) for name, found in lexicon.media.items() if name in words), Medium.UNKNOWN)
    found = Platform(platform) if platform is not None else None
    handle = re.search(r"@\w{2,40}", words)
    return Channel(
        platform=found, medium=Medium.POST if found in _POSTING else medium, handle=handle[0] if handle else None
    )


def _is_institution(row: Sequence[Token], after: int) -> bool:
    """ "Facebook CEO …", "Twitter founder …": the firm, not the place."""
    return (
        after < len(row)
        and row[after].is_capital
        and row[after].lower.rstrip(".") in ("ceo", "inc", "chief", "cto", "coo")
    )


def _media(row: Sequence[Token], places: Sequence[int], lexicon: Lexicon) -> Iterator[Medium]:
    for at in places:
        for width in range(LONGEST_NAME, 0, -1):
            found = lexicon.media.get(" ".join(token.lower for token in row[at : at + width]))
            if found is not None:
                yield Medium(found)
                break


def _handle(row: Sequence[Token]) -> str | None:
    return next((token.text for token in row if token.text[0] == "@" and len(token.text) > 1), None)
