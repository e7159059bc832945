"""Answers of Bluesky kept as files: records from their host, posts, feeds and threads of the AppView."""

from __future__ import annotations

from collections.abc import Iterator

from archive.domain.dumps import LeftOut
from archive.errors import ArchiveError
from archive.extraction.dumps.checking import Located, Objects, checked
from archive.extraction.posts.asking import Asked
from archive.extraction.posts.bluesky import read_value


def read(found: Objects, *, asked: Asked) -> Iterator[Located]:
    """Every post among the objects of a JSON file; other records, and accounts that ask strangers away, as left out."""
    for place, item in found:
        if isinstance(item, ArchiveError):
            yield place, item
            continue
        readings = read_value(item, asked=asked)
        if not readings:
            yield place, LeftOut.NOT_A_POST
        for reading in readings:
            try:
                yield place, checked(reading, otherwise="The item is no post.")._replace(locator=str(place))
            except ArchiveError as error:
                yield place, error
