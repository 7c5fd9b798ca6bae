"""Agents whose sockets are at two servers see one another type and look on, and a session that ends, ends at both."""

from aiohttp import ClientWebSocketResponse, WSMsgType

from console.live.connection import SESSION_ENDED
from tests.console.conftest import PASSWORD, Browser, Office, Serve, frame_of
from tests.linked import LinkedBus, linked

ADA, BOB = {"id": "ada", "name": "Ada"}, {"id": "bob", "name": "Bob"}


async def two_offices(serve: Serve) -> tuple[Office, Office, tuple[LinkedBus, LinkedBus]]:
    buses = linked()
    return await serve(beside=buses[0]), await serve(beside=buses[1]), buses


async def look_at(office: Office, browser: Browser, conversation: str) -> ClientWebSocketResponse:
    """A socket of theirs that follows it."""
    socket = await browser.live()
    await socket.send_json({"type": "subscribe", "topic": f"conversation:{conversation}", "n": 0})
    return socket


async def until_seen(socket: ClientWebSocketResponse, *agents: dict[str, str]) -> None:
    """Until these are shown as looking, and nobody else."""
    await frame_of(socket, "viewing", agents=list(agents))


async def test_who_looks_and_types_at_one_server_is_seen_at_the_other(serve: Serve) -> None:
    here, there, _ = await two_offices(serve)
    conversation = (await here.visitor_says()).conversation
    ada = await look_at(here, await here.browser("ada"), conversation)
    await until_seen(ada, ADA)
    bob = await look_at(there, await there.browser("bob"), conversation)
    await until_seen(ada, ADA, BOB)
    await until_seen(bob, ADA, BOB)
    await bob.send_json({"type": "typing", "conversation": conversation, "on": True})
    typing = await frame_of(ada, "typing")
    assert (typing["name"], typing["on"]) == ("Bob", True)
    await bob.close()
    await until_seen(ada, ADA)
    await ada.close()


async def test_who_looked_at_a_server_that_died_is_forgotten_after_a_while(serve: Serve) -> None:
    here, there, buses = await two_offices(serve)
    conversation = (await here.visitor_says()).conversation
    bob = await look_at(there, await there.browser("bob"), conversation)
    await until_seen(bob, BOB)
    ada = await look_at(here, await here.browser("ada"), conversation)
    await until_seen(ada, ADA, BOB)
    buses[1].cut = True
    viewers = here.console.sockets.viewers
    here.world.clock.forward(44)
    viewers.repeat()
    assert len(viewers.agents(conversation)) == 2
    here.world.clock.forward(2)
    viewers.repeat()
    await until_seen(ada, ADA)
    for socket in (ada, bob):
        await socket.close()


async def test_who_looks_says_so_again_when_the_servers_have_found_one_another(serve: Serve) -> None:
    here, there, buses = await two_offices(serve)
    conversation = (await here.visitor_says()).conversation
    buses[1].cut = True
    bob = await look_at(there, await there.browser("bob"), conversation)
    ada = await look_at(here, await here.browser("ada"), conversation)
    await until_seen(bob, BOB)
    await until_seen(ada, ADA)
    buses[1].turn(cut=False)
    await until_seen(ada, ADA, BOB)
    await until_seen(bob, ADA, BOB)
    for socket in (ada, bob):
        await socket.close()


async def test_a_session_that_ends_at_one_server_ends_at_the_other(serve: Serve) -> None:
    here, there, _ = await two_offices(serve)
    ada = await here.browser("ada")
    socket = await (await there.browser("ada")).live()
    await frame_of(socket, "bot")
    await ada.put("/api/me", {"password": {"old": PASSWORD, "new": "a much better password"}})
    assert await closed(socket) == SESSION_ENDED.code


async def closed(socket: ClientWebSocketResponse) -> object:
    """The code that the server closes it with."""
    while (message := await socket.receive(timeout=30)).type is WSMsgType.TEXT:
        pass
    return message.data
