"""A customer of `bench dialogue`: writes into the widget's socket what the script says, and reads what comes of it."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from app.settings import ROOT
from bench.dialogue_cases import LANGUAGES, Dialogue
from bench.dialogue_judge import Reply, Seen

_ANSWER_S = 15.0
_FAREWELL_S = 0.3
_PRESSES = 2
_LINE = re.compile(r"(bot-[a-z-]+) = (.+)")
_NOT_SAID = ("bot-button", "bot-reason", "bot-summary", "bot-card")
_SHORTEST = 6
_SUGGESTING = "bot-suggest"


@dataclass(frozen=True, slots=True)
class Words:
    """How texts of the catalogue and titles of articles are known again."""

    texts: Mapping[str, re.Pattern[str]]
    titles: Mapping[str, str]

    def keys(self, text: str) -> frozenset[str]:
        return frozenset(key.rpartition("/")[2] for key, said in self.texts.items() if said.search(text))


def words() -> Words:
    """Of both languages, from the catalogue and the sample company's articles."""
    texts, titles = {}, {}
    for language in LANGUAGES:
        for key, said in _LINE.findall((ROOT / "web" / "locales" / f"{language}.ftl").read_text("utf-8")):
            bare = re.sub(r"\{.*?\}", "", said).strip(" 。.?？!！")
            if not key.startswith(_NOT_SAID) and len(bare) >= _SHORTEST:
                pieces = map(re.escape, re.split(r"\{.*?\}", said))
                texts[f"{language}/{key}"] = re.compile(".{0,120}?".join(pieces))
        for path in sorted((ROOT / "app" / "sample" / "articles" / language).glob("*.md")):
            titles[_title(path)] = path.stem
    return Words(texts, titles)


def _title(path: Path) -> str:
    lines = path.read_text("utf-8").splitlines()
    return next(line.removeprefix("title: ").strip() for line in lines if line.startswith("title: "))


class Customer:
    """One conversation, from the first message to the last, or to a person."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, known: Words) -> None:
        self._ws = ws
        self._known = known
        self._pressed = 0
        self._number = 0
        self._options: dict[str, tuple[str, str]] = {}
        self.seen = Seen()

    async def talk(self, dialogue: Dialogue) -> Seen:
        """Presses a suggestion where it is what was asked for, as a customer would."""
        await self._ws.send_json({"type": "hello", "session": None, "language": dialogue.language})
        for texts in dialogue.say:
            if self.seen.handed_over:
                break
            for text in texts:
                await self._send({"type": "message", "text": text})
            await self._answered(len(texts))
            for name in self._wanted(dialogue):
                message, option = self._options[name]
                pressed = {"message": message, "option": option}
                await self._send({"type": "message", "text": "", "choice": pressed})
                await self._answered(1)
        return self.seen

    def _wanted(self, dialogue: Dialogue) -> list[str]:
        """What is suggested and would reach a goal that nothing reached so far."""
        last = self.seen.replies[-1].suggested if self.seen.replies and not self.seen.handed_over else ()
        shown = {name for reply in self.seen.replies for name in reply.shown}
        goals = [set(goal.names) for goal in dialogue.goals if goal.kind == "article"]
        open_goals = [names for names in goals if names.isdisjoint(shown)]
        found = [next((name for name in last if name in names), None) for names in open_goals]
        return [name for name in found if name is not None][:_PRESSES]

    async def _send(self, frame: dict[str, Any]) -> None:
        self._number += 1
        self.seen.messages += 1
        await self._ws.send_json({**frame, "key": str(self._number)})

    async def _answered(self, count: int) -> None:
        """Until as many answers came as messages went, or a person has the conversation."""
        try:
            async with asyncio.timeout(_ANSWER_S):
                while count > 0 and not self.seen.handed_over:
                    count -= self._heard(await self._ws.receive_str())
        except TimeoutError:
            self.seen.silent += count
        if self.seen.handed_over:
            await self._farewell()

    async def _farewell(self) -> None:
        try:
            async with asyncio.timeout(_FAREWELL_S):
                while True:
                    self._heard(await self._ws.receive_str())
        except TimeoutError:
            return

    def _heard(self, data: str) -> int:
        """How many answers a frame holds."""
        event = msgspec.json.decode(data).get("event") or {}
        if event.get("kind") == "handler" and event["handler"] != "bot":
            self.seen.handed_over = True
        message = event.get("message") if event.get("kind") == "message" else None
        if message is None or message["author"]["kind"] != "bot":
            return 0
        self.seen.replies.append(self._reply(message))
        return 1

    def _reply(self, message: Mapping[str, Any]) -> Reply:
        parts = message["parts"]
        text = "\n".join(part["text"] for part in parts if part["type"] == "text")
        keys = self._known.keys(text)
        cards = tuple(part["url"].rpartition("/")[2] for part in parts if part["type"] == "article")
        offered = tuple(self._offered(message["id"], parts))
        if any(key.startswith(_SUGGESTING) for key in keys):
            return Reply(text, keys, (), tuple(dict.fromkeys((*offered, *cards))))
        return Reply(text, keys, tuple(dict.fromkeys(cards)), offered)

    def _offered(self, message: str, parts: list[Mapping[str, Any]]) -> Iterator[str]:
        for part in parts:
            for option in part["options"] if part["type"] == "buttons" else ():
                name = self._known.titles.get(option["label"])
                if name is not None:
                    self._options[name] = (message, option["id"])
                    yield name
