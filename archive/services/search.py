"""Searching the archive: statements by words and filters, and one statement with everything about it."""

from __future__ import annotations

from dataclasses import replace

from archive import storage
from archive.domain.ids import PostId
from archive.domain.statements import StatementDetail, StatementPage, StatementQuery
from archive.runtime import Runtime
from archive.services import showing
from archive.text import queries

MOST_RESULTS = 100


def search_statements(runtime: Runtime, query: StatementQuery) -> StatementPage:
    """The statements that fit ``query``, best or newest first, a page at a time."""
    bounded = showing.searchable(runtime, replace(query, limit=max(1, min(query.limit, MOST_RESULTS))))
    with runtime.database.reading() as session:
        return showing.shown_page(runtime, storage.statements.search(session, bounded), query=bounded)


def get_statement(runtime: Runtime, post_id: PostId) -> StatementDetail:
    """Everything a statement's page shows; NotFoundError where there is none."""
    with runtime.database.reading() as session:
        return showing.shown_detail(runtime, storage.statements.get(session, post_id))


def parse_query(typed: str) -> StatementQuery:
    """What a person typed in the search box, with its operators (``speaker:``, ``platform:``, ``since:`` …)."""
    return queries.parse_query(typed)
