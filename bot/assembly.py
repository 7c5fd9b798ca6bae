"""Puts the bot together from what the application gives: one place for its settings and its parts."""

from dataclasses import dataclass, field

import aiohttp

from bot.actions import ActionSettings, RasaActions
from bot.contract import ArticleFinder, Engine, Hours, RasaWhereabouts
from bot.engines import WithFallback
from bot.findings import Findings, FindingSettings
from bot.handlers import AnswerMessages, AnswerSettings, Given
from bot.live import LiveTurns
from bot.orders import OrderFormat, OrderLookup
from bot.policy import PolicySettings
from bot.rasa import RasaEngine, RasaSettings
from bot.scripted import ScriptedEngine
from bot.suggest import SuggestAnswers
from bot.thinking import Thinker, ThinkingSettings
from bot.wording import Catalogue, Wording, WordingSettings


@dataclass(frozen=True, slots=True)
class BotSettings:
    """Every limit of the bot, by the part that keeps it; ``live_turns`` at once with Rasa."""

    policy: PolicySettings = field(default_factory=PolicySettings)
    thinking: ThinkingSettings = field(default_factory=ThinkingSettings)
    findings: FindingSettings = field(default_factory=FindingSettings)
    rasa: RasaSettings = field(default_factory=RasaSettings)
    answer: AnswerSettings = field(default_factory=AnswerSettings)
    wording: WordingSettings = field(default_factory=WordingSettings)
    orders: OrderFormat = field(default_factory=OrderFormat)
    live_turns: int = 1000


@dataclass(frozen=True, slots=True)
class Knowing:
    """What the bot can say: texts, articles, orders, and whether anybody is there."""

    texts: Catalogue
    finder: ArticleFinder
    orders: OrderLookup
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class RasaSide:
    """How Rasa is reached, where it is, and the secret that its action calls carry."""

    session: aiohttp.ClientSession
    where: RasaWhereabouts
    action_secret: str


@dataclass(frozen=True, slots=True)
class Bot:
    """``messages`` and ``suggestions`` have a handler for the table of subscriptions, ``actions.routes()`` on the internal listener.

    ``rasa`` and ``actions`` are None where the scripted engine works alone; ``turns`` are those under way.
    """

    messages: AnswerMessages
    suggestions: SuggestAnswers
    engine: Engine
    rasa: RasaEngine | None
    actions: RasaActions | None
    turns: LiveTurns


def assemble(
    given: Given, knowing: Knowing, rasa: RasaSide | None = None, settings: BotSettings | None = None
) -> Bot:
    """With Rasa in front of the scripted engine, or without."""
    limits = settings or BotSettings()
    findings = Findings(knowing.finder, knowing.orders, limits.orders, limits.findings)
    scripted = ScriptedEngine(findings)
    engine: Engine = scripted
    asked: RasaEngine | None = None
    actions: RasaActions | None = None
    turns = LiveTurns(limits.live_turns)
    if rasa is not None:
        asked = RasaEngine(rasa.session, rasa.where, turns, given.clock, limits.rasa)
        actions = RasaActions(findings, turns, ActionSettings(rasa.action_secret))
        engine = WithFallback(asked, scripted)
    wording = Wording(knowing.texts, given.ids, limits.orders, knowing.hours, limits.wording)
    thinker = Thinker(engine, findings, limits.policy, limits.thinking)
    messages = AnswerMessages(given, thinker, wording, limits.answer)
    suggestions = SuggestAnswers(given, thinker, wording, limits.answer)
    return Bot(messages, suggestions, engine, asked, actions, turns)
