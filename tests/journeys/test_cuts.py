"""The network is cut again and again while people talk, in a real browser and without one: nothing is lost, doubled or out of order."""

import asyncio
import os
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser

from core.events import DeliveryChanged, MessageReceived, NoticeReceived, conversation_topic
from core.ids import ConversationId
from core.message import plain_text
from core.store.messages import get_messages, read_events
from core.store.tx import Tx
from tests.builders import a_world, sqlite_url
from tests.journeys.cuts import (
    FOR_A_PERSON,
    HEARTBEAT_S,
    Caller,
    Clerk,
    Documented,
    Progress,
    Surfer,
    pause,
    sessions,
)
from tests.journeys.line import Line
from tests.journeys.people import Person
from tests.servers.cutting import Network, cutting_network
from tests.servers.parley import Server

AHEAD = 20
"""Who speaks waits while so much of what they said has not arrived, so that cuts fall into the middle of talking."""
STUCK_S = 90.0
CAPACITY = 100
ENVIRONMENT = {
    "PARLEY_LIVE_HEARTBEAT_S": str(HEARTBEAT_S),
    "PARLEY_CONSOLE_LIVE_HEARTBEAT_S": str(HEARTBEAT_S),
    "PARLEY_LIVE_MESSAGES_BURST": "100000",
    "PARLEY_LIVE_FRAMES_BURST": "100000",
    "PARLEY_LOG_LEVEL": "warning",
}


@dataclass
class Talk:
    """Three conversations with one agent: in a browser, over a socket, and by the client that our documents print."""

    line: Line
    network: Network
    random: Random
    progress: Progress
    surfer: Surfer
    caller: Caller
    printed: Documented
    clerk: Clerk
    cuts: dict[str, int] = field(default_factory=dict)

    async def begin(self) -> tuple[str, str, str]:
        """The three conversations."""
        await self.surfer.come()
        await self.printed.come()
        await self.printed.say(FOR_A_PERSON)
        await self.surfer.say(FOR_A_PERSON)
        await self.caller.say(FOR_A_PERSON)
        await self.progress.until(lambda: self.caller.conversation != "" and self.printed.conversation != "")
        async with asyncio.timeout(STUCK_S):
            while (page := await self.surfer.kept()) is None:
                pass
        found = page, self.caller.conversation, self.printed.conversation
        for conversation in found:
            await self.clerk.take(conversation)
        return found

    async def visitor_talks(self, who: Surfer | Caller | Documented, conversation: str, count: int) -> None:
        heard = self.clerk.heard[conversation]
        for number in range(count):
            await self.progress.until(lambda n=number: len(heard) > n - AHEAD)  # type: ignore[misc]
            await who.say(f"question {number}")
        await self.progress.until(lambda: len(heard) == count + 1)

    async def agent_talks(self, conversation: str, count: int) -> None:
        for number in range(count):
            await self.clerk.say(conversation, f"answer {number}")

    async def cut(self, total: int, cuts: int) -> None:
        """At so many random points of all that happens."""
        points = sorted(self.random.sample(range(1, total), cuts))
        for number, point in enumerate(points):
            await self.progress.until(lambda n=point: self.progress.count >= n)  # type: ignore[misc]
            ways = ("drop", "die", "tear", "kill")
            how = ways[number] if number < len(ways) else self.random.choices(ways, (40, 30, 15, 15))[0]
            self.network.slow_s = self.random.choice((0.0, 0.0, 0.02))
            self.cuts[how] = self.cuts.get(how, 0) + 1
            if how == "kill":
                self.line.kill()
                self.network.lead_to("http://127.0.0.1:1")
                await self.line.start()
                self.network.lead_to(self.line.server.address)
            else:
                {"drop": self.network.drop, "die": self.network.die, "tear": self.network.tear}[how]()


async def administrator(line: Line) -> Person:
    """Of the sample company."""
    for email, password in line.server.sign_ins().items():
        person = await Person(line, email).sign_in(password)
        if "administrator" in person.roles:
            return person
    raise AssertionError("there is none")


@asynccontextmanager
async def a_line(folder: Path, http: aiohttp.ClientSession) -> AsyncIterator[Line]:
    """To a server, of which nothing is left afterwards."""
    line = Line(Server(folder, ENVIRONMENT), http)
    await line.start()
    try:
        yield line
    finally:
        await asyncio.to_thread(line.server.stop)


