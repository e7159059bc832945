"""The words of snapshots read back from ``post_words``, a few thousand rows at a time, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import text
from sqlalchemy.orm import Session

from archive.storage.postings import Numbers

_AT_ONCE = 10_000
_END = 2**62
# Plain SQL: the mapped columns would look at every value once more, which doubles the time of reading.
_ROWS = text(
    "SELECT seq, post_seq, words FROM post_words WHERE seq > :after AND seq <= :until ORDER BY seq LIMIT :most"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRows:
    """Snapshots ``first`` to ``last`` in order: the number of each one's post, how many words it has, all the words one
    after the other; and those of the last snapshot as stored."""

    first: int
    last: int
    last_words: bytes
    posts: Numbers
    lengths: npt.NDArray[np.int64]
    words: Numbers

    @property
    def documents(self) -> int:
        """How many snapshots."""
        return len(self.posts)


def read(session: Session, *, after: int, most: int, until: int | None = None) -> WordRows | None:
    """The rows behind number ``after``, up to ``until``, ``most`` at most; None where there are none."""
    parts = list(_parts(session, after=after, most=most, until=until))
    return joined(parts) if parts else None


def joined(parts: Sequence[WordRows]) -> WordRows:
    """Rows that follow one another, as one."""
    if len(parts) == 1:
        return parts[0]
    return WordRows(
        first=parts[0].first,
        last=parts[-1].last,
        last_words=parts[-1].last_words,
        posts=np.concatenate([part.posts for part in parts]),
        lengths=np.concatenate([part.lengths for part in parts]),
        words=np.concatenate([part.words for part in parts]),
    )


def _parts(session: Session, *, after: int, most: int, until: int | None) -> Iterator[WordRows]:
    reached, left = after, most
    while left > 0:
        asked = {"after": reached, "until": _END if until is None else until, "most": min(left, _AT_ONCE)}
        rows = session.execute(_ROWS, asked).all()
        if not rows:
            return
        seqs, posts, words = zip(*rows, strict=True)
        yield _packed(seqs, posts, words=words)
        reached, left = rows[-1][0], left - len(rows)


def _packed(seqs: Sequence[int], posts: Sequence[int], *, words: Sequence[bytes]) -> WordRows:
    return WordRows(
        first=seqs[0],
        last=seqs[-1],
        last_words=words[-1],
        posts=np.array(posts, dtype=np.uint32),
        lengths=np.fromiter(map(len, words), dtype=np.int64, count=len(words)) // 4,
        words=np.frombuffer(b"".join(words), dtype="<u4").astype(np.uint32, copy=False),
    )
