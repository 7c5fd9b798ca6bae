"""Puts a hand-over into words: what the customer hears of what happens next, and the three lines for the agent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.contract import ORDER_NUMBER, Turn
from bot.handing.brief import ASKED, CHANGES, brief_of
from bot.handing.service import WAITS, Promise, Service, promised
from bot.handing.settings import HandingSettings
from bot.handing.times import Catalogue, place_of, when, zone_of
from bot.orders.contract import OrderFormat
from bot.proposals import Understanding
from bot.reply import HandOff
from core.answer import Handoff

_PROMISES = {
    Promise.SOON: "bot-hand-over-open",
    Promise.BUSY: "bot-hand-over-busy",
    Promise.ABSENT: "bot-hand-over-absent",
    Promise.LATER: "bot-hand-over-later",
    Promise.CLOSED: "bot-hand-over-closed",
    Promise.PLAIN: "bot-hand-over",
}
_WAITING = {
    promise: key.replace("hand-over", "waiting") for promise, key in _PROMISES.items() if promise in WAITS
}


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next: ``number`` of the case where nobody is there, ``ask_address`` where none is known."""

    service: Service
    now: datetime
    number: int | None = None
    ask_address: bool = False

    @property
    def promise(self) -> Promise:
        return promised(self.service)

    @property
    def waits(self) -> bool:
        """Whether nobody is there."""
        return self.promise in WAITS


class Telling:
    """Every text about a hand-over."""

    def __init__(
        self, texts: Catalogue, settings: HandingSettings, numbers: OrderFormat | None = None
    ) -> None:
        self._texts = texts
        self._settings = settings
        self._numbers = numbers or OrderFormat()

    def promise(self, turn: Turn, then: Next, language: str) -> str:
        """Honestly what happens next, in one text."""
        return self._in_words(_PROMISES, turn.around.zone, then, language)

    def waiting(self, zone: str | None, then: Next, language: str) -> str:
        """The same to who waits already, on their clock (``zone``) where it is known; only while nobody is there."""
        return self._in_words(_WAITING, zone, then, language)

    def _in_words(self, keys: Mapping[Promise, str], zone: str | None, then: Next, language: str) -> str:
        lines = [self._promise(keys, zone, then, language)]
        if then.number is not None:
            lines.append(self._texts.say("bot-hand-over-case", language, number=str(then.number)))
        if then.ask_address:
            lines.append(self._texts.say("bot-hand-over-address", language))
        return " ".join(lines) if language != "zh" else "".join(lines)

    def handoff(self, turn: Turn, reply: HandOff, understood: Understanding | None, language: str) -> Handoff:
        """What the agent gets; the summary is in the customer's language, and the console says it in the agent's."""
        brief = brief_of(turn, reply, understood, language, self._settings, self._numbers)
        return self.summed_up(brief, language)

    def summed_up(self, brief: Handoff, language: str) -> Handoff:
        """With its three lines."""
        return replace(brief, summary=self._summary(brief, language))

    def thanks(self, language: str) -> str:
        """When the agent who wanted to know it goes on."""
        return self._texts.say("bot-errand-thanks", language)

    def _promise(self, keys: Mapping[Promise, str], known: str | None, then: Next, language: str) -> str:
        service, promise = then.service, then.promise
        if promise is not Promise.LATER or service.opens_at is None:
            return self._texts.say(keys[promise], language)
        theirs, ours = zone_of(known), zone_of(service.zone)
        zone = theirs or ours
        if zone is None:
            return self._texts.say(keys[Promise.CLOSED], language)
        time = when(self._texts, language, service.opens_at, then.now, zone)
        key = keys[promise] if theirs is not None else f"{keys[promise]}-there"
        return self._texts.say(key, language, time=time, place=place_of(zone, language))

    def _summary(self, brief: Handoff, language: str) -> str:
        """Three lines: what they want, what was tried, where it stands."""
        return "\n".join(
            (self._wants(brief, language), self._tried(brief, language), self._stands(brief, language))
        )

    def _wants(self, brief: Handoff, language: str) -> str:
        quotes = " / ".join(
            self._texts.say("bot-summary-quote", language, text=each) for each in brief.quotes
        )
        if not quotes:
            return self._texts.say("bot-summary-wrote-nothing", language)
        return self._texts.say("bot-summary-wrote", language, text=quotes)

    def _tried(self, brief: Handoff, language: str) -> str:
        if not brief.steps:
            return self._texts.say("bot-summary-nothing-tried", language)
        steps = (self._step(code, about, language) for code, about in brief.steps)
        return self._texts.say("bot-summary-tried", language, steps="; ".join(dict.fromkeys(steps)))

    def _step(self, code: str, about: str, language: str) -> str:
        key = f"bot-summary-step-{code.replace('_', '-')}"
        if code in CHANGES:
            wish, _, number = about.partition(" ")
            return self._texts.say(key, language, wish=wish, number=number)
        return self._texts.say(key, language, about="" if code == ASKED else about)

    def _stands(self, brief: Handoff, language: str) -> str:
        reason = self._texts.say(f"bot-reason-{brief.reason.replace('_', '-')}", language)
        if ORDER_NUMBER not in brief.slots:
            return reason
        order = self._texts.say("bot-summary-order", language, number=brief.slots[ORDER_NUMBER])
        return f"{reason} {order}"