@asynccontextmanager
async def a_talk(folder: Path, browser: Browser, random: Random) -> AsyncIterator[Talk]:
    async with sessions() as http, cutting_network(random) as network, a_line(folder, http) as line:
        network.lead_to(line.server.address)
        away = Line(Server(folder, address=network.address), http)
        person = await administrator(away)
        room = {"capacity": CAPACITY}
        await person.ask("PATCH", f"/api/agents/{person.session['agent']['id']}", room)
        await person.ask("PUT", "/api/presence", {"state": "available", "reason": None})
        context = await browser.new_context(locale="en-GB")
        progress = Progress()
        talk = Talk(
            line,
            network,
            random,
            progress,
            Surfer(await context.new_page(), network),
            Caller(network, http, random, progress),
            Documented(network, progress),
            Clerk(person, random, progress),
        )
        try:
            yield talk
        finally:
            talk.printed.end()
            await context.close()


async def _done(work: Coroutine[Any, Any, None], *beside: Coroutine[Any, Any, None]) -> None:
    """Until the work is; what goes on ``beside`` never ends, and what goes wrong in any of it goes wrong here."""
    tasks = [asyncio.create_task(each) for each in (work, *beside)]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def visible(tx: Tx, conversation: str) -> list[str]:
    """What a visitor is to see, in its order."""
    events = read_events(
        tx, conversation_topic(ConversationId(conversation)), 0, 1_000_000, visible_only=True
    )
    ids = []
    for recorded in events:
        match recorded.event:
            case MessageReceived(message=message) | NoticeReceived(message=message):
                ids.append(message)
            case DeliveryChanged(message=message, state="sent"):
                ids.append(message)
            case _:
                pass
    messages = get_messages(tx, ids)
    return [plain_text(messages[each].parts) for each in ids]


async def survive(folder: Path, browser: Browser, messages: int, cuts: int) -> None:
    """``messages`` in each conversation, half of them by the visitor."""
    seed = int(os.environ.get("CUTS_SEED") or Random().randrange(10**6))
    print(f"CUTS_SEED={seed}")
    half = messages // 2
    async with a_talk(folder, browser, Random(seed)) as talk:
        await _done(_talks(talk, half, cuts), talk.caller.run(), talk.printed.run(), talk.clerk.run())


async def _talks(talk: Talk, half: int, cuts: int) -> None:
    page, calls, printed = await talk.begin()
    # Each message is at least confirmed and heard.
    total = talk.progress.count + half * 6
    await asyncio.gather(
        talk.visitor_talks(talk.surfer, page, half),
        talk.visitor_talks(talk.caller, calls, half),
        talk.visitor_talks(talk.printed, printed, half),
        talk.agent_talks(printed, half),
        talk.agent_talks(page, half),
        talk.agent_talks(calls, half),
        talk.cut(total, cuts),
    )
    print(f"cuts {talk.cuts}, the caller came back {talk.caller.returns} times")
    questions = [FOR_A_PERSON, *(f"question {number}" for number in range(half))]
    answers = [f"answer {number}" for number in range(half)]
    stored = {}
    async with a_world(sqlite_url(talk.line.server.folder)) as world, asyncio.timeout(STUCK_S):
        for conversation in (page, calls, printed):
            while answers[-1] not in (texts := await world.db.read(visible, conversation)):
                # Queued, and on its way.
                await pause(0.05)
            stored[conversation] = texts
            heard = talk.clerk.said[conversation]
            await talk.progress.until(lambda heard=heard: answers[-1] in heard)  # type: ignore[misc]
    for conversation, texts in stored.items():
        assert [text for text in texts if text in set(questions)] == questions
        assert [text for text in texts if text in set(answers)] == answers
        assert talk.clerk.heard[conversation] == questions
        said = [text for text in talk.clerk.said[conversation] if text in set(answers)]
        assert said == answers
    async with asyncio.timeout(STUCK_S):
        await talk.progress.until(lambda: len(talk.caller.texts) >= len(stored[calls]))
        await talk.progress.until(lambda: len(talk.printed.texts) >= len(stored[printed]))
        while len(shown := await talk.surfer.texts()) < len(stored[page]):
            pass
    assert talk.caller.texts == stored[calls]
    assert talk.printed.texts == stored[printed]
    assert talk.printed.numbers == sorted(set(talk.printed.numbers))
    assert shown == stored[page]


@pytest.mark.browser
async def test_ten_cuts_lose_double_and_mix_up_nothing(tmp_path: Path, browser: Browser) -> None:
    await survive(tmp_path, browser, messages=100, cuts=10)


@pytest.mark.soak
@pytest.mark.browser
async def test_a_hundred_cuts_in_two_thousand_messages_lose_double_and_mix_up_nothing(
    tmp_path: Path, browser: Browser
) -> None:
    await survive(tmp_path, browser, messages=2000, cuts=100)
