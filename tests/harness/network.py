"""Refuse every connection that would leave this machine.

A test that fetches a page from the open network passes today and fails on the day the page is gone. The guard is an
audit hook, so it sees Python's own sockets whatever library opened them; it cannot be taken out again by a test.
"""

import ipaddress
import sys


class NetworkRefusedError(RuntimeError):
    """A test tried to connect to another machine."""


def refuse_other_machines() -> None:
    """Install the guard in this process; loopback and Unix sockets stay open."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and address and not _is_loopback(str(address[0])):
        raise NetworkRefusedError(f"a test tried to connect to {address[0]}: simulate that host in tests/world instead")


def _is_loopback(host: str) -> bool:
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False
