"""The words of snapshots read back from ``post_words``, a few thousand rows at a time, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import text
from sqlalchemy.orm import Session

from archive.storage.postings import Numbers
from archive.text.shingles import pack, word_hashes

_AT_ONCE = 10_000
_END = 2**62
# Plain SQL: the mapped columns would look at every value once more, which doubles the time of reading.
_SQL = """
SELECT post_words.seq, post_words.post_seq, {seconds}, post_words.words{texts} FROM post_words
JOIN posts ON posts.seq = post_words.post_seq{join}
WHERE post_words.seq > :after AND post_words.seq <= :until ORDER BY post_words.seq LIMIT :most
"""
_SECONDS = {
    "sqlite": "CAST(strftime('%s', posts.posted_at) AS INTEGER)",
    "postgresql": "CAST(floor(extract(epoch FROM posts.posted_at)) AS bigint)",
}
_ROWS = {name: text(_SQL.format(seconds=seconds, texts="", join="")) for name, seconds in _SECONDS.items()}
_TEXTS = {
    name: text(
        _SQL.format(seconds=seconds, texts=", snapshots.text", join=" JOIN snapshots ON snapshots.seq = post_words.seq")
    )
    for name, seconds in _SECONDS.items()
}
_NEWEST = text("SELECT max(seq) FROM post_words")
_SAMPLE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRows:
    """Snapshots ``first`` to ``last`` in order: the number of each one's post and its time, how many words it has, all
    the words one after the other; and those of the last snapshot as stored."""

    first: int
    last: int
    last_words: bytes
    posts: Numbers
    times: Numbers
    lengths: npt.NDArray[np.int64]
    words: Numbers

    @property
    def documents(self) -> int:
        """How many snapshots."""
        return len(self.posts)


def read(session: Session, *, after: int, most: int, until: int | None = None, reworded: int = 0) -> WordRows | None:
    """The rows behind number ``after``, up to ``until``, ``most`` at most; None where there are none. Up to number
    ``reworded`` the words are read from the texts anew."""
    parts = list(_parts(session, after=after, most=most, until=until, reworded=reworded))
    return joined(parts) if parts else None


def outdated(session: Session) -> int:
    """The last snapshot if the words stored are not those that this version reads from the texts, else 0.

    The version is not stored with the words, so some snapshots from all ages of the archive are read again.
    """
    newest = session.execute(_NEWEST).scalar() or 0
    texts = _TEXTS[session.connection().dialect.name]
    asked = {1 + number * max(newest - 1, 0) // (_SAMPLE - 1) for number in range(_SAMPLE)}
    for seq in sorted(asked) if newest else ():
        for *_, words, written in session.execute(texts, {"after": seq - 1, "until": seq, "most": 1}):
            if pack(word_hashes(written)) != words:
                return int(newest)
    return 0


def joined(parts: Sequence[WordRows]) -> WordRows:
    """Rows that follow one another, as one."""
    if len(parts) == 1:
        return parts[0]
    return WordRows(
        first=parts[0].first,
        last=parts[-1].last,
        last_words=parts[-1].last_words,
        posts=np.concatenate([part.posts for part in parts]),
        times=np.concatenate([part.times for part in parts]),
        lengths=np.concatenate([part.lengths for part in parts]),
        words=np.concatenate([part.words for part in parts]),
    )


def _parts(session: Session, *, after: int, most: int, until: int | None, reworded: int) -> Iterator[WordRows]:
    reached, left, dialect = after, most, session.connection().dialect.name
    while left > 0:
        last = _END if until is None else until
        anew = reached < reworded
        asked = {"after": reached, "until": min(last, reworded) if anew else last, "most": min(left, _AT_ONCE)}
        rows = session.execute((_TEXTS if anew else _ROWS)[dialect], asked).all()
        if not rows and anew and reworded < last:
            reached = reworded
            continue
        if not rows:
            return
        seqs, posts, times, words, *texts = zip(*rows, strict=True)
        read_anew = tuple(pack(word_hashes(each)) for each in texts[0]) if texts else words
        yield _packed(seqs, posts, times=times, words=read_anew, last_words=words[-1])
        reached, left = rows[-1][0], left - len(rows)


def _packed(
    seqs: Sequence[int], posts: Sequence[int], *, times: Sequence[int], words: Sequence[bytes], last_words: bytes
) -> WordRows:
    return WordRows(
        first=seqs[0],
        last=seqs[-1],
        last_words=last_words,
        posts=np.array(posts, dtype=np.uint32),
        times=np.clip(np.array(times, dtype=np.int64), 0, 2**32 - 1).astype(np.uint32),
        lengths=np.fromiter(map(len, words), dtype=np.int64, count=len(words)) // 4,
        words=np.frombuffer(b"".join(words), dtype="<u4").astype(np.uint32, copy=False),
    )
