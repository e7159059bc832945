"""The archive that X hands to the owner of an account: a zip of scripts that assign lists, read as JSON and never run.

Members that are opened: the account's name, its posts, its posts in communities and the full words of long posts.
Direct messages, likes, addresses and deleted posts stay closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape

from archive.domain.accounts import Platform
from archive.domain.dumps import Found, Place, Remark
from archive.domain.posts import PostReading
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.clocks import hidden_time
from archive.extraction.dumps.checking import Located, checked, listed
from archive.extraction.dumps.members import Members
from archive.extraction.dumps.x_statuses import status_at
from archive.extraction.json_stream import JsonStream
from archive.extraction.payloads import Json, items, mapping, moment, text_of
from archive.extraction.posts.asking import Asked
from archive.extraction.posts.x import before_cut, is_cut

_PLACE = r"(?:[^/]+/)?(?:data/)?"
"""Archives stand in the zip's root, or in one folder where somebody packed them again; before 2019 without data/."""
_POSTS = re.compile(rf"{_PLACE}(?:tweets?|community-tweets?)(?:-part\d+)?\.js")
_NOTES = re.compile(rf"{_PLACE}note-tweets?(?:-part\d+)?\.js")
_ACCOUNT = re.compile(rf"{_PLACE}account\.js")
_MANIFEST = re.compile(rf"{_PLACE}manifest\.js")
_DELETED = re.compile(rf"{_PLACE}deleted-(?:tweets?|note-tweets?)[\w-]*\.js")
_SMALL = 20_000_000
_MOST_NOTES = 100_000
_MOST_NOTES_A_SECOND = 20
_SAME_TIME = timedelta(seconds=2)
_PREFIX = 40


def is_archive(names: tuple[str, ...]) -> bool:
    """Whether a zip with these members is an account's archive."""
    return any(_POSTS.fullmatch(name) for name in names)


def read(members: Members, *, asked: Asked) -> Iterator[Located]:
    """Every post of the archive; long posts with their full words; first the remark on what stays closed."""
    user = _user(members, asked=asked)
    notes = _notes(members)
    opened = [name for name in members.names if _POSTS.fullmatch(name)]
    yield Place(number=1), Remark(sentence=_closed(members.names))
    for name in sorted(opened, key=_part):
        stream = JsonStream(members.chunks(name), where=name)
        stream.skip_to("[", within=200)
        for place, item in listed(stream, member=name):
            if isinstance(item, ArchiveError):
                yield place, item
                continue
            status = {**(mapping(item.get("tweet")) or item), "user": user}
            yield place, _whole(status_at(place, status, asked=asked), status=status, notes=notes)


def _closed(names: tuple[str, ...]) -> str:
    files = [name for name in names if not name.endswith("/")]
    opened = [name for name in files if any(kind.fullmatch(name) for kind in (_POSTS, _NOTES, _ACCOUNT, _MANIFEST))]
    words = f"{len(files) - len(opened):,} other files of the archive, private messages among them, were not opened"
    if any(_DELETED.fullmatch(name) for name in names):
        words += "; posts deleted before the export were not taken in"
    return f"{words}."


def _part(name: str) -> tuple[str, int]:
    """Parts in the order of their numbers: tweets.js, tweets-part1.js … tweets-part10.js."""
    found = re.search(r"-part(\d+)\.js$", name)
    return re.sub(r"(?:-part\d+)?\.js$", "", name), int(found[1]) if found else 0


def _user(members: Members, *, asked: Asked) -> Json:
    """The account as a status's ``user``; of all it says only name, handle and identifier are taken."""
    account = mapping(_first(members, _ACCOUNT).get("account"))
    config = mapping(_first(members, _MANIFEST).get("userInfo"))
    handle = text_of(account, "username") or text_of(config, "userName") or asked.handle
    if handle is None:
        raise InvalidInputError("The archive does not name its account; say it with --account.", code="dump_no_account")
    return {
        "screen_name": handle,
        "id_str": text_of(account, "accountId") or text_of(config, "accountId"),
        "name": text_of(account, "accountDisplayName") or text_of(config, "displayName") or handle,
    }


def _first(members: Members, kind: re.Pattern[str]) -> Json:
    """The object, or the list's only object, that a small script assigns; nothing where there is no such member."""
    name = next((name for name in members.names if kind.fullmatch(name)), None)
    if name is None:
        return {}
    stream = JsonStream(iter((members.whole(name, most=_SMALL),)), where=name)
    stream.skip_to("[{", within=200)
    value = stream.value()
    return next(iter(items(value)), {}) if isinstance(value, list) else mapping(value)


@dataclass(frozen=True, slots=True)
class _Note:
    """The full words of a long post. Archives name neither its post's identifier nor the note's in the post."""

    written_at: datetime
    text: str

    def is_of(self, reading: PostReading) -> bool:
        """Whether they are the post's words: written in the same second, with the same beginning."""
        if abs(self.written_at - reading.posted_at) > _SAME_TIME and not self._near_clock(reading):
            return False
        return _beginning(self.text).startswith(_beginning(before_cut(reading.text)))

    def _near_clock(self, reading: PostReading) -> bool:
        hidden = hidden_time(Platform.X, reading.native_id)
        return hidden is not None and abs(hidden - self.written_at) <= _SAME_TIME


def _beginning(text: str) -> str:
    return "".join(text.split())[:_PREFIX]


def _notes(members: Members) -> dict[int, tuple[_Note, ...]]:
    """Long posts by the second they were written in."""
    found: dict[int, tuple[_Note, ...]] = {}
    count = 0
    for name in sorted(name for name in members.names if _NOTES.fullmatch(name)):
        stream = JsonStream(members.chunks(name), where=name)
        stream.skip_to("[", within=200)
        for _, item in listed(stream, member=name):
            note = None if isinstance(item, ArchiveError) else _note(mapping(item.get("noteTweet")))
            if note is None:
                continue
            near = found.get(second := int(note.written_at.timestamp()), ())
            if (count := count + 1) <= _MOST_NOTES and len(near) < _MOST_NOTES_A_SECOND:
                found[second] = (*near, note)
    return found


def _note(item: Json) -> _Note | None:
    core = mapping(item.get("core"))
    text, written_at = text_of(core, "text"), moment(text_of(item, "createdAt"))
    if text is None or written_at is None:
        return None
    for link in items(core.get("urls")):
        short, target = text_of(link, "shortUrl"), text_of(link, "expandedUrl")
        if short and target:
            text = text.replace(short, target)
    return _Note(written_at, unescape(text).strip())


def _whole(found: Found, *, status: Json, notes: dict[int, tuple[_Note, ...]]) -> Found:
    """The reading with its full words where a note has them; cut and marked as cut where none does."""
    if not isinstance(found, PostReading):
        return found
    second = int(found.posted_at.timestamp())
    near = [note for moved in range(-2, 3) for note in notes.get(second + moved, ())]
    note = next((note for note in near if note.is_of(found)), None)
    if note is not None and len(note.text) > len(before_cut(found.text)):
        try:
            return checked(found._replace(text=note.text, truncated=False), otherwise="The item is no status.")
        except InvalidInputError as error:
            return error
    raw = text_of(status, "full_text", "text") or ""
    return found._replace(truncated=True) if is_cut(raw) and not found.is_repost else found
