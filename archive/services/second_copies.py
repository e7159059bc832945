"""Second copies: a web archive is asked to keep the same address, in a queue that nobody waits for."""

from __future__ import annotations

from archive import storage
from archive.capture.web_archives import ask_after, ask_to_save
from archive.domain.captures import Captured, text_digest
from archive.domain.runs import StepReport
from archive.domain.second_copy import (
    CopyState,
    SecondCopy,
    asked_anew,
    kept,
    put_off,
    refused,
    second_copy_of,
    under_way,
)
from archive.errors import CaptureError
from archive.extraction.web_archives import Memento, SaveState, read_save
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.keeping import as_allowed
from archive.services.steps import StepLog
from archive.services.web_archives import read_copy

log = logger_of("services.second_copies")


def want(runtime: Runtime, url: str) -> SecondCopy:
    """Put ``url`` in the queue; one that is there already stays as it is."""
    copy = second_copy_of(url, at=runtime.now())
    with runtime.database.writing() as session:
        held = storage.second_copies.find(session, copy.id)
        if held is not None:
            return held
        storage.second_copies.keep(session, copy, at=copy.wanted_at)
    return copy


def list_copies(runtime: Runtime) -> tuple[SecondCopy, ...]:
    """The queue and what came of it, the newest first."""
    with runtime.database.reading() as session:
        return storage.second_copies.listed(session)


def push_due(runtime: Runtime) -> StepReport:
    """Ask for the copies that are due, and after those under way; never more than the settings allow."""
    step = StepLog("second_copies")
    with runtime.database.reading() as session:
        due = storage.second_copies.due(session, now=runtime.now(), limit=runtime.settings.nightly_copies)
    for copy in due:
        step.looked()
        try:
            after = _pushed(runtime, asked_anew(copy) if copy.is_adopted else copy)
        except Exception as error:
            step.failed(copy.url, error)
            continue
        with runtime.database.writing() as session:
            storage.second_copies.keep(session, after, at=runtime.now())
        if after.state is not copy.state or after.counts is not copy.counts:
            step.changed()
    return step.report()


def _pushed(runtime: Runtime, copy: SecondCopy) -> SecondCopy:
    try:
        captured = _asked(runtime, copy)
    except CaptureError as error:
        return put_off(copy, at=runtime.now(), reason=error.code)
    answer = read_save(captured.body, status=captured.capture.provenance.status or 0, original=copy.url)
    match answer.state:
        case SaveState.DONE if answer.memento is not None:
            return _kept(runtime, copy, answer.memento)
        case SaveState.NEVER:
            return refused(copy, reason=answer.reason or "copy_refused")
        case SaveState.PENDING:
            return under_way(copy, job=answer.job or copy.job or "", at=runtime.now())
        case _:
            return put_off(copy, at=runtime.now(), reason=answer.reason or "copy_later")


def _kept(runtime: Runtime, copy: SecondCopy, memento: Memento) -> SecondCopy:
    """The copy with the words it shows. Its bytes are kept too: a second copy counts only for the words it has."""
    digest = None
    try:
        captured, words = read_copy(runtime, memento)
    except CaptureError as error:
        log.info("second_copy.unread", url=copy.url, code=error.code)
    else:
        if words is not None:
            digest = text_digest(words)
            with runtime.database.reading() as session:
                shown = storage.second_copies.posts_at(session, copy.url)
            with runtime.database.writing() as session:
                storage.captures.add(session, as_allowed(runtime.settings, captured))
                # So that a removal of the post takes the copy's bytes with it.
                storage.exchanges.note_posts(session, captured.capture.id, shown)
    return kept(copy, copy_url=memento.url, copied_at=memento.made_at, text_digest=digest)


def _asked(runtime: Runtime, copy: SecondCopy) -> Captured:
    settings = runtime.settings
    key = settings.web_archive_key.get_secret_value()
    secret = settings.web_archive_secret.get_secret_value()
    if copy.state is CopyState.UNDER_WAY and copy.job:
        return ask_after(runtime.fetcher, copy.job, key=key, secret=secret)
    return ask_to_save(runtime.fetcher, copy.url, key=key, secret=secret)
