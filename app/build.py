"""Builds the parts from the settings and gives each what it needs; mypy checks here that they fit one another."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import aiohttp

from app.further import further_channels
from app.health import Health, bots_look, database_look, disk_look, mail_look
from app.hours import QueueHours
from app.rasa import Secrets, rasa_here
from app.runtime import Runtime
from app.settings import ROOT
from app.subscriptions import Listeners, subscriptions
from app.version import VERSION
from bot import assembly as bot_assembly
from bot.actions import PATH as ACTIONS_PATH
from bot.assembly import Bot, Knowing, RasaSide
from bot.contract import ArticleFinder, BotState, Hours, Progress
from bot.handlers import Given as BotGiven
from bot.orders import sample_orders
from bot.process import RasaProcess
from channels import assembly as channels_assembly
from channels.assembly import ChannelSettings, ChannelsPart
from channels.contract import Channels
from channels.dispatcher import decide
from channels.live.service import Around
from channels.media.store import FolderStore
from console import routes as console_routes
from console.auth.passwords import Passwords
from console.parts import BOT, ArticleSearch, Installation, Parts
from console.routes import Console
from core.bus import StateChanged
from core.limits import InProcessRateLimits, RateLimits
from core.outbound import Outbound
from core.outbox import OutboxHandler, Relay
from core.store.secrets import shared_secret
from core.store.tx import Tx
from core.texts import Texts
from core.upkeep import Upkeep
from knowledge.search import Search
from routing.handlers import Router
from routing.store import queue_for
from routing.waiting import WaitingLine

LOCALES = ROOT / "web" / "locales"
BUILT = ROOT / "web" / "dist"
_SECRET_BYTES = 32
_SCRIPTED = BotState(Progress.OFF, "scripted")


@dataclass(frozen=True, slots=True)
class Addresses:
    """``own`` is where the world reaches us, ``internal`` where only this machine does."""

    own: str
    internal: str


@dataclass(frozen=True, slots=True)
class Keys:
    """The installation's secrets: for links, for Rasa, for Rasa's calls of actions."""

    installation: str
    rasa: str
    actions: str


@dataclass(frozen=True, slots=True)
class Clients:
    """``inside`` speaks to Rasa; ``outside`` to whatever administrators name, and ``outbound`` guards where that leads.

    ``providers`` speaks to those that settings name: each of their connections may be held for long.
    """

    inside: aiohttp.ClientSession
    providers: aiohttp.ClientSession
    outside: aiohttp.ClientSession
    outbound: Outbound


@dataclass(frozen=True, slots=True)
class Shared:
    """What several parts have together."""

    texts: Texts
    limits: RateLimits
    clients: Clients
    around: Around


@dataclass(slots=True)
class BotWatch:
    """The bot's newest state, for the status page and for whoever follows."""

    state: BotState
    tell: Callable[[BotState], None]

    def publish(self, state: BotState) -> None:
        self.state = state
        self.tell(state)


@dataclass(frozen=True, slots=True)
class Built:
    bot: Bot
    rasa: RasaProcess | None
    watch: BotWatch
    channels: ChannelsPart
    console: Console
    console_parts: Parts
    search: Search
    hours: QueueHours
    router: Router
    relay: Relay
    health: Health
    handlers: Sequence[OutboxHandler]

    async def sweep_streams(self) -> None:
        """Look at every topic that somebody here follows."""
        self.channels.live.hub.sweep()
        self.console.hub.sweep()


