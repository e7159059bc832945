"""Which addresses may be contacted: only public ones, over http and https, on ports 80 and 443.

The standard library's ``is_global`` lets NAT64, 6to4, multicast, site-local and IPv4-compatible addresses through
(Python 3.11), so the table is our own. It is asked with the *resolved* address at connect time, because hosts such as
``2130706433``, ``0x7f.1`` or ``127。0。0。1`` look like names and resolve to loopback.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from archive.errors import CaptureError, EgressDeniedError

Resolve = Callable[[str, int], tuple[str, ...]]
"""Host and port to the addresses it stands for, as text; raises CaptureError where there is none."""

ALLOWED_PORTS = {"http": 80, "https": 443}

_DENIED_V4: tuple[IPv4Network, ...] = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier NAT
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud provider's host service, public by number only
        "169.254.0.0/16",  # link local and instance metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relay
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)

_GLOBAL_V6 = IPv6Network("2000::/3")
_DENIED_V6: tuple[IPv6Network, ...] = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, with Teredo and ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4 carries an IPv4 address inside
        "2620:4f:8000::/48",
        "3fff::/20",  # documentation
        "3ffe::/16",  # the old 6bone
    )
)


def is_public(address: str) -> bool:
    """Whether ``address`` (text of an IPv4 or IPv6 address) is one the archive may contact."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return not any(parsed in block for block in _DENIED_V4)
    return _is_public_v6(parsed)


def _is_public_v6(address: IPv6Address) -> bool:
    # Mapped (::ffff:127.0.0.1), compatible (::127.0.0.1), NAT64 (64:ff9b::/96), link and site local all lie outside
    # 2000::/3; a zone ("fe80::1%eth0") never belongs to a public address.
    if address.scope_id is not None:
        return False
    return address in _GLOBAL_V6 and not any(address in block for block in _DENIED_V6)


def check_port(scheme: str, port: int | None, *, loopback_ports: frozenset[int] = frozenset()) -> int:
    """The port to contact for ``scheme``; EgressDeniedError for other schemes and ports.

    ``loopback_ports`` are ports that a test set-up opened; whether the address behind is loopback is asked at connect.
    """
    expected = ALLOWED_PORTS.get(scheme)
    if expected is None:
        raise EgressDeniedError(f"Only http and https addresses are fetched, not {scheme or 'an empty scheme'!r}.")
    if port is None:
        return expected
    if port not in ALLOWED_PORTS.values() and port not in loopback_ports:
        raise EgressDeniedError(f"Port {port} is not contacted; only 80 and 443 are.")
    return port


def permitted(addresses: Iterable[str], *, port: int, allow_loopback: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """All ``addresses`` if every one may be contacted on ``port``; EgressDeniedError if a single one may not.

    One bad address among good ones is refused whole: a name that answers with a public and a private address is an
    attack (DNS rebinding), never a fault. ``allow_loopback`` names the loopback ports a test server listens on.
    """
    held = tuple(addresses)
    for address in held:
        if not (_is_allowed_loopback(address, port=port, allow_loopback=allow_loopback) or _is_open(address, port)):
            raise EgressDeniedError("The address does not belong to the public internet and is not contacted.")
    return held


def _is_open(address: str, port: int) -> bool:
    return port in ALLOWED_PORTS.values() and is_public(address)


def _is_allowed_loopback(address: str, *, port: int, allow_loopback: frozenset[int]) -> bool:
    return port in allow_loopback and address in {"127.0.0.1", "::1"}


def resolve_host(host: str, port: int) -> tuple[str, ...]:
    """Every address of ``host`` by the system's resolver, each once, in its order; CaptureError where there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CaptureError("The host name cannot be found.", code="capture_unreachable") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
