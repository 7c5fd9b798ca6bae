"""From a turn to a reply, outside any transaction: the policy alone where that is enough, else an engine and the policy."""

import asyncio
import logging
from dataclasses import dataclass, replace

from bot.contract import ChoseArticle, Engine, Found, Intent, Turn, Understanding
from bot.findings import Findings
from bot.policy import PolicySettings, decide, decide_alone, implied_choice, reply_language
from bot.record import ALONE, Thought
from bot.reply import HandOff
from bot.text import language_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ThinkingSettings:
    """``seconds`` for a whole turn, whichever engines are asked; after that a person takes over."""

    seconds: float = 4.0


class Thinker:
    """Always comes to a reply in time: a turn that takes too long is handed to a person."""

    def __init__(
        self,
        engine: Engine,
        findings: Findings,
        policy: PolicySettings | None = None,
        settings: ThinkingSettings | None = None,
    ) -> None:
        self._engine = engine
        self._findings = findings
        self._policy = policy or PolicySettings()
        self._settings = settings or ThinkingSettings()

    async def think(self, turn: Turn) -> Thought:
        alone = decide_alone(turn, self._policy)
        if alone is not None:
            return Thought(alone, self._heard(turn, alone), reply_language(turn, _language_only(turn)))
        try:
            async with asyncio.timeout(self._settings.seconds):
                understood = await self._understand(turn)
        except TimeoutError:
            log.warning("no engine answered in time", extra={"conversation": turn.conversation})
            return Thought(HandOff("bot_failed"), None, reply_language(turn, _language_only(turn)))
        reply = decide(turn, understood, self._policy)
        return Thought(reply, understood, reply_language(turn, understood))

    async def _understand(self, turn: Turn) -> Understanding:
        chosen = implied_choice(turn)
        if not isinstance(chosen, ChoseArticle):
            return await self._engine.understand(turn)
        answer = await self._findings.article(turn, chosen.article, chosen.title, chosen.language)
        found = Found(chosen.title, () if answer is None else (replace(answer, probability=1.0),))
        return replace(_language_only(turn), intent=Intent.ASK_KNOWLEDGE, proposals=(found,))

    def _heard(self, turn: Turn, alone: object) -> Understanding | None:
        """For the record and for the agent: what was clear without an engine."""
        if isinstance(alone, HandOff) and alone.reason == "asked_for_person":
            return replace(_language_only(turn), intent=Intent.TALK_TO_PERSON)
        return None


def _language_only(turn: Turn) -> Understanding:
    """A button says nothing about the language its presser writes in; a typed text does."""
    language = None if turn.chosen is not None else language_of(turn.text)
    return Understanding(ALONE, None, 1.0, language, (), None, turn.slots)
