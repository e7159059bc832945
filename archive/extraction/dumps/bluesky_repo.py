"""Repositories of the AT Protocol: the signed commit, the tree of keys beneath it, and the posts it leads to.

A record counts only where the tree of the commit leads to it: blocks that merely lie in the file are not the account's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from archive.domain.dumps import Found, LeftOut, Place, Remark
from archive.domain.posts import PostReading
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.dumps.car import Blocks, Cid, written
from archive.extraction.dumps.checking import Located, checked
from archive.extraction.payloads import items, mapping, text_of
from archive.extraction.posts.asking import Asked
from archive.extraction.posts.bluesky import read_value
from archive.extraction.posts.bluesky_proof import is_signed

_POSTS, _REPOSTS = "app.bsky.feed.post", "app.bsky.feed.repost"
_PROFILE = "app.bsky.actor.profile/self"
_NOT_FOR_STRANGERS = "!no-unauthenticated"
_DEEPEST = 128


def read(body: bytes, *, asked: Asked) -> Iterator[Located]:
    """Every post of the repository by its key; first the remarks on the signature and on what the file lacks."""
    blocks = Blocks(body)
    commit = blocks.get(blocks.root) or {}
    did, tree = commit.get("did"), commit.get("data")
    if not isinstance(did, str) or not did.startswith("did:") or not isinstance(tree, bytes):
        raise InvalidInputError("The file's root is no commit of a repository.", code="dump_damaged")
    walk = _Walk(blocks)
    keys = dict(walk.keys(tree))
    profile = (blocks.get(keys[_PROFILE]) if _PROFILE in keys else None) or {}
    name = text_of(profile, "displayName")
    signed = _signature(commit, key=asked.signing_key)
    fits = f"Every record fits the commit {str(commit.get('rev'))[:40]} of {did[:100]}"
    yield Place(number=1), Remark(sentence=f"{fits}; {signed.value}.")
    if walk.missing:
        yield (
            Place(number=1),
            Remark(sentence="The file holds a part of the repository; posts in the other parts are not in it."),
        )
    hidden = _asks_not_to_be_shown(profile)
    known = Asked(handle=asked.handle, author_name=asked.author_name or name)
    for number, (key, cid) in enumerate(sorted(keys.items()), start=1):
        collection = key.split("/")[0]
        place = Place(number=number, member=f"{collection}/{key.rpartition('/')[2]}")
        if collection == _POSTS and hidden:
            yield place, LeftOut.NOT_SHOWN_TO_STRANGERS
        elif collection == _POSTS:
            found = _found(blocks, cid, uri=f"at://{did}/{key}", asked=known)
            yield place, _marked(found, signed)
        else:
            yield place, LeftOut.REPOST if collection == _REPOSTS else LeftOut.NOT_A_POST


class Signature(StrEnum):
    """What is known of the signature of a file's commit, in words."""

    HOLDS = "its signature holds, by the account's key as this archive captured it"
    DIFFERS = "its signature is not by the key that this archive captured of the account: changed since, or not its own"
    UNKNOWN = "the commit's signature was not checked, since the account's key is not in the file nor in this archive"


_IN_A_ROW = {
    Signature.HOLDS: "commit signature holds",
    Signature.DIFFERS: "commit signature is not by the key known",
    Signature.UNKNOWN: "commit signature not checked",
}


def account_of(body: bytes) -> str | None:
    """The account that a repository file says it is of; None where it says none. InvalidInputError as ``read``."""
    blocks = Blocks(body)
    did = (blocks.get(blocks.root) or {}).get("did")
    return did if isinstance(did, str) and did.startswith("did:") else None


def is_signed_by(body: bytes, *, key: str | None) -> bool:
    """Whether that key (multibase) signed the commit of a repository file; False for no key. InvalidInputError as
    ``read``."""
    blocks = Blocks(body)
    return _signature(blocks.get(blocks.root) or {}, key=key) is Signature.HOLDS


