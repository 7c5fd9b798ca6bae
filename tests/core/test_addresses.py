"""The server connects to public addresses only, however an inner one is written down."""

import pytest

from core.addresses import refusal

NEVER = [
    "0.0.0.0",  # noqa: S104 - an address to be refused
    "0.1.2.3", "::", "169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0", "febf::1",
    "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "fd00:ec2::254", "100.100.100.200",
    "224.0.0.1", "239.255.255.255", "ff02::1", "255.255.255.255", "::ffff:0.0.0.0",
]  # fmt: skip
PRIVATE = [
    "127.0.0.1", "127.8.9.10", "::1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
    "fc00::1", "fd12:3456::1", "fec0::1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "240.0.0.1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::",
    "2001:0:0:0:0:0:80ff:fffe", "::ffff:0:7f00:1", "4000::1", "100::1", "2a00:1450::5efe:10.0.0.1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2a00:1450:4001:80b::200e", "::ffff:8.8.8.8",
          "64:ff9b::808:808", "2002:808:808::1"]  # fmt: skip


@pytest.mark.parametrize("address", NEVER)
def test_link_local_multicast_and_metadata_are_refused_whatever_is_allowed(address: str) -> None:
    assert refusal(address, private=False)
    assert refusal(address, private=True)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_and_reserved_addresses_are_refused_unless_allowed(address: str) -> None:
    assert refusal(address, private=False)
    assert refusal(address, private=True) is None


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address: str) -> None:
    assert refusal(address, private=False) is None


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0x7f000001", "017700000001", "2130706433", "1.2.3.4.5"]
)
def test_what_is_not_plainly_an_address_is_refused(text: str) -> None:
    assert refusal(text, private=True) == "no_address"


def test_the_reason_is_told() -> None:
    assert refusal("::ffff:127.0.0.1", private=False) == "loopback"
    assert refusal("192.168.0.1", private=False) == "private"
    assert refusal("fe80::1", private=True) == "link_local"
