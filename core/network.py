"""Whom a request comes from, past proxies that are trusted, and which networks an address counts in."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

from core.addresses import Address, Network

THIS_MACHINE: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
SITE_TIMES = 10
"""How much more a /48 of IPv6, which is one customer's of a provider or a whole site, may do than one /64."""
_HOME_BITS = 64
"""Of an IPv6 address: what one household or server has to itself, so that its addresses count as one."""
_SITE_BITS = 48
_MAPPED = ip_network("::ffff:0:0/96")
_ENTRY_CHARACTERS = 100
_LAST_PORT = 65_535


def networks(words: Iterable[str]) -> tuple[Network, ...]:
    """As administrators write them. Raises ValueError with the one that is none, or that is everybody."""
    return tuple(_network(word) for word in words)


def _network(word: str) -> Network:
    try:
        found = ip_network(word)
    except ValueError:
        raise ValueError(word) from None
    # Who trusts everybody believes what anybody made up.
    if not found.prefixlen or found.network_address in _MAPPED:
        raise ValueError(word)
    return found


def client_of(peer: str, told: Sequence[str], trusted: Sequence[Network]) -> str:
    """The last address that nobody whom we trust stands behind; ``told``: each X-Forwarded-For, as they came.

    A proxy adds whom it speaks to at the end, after whatever it was sent. So the way goes from the right, as long as
    it leads over trusted ones, and ends where an entry is no address: what stands before it may be made up.
    """
    address = read(peer)
    if address is None:
        return peer or "unknown"
    rest = ",".join(told)
    while rest and any(address in network for network in trusted):
        rest, _, entry = rest.rpartition(",")
        before = _entry(entry)
        if before is None:
            break
        address = before
    return str(address)


def read(text: str) -> Address | None:
    """Without its zone, and as IPv4 where it is mapped."""
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _entry(text: str) -> Address | None:
    """An address as proxies write it: alone, or with a port, then in brackets if it is IPv6."""
    text = text.strip(" \t")
    if len(text) > _ENTRY_CHARACTERS:
        return None
    if text.startswith("["):
        inside, bracket, after = text[1:].partition("]")
        found = read(inside) if bracket and (not after or _is_port(after)) else None
        return found if ":" in inside else None
    host, colon, port = text.partition(":")
    if "." in host and colon:
        return read(host) if _is_port(f":{port}") else None
    return read(text)


def _is_port(text: str) -> bool:
    digits = text[1:]
    plain = digits.isascii() and digits.isdigit() and len(digits) <= len(str(_LAST_PORT))
    return text.startswith(":") and plain and int(digits) <= _LAST_PORT


def is_here(address: str) -> bool:
    """Ourselves, or a proxy on this machine that says nothing of whom it passes on: behind it may be everybody."""
    found = read(address)
    return found is not None and any(found in network for network in THIS_MACHINE)


def counted_in(address: str) -> tuple[tuple[str, int], ...]:
    """The networks whose limits hold for an address, the narrowest first, each with how many times as much it may do."""
    found = read(address)
    if not isinstance(found, IPv6Address):
        return ((address if found is None else str(found), 1),)
    return (_around(found, _HOME_BITS), 1), (_around(found, _SITE_BITS), SITE_TIMES)


def named_for_a_day(address: str, key: bytes, day: date) -> str | None:
    """A name for the widest network that an address counts in, for who may not keep addresses: another one each day.

    Nothing leads back from it without the key. None for this machine: behind it may be everybody.
    """
    if is_here(address):
        return None
    widest, _ = counted_in(address)[-1]
    return hmac.digest(key, f"network {day.isoformat()} {widest}".encode(), hashlib.sha256).hex()[:32]


def _around(address: IPv6Address, bits: int) -> str:
    return str(ip_network((address.packed, bits), strict=False))
