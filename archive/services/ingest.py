"""Taking posts in: dumps of many, captures of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

from archive import storage
from archive.domain.accounts import Platform, bare_handle
from archive.domain.captures import Captured
from archive.domain.dumps import DumpFormat
from archive.domain.ids import AccountId
from archive.domain.posts import Post, PostReading, post_id_of
from archive.errors import ConflictError, StorageError
from archive.extraction.posts import read_posts
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.dump_batches import Author, PreparedBatch
from archive.services.dump_readings import Dump, dump_at, recognised, same_identifier
from archive.services.garbage import uncollected
from archive.services.look_alikes import GENUINE, look_alike_remarks
from archive.services.preparing import Preparation, expected_posts, preparation
from archive.services.reading_process import ReadingProcess
from archive.services.reports import ImportReport, Tally
from archive.services.repository_keys import with_signing_key
from archive.storage.database import Session

log = logger_of("services.ingest")

_BATCHES_AT_ONCE = 4
"""Batches in one transaction: each transaction writes most pages of the indexes anew, and nobody else may write
meanwhile."""
_LONGEST_TURN = 5.0
"""Seconds after which a transaction ends with the batch at hand: other writers wait for a quarter of a minute."""

Progress = Callable[[int, int], None]
_Known = tuple[Platform, str | None, str]
"""Platform, stable identifier and handle of an author."""


def import_posts(
    runtime: Runtime,
    path: Path,
    *,
    progress: Progress | None = None,
    dump_format: DumpFormat | None = None,
    account: str | None = None,
    process: ReadingProcess | None = None,
) -> ImportReport:
    """Take a dump of posts in, of any known format, passing bad rows over; the same file twice adds nothing.

    ``progress`` is told how many rows were read, of how many (0 while unknown). ``dump_format`` None recognises it;
    ``account`` is the handle where the dump does not name it; ``process`` may read it already.
    """
    dump = (process and process.dump) or dump_at(path, now=runtime.now(), dump_format=dump_format, account=account)
    return take_posts(runtime, dump, progress=progress, process=process)


def rehearse_posts(
    runtime: Runtime,
    path: Path,
    *,
    progress: Progress | None = None,
    dump_format: DumpFormat | None = None,
    account: str | None = None,
    process: ReadingProcess | None = None,
) -> ImportReport:
    """What ``import_posts`` would do with the file; nothing is kept."""
    dump = (process and process.dump) or dump_at(path, now=runtime.now(), dump_format=dump_format, account=account)
    dump = recognised(replace(dump, captured=_as_recorded(runtime, same_identifier(dump.captured))))
    dump = with_signing_key(runtime, dump)
    _refuse_removed_rows(runtime, dump)
    capture, tally = dump.captured.capture, Tally()
    rehearsal = storage.posts.Rehearsal(capture_id=capture.id, seen_at=capture.provenance.received_at)
    with closing(preparation(dump, dialect=runtime.database.dialect, process=process)) as prepared:
        for batch in _told(prepared, progress=progress):
            with runtime.database.reading() as session:
                result = rehearsal.take(session, batch.posts)
            tally.add(batch.read, batch.passed, result)
    return tally.report()


def take_posts(
    runtime: Runtime,
    dump: Dump | Captured,
    *,
    progress: Progress | None = None,
    process: ReadingProcess | None = None,
) -> ImportReport:
    """Take the posts of a captured dump in, a batch and a transaction at a time."""
    dump = Dump(captured=dump) if isinstance(dump, Captured) else dump
    dump = recognised(replace(dump, captured=_as_recorded(runtime, same_identifier(dump.captured))))
    dump = with_signing_key(runtime, dump)
    _refuse_removed_rows(runtime, dump)
    tally = Tally()
    with closing(preparation(dump, dialect=runtime.database.dialect, process=process)) as prepared:
        importer = _Importer(runtime, captured=dump.captured, tally=tally)
        batches = _told(prepared, progress=progress)
        with uncollected(), _reading_indexes_aside(runtime, expected=expected_posts(dump)):
            while importer.write(batches, prepared):
                pass
    importer.look_for_look_alikes()
    log.info("import.finished", read=tally.read, added=tally.added, refused=tally.refused)
    return tally.report()


@contextmanager
def _reading_indexes_aside(runtime: Runtime, *, expected: int) -> Iterator[None]:
    """A block in which the indexes that serve reading are laid aside, where about so many posts make it worth it.

    Whatever is missing behind it is made again, be it that an earlier import died.
    """
    with runtime.database.reading() as session:
        pays = storage.reading_indexes.pays(session, expected=expected)
    try:
        if pays:
            _lay_reading_indexes_aside(runtime)
        yield
    finally:
        with runtime.database.importing() as session:
            made = storage.reading_indexes.make_again(session)
        if made:
            log.info("import.indexed", indexes=made)


def _lay_reading_indexes_aside(runtime: Runtime) -> None:
    try:
        with runtime.database.writing() as session:
            storage.reading_indexes.lay_aside(session)
    except StorageError as error:
        # Somebody reads for long: the import then takes longer.
        if error.code != "database_busy":
            raise


def _told(prepared: Preparation, *, progress: Progress | None) -> Iterator[PreparedBatch]:
    read = 0
    for batch in prepared.batches():
        yield batch
        read += batch.read
        if progress is not None:
            progress(read, prepared.size())


def _refuse_removed_rows(runtime: Runtime, dump: Dump) -> None:
    """The bytes of a dump are kept as they are: one that holds a removed statement would bring it back."""
    with runtime.database.reading() as session:
        removed = {post_id.bytes for post_id in storage.redactions.removed_posts(session)}
    if not removed:
        return
    with closing(preparation(dump, dialect=runtime.database.dialect)) as prepared:
        places = [
            locator or ""
            for batch in prepared.batches()
            for identifier, locator in zip(batch.posts.ids, batch.posts.locators, strict=True)
            if identifier in removed
        ]
    if places:
        raise ConflictError(
            f"{_listed(places)} holds a statement that was removed on purpose: import the rest only.",
            code="holds_removed",
        )


def _listed(places: list[str]) -> str:
    return ", ".join(places[:20]).capitalize()


def _as_recorded(runtime: Runtime, captured: Captured) -> Captured:
    """The capture as it was recorded, for a file taken in before: its texts are not news now."""
    with runtime.database.reading() as session:
        held = storage.captures.many(session, {captured.capture.id})
    return replace(captured, capture=held.get(captured.capture.id, captured.capture))


class _Importer:
    """Writes batches of one dump and remembers the accounts it has met."""

    def __init__(self, runtime: Runtime, *, captured: Captured, tally: Tally) -> None:
        self._runtime = runtime
        self._unrecorded: Captured | None = captured
        self._capture = captured.capture
        self._tally = tally
        self._accounts: dict[_Known, AccountId] = {}

    def write(self, batches: Iterator[PreparedBatch], prepared: Preparation) -> bool:
        """The next few batches in one transaction, fewer where they take long; whether there may be more.

        The first transaction goes on until the file is known to be whole: one that is broken leaves nothing behind.
        """
        met, written, until = dict(self._accounts), [], monotonic() + _LONGEST_TURN
        with self._runtime.database.importing() as session:
            if self._unrecorded is not None:
                storage.captures.add(session, self._unrecorded)
            for batch in batches:
                accounts = _accounts(session, batch.authors, met=met)
                result = storage.posts.add_prepared(
                    session,
                    batch.posts,
                    accounts,
                    capture_id=self._capture.id,
                    seen_at=self._capture.provenance.received_at,
                )
                written.append((batch.read, batch.passed, result))
                if prepared.size() and (len(written) >= _BATCHES_AT_ONCE or monotonic() > until):
                    break
            prepared.whole()
        self._accounts, self._unrecorded = met, None
        for read, passed, result in written:
            self._tally.add(read, passed, result)
        return bool(written)

    def look_for_look_alikes(self) -> None:
        """Tell of accounts whose handle can be taken for that of a registered one."""
        with self._runtime.database.reading() as session:
            genuine = storage.directory.accounts_of_kinds(session, GENUINE)
            met = storage.accounts.many(session, self._accounts.values()) if genuine else ()
        for sentence in look_alike_remarks(met, genuine=genuine):
            self._tally.remark(sentence)


def _accounts(session: Session, authors: Sequence[Author], *, met: dict[_Known, AccountId]) -> list[AccountId]:
    """The accounts of a batch's authors, each looked up the first time it is ``met``."""
    keys = [(author.platform, author.native_id, bare_handle(author.handle)) for author in authors]
    fresh = {key: author for key, author in zip(keys, authors, strict=True) if key not in met}
    profiles = [
        storage.strangers.Profile(
            platform=author.platform, native_id=author.native_id, handle=author.handle, display_name=author.name
        )
        for author in fresh.values()
    ]
    met.update(zip(fresh, storage.strangers.ensure_accounts(session, profiles), strict=True))
    return [met[key] for key in keys]


