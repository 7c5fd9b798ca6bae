"""Asks Rasa to understand a turn, over HTTP; its tracker is a cache that our record can restore at any time."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import msgspec

from bot import breaker
from bot.breaker import BreakerSettings
from bot.contract import (
    ORDER_NUMBER,
    TALK_KEYS,
    Affirmed,
    AskSlot,
    Complains,
    Denied,
    Proposal,
    RasaAddress,
    RasaWhereabouts,
    Talk,
    Turn,
    Understanding,
    WantsPerson,
)
from bot.live import LiveTurn, LiveTurns
from bot.rasa_wire import Ask, Custom, Item, Metadata, tracker_events
from bot.text import language_of, tame
from core.clock import Clock
from core.errors import Unavailable
from core.ids import ConversationId

log = logging.getLogger(__name__)

NAME = "rasa"
_SECRET = "X-Parley-Secret"  # noqa: S105 - the name of a header
_OUT_OF_STEP = "out_of_step"
_decode = msgspec.json.Decoder(list[Item]).decode


@dataclass(frozen=True, slots=True)
class RasaSettings:
    """``turn_s`` for a whole turn with its actions; ``text`` in characters; ``answer_bytes`` of one answer."""

    turn_s: float = 2.5
    text: int = 500
    answer_bytes: int = 262_144
    breaker: BreakerSettings = field(default_factory=BreakerSettings)


class GarbledError(Exception):
    """Rasa answered something that cannot be right."""


class RasaEngine:
    """Implements ``Engine``. Raises Unavailable whenever Rasa does not do its part, whatever the reason."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        where: RasaWhereabouts,
        turns: LiveTurns,
        clock: Clock,
        settings: RasaSettings | None = None,
    ) -> None:
        self._session = session
        self._where = where
        self._turns = turns
        self._clock = clock
        self._settings = settings or RasaSettings()
        self._breaker: breaker.State = breaker.Closed()
        self._limit = aiohttp.ClientTimeout(total=self._settings.turn_s)
        self._busy: dict[ConversationId, tuple[asyncio.Lock, int]] = {}

    async def understand(self, turn: Turn) -> Understanding:
        address = self._where.address
        if address is None:
            raise Unavailable("Rasa is not ready", code="rasa_absent")
        async with self._alone(turn.conversation):
            self._breaker, admitted = breaker.admit(self._breaker, self._clock.now())
            if not admitted:
                raise Unavailable("Rasa failed too often just now", code="rasa_breaker")
            try:
                async with asyncio.timeout(self._settings.turn_s):
                    understood = await self._turn(address, turn)
            except (TimeoutError, aiohttp.ClientError, OSError, GarbledError) as error:
                self._failed(turn, error)
                raise Unavailable(f"Rasa: {type(error).__name__}: {error}", code="rasa_failed") from error
            self._breaker = breaker.succeeded(self._breaker)
            return understood

    def _failed(self, turn: Turn, error: Exception) -> None:
        self._breaker = breaker.failed(self._breaker, self._clock.now(), self._settings.breaker)
        where = {"conversation": turn.conversation}
        log.warning("Rasa failed: %s: %s", type(error).__name__, error, extra=where)

    @asynccontextmanager
    async def _alone(self, conversation: ConversationId) -> AsyncIterator[None]:
        """One turn at a time: Rasa polls for its own lock every second."""
        lock, waiting = self._busy.get(conversation, (asyncio.Lock(), 0))
        self._busy[conversation] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._busy.pop(conversation)
            if waiting > 1:
                self._busy[conversation] = (lock, waiting - 1)

    async def _turn(self, address: RasaAddress, turn: Turn) -> Understanding:
        with self._turns.during(turn) as live:
            restored = turn.last is not None and turn.last.engine != NAME
            if restored:
                await self._restore(address, turn)
            items = await self._ask(address, turn)
            if items[-1].failed == _OUT_OF_STEP and not restored:
                await self._restore(address, turn)
                items = await self._ask(address, turn)
            return _understanding(live, items)

    async def _ask(self, address: RasaAddress, turn: Turn) -> list[Custom]:
        after = turn.last.id if turn.last else None
        body = Ask(turn.conversation, tame(turn.text, self._settings.text), Metadata(turn.id, after))
        url = f"{address.url}/webhooks/rest/webhook"
        answer = await self._send("POST", url, address, msgspec.json.encode(body))
        try:
            items = [item.custom for item in _decode(answer)]
        except msgspec.MsgspecError as error:
            raise GarbledError(f"not an answer: {error}") from error
        if not items or items[-1].kind != "turn":
            raise GarbledError("an answer without its end")
        if items[-1].turn != turn.id:
            raise GarbledError("an answer to another turn")
        return items

    async def _restore(self, address: RasaAddress, turn: Turn) -> None:
        url = f"{address.url}/conversations/{turn.conversation}/tracker/events"
        await self._send("PUT", url, address, msgspec.json.encode(tracker_events(turn.last)))

    async def _send(self, method: str, url: str, address: RasaAddress, body: bytes) -> bytes:
        headers = {_SECRET: address.secret, "Content-Type": "application/json"}
        async with self._session.request(
            method, url, data=body, headers=headers, timeout=self._limit, allow_redirects=False
        ) as response:
            if response.status != 200:  # noqa: PLR2004
                raise GarbledError(f"status {response.status}")
            answer = bytearray()
            async for chunk in response.content.iter_any():
                answer += chunk
                if len(answer) > self._settings.answer_bytes:
                    raise GarbledError(f"an answer of over {self._settings.answer_bytes} bytes")
            return bytes(answer)


def _understanding(live: LiveTurn, items: list[Custom]) -> Understanding:
    told, said = items[-1], items[:-1]
    if told.failed is not None:
        raise GarbledError(f"unavailable: {told.failed}")
    turn = live.turn
    slots = dict(turn.slots)
    if live.number is not None:
        slots[ORDER_NUMBER] = live.number
    proposals = tuple(_proposal(live, item) for item in said)
    if not proposals:
        raise GarbledError("nothing was said")
    intent = told.intent
    return Understanding(
        engine=NAME,
        intent=intent.name if intent else None,
        confidence=intent.confidence if intent else 0.0,
        language=language_of(turn.text),
        proposals=proposals,
        active_form=told.active_form,
        slots=slots,
    )


def _proposal(live: LiveTurn, item: Custom) -> Proposal:
    match item.kind:
        case "say" if item.key in TALK_KEYS:
            return Talk(item.key)
        case "ask" if item.slot == ORDER_NUMBER:
            return AskSlot(item.slot, item.key)
        case "affirm":
            return Affirmed()
        case "deny":
            return Denied()
        case "person":
            return WantsPerson()
        case "complaint":
            return Complains()
        case "finding" if 0 <= item.ref < len(live.findings):
            return live.findings[item.ref]
        case _:
            raise GarbledError(f"a {item.kind!r} that means nothing here")
