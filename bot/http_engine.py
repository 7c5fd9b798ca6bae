"""A bot of somebody's own behind an address: asked over HTTP with signed calls, as the example of an engine beside Rasa."""

import asyncio
import logging
import math
from dataclasses import dataclass, field

import aiohttp
import msgspec

from bot import breaker, http_wire
from bot.breaker import BreakerSettings
from bot.contract import Turn
from bot.findings import Findings
from bot.forms.going import Forms, Progress
from bot.phrases import covering_intent
from bot.proposals import Affirmed, Complains, Denied, Proposal, Said, Understanding, WantsPerson
from bot.text import tame
from core.clock import Clock
from core.errors import Invalid, Unavailable
from core.signing import signed

log = logging.getLogger(__name__)

NAME = "http"
_LANGUAGE_CHARACTERS, _INTENT_CHARACTERS = 16, 64
_decode = msgspec.json.Decoder(http_wire.Answered).decode


@dataclass(frozen=True, slots=True)
class HttpEngineSettings:
    """``url`` is empty where there is no such bot. ``turn_s`` for a whole turn, ``answer_bytes`` of one answer.

    ``text`` and ``said`` in characters of what is asked and said, ``history`` in earlier turns, ``proposals`` at most.
    """

    url: str = ""
    secret: str = field(default="", repr=False)
    turn_s: float = 2.5
    answer_bytes: int = 65_536
    text: int = 2000
    said: int = 2000
    history: int = 8
    proposals: int = 4
    breaker: BreakerSettings = field(default_factory=BreakerSettings)


class _Garbled(Exception):
    """It answered something that cannot be right."""


class HttpEngine:
    """Implements ``Engine``. Raises Unavailable whenever the other side does not do its part, whatever the reason."""

    def __init__(
        self, session: aiohttp.ClientSession, findings: Findings, clock: Clock, settings: HttpEngineSettings
    ) -> None:
        """``session`` must not connect to addresses inside. Raises Invalid for an address or a secret that cannot be."""
        if not settings.url.startswith(("https://", "http://")):
            raise Invalid("PARLEY_BOT_HTTP_URL", "an address with https:// or http://")
        if not settings.secret:
            raise Invalid("PARLEY_BOT_HTTP_SECRET", "the secret by which the other side knows our calls")
        self._session = session
        self._findings = findings
        self._forms = Forms(findings)
        self._clock = clock
        self._settings = settings
        self._breaker: breaker.State = breaker.Closed()

    async def understand(self, turn: Turn) -> Understanding:
        self._breaker, admitted = breaker.admit(self._breaker, self._clock.now())
        if not admitted:
            raise Unavailable("the bot failed too often just now", code="bot_breaker")
        try:
            async with asyncio.timeout(self._settings.turn_s):
                heard = self._read(await self._send(turn))
        except (TimeoutError, aiohttp.ClientError, OSError, Unavailable, _Garbled) as error:
            self._breaker = breaker.failed(self._breaker, self._clock.now(), self._settings.breaker)
            why = f"{type(error).__name__}: {error}"
            log.warning("the bot behind HTTP failed: %s", why, extra={"conversation": turn.conversation})
            raise Unavailable(f"the bot: {why}", code="bot_failed") from error
        self._breaker = breaker.succeeded(self._breaker)
        # What is looked up for it is ours, and has a time limit of its own.
        # A plain yes or no to a form of ours is heard here, whatever it means to them.
        plain = covering_intent(turn.text) if turn.active_form else None
        progress = await self._forms.go_on(turn, plain or heard.intent) or await self._beside(turn, heard)
        return Understanding(
            NAME,
            heard.intent,
            heard.confidence,
            heard.language,
            progress.proposals,
            progress.form,
            progress.slots,
        )

    async def _beside(self, turn: Turn, heard: http_wire.Answered) -> Progress:
        """What it proposes itself; a form of ours that is open asks again, unless a person takes over."""
        proposals = tuple([await self._proposal(turn, each) for each in heard.proposals])
        if any(isinstance(each, WantsPerson | Complains) for each in proposals):
            return Progress(proposals, None, turn.slots)
        return Progress((*proposals, *self._forms.again(turn)), turn.active_form, turn.slots)

    async def _send(self, turn: Turn) -> bytes:
        settings = self._settings
        body = msgspec.json.encode(_asked(turn, settings))
        proof = signed(settings.secret.encode(), turn.id, self._clock.now(), body)
        async with self._session.post(
            settings.url,
            data=body,
            headers={**proof, "Content-Type": "application/json"},
            allow_redirects=False,
        ) as response:
            if response.status != 200:  # noqa: PLR2004
                raise _Garbled(f"status {response.status}")
            answer = bytearray()
            async for chunk in response.content.iter_any():
                answer += chunk
                if len(answer) > settings.answer_bytes:
                    raise _Garbled(f"an answer of over {settings.answer_bytes} bytes")
            return bytes(answer)

    def _read(self, body: bytes) -> http_wire.Answered:
        try:
            heard = _decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise _Garbled(f"not an answer: {error}") from error
        if len(heard.proposals) > self._settings.proposals:
            raise _Garbled(f"more than {self._settings.proposals} proposals")
        if not math.isfinite(heard.confidence) or not 0 <= heard.confidence <= 1:
            raise _Garbled("confidence: expected 0 to 1")
        if len(heard.intent or "") > _INTENT_CHARACTERS or len(heard.language or "") > _LANGUAGE_CHARACTERS:
            raise _Garbled("intent or language: too long")
        if any(isinstance(each, http_wire.Text) and not self._tamed(each.text) for each in heard.proposals):
            raise _Garbled("text: expected words")
        return heard

    async def _proposal(self, turn: Turn, proposed: http_wire.Proposed) -> Proposal:
        match proposed:
            case http_wire.Text(text, answers):
                return Said(self._tamed(text), answers)
            case http_wire.Knowledge(question):
                return await self._findings.articles(turn, question and tame(question, self._settings.text))
            case http_wire.Person():
                return WantsPerson()
            case http_wire.Complaint():
                return Complains()
            case http_wire.Yes():
                return Affirmed()
            case http_wire.No():
                return Denied()

    def _tamed(self, text: str) -> str:
        return tame(text, self._settings.said)


def _asked(turn: Turn, settings: HttpEngineSettings) -> http_wire.Asked:
    past = turn.history[-settings.history :]
    return http_wire.Asked(
        v=http_wire.VERSION,
        turn=turn.id,
        conversation=turn.conversation,
        text=tame(turn.text, settings.text),
        language=turn.language,
        verified=turn.verified,
        history=tuple(http_wire.Past(each.text, each.intent, each.outcome.value) for each in past),
    )