def ensure_author(session: Session, reading: PostReading) -> AccountId:
    """The account a reading names, made where it is new: with the name the platform shows, and no proof of office."""
    return _ensure(
        session, Author(reading.platform, reading.author_native_id, reading.author_handle, reading.author_name)
    )


def _ensure(session: Session, author: Author) -> AccountId:
    return storage.accounts.ensure_account(
        session,
        platform=author.platform,
        native_id=author.native_id,
        handle=author.handle,
        display_name=author.name,
        url=None,
    ).id


def keep(runtime: Runtime, captured: Captured, *, platform: Platform) -> tuple[Post, ...]:
    """Keep what one captured page or payload of a platform shows: the posts that are new or have changed."""
    readings = read_posts(platform, captured.body)
    with runtime.database.writing() as session:
        for reading in readings:
            # Neither the words nor the bytes that hold them come back.
            storage.redactions.refuse_removed_statement(session, post_id_of(reading.platform, reading.native_id))
        storage.captures.add(session, captured)
        kept = [keep_reading(session, reading, captured=captured) for reading in readings]
    return tuple(post for post in kept if post is not None)


def keep_reading(session: Session, reading: PostReading, *, captured: Captured) -> Post | None:
    """Add what one reading shows to its post; None when it shows nothing new."""
    result = storage.posts.add_readings(
        session,
        [(reading, ensure_author(session, reading))],
        capture_id=captured.capture.id,
        seen_at=captured.capture.provenance.received_at,
    )
    if not (result.new_posts or result.new_snapshots):
        return None
    return storage.posts.ensure(session, reading, ensure_author(session, reading))
