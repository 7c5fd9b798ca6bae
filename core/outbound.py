"""Connections to hosts that somebody else names: resolved once, checked, and made to the address that was checked."""

import asyncio
import os
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohappyeyeballs import AddrInfoType, start_connection
from aiohttp.abc import AbstractResolver, ResolveResult

from core.addresses import refusal
from core.errors import Unavailable

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""The addresses of a name; raises OSError when it has none."""

NEXT_ADDRESS_S = 0.25
"""How long one address of a name is given before the next is tried beside it (RFC 8305)."""
KEEPALIVE_S = 60
"""After so much silence the system asks whether the other side is still there."""
KEEPALIVE_PAUSE_S = 15
KEEPALIVE_TRIES = 4


class NameUnknown(Unavailable):
    """No such host, or nobody to ask."""

    code = "name_unknown"


class AddressRefused(Unavailable):
    """Every address of the host is one that we do not connect to."""

    code = "address_refused"

    def __init__(self, host: str, why: str) -> None:
        super().__init__(f"{host} is not a public host: {why}")
        self.why = why


class NotReached(Unavailable):
    """The host is known, but nobody answers on that port."""

    code = "not_reached"


async def resolve_by_system(host: str) -> Sequence[str]:
    """Ask the system's resolver."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


@dataclass(frozen=True, slots=True)
class OutboundSettings:
    """``private_hosts``: may hosts named by administrators be in a private network, or on this machine?

    ``ca_file``: certificates (PEM) to be trusted beside the system's own, for servers with a private authority.
    """

    private_hosts: bool = False
    ca_file: Path | None = None


class Outbound:
    """The one way out to a mail server or a token endpoint."""

    def __init__(self, settings: OutboundSettings, resolve: Resolve = resolve_by_system) -> None:
        self._settings = settings
        self._resolve = resolve
        self._tls: ssl.SSLContext | None = None

    @property
    def private_hosts(self) -> bool:
        return self._settings.private_hosts

    def tls(self) -> ssl.SSLContext:
        """Verifies certificates and names; the same one each time. Raises Unavailable for a bad ``ca_file``."""
        if self._tls is None:
            context = ssl.create_default_context()
            if (extra := self._settings.ca_file) is not None:
                try:
                    context.load_verify_locations(str(extra))
                except OSError as error:
                    raise Unavailable(f"the file of certificates {extra}: {error}", code="ca_file") from error
            self._tls = context
        return self._tls

    async def addresses(self, host: str) -> list[str]:
        """Where the host is, of that what we may connect to. Raises NameUnknown or AddressRefused."""
        name = host.removeprefix("[").removesuffix("]")
        try:
            found = await self._resolve(name)
        except (OSError, UnicodeError) as error:
            raise NameUnknown(f"{host}: {_reason(error)}") from error
        if not found:
            raise NameUnknown(f"{host}: has no address")
        refusals = {each: refusal(each, private=self.private_hosts) for each in found}
        allowed = [each for each, why in refusals.items() if why is None]
        if not allowed:
            raise AddressRefused(host, next(why for why in refusals.values() if why is not None))
        return allowed

    async def connect(self, host: str, port: int) -> socket.socket:
        """A connected socket. Raises NameUnknown, AddressRefused or NotReached; the caller sets the time limit."""
        return await self.connect_to(host, await self.addresses(host), port)

    async def connect_to(self, host: str, addresses: Sequence[str], port: int) -> socket.socket:
        """To what ``addresses`` gave for the host: a connected socket. Raises NotReached."""
        infos = [_info(each, port) for each in addresses]
        try:
            connected = await start_connection(infos, happy_eyeballs_delay=NEXT_ADDRESS_S)
        except (OSError, RuntimeError) as error:  # uvloop raises RuntimeError for some
            raise NotReached(f"{host} port {port}: {_reason(error)}") from error
        _keep_alive(connected)
        return connected

    def connector(self) -> aiohttp.TCPConnector:
        """For an HTTP client: whatever it is told to fetch, each address is checked when it is connected to."""
        return aiohttp.TCPConnector(
            resolver=_Resolver(self), socket_factory=self._checked_socket, ssl=self.tls()
        )

    def _checked_socket(self, info: AddrInfoType) -> socket.socket:
        """Also an address written into the URL comes by here, which no resolver sees."""
        family, kind, protocol, _, where = info
        if (why := refusal(str(where[0]), private=self.private_hosts)) is not None:
            raise AddressRefused(str(where[0]), why)
        made = socket.socket(family=family, type=kind, proto=protocol)
        _keep_alive(made)
        return made


class _Resolver(AbstractResolver):
    """aiohttp asks this one for the addresses of names."""

    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=each, port=port, family=_family(each), proto=0, flags=0)
            for each in await self._outbound.addresses(host)
        ]

    async def close(self) -> None:
        """Nothing to close."""


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def _info(address: str, port: int) -> AddrInfoType:
    family = _family(address)
    where = (address, port, 0, 0) if family == socket.AF_INET6 else (address, port)
    return (family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", where)


def _keep_alive(sock: socket.socket) -> None:
    """So that a peer which is gone without a word is noticed by the system, within about two minutes."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (
        ("TCP_KEEPIDLE", KEEPALIVE_S),
        ("TCP_KEEPINTVL", KEEPALIVE_PAUSE_S),
        ("TCP_KEEPCNT", KEEPALIVE_TRIES),
    ):
        if (number := getattr(socket, option, None)) is not None:
            sock.setsockopt(socket.IPPROTO_TCP, number, value)


def _reason(error: Exception) -> str:
    """In the system's words."""
    number = getattr(error, "errno", None)
    if isinstance(error, OSError) and not isinstance(error, socket.gaierror) and number:
        return os.strerror(number)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
