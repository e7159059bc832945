"""Proof pages: pages that link an account or name an officer, captured themselves: they vanish with governments."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from archive import storage
from archive.capture.articles import capture_article
from archive.capture.content_types import declared_charset
from archive.domain.accounts import Platform, bare_handle
from archive.domain.captures import Captured
from archive.domain.ids import CaptureId
from archive.domain.registry import RegistryEntry
from archive.errors import ArchiveError
from archive.extraction.account_links import linked_profiles
from archive.runtime import Runtime
from archive.services.reports import Tally
from archive.storage.database import Session

MOST_PAGES = 500
"""Pages fetched for one registry file; the same file again goes on with the rest."""


class ProofPages(StrEnum):
    """Which proof pages an import ties its statements to."""

    HELD = "held"
    """Those that were captured before."""
    FETCHED = "fetched"
    """Those, and the others fetched now."""


class Proofs:
    """The captures of proof pages, found or made while a registry is taken in."""

    def __init__(self, runtime: Runtime, pages: ProofPages, *, tally: Tally) -> None:
        self._runtime = runtime
        self._pages = pages
        self._tally = tally
        self._fresh: dict[str, Captured] = {}
        self._tried: set[str] = set()
        self._linked: dict[CaptureId, frozenset[tuple[Platform, str]]] = {}

    def fetch(self, entries: Iterable[RegistryEntry]) -> None:
        """Fetch the pages the entries name and nobody has captured, outside any transaction; failures are remarks."""
        entries = tuple(entries)
        urls = dict.fromkeys(entry.proof_url for entry in entries if entry.proof_url is not None)
        if self._pages is not ProofPages.FETCHED or not urls:
            return
        with self._runtime.database.reading() as session:
            held = storage.captures.newest_of(session, urls)
        for url in urls:
            if url not in held and url not in self._tried and len(self._tried) < MOST_PAGES:
                self._tried.add(url)
                self._fetch(url)
        for entry in entries:
            self._compare(entry)

    def kept(self, session: Session, entries: Iterable[RegistryEntry]) -> dict[str, CaptureId]:
        """The capture that proves what is stated at each address, fresh ones stored."""
        urls = {entry.proof_url for entry in entries if entry.proof_url is not None}
        for url in urls & self._fresh.keys():
            storage.captures.add(session, self._fresh[url])
        held = storage.captures.newest_of(session, urls)
        return held | {url: self._fresh[url].capture.id for url in urls & self._fresh.keys()}

    def links(self, session: Session, entry: RegistryEntry, *, page: CaptureId) -> bool:
        """Whether a captured page links the entry's account: only then it proves whose that is."""
        if entry.platform is None or entry.handle is None:
            return False
        if page not in self._linked:
            self._linked[page] = _profiles(session, page)
        return (entry.platform, bare_handle(entry.handle)) in self._linked[page]

    def _fetch(self, url: str) -> None:
        try:
            self._fresh[url] = capture_article(self._runtime.fetcher, url)
        except ArchiveError as error:
            self._tally.remark(f"The proof page {url} was not captured: {error.message}")

    def _compare(self, entry: RegistryEntry) -> None:
        """A page that proves an account should link it; where it does not, the curator is told."""
        page = self._fresh.get(entry.proof_url or "")
        if page is None or entry.platform is None or entry.handle is None:
            return
        try:
            profiles = linked_profiles(page.body, charset=declared_charset(page))
        except ArchiveError as error:
            self._tally.remark(f"The proof page {entry.proof_url} cannot be read: {error.message}")
            return
        if (entry.platform, bare_handle(entry.handle)) not in profiles:
            self._tally.remark(
                f"The proof page {entry.proof_url} does not link @{entry.handle} on {entry.platform.value}."
            )


def _profiles(session: Session, page: CaptureId) -> frozenset[tuple[Platform, str]]:
    """The profiles that a captured page links; none where its bytes are gone or cannot be read."""
    capture = storage.captures.get(session, page)
    try:
        captured = Captured(capture=capture, body=storage.captures.body(session, capture.digest))
        return linked_profiles(captured.body, charset=declared_charset(captured))
    except ArchiveError:
        return frozenset()
