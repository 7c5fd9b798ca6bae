"""A visitor as the widget is: keeps what is not confirmed, comes back after each loss, applies events by their number."""

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import Any

import aiohttp

from tests.journeys.line import Line

QUESTIONS = (
    ("en", "How do I return a lamp?"),
    ("en", "What does shipping cost?"),
    ("en", "Which payment methods do you take?"),
    ("en", "hello"),
    ("en", "Where is my order LL-10234?"),
    ("en", "Is the pothos safe for cats?"),
    ("zh", "怎么退货？"),
    ("zh", "运费多少？"),
    ("zh", "你好"),
    ("zh", "怎么付款？"),
)
FOR_A_PERSON = {"en": "I want to talk to a person", "zh": "转人工"}
FOR_A_PERSON_SHARE = 0.12


@dataclass
class Visit:
    """One visitor's life: ``rounds`` of messages, each said at once when all before it are answered."""

    line: Line
    name: str
    language: str
    rounds: list[list[str]]
    session: str | None = None
    conversation: str | None = None
    n: int = 0
    unconfirmed: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    confirmed: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    repeats: int = 0
    returns: int = 0

    async def run(self) -> "Visit":
        """Until everything was said, confirmed and answered. Raises AssertionError for what must not happen."""
        while not self.over:
            await self.line.insist(self._connect)
        return self

    @property
    def over(self) -> bool:
        return not self.rounds and not self.unconfirmed and self._answered()

    async def _connect(self, address: str) -> None:
        async with await self.line.connect(f"{address}/live/web/socket") as ws:
            await ws.send_json(
                {
                    "type": "hello",
                    "session": self.session,
                    "language": self.language,
                    "conversation": self.conversation,
                    "n": self.n,
                }
            )
            async for message in ws:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return
                self.line.moved()
                await self.hear(ws, message.json())
                if self.over:
                    return

    async def hear(self, ws: aiohttp.ClientWebSocketResponse, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "welcome":
                self._welcomed(frame)
                for key in self.unconfirmed:
                    await self._send(ws, key)
                self.repeats += len(self.unconfirmed)
            case "stored":
                self._stored(frame)
            case "event":
                self._happened(frame)
            case "typing" | "waiting" | "read":
                return
            case _:
                raise AssertionError(f"{self.name} got {frame}")
        if self.rounds and not self.unconfirmed and self._answered():
            for text in self.rounds.pop(0):
                key = f"{self.name}-{len(self.said)}"
                self.said.append(key)
                self.unconfirmed[key] = text
                await self._send(ws, key)

    async def _send(self, ws: aiohttp.ClientWebSocketResponse, key: str) -> None:
        await ws.send_json({"type": "message", "key": key, "text": self.unconfirmed[key]})

    def _welcomed(self, frame: dict[str, Any]) -> None:
        assert frame["resumed"] == (self.session is not None), f"{self.name} lost the session"
        self.returns += frame["resumed"]
        self.session = frame["session"]
        if self.conversation is not None:
            goes_on = frame["conversation"]
            assert goes_on is not None, f"{self.name} lost the conversation"
            assert (goes_on["id"], goes_on["after"]) == (self.conversation, self.n), f"{self.name}: {goes_on}"

    def _stored(self, frame: dict[str, Any]) -> None:
        key = frame["key"]
        known = self.confirmed.setdefault(key, frame)
        assert known == frame, f"{key} was confirmed as {known} and as {frame}"
        assert self.unconfirmed.pop(key, None) is not None or key in self.said

    def _happened(self, frame: dict[str, Any]) -> None:
        if frame["conversation"] != self.conversation:
            assert self.conversation is None, f"{self.name} is in another conversation"
            self.conversation = frame["conversation"]
        if frame["n"] <= self.n:
            return
        assert frame["n"] == self.n + 1, f"{self.name} has {self.n} and got {frame['n']}"
        self.n = frame["n"]
        self.events.append(frame["event"])

    def _answered(self) -> bool:
        """All was shown, and answered by the bot, one answer a message; or by a person, once it was handed over."""
        authors = [each["message"]["author"]["kind"] for each in self.events if each["kind"] == "message"]
        if authors.count("contact") < len(self.said):
            return False
        if any(each["kind"] == "joined" or each.get("handler") == "queue" for each in self.events):
            return "agent" in authors
        return authors.count("bot") + authors.count("system") >= len(self.said)


@dataclass
class Crowd:
    """So many visitors at once; who is done is followed by a new one until the doors close."""

    line: Line
    random: Random
    size: int
    open: bool = True
    visits: list[Visit] = field(default_factory=list)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(self.size):
                group.create_task(self._one_after_another())

    async def _one_after_another(self) -> None:
        while self.open:
            visit = self._new_visit()
            self.visits.append(visit)
            await visit.run()

    def _new_visit(self) -> Visit:
        language = "zh" if self.random.random() < 0.2 else "en"
        # Each once: whoever asks the same thing twice gets a person.
        texts = [text for spoken, text in QUESTIONS if spoken == language]
        self.random.shuffle(texts)
        texts = texts[: self.random.randint(1, len(texts))]
        rounds = []
        while texts:
            at_once = self.random.choice((1, 1, 1, 2, 3))
            rounds.append(texts[:at_once])
            texts = texts[at_once:]
        if self.random.random() < FOR_A_PERSON_SHARE:
            rounds[-1].insert(self.random.randint(0, len(rounds[-1])), FOR_A_PERSON[language])
        return Visit(self.line, f"v{len(self.visits)}", language, rounds)

    def unfinished(self) -> list[str]:
        """Who still waits, and for what."""
        return [
            f"{v.name}: {len(v.unconfirmed)} unconfirmed, {len(v.said)} said, events {[e['kind'] for e in v.events]}"
            for v in self.visits
            if not v.over
        ]
