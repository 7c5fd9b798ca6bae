"""From a turn to a reply, outside any transaction: the policy alone where that is enough, else an engine and the policy."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from bot.contract import ChoseArticle, ChoseMore, ChoseTopic, Engine, Intent, Turn
from bot.doing import Begun, Doer
from bot.findings import Findings
from bot.forms.going import Forms, Progress
from bot.forms.several import and_waiting
from bot.forms.splitting import Split, split
from bot.handing import deciding as handing_over
from bot.handing.settings import HandingSettings
from bot.live import MISTAKES
from bot.policy.choosing import implied_choice
from bot.policy.deciding import decide, decide_alone, reply_language
from bot.policy.requests import changes_told
from bot.policy.settings import PolicySettings
from bot.policy.telling import begun
from bot.proposals import Beside, Found, Further, OrderTold, Proposal, Understanding
from bot.record import ALONE, Thought
from bot.reply import HandOff
from bot.text import is_command, language_of

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
        handing: HandingSettings | None = None,
        doer: Doer | None = None,
    ) -> None:
        """Without ``handing`` nobody is handed over for their mood, tier or topic."""
        self._engine = engine
        self._doer = doer or Doer(findings.orders)
        self._forms = Forms(findings)
        self._findings = findings
        self._policy = policy or PolicySettings()
        self._settings = settings or ThinkingSettings()
        self._handing = handing

    async def think(self, turn: Turn) -> Thought:
        policy, handing = self._policy.under(turn.profile.caution), self._handing
        if handing is not None:
            policy = handing_over.patience(turn, policy, handing)
        alone = decide_alone(turn, policy)
        if handing is not None and not isinstance(alone, HandOff):
            alone = handing_over.before(turn, handing) or alone
        if alone is not None:
            return Thought(alone, self._heard(turn, alone), reply_language(turn, _language_only(turn)))
        noted = Begun()
        try:
            async with asyncio.timeout(self._settings.seconds):
                understood = await self._understand(turn, noted)
        except TimeoutError:
            log.warning("no engine answered in time", extra={"conversation": turn.conversation})
            return _cut_short(turn, noted)
        except MISTAKES:
            # Trying again would only keep the customer waiting.
            log.exception("a mistake of ours", extra={"conversation": turn.conversation})
            return _cut_short(turn, noted)
        reply = decide(turn, understood, policy)
        if handing is not None:
            reply = handing_over.after(turn, understood, reply, handing)
        return Thought(reply, understood, reply_language(turn, understood))

    async def _understand(self, turn: Turn, noted: Begun) -> Understanding:
        chosen = implied_choice(turn)
        match chosen:
            case ChoseArticle(article, language, title):
                answer = await self._findings.article(turn, article, title, language)
                proposal: Proposal = Found(
                    title, () if answer is None else (replace(answer, probability=1.0),)
                )
            case ChoseTopic(topic):
                proposal = await self._findings.about(turn, topic)
            case ChoseMore(article, language, title):
                given = begun(turn, article)
                named = title if given is None else given.title
                proposal = Further(await self._findings.article(turn, article, named, language))
            case _:
                return await self._heard_of(turn, noted)
        said = (proposal, *self._forms.again(turn))
        return replace(_language_only(turn), intent=Intent.ASK_KNOWLEDGE, proposals=said)

    async def _heard_of(self, turn: Turn, noted: Begun) -> Understanding:
        resumed = await self._forms.resumed(turn)
        if resumed is not None:
            return await self._done(turn, _went_on(_language_only(turn), resumed), noted)
        apart = split(turn, self._findings.numbers)
        if apart is None:
            understood = await self._done(turn, await self._engine.understand(turn), noted)
            return await self._later(turn, understood, noted)
        first = replace(turn, text=apart.first)
        understood = await self._done(first, await self._engine.understand(first), noted)
        beside = tuple([each async for each in self._beside(turn, apart)])
        slots = and_waiting(understood.slots, apart.later) if apart.later else understood.slots
        both = replace(understood, proposals=(*understood.proposals, *beside), slots=slots)
        return await self._later(turn, both, noted)

    async def _done(self, turn: Turn, understood: Understanding, noted: Begun) -> Understanding:
        return await self._doer.do(turn, understood, reply_language(turn, understood), noted)

    async def _beside(self, turn: Turn, apart: Split) -> AsyncIterator[Beside]:
        """What else was asked; what cannot be looked up is left out, since the first thing is answered."""
        for number in apart.states:
            told = await self._findings.order(turn, number)
            if isinstance(told, OrderTold):
                yield Beside(told)
        for question in apart.questions:
            found = await self._findings.articles(turn, question)
            if isinstance(found, Found):
                yield Beside(found)

    async def _later(self, turn: Turn, understood: Understanding, noted: Begun) -> Understanding:
        """Once a form is done, the wish that waited for it."""
        if understood.active_form is not None:
            return understood
        progress = await self._forms.later(turn, understood.slots)
        if progress is None:
            return understood
        went_on = await self._done(turn, _went_on(understood, progress), noted)
        return replace(went_on, proposals=(*understood.proposals, *went_on.proposals))

    def _heard(self, turn: Turn, alone: object) -> Understanding | None:
        """For the record and for the agent: what was clear without an engine."""
        if isinstance(alone, HandOff) and alone.reason == "asked_for_person":
            return replace(_language_only(turn), intent=Intent.TALK_TO_PERSON)
        return None


def _cut_short(turn: Turn, noted: Begun) -> Thought:
    """To a person; of a change that was begun the customer and the agent hear what is known."""
    done = noted.understood
    heard = done or _language_only(turn)
    reply = HandOff("bot_failed", changes_told(turn, heard.proposals))
    return Thought(reply, done, reply_language(turn, heard))


def _language_only(turn: Turn) -> Understanding:
    """A button or a command says nothing about the language of its sender; a typed text does."""
    language = None if turn.chosen is not None or is_command(turn.text) else language_of(turn.text)
    return Understanding(ALONE, None, 1.0, language, (), turn.active_form, turn.slots)


def _went_on(understood: Understanding, progress: Progress) -> Understanding:
    return replace(understood, proposals=progress.proposals, active_form=progress.form, slots=progress.slots)
