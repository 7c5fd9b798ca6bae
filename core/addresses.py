"""Which addresses the server may connect to when somebody else names the host."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_V4, _V6 = IPv4Network, IPv6Network

NEVER: tuple[tuple[str, Network], ...] = (
    ("unspecified", _V4("0.0.0.0/8")),
    ("unspecified", _V6("::/128")),
    ("link_local", _V4("169.254.0.0/16")),
    ("link_local", _V6("fe80::/10")),
    # Where clouds tell their machines secrets, outside the link-local ranges.
    ("metadata", _V4("100.100.100.200/32")),
    ("metadata", _V4("192.0.0.192/32")),
    ("metadata", _V6("fd00:ec2::/32")),
    ("metadata", _V6("fd20:ce::/32")),
    ("multicast", _V4("224.0.0.0/4")),
    ("multicast", _V6("ff00::/8")),
    ("broadcast", _V4("255.255.255.255/32")),
)
"""Refused whatever the settings say."""

PRIVATE: tuple[tuple[str, Network], ...] = (
    ("loopback", _V4("127.0.0.0/8")),
    ("loopback", _V6("::1/128")),
    ("private", _V4("10.0.0.0/8")),
    ("private", _V4("172.16.0.0/12")),
    ("private", _V4("192.168.0.0/16")),
    ("private", _V4("100.64.0.0/10")),
    ("private", _V6("fc00::/7")),
    ("private", _V6("fec0::/10")),
    ("reserved", _V4("192.0.0.0/24")),
    ("reserved", _V4("192.0.2.0/24")),
    ("reserved", _V4("192.88.99.0/24")),
    ("reserved", _V4("198.18.0.0/15")),
    ("reserved", _V4("198.51.100.0/24")),
    ("reserved", _V4("203.0.113.0/24")),
    ("reserved", _V4("240.0.0.0/4")),
)
"""Refused unless private hosts are allowed. Of IPv6 whatever is not in ``PUBLIC_V6`` is ``reserved`` besides."""

PUBLIC_V6 = _V6("2000::/3")
"""What is given out (RFC 4291, section 2.4); the rest of IPv6 is nobody's yet."""
RESERVED_V6 = (_V6("2001::/23"), _V6("2001:db8::/32"), _V6("3fff::/20"), _V6("5f00::/16"))

_EMBEDDING: tuple[tuple[IPv6Network, int], ...] = (
    (_V6("::ffff:0:0/96"), 0),  # IPv4-mapped
    (_V6("::ffff:0:0:0/96"), 0),  # IPv4-translated
    (_V6("64:ff9b::/96"), 0),  # NAT64
    (_V6("64:ff9b:1::/48"), 0),  # NAT64 of one's own
    (_V6("::/96"), 0),  # IPv4-compatible
    (_V6("2002::/16"), 80),  # 6to4
)
"""IPv6 ranges that stand for an IPv4 address, and how many bits lie to its right."""
_TEREDO = _V6("2001::/32")


def refusal(address: str, *, private: bool) -> str | None:
    """Why nobody may connect there: a short code, or None where they may. ``private`` hosts may be allowed.

    An IPv6 address that stands for an IPv4 address is judged as that one.
    """
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return "no_address"
    meant = _meant(read)
    if (never := _within(meant, NEVER)) is not None:
        return never
    return None if private else _within(meant, PRIVATE) or _unused(meant)


def _meant(address: Address) -> Address:
    """The IPv4 address inside, for those IPv6 addresses that are reached through it."""
    if isinstance(address, IPv4Address) or int(address) <= 1:
        return address
    value = int(address)
    for network, right in _EMBEDDING:
        if address in network:
            return IPv4Address((value >> right) & 0xFFFFFFFF)
    if address in _TEREDO:
        return IPv4Address(~value & 0xFFFFFFFF)
    if (value >> 32) & 0xFDFFFFFF == 0x5EFE:  # noqa: PLR2004 - ISATAP (RFC 5214)
        return IPv4Address(value & 0xFFFFFFFF)
    return address


def _within(address: Address, ranges: tuple[tuple[str, Network], ...]) -> str | None:
    return next((name for name, network in ranges if address in network), None)


def _unused(address: Address) -> str | None:
    if isinstance(address, IPv4Address):
        return None
    if address not in PUBLIC_V6 or any(address in network for network in RESERVED_V6):
        return "reserved"
    return None
