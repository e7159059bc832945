"""Which addresses may be contacted."""

import pytest

from archive.capture.egress import check_port, is_public, permitted
from archive.errors import EgressDeniedError

PUBLIC = ["93.184.215.14", "8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::200e"]
NOT_PUBLIC = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.255", "198.18.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "203.0.113.9",
    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001::1", "2001:db8::1", "fe80::1", "fe80::1%eth0", "fec0::1",
    "fc00::1", "fd00:ec2::254", "ff02::1", "100::1", "3fff::1", "5f00::1", "2130706433", "0x7f.1", "localhost", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_contacted(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_inner_special_and_disguised_addresses_are_refused(address: str) -> None:
    assert not is_public(address)


def test_one_inner_address_among_public_ones_refuses_the_host() -> None:
    with pytest.raises(EgressDeniedError):
        permitted(["93.184.215.14", "10.0.0.1"], port=443)


def test_loopback_is_open_only_on_the_ports_named() -> None:
    assert permitted(["127.0.0.1"], port=5000, allow_loopback=frozenset({5000})) == ("127.0.0.1",)
    with pytest.raises(EgressDeniedError):
        permitted(["127.0.0.1"], port=5001, allow_loopback=frozenset({5000}))
    with pytest.raises(EgressDeniedError):
        permitted(["10.0.0.1"], port=5000, allow_loopback=frozenset({5000}))
    with pytest.raises(EgressDeniedError):
        permitted(["93.184.215.14"], port=5000, allow_loopback=frozenset({5000}))


@pytest.mark.parametrize("scheme", ["ftp", "file", "gopher", "javascript", "data", ""])
def test_other_schemes_are_refused(scheme: str) -> None:
    with pytest.raises(EgressDeniedError) as caught:
        check_port(scheme, None)
    assert caught.value.code == "egress_denied"


@pytest.mark.parametrize("port", [22, 25, 8080, 6379, 0])
def test_other_ports_are_refused(port: int) -> None:
    with pytest.raises(EgressDeniedError):
        check_port("http", port)
