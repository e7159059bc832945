"""The harness itself: a database that is not empty, or a guard that lets something through, would spoil every test."""

import socket
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.harness.browser import find_chromium
from tests.harness.network import NetworkRefusedError


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_an_empty_database_of_its_own(database_url: str, turn: int) -> None:
    engine = create_engine(database_url)
    try:
        assert inspect(engine).get_table_names() == []
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE left_behind (turn INTEGER)"))
    finally:
        engine.dispose()


def test_postgresql_is_the_real_one(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    try:
        with engine.connect() as connection:
            assert str(connection.scalar(text("SELECT version()"))).startswith("PostgreSQL")
    finally:
        engine.dispose()


# An address set aside for documentation: nothing answers there even if the guard were gone.
@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_a_connection_to_another_machine_is_refused(host: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as sock:
        sock.settimeout(1)
        with pytest.raises(NetworkRefusedError):
            sock.connect((host, 80))


def test_a_connection_to_this_machine_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_a_named_browser_that_is_missing_is_not_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONRECORD_TEST_CHROMIUM", str(tmp_path / "nothing"))
    assert find_chromium() is None


def test_the_browser_renders_a_page(browser_page) -> None:  # type: ignore[no-untyped-def]
    browser_page.set_content("<html lang=en><title>t</title><button onclick='this.textContent=1+1'>sum</button>")
    browser_page.get_by_role("button").click()
    assert browser_page.get_by_role("button").inner_text() == "2"