def _signature(commit: Mapping[str, object], *, key: str | None) -> Signature:
    if key is None:
        return Signature.UNKNOWN
    return Signature.HOLDS if is_signed(commit, key=key) else Signature.DIFFERS


def _marked(found: Found, signed: Signature) -> Found:
    """A post with what is known of the signature beside its address in the repository."""
    if not isinstance(found, PostReading):
        return found
    return found._replace(locator=f"{found.locator}, {_IN_A_ROW[signed]}")


def _asks_not_to_be_shown(profile: Mapping[str, object]) -> bool:
    labels = items(mapping(profile.get("labels")).get("values"))
    return any(text_of(label, "val") == _NOT_FOR_STRANGERS for label in labels)


def _found(blocks: Blocks, cid: Cid, *, uri: str, asked: Asked) -> Found:
    try:
        record = blocks.get(cid)
        if record is None:
            return LeftOut.NOT_AVAILABLE
        answer = {"uri": uri, "cid": written(cid), "value": _as_json(record, depth=0)}
        reading = checked(next(iter(read_value(answer, asked=asked)), None), otherwise="The record is no dated post.")
    except ArchiveError as error:
        return error
    return reading._replace(locator=f"record {written(cid)}")


def _as_json(value: object, *, depth: int) -> object:
    """A decoded record as its JSON form has it, as far as the reader looks: links and bytes carry no words."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {str(key): _as_json(member, depth=depth + 1) for key, member in value.items()}
    if isinstance(value, list):
        return [_as_json(member, depth=depth + 1) for member in value]
    return None if isinstance(value, bytes) else value


class _Walk:
    """A walk through the tree in the order of its keys; each node is met once, and keys only grow."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._met: set[Cid] = set()
        self._last = b""
        self.missing = 0

    def keys(self, root: Cid) -> Iterator[tuple[str, Cid]]:
        """Every key with the name of its record; InvalidInputError ``dump_damaged`` for what is no such tree."""
        waiting: list[tuple[Cid | None, bytes, Cid]] = [(root, b"", b"")]
        while waiting:
            node, key, record = waiting.pop()
            if node is None:
                if key <= self._last:
                    raise _no_tree()
                self._last = key
                yield _text_of_key(key), record
            else:
                waiting.extend(reversed(self._parts(node)))

    def _parts(self, cid: Cid) -> list[tuple[Cid | None, bytes, Cid]]:
        """What a node holds, in order: subtrees (with their name) and keys (without one, with their record)."""
        if cid in self._met:
            raise _no_tree()
        self._met.add(cid)
        node = self._blocks.get(cid)
        if node is None:
            self.missing += 1
            return []
        parts: list[tuple[Cid | None, bytes, Cid]] = []
        left, entries, key = node.get("l"), node.get("e"), b""
        if isinstance(left, bytes):
            parts.append((left, b"", b""))
        for entry in entries if isinstance(entries, list) else []:
            key, record = _key(entry, before=key)
            parts.append((None, key, record))
            if isinstance(below := entry.get("t"), bytes):
                parts.append((below, b"", b""))
        return parts


def _key(entry: object, *, before: bytes) -> tuple[bytes, Cid]:
    """An entry's whole key, of which the node writes only what differs from the key before."""
    if isinstance(entry, dict):
        shared, rest, record = entry.get("p"), entry.get("k"), entry.get("v")
        if (
            isinstance(shared, int)
            and isinstance(rest, bytes)
            and isinstance(record, bytes)
            and 0 <= shared <= len(before)
        ):
            key = before[:shared] + rest
            if 0 < len(key) <= 1_024:
                return key, record
    raise _no_tree()


def _text_of_key(key: bytes) -> str:
    try:
        return key.decode("ascii")
    except UnicodeDecodeError as error:
        raise _no_tree() from error


def _no_tree() -> InvalidInputError:
    return InvalidInputError("The repository's tree is not in order.", code="dump_damaged")
