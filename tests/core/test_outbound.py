"""Connections go to the address that was checked, and certificates are checked against the name."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from core.errors import Unavailable
from core.outbound import AddressRefused, NameUnknown, NotReached, Outbound, OutboundSettings, Resolve

ALLOWED = OutboundSettings(private_hosts=True)


def names(*answers: Sequence[str]) -> Resolve:
    """A resolver that gives these answers, one after the other, and then the last again and again."""
    left = list(answers)

    async def resolve(host: str) -> Sequence[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


@asynccontextmanager
async def a_listener() -> AsyncIterator[int]:
    """A port on loopback that says hello."""

    async def hello(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        writer.close()

    async with await asyncio.start_server(hello, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_a_name_that_resolves_to_an_inner_address_is_refused() -> None:
    outbound = Outbound(OutboundSettings(), names(["127.0.0.1"]))
    with pytest.raises(AddressRefused, match="loopback") as refused:
        await outbound.connect("mail.example.com", 993)
    assert refused.value.code == "address_refused"


async def test_link_local_is_refused_even_where_private_hosts_are_allowed() -> None:
    with pytest.raises(AddressRefused):
        await Outbound(ALLOWED, names(["169.254.169.254"])).connect("metadata.example.com", 80)


async def test_of_several_addresses_only_the_public_ones_are_used() -> None:
    outbound = Outbound(OutboundSettings(), names(["10.0.0.1", "8.8.8.8", "::1"]))
    assert await outbound.addresses("mail.example.com") == ["8.8.8.8"]


async def test_where_private_hosts_are_allowed_they_are_reached() -> None:
    async with a_listener() as port:
        connected = await Outbound(ALLOWED, names(["127.0.0.1"])).connect("mail.example.com", port)
        with connected:
            assert connected.getpeername() == ("127.0.0.1", port)
            assert connected.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)


async def test_a_name_is_resolved_once_so_that_a_second_answer_changes_nothing() -> None:
    """DNS rebinding: the first answer passes the check, the next would lead elsewhere."""
    outbound = Outbound(ALLOWED, names(["127.0.0.1"], ["169.254.169.254"]))
    async with a_listener() as port:
        with await outbound.connect("rebinding.example.com", port) as connected:
            assert connected.getpeername() == ("127.0.0.1", port)
    with pytest.raises(AddressRefused):
        await outbound.connect("rebinding.example.com", port)


async def test_an_unknown_name_and_a_closed_port_are_told_apart() -> None:
    async def unknown(host: str) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(NameUnknown, match="not known"):
        await Outbound(ALLOWED, unknown).connect("nowhere.example.com", 993)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(NotReached, match="refused"):
            await Outbound(ALLOWED, names(["127.0.0.1"])).connect("localhost", closed.getsockname()[1])


async def test_a_name_no_resolver_can_write_is_unknown() -> None:
    with pytest.raises(NameUnknown):
        await Outbound(ALLOWED).addresses("a" * 64 + ".example.com")


@asynccontextmanager
async def a_site(outbound: Outbound) -> AsyncIterator[tuple[aiohttp.ClientSession, int]]:
    """A page on loopback, which also sends people on to wherever they ask, and a guarded client."""

    async def page(request: web.Request) -> web.Response:
        if "to" in request.query:
            raise web.HTTPFound(request.query["to"])
        return web.Response(text="inside")

    application = web.Application()
    application.router.add_get("/", page)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession(connector=outbound.connector()) as session:
        yield session, runner.addresses[0][1]
    await runner.cleanup()


@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:127.0.0.1]", "rebinding.example.com"])
async def test_an_http_client_reaches_no_inner_address_by_name_or_number(host: str) -> None:
    async with a_site(Outbound(OutboundSettings(), names(["127.0.0.1"]))) as (session, port):
        with pytest.raises((AddressRefused, aiohttp.ClientError)):
            await session.get(f"http://{host}:{port}/")


async def test_an_http_client_is_not_sent_on_to_a_forbidden_address() -> None:
    async with a_site(Outbound(ALLOWED, names(["127.0.0.1"]))) as (session, port):
        async with session.get(f"http://somewhere.example.com:{port}/") as answer:
            assert await answer.text() == "inside"
        with pytest.raises((AddressRefused, aiohttp.ClientError)):
            await session.get(f"http://127.0.0.1:{port}/?to=http://169.254.169.254/")


def test_certificates_are_verified_and_a_file_adds_an_authority(tmp_path: Path) -> None:
    context = Outbound(OutboundSettings()).tls()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate")
    with pytest.raises(Unavailable, match=r"bad\.pem"):
        Outbound(OutboundSettings(ca_file=bad)).tls()
