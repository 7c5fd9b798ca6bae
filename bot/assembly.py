"""Puts the bot together from what the application gives: one place for its settings and its parts."""

from dataclasses import dataclass, field

import aiohttp

from bot.actions import ActionSettings, RasaActions
from bot.contract import AboutArticles, ArticleFinder, Engine, RasaWhereabouts
from bot.deflection.settings import DeflectionSettings
from bot.doing import Doer, DoingSettings
from bot.engines import ByInbox, WithFallback
from bot.findings import Findings
from bot.handing.doing import Around, HandsOver
from bot.handing.promising import Promises
from bot.handing.returning import Errands
from bot.handing.settings import HandingSettings
from bot.handing.telling import Telling
from bot.handlers import AnswerMessages, AnswerSettings, Given
from bot.http_engine import NAME as HTTP
from bot.http_engine import HttpEngine, HttpEngineSettings
from bot.improving.settings import ImprovingSettings
from bot.live import LiveTurns
from bot.looking import FindingSettings
from bot.orders.asking import Asking, AskingSettings
from bot.orders.contract import OrderConnector, OrderFormat
from bot.orders.http import HttpOrderSettings
from bot.policy.settings import PolicySettings
from bot.proving import IdentityProof
from bot.rasa import NAME as RASA
from bot.rasa import RasaEngine, RasaSettings
from bot.scripted import NAME as SCRIPTED
from bot.scripted import ScriptedEngine
from bot.suggest import SuggestAnswers
from bot.thinking import Thinker, ThinkingSettings
from bot.wording import Catalogue, Wording, WordingSettings
from core.limits import InProcessRateLimits, RateLimits


@dataclass(frozen=True, slots=True)
class BotSettings:
    """Every limit of the bot, by the part that keeps it; ``live_turns`` at once with Rasa."""

    policy: PolicySettings = field(default_factory=PolicySettings)
    thinking: ThinkingSettings = field(default_factory=ThinkingSettings)
    findings: FindingSettings = field(default_factory=FindingSettings)
    rasa: RasaSettings = field(default_factory=RasaSettings)
    answer: AnswerSettings = field(default_factory=AnswerSettings)
    doing: DoingSettings = field(default_factory=DoingSettings)
    wording: WordingSettings = field(default_factory=WordingSettings)
    orders: OrderFormat = field(default_factory=OrderFormat)
    asking: AskingSettings = field(default_factory=AskingSettings)
    shop: HttpOrderSettings = field(default_factory=HttpOrderSettings)
    deflection: DeflectionSettings = field(default_factory=DeflectionSettings)
    handing: HandingSettings = field(default_factory=HandingSettings)
    improving: ImprovingSettings = field(default_factory=ImprovingSettings)
    http: HttpEngineSettings = field(default_factory=HttpEngineSettings)
    live_turns: int = 1000


@dataclass(frozen=True, slots=True)
class Knowing:
    """What the bot can say, what others know of who takes over, and how customers prove who they are.

    ``limits`` are those of the installation; without them this process counts for itself.
    """

    texts: Catalogue
    finder: ArticleFinder
    orders: OrderConnector
    around: Around = field(default_factory=Around)
    proof: IdentityProof | None = None
    about: AboutArticles | None = None
    limits: RateLimits | None = None


@dataclass(frozen=True, slots=True)
class RasaSide:
    """How Rasa is reached, where it is, and the secret that its action calls carry."""

    session: aiohttp.ClientSession
    where: RasaWhereabouts
    action_secret: str


@dataclass(frozen=True, slots=True)
class Outside:
    """The client for addresses that administrators name; ``usual``: the bot behind HTTP is the installation's."""

    session: aiohttp.ClientSession
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Bot:
    """``messages``, ``suggestions``, ``errands`` and ``promises`` have a handler for the table of subscriptions, ``actions.routes()`` on the internal listener.

    ``rasa`` and ``actions`` are None where the scripted engine works alone; ``turns`` are those under way, ``engines`` the names that an
    inbox may choose from.
    """

    messages: AnswerMessages
    suggestions: SuggestAnswers
    errands: Errands
    promises: Promises
    engine: Engine
    rasa: RasaEngine | None
    actions: RasaActions | None
    turns: LiveTurns
    engines: tuple[str, ...]


def assemble(
    given: Given,
    knowing: Knowing,
    rasa: RasaSide | None = None,
    settings: BotSettings | None = None,
    outside: Outside | None = None,
) -> Bot:
    """With Rasa or a bot behind HTTP in front of the scripted engine, or without. Raises Invalid for its address or secret."""
    limits = settings or BotSettings()
    asking = Asking(knowing.limits or InProcessRateLimits(given.clock), limits.asking)
    findings = Findings(knowing.finder, knowing.orders, limits.orders, limits.findings, knowing.about, asking)
    scripted = ScriptedEngine(findings)
    engine: Engine = scripted
    asked: RasaEngine | None = None
    actions: RasaActions | None = None
    turns = LiveTurns(limits.live_turns)
    if rasa is not None:
        asked = RasaEngine(rasa.session, rasa.where, turns, given.clock, limits.rasa)
        actions = RasaActions(findings, turns, ActionSettings(rasa.action_secret))
        engine = WithFallback(asked, scripted)
    named: dict[str, Engine] = {SCRIPTED: scripted}
    if asked is not None:
        named[RASA] = engine
    if outside is not None and (limits.http.url or outside.usual):
        theirs = HttpEngine(outside.session, findings, given.clock, limits.http)
        named[HTTP] = WithFallback(theirs, scripted)
        engine = named[HTTP] if outside.usual else engine
    engine = ByInbox(engine, named)
    wording = Wording(knowing.texts, given.ids, limits.orders, limits.wording)
    doer = Doer(knowing.orders, knowing.proof, limits.doing)
    thinker = Thinker(engine, findings, limits.policy, limits.thinking, limits.handing, doer)
    telling = Telling(knowing.texts, limits.handing, limits.orders)
    hands = HandsOver(knowing.around, telling, wording, limits.orders, limits.handing)
    errands = Errands(telling, wording, knowing.around.returns, limits.handing)
    promises = Promises(knowing.around, telling, limits.handing)
    messages = AnswerMessages(given, thinker, wording, hands, limits.answer)
    # Agents may be helped to an answer whatever the customer's mood.
    calm = Thinker(engine, findings, limits.policy, limits.thinking, doer=doer)
    suggestions = SuggestAnswers(given, calm, wording, limits.answer)
    return Bot(messages, suggestions, errands, promises, engine, asked, actions, turns, tuple(named))
