"""Statuses of X in the shape of API v1.1: timelines, search results, and the lists inside an account's archive."""

from __future__ import annotations

from collections.abc import Iterator

from archive.domain.dumps import Found, LeftOut, Place
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.dumps.checking import Located, Objects, checked, require_identifier
from archive.extraction.payloads import Json, items, mapping, moment, text_of, texts
from archive.extraction.posts.asking import Asked
from archive.extraction.posts.x import read_value

_EVERYWHERE = frozenset({"XX", "XY"})
"""Countries in ``withheld_in_countries`` that mean the whole world, by the platform and by a copyright complaint."""


def read(found: Objects, *, asked: Asked) -> Iterator[Located]:
    """Every status among the objects of a JSON file: alone, in a search answer, or wrapped as an archive has it."""
    for place, item in found:
        if isinstance(item, ArchiveError):
            yield place, item
        elif "statuses" in item:
            yield from ((place, status_at(place, status, asked=asked)) for status in items(item["statuses"]))
        else:
            yield place, status_at(place, item, asked=asked)


def status_at(place: Place, item: Json, *, asked: Asked) -> Found:
    """What one status holds: a reading, what is wrong with it, or why it is left out."""
    status = mapping(item.get("tweet")) or item
    if is_withheld(status) or text_of(status, "__typename") == "TweetTombstone":
        return LeftOut.NOT_AVAILABLE
    try:
        if "html" in status or "__typename" in status:  # what X shows on other people's pages
            reading = checked(next(iter(read_value(status, asked=asked)), None), otherwise="The item is no post.")
            return reading._replace(locator=str(place))
        require_identifier(status, "id_str", "id")
        if moment(text_of(status, "created_at")) is None:
            raise InvalidInputError("The created_at is missing or no date.", code="row_bad_date")
        if not (text_of(mapping(status.get("user")), "screen_name") or asked.handle):
            raise InvalidInputError(
                "The status names no account; say whose it is with --account.", code="row_missing_field"
            )
        reading = checked(next(iter(read_value([status], asked=asked)), None), otherwise="The item is no status.")
    except ArchiveError as error:
        return error
    return reading._replace(locator=str(place))


def is_withheld(status: Json) -> bool:
    """Whether the platform put a notice in the place of the words: a copyright complaint, or everywhere."""
    notice = mapping(status.get("withheld"))
    countries = {*texts(status.get("withheld_in_countries")), *texts(notice.get("country_codes"))}
    return True in {status.get("withheld_copyright"), notice.get("copyright")} or bool(countries & _EVERYWHERE)