async def build(runtime: Runtime, clients: Clients, addresses: Addresses) -> Built:
    """Nothing runs yet."""
    session = clients.inside
    db = runtime.db
    keys = await db.run(_keys)
    texts, limits = Texts(LOCALES), InProcessRateLimits(runtime.clock)
    search, hours = Search(db, runtime.workers), QueueHours(db, runtime.clock)
    around = Around(hours, WaitingLine(runtime.settings.routing), search)
    watch = BotWatch(_SCRIPTED, lambda state: runtime.bus.publish(StateChanged(BOT, asdict(state))))
    rasa = _rasa(runtime, session, addresses, keys, watch)
    side = None if rasa is None else RasaSide(session, rasa, keys.actions)
    channels = _channels(runtime, addresses.own, keys, Shared(texts, limits, clients, around))
    bot = _bot(runtime, _Knowledge(texts, search, hours), side, channels.channels)
    health = Health((database_look(db), disk_look(runtime.settings.folder)), (mail_look(db), bots_look(db)))
    installation = Installation(
        VERSION, runtime.settings.database.partition(":")[0], lambda: watch.state, health.checks
    )
    parts = _console(runtime, addresses.own, limits, channels, search, installation)
    handlers = subscriptions(
        Listeners(bot.messages, bot.suggestions, channels, Upkeep(runtime.settings.upkeep))
    )
    settings = runtime.settings
    return Built(
        bot=bot,
        rasa=rasa,
        watch=watch,
        channels=channels,
        console=console_routes.build(parts),
        console_parts=parts,
        search=search,
        hours=hours,
        router=Router(db, runtime.bus, runtime.clock, runtime.ids.new(), settings.routing),
        relay=Relay(db, handlers, runtime.supervisor, runtime.clock, runtime.jitter, settings.relay),
        health=health,
        handlers=handlers,
    )


def _keys(tx: Tx) -> Keys:
    def make() -> str:
        return secrets.token_urlsafe(_SECRET_BYTES)

    return Keys(*(shared_secret(tx, name, make) for name in ("installation", "rasa", "actions")))


def _rasa(
    runtime: Runtime, session: aiohttp.ClientSession, addresses: Addresses, keys: Keys, watch: BotWatch
) -> RasaProcess | None:
    if runtime.settings.engine.kind != "rasa":
        return None
    url, pair = f"{addresses.internal}{ACTIONS_PATH}", Secrets(keys.rasa, keys.actions)
    process = rasa_here(runtime, session, url, pair, watch.publish)
    watch.state = process.state
    return process


@dataclass(frozen=True, slots=True)
class _Knowledge:
    texts: Texts
    finder: ArticleFinder
    hours: Hours


def _bot(runtime: Runtime, known: _Knowledge, rasa: RasaSide | None, channels: Channels) -> Bot:
    def letters(kind: str) -> bool:
        return kind in channels and channels[kind].capabilities.threads

    given = BotGiven(runtime.db, runtime.bus, runtime.clock, runtime.ids, queue_for, letters)
    knowing = Knowing(known.texts, known.finder, sample_orders(), known.hours)
    return bot_assembly.assemble(given, knowing, rasa, runtime.settings.bot)


def _channels(runtime: Runtime, own: str, keys: Keys, shared: Shared) -> ChannelsPart:
    settings = runtime.settings
    given = channels_assembly.Given(
        db=runtime.db,
        bus=runtime.bus,
        clock=runtime.clock,
        ids=runtime.ids,
        supervisor=runtime.supervisor,
        workers=runtime.workers,
        limits=shared.limits,
        texts=shared.texts,
        store=FolderStore(settings.media_folder),
        secret=keys.installation.encode(),
        count=runtime.metrics.refused,
        outbound=shared.clients.outbound,
        session=lambda: shared.clients.outside,
        providers=lambda: shared.clients.providers,
        jitter=runtime.jitter,
        count_mail=runtime.metrics.mails,
        around=shared.around,
        further=further_channels(settings.channels),
    )
    chosen = ChannelSettings(
        address=own,
        widget_script=BUILT / "widget" / "widget.js",
        live=settings.live,
        media=settings.media,
        dispatch=settings.dispatch,
        continuation=settings.continuation,
        proofs=settings.proofs,
        email=settings.email,
        telegram=settings.telegram,
        webhooks=settings.webhooks,
    )
    return channels_assembly.build(given, chosen)


def _console(
    runtime: Runtime,
    own: str,
    limits: RateLimits,
    channels: ChannelsPart,
    finder: ArticleSearch,
    installation: Installation,
) -> Parts:
    settings = runtime.settings
    return Parts(
        db=runtime.db,
        bus=runtime.bus,
        clock=runtime.clock,
        supervisor=runtime.supervisor,
        limits=limits,
        passwords=Passwords(runtime.workers),
        settings=replace(settings.console, brand=settings.brand, public_url=own),
        routing=settings.routing,
        library=channels.library,
        channels=channels.channels,
        decide=decide,
        intake=channels.mail.intake,
        finder=finder,
        installation=installation,
        count=runtime.metrics.refused,
    )
