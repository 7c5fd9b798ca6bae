"""Asks Rasa to understand a turn, over HTTP; its tracker is a cache that is set from our record where it is elsewhere."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import msgspec

from bot import breaker
from bot.breaker import BreakerSettings
from bot.contract import TALK_KEYS, RasaAddress, RasaWhereabouts, Turn
from bot.forms.going import Progress
from bot.forms.kinds import ask_of, form_of
from bot.live import LiveTurn, LiveTurns
from bot.proposals import (
    Affirmed,
    Complains,
    Denied,
    Guess,
    Proposal,
    Talk,
    Understanding,
    WantsPerson,
)
from bot.rasa_wire import Ask, Custom, Item, Metadata, tracker_events
from bot.text import language_of, tame
from core.clock import Clock
from core.errors import Unavailable
from core.ids import ConversationId

log = logging.getLogger(__name__)

NAME = "rasa"
_SECRET = "X-Parley-Secret"  # noqa: S105 - the name of a header
_decode = msgspec.json.Decoder(list[Item]).decode


@dataclass(frozen=True, slots=True)
class RasaSettings:
    """``turn_s`` for a whole turn with its actions, ``first_s`` of it for a server where another one could still answer.

    ``text`` in characters; ``answer_bytes`` of one answer. Each server has a circuit breaker of its own.
    """

    turn_s: float = 2.5
    first_s: float = 1.5
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
        self._breakers: dict[str, breaker.State] = {}
        self._limit = aiohttp.ClientTimeout(total=self._settings.turn_s)
        self._busy: dict[ConversationId, tuple[asyncio.Lock, int]] = {}

    async def understand(self, turn: Turn) -> Understanding:
        if not self._where.places(turn.conversation):
            raise Unavailable("Rasa is not ready", code="rasa_absent")
        async with self._alone(turn.conversation):
            return await self._anywhere(turn, self._where.places(turn.conversation))

    async def _anywhere(self, turn: Turn, places: Sequence[RasaAddress]) -> Understanding:
        """At the first server that does its part: our record travels with the turn, so that any of them can."""
        settings, now = self._settings, asyncio.get_running_loop().time
        ends = now() + settings.turn_s
        trouble = Unavailable("Rasa failed too often just now", code="rasa_breaker")
        for left, address in zip(reversed(range(len(places))), places, strict=True):
            if not self._admitted(address):
                continue
            try:
                async with asyncio.timeout_at(min(ends, now() + settings.first_s) if left else ends):
                    understood = await self._turn(address, turn)
            except (TimeoutError, aiohttp.ClientError, OSError, GarbledError) as error:
                self._failed(address, turn, error)
                trouble = Unavailable(f"Rasa: {type(error).__name__}: {error}", code="rasa_failed")
                trouble.__cause__ = error
                continue
            self._breakers.pop(address.url, None)
            return understood
        raise trouble

    def _admitted(self, address: RasaAddress) -> bool:
        state = self._breakers.get(address.url, breaker.Closed())
        self._breakers[address.url], admitted = breaker.admit(state, self._clock.now())
        return admitted

    def _failed(self, address: RasaAddress, turn: Turn, error: Exception) -> None:
        state = self._breakers.get(address.url, breaker.Closed())
        self._breakers[address.url] = breaker.failed(state, self._clock.now(), self._settings.breaker)
        where = {"conversation": turn.conversation}
        log.warning("Rasa at %s failed: %s: %s", address.url, type(error).__name__, error, extra=where)

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
            try:
                return _understanding(live, await self._ask(address, turn))
            except GarbledError:
                if live.mistake is None:
                    raise
                # Rasa did its part: our own action did not.
                raise live.mistake from None

    async def _ask(self, address: RasaAddress, turn: Turn) -> list[Custom]:
        after = turn.last.id if turn.last else None
        where = Metadata(turn.id, after, tracker_events(turn), _must_restore(turn), address.actions)
        body = Ask(turn.conversation, tame(turn.text, self._settings.text), where)
        answer = await self._send(address, msgspec.json.encode(body))
        try:
            items = [item.custom for item in _decode(answer)]
        except msgspec.MsgspecError as error:
            raise GarbledError(f"not an answer: {error}") from error
        if not items or items[-1].kind != "turn":
            raise GarbledError("an answer without its end")
        if items[-1].turn != turn.id:
            raise GarbledError("an answer to another turn")
        return items

    async def _send(self, address: RasaAddress, body: bytes) -> bytes:
        url = f"{address.url}/webhooks/rest/webhook"
        headers = {_SECRET: address.secret, "Content-Type": "application/json"}
        async with self._session.post(
            url, data=body, headers=headers, timeout=self._limit, allow_redirects=False
        ) as response:
            if response.status != 200:  # noqa: PLR2004
                raise GarbledError(f"status {response.status}")
            answer = bytearray()
            async for chunk in response.content.iter_any():
                answer += chunk
                if len(answer) > self._settings.answer_bytes:
                    raise GarbledError(f"an answer of over {self._settings.answer_bytes} bytes")
            return bytes(answer)


def _must_restore(turn: Turn) -> bool:
    """After another engine, and around forms: what came of a turn may be other than Rasa had it."""
    if turn.last is None:
        return False
    return turn.last.engine != NAME or any(past.active_form for past in turn.history[-2:])


def _understanding(live: LiveTurn, items: list[Custom]) -> Understanding:
    told, said = items[-1], items[:-1]
    if told.failed is not None:
        raise GarbledError(f"unavailable: {told.failed}")
    turn, progress = live.turn, live.progress
    if progress is None:
        proposals = tuple(_proposal(live, item, told.active_form) for item in said)
        progress = Progress(proposals, told.active_form, turn.slots)
    if not said or not progress.proposals:
        raise GarbledError("nothing was said")
    intent = told.intent
    return Understanding(
        engine=NAME,
        intent=intent.name if intent else None,
        confidence=intent.confidence if intent else 0.0,
        language=language_of(turn.text),
        proposals=progress.proposals,
        active_form=progress.form,
        slots=progress.slots,
        ranking=tuple(Guess(each.name, each.confidence) for each in told.ranking if each.name is not None),
        in_scope=told.in_scope,
    )


def _proposal(live: LiveTurn, item: Custom, active_form: str | None) -> Proposal:
    match item.kind:
        case "say" if item.key in TALK_KEYS:
            return Talk(item.key)
        case "ask" if (form := form_of(active_form)) is not None:
            ask = ask_of(form, live.turn.slots, verified=live.turn.verified)
            return ask or Talk("bot-go-ahead")
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
