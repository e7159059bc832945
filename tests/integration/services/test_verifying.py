"""Verifying in two processes, as a large archive is: what one finds, both find."""

from __future__ import annotations

import pytest

from archive import services
from archive.runtime import Runtime
from tests.integration.services.given import a_dump, a_row

IN_EACH = 5
DUMPS = 4
"""Each dump is one custody entry; the second process takes the later two."""


@pytest.fixture
def filled(runtime: Runtime) -> Runtime:
    """An archive of several entries with several posts each."""
    for dump in range(DUMPS):
        rows = [
            a_row(post_id=f"{dump}{number}", text=f"Boat {number} of fleet {dump} waits.") for number in range(IN_EACH)
        ]
        services.ingest.take_posts(runtime, a_dump(*rows, name=f"fleet-{dump}.jsonl"))
    return runtime


def rewrite(runtime: Runtime, *, native_id: str) -> None:
    """Change a post's text behind the application's back."""
    with runtime.database.engine.execution_options(onrecord_writing=True).begin() as connection:
        if runtime.database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS snapshots_refuse_update")
        else:
            connection.exec_driver_sql("ALTER TABLE snapshots DISABLE TRIGGER ALL")
        changed = connection.exec_driver_sql(
            "UPDATE snapshots SET text = 'Boats never wait.' "
            f"WHERE post_seq = (SELECT seq FROM posts WHERE native_id = '{native_id}')"
        )
        assert changed.rowcount == 1


def found_by(runtime: Runtime, *, many: int) -> tuple[str, ...]:
    return services.verify.verify_archive(runtime, many=many).problems


def test_two_processes_find_nothing_amiss_where_nothing_is(filled: Runtime) -> None:
    alone, apart = (services.verify.verify_archive(filled, many=many) for many in (1_000, 1))
    assert alone == apart
    assert alone.problems == ()


@pytest.mark.parametrize("native_id", ["00", "34"], ids=["of the first process", "of the second process"])
def test_two_processes_find_what_one_finds(filled: Runtime, native_id: str) -> None:
    rewrite(filled, native_id=native_id)
    found = found_by(filled, many=1)
    assert found == found_by(filled, many=1_000)
    assert any("no longer has its digest" in problem for problem in found)


def test_two_processes_find_what_is_amiss_on_both_sides_of_the_border(filled: Runtime) -> None:
    rewrite(filled, native_id="00")
    once = found_by(filled, many=1)
    rewrite(filled, native_id="34")
    assert len(found_by(filled, many=1)) > len(once)
    assert found_by(filled, many=1) == found_by(filled, many=1_000)
