"""How often each address of the network may do something: nobody is refused for what others do."""

from dataclasses import replace

from aiohttp import web

from core.errors import TooOften
from core.limits import Rate, of_address, take
from core.network import counted_in, is_here
from core.web import client_address
from knowledge.helpcenter.contract import HelpParts


async def often(parts: HelpParts, what: str, request: web.Request, rate: Rate) -> None:
    """Raises TooOften when this address of the network has done so much of it."""
    await take(parts.limits, *_own(what, request, rate))


async def is_kept(parts: HelpParts, what: str, request: web.Request, rate: Rate) -> bool:
    """The same for what readers leave behind and do not miss: all of them together leave only so much, too."""
    times = parts.settings.together
    whole = replace(rate, burst=rate.burst * times, per_s=rate.per_s * times)
    try:
        await take(parts.limits, (f"help.{what}", whole), *_own(what, request, rate))
    except TooOften:
        return False
    return True


def source_of(request: web.Request) -> str:
    """Who shares places with whom: of IPv6 the widest network that counts, so that nobody is many."""
    network, _ = counted_in(client_address(request))[-1]
    return network


def _own(what: str, request: web.Request, rate: Rate) -> tuple[tuple[str, Rate], ...]:
    address = client_address(request)
    return () if is_here(address) else of_address(f"help.{what}", address, rate)
