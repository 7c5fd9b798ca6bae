"""Agents who accept what they are offered, greet, let go again, and write down who had what, and when."""

import asyncio
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any

import aiohttp

from tests.chaos.everywhere import pause
from tests.journeys.people import GREETING, Person

_REFUSED = 409
_LONGEST_TALK_S = 1.0


@dataclass(frozen=True, slots=True)
class Held:
    """That this agent had this conversation, for at least so long: seconds of one clock for all agents."""

    agent: str
    conversation: str
    since: float
    until: float


@dataclass
class Worker(Person):
    """One browser, over any number of faults."""

    random: Random = field(default_factory=Random)
    held: list[Held] = field(default_factory=list)
    _busy: set[asyncio.Task[None]] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)

    async def work(self) -> None:
        """For ever. Raises AssertionError for what must not happen."""
        while True:
            await self.line.insist(self._follow_news)

    async def _follow_news(self, _address: str) -> None:
        await self._be_available()
        async with await self.live() as ws:
            async for message in ws:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return
                await self._hear(message.json())
                for task in [each for each in self._busy if each.done()]:
                    self._busy.discard(task)
                    task.result()

    async def _be_available(self) -> None:
        await self.ask("PUT", "/api/presence", {"state": "available", "reason": None})

    async def _hear(self, frame: dict[str, Any]) -> None:
        assert frame["type"] != "reload", f"{self.email} got {frame}"
        if frame["type"] == "error":
            raise aiohttp.ClientError(str(frame))
        if frame["type"] != "event" or frame["n"] <= self.position:
            return
        assert frame["n"] == self.position + 1, f"{self.email}: {self.position}, then {frame['n']}"
        self.position = frame["n"]
        event = frame["event"]
        if event["kind"] == "presence" and event["presence"] != "available":
            # An offer ran out while nobody could be reached.
            await self._be_available()
        if event["kind"] == "offer" and event["reservation"] not in self._seen:
            self._seen.add(event["reservation"])
            self._busy.add(asyncio.create_task(self._serve(event["reservation"])))

    async def _serve(self, reservation: str) -> None:
        status, answer = await self._insist("POST", f"/api/reservations/{reservation}/accept")
        if status == _REFUSED:
            return
        assert status == 200, answer
        since, conversation = time.monotonic(), answer["conversation"]
        body = {"key": f"greeting-{reservation}", "kind": "reply", "text": GREETING, "uploads": []}
        path = f"/api/conversations/{conversation}"
        status, answer = await self._insist("POST", f"{path}/messages", body)
        assert status in {200, 201}, answer
        await pause(self.random.uniform(0, _LONGEST_TALK_S))
        self.held.append(Held(self.email, conversation, since, time.monotonic()))
        status, answer = await self._insist("POST", f"{path}/resolve")
        assert status in {200, _REFUSED}, answer

    async def _insist(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        async def call(_address: str) -> tuple[int, Any]:
            return await self.call(method, path, body)

        return await self.line.insist(call)
