"""Builds the parts from the settings and gives each what it needs; mypy checks here that they fit one another."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import aiohttp

from app.bot_watch import BotWatch
from app.embedding import models as models_of
from app.further import further_channels
from app.health import Health, bots_look, database_look, disk_look, mail_look, meaning_look, serving_look
from app.help import prove_by, reach_by
from app.hours import QueueHours
from app.improving import Improvement, improvement
from app.media import media_look
from app.proving import ConversationProofs
from app.rasa import Rasa, Secrets, model_files, rasa_of
from app.rasa_look import rasa_look
from app.roles import BOT, worked_on
from app.runtime import Runtime
from app.settings import ROOT
from app.subscriptions import Listeners, subscriptions
from app.topics import RuleTopics
from app.version import VERSION
from app.whereabouts import elsewhere
from bot import assembly as bot_assembly
from bot.assembly import Bot, Knowing, Outside, RasaSide
from bot.contract import AboutArticles, ArticleFinder, BotState, Progress
from bot.handing.contract import Staff
from bot.handing.doing import Around as HandingAround
from bot.handlers import Given as BotGiven
from bot.http_engine import NAME as HTTP
from bot.improving.hearing import Misreads
from bot.model_files import ModelFiles
from bot.orders.http import HttpOrders
from bot.orders.store import StoredOrders
from channels import assembly as channels_assembly
from channels.assembly import ChannelSettings, ChannelsPart
from channels.dispatcher import decide
from channels.live.service import Around
from channels.media.opening import media_store
from console import routes as console_routes
from console.auth.passwords import Passwords
from console.parts import ArticleSearch, Installation, Parts
from console.routes import Console
from core.limits import InProcessRateLimits, RateLimits
from core.outbound import Outbound
from core.outbox import OutboxHandler, Relay
from core.scripts import Scripts
from core.shared_limits import SharedRateLimits
from core.store.secrets import shared_secret
from core.store.tx import Tx
from core.texts import Texts
from core.upkeep import Upkeep
from knowledge.about import About
from knowledge.embedding.backfill import Backfill
from knowledge.embedding.models import Models
from knowledge.helpcenter import assembly as help_assembly
from knowledge.helpcenter.assembly import HelpCenter
from knowledge.helpcenter.contract import HelpParts
from knowledge.pointing import Pointer
from knowledge.search import Search
from routing.handlers import Router
from routing.ledger import come_back
from routing.route import queue_for
from routing.waiting import WaitingLine

LOCALES = ROOT / "web" / "locales"
BUILT = ROOT / "web" / "dist"
_SECRET_BYTES = 32
_SCRIPTED = BotState(Progress.OFF, "scripted")


@dataclass(frozen=True, slots=True)
class Addresses:
    """``own`` is where the world reaches us, ``internal`` where this machine does, and Rasa servers."""

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
    article_url: Pointer


@dataclass(frozen=True, slots=True)
class Built:
    bot: Bot
    rasa: Rasa | None
    models_of_rasa: ModelFiles
    improved: Improvement
    watch: BotWatch
    channels: ChannelsPart
    console: Console
    console_parts: Parts
    search: Search
    models: Models
    help_center: HelpCenter
    vectors: Backfill
    hours: QueueHours
    router: Router
    relay: Relay
    health: Health
    handlers: Sequence[OutboxHandler]

    def sweep_streams(self) -> None:
        """Look at every topic that somebody here follows."""
        self.channels.live.hub.sweep()
        self.console.hub.sweep()


async def build(runtime: Runtime, clients: Clients, addresses: Addresses) -> Built:
    """Nothing runs yet."""
    session = clients.inside
    db = runtime.db
    keys = await db.run(_keys, runtime.settings.rasa.secret)
    texts, limits = Texts(LOCALES), _limits(runtime)
    settings = runtime.settings
    models = models_of(settings.knowledge.embedding, settings.email.outbound, runtime.clock)
    search = Search(
        db, runtime.workers, settings.knowledge.search, settings.search_folder, models, runtime.background
    )
    hours = QueueHours(db, runtime.clock)
    around = Around(hours, WaitingLine(runtime.settings.routing), search)
    watch = BotWatch(runtime.bus, runtime.process, _SCRIPTED, serves=BOT in settings.served)
    rasa = rasa_of(runtime, session, addresses.internal, Secrets(keys.rasa, keys.actions), watch.publish)
    watch.begin(watch.state if rasa is None else rasa.state)
    improved = improvement(runtime, rasa)
    side = None if rasa is None else RasaSide(session, rasa, keys.actions)
    shared = Shared(texts, limits, clients, around, Pointer(search, addresses.own))
    channels = _channels(runtime, addresses.own, keys, shared)
    known = _Known(texts, search, hours, clients.outside, About(db, search), limits)
    bot = _bot(runtime, known, side, channels)
    health = _health(runtime, models)
    database, process = settings.database.partition(":")[0], runtime.process
    installation = Installation(VERSION, database, lambda: watch.state, health.checks, bot.engines, process)
    parts = replace(
        _console(runtime, addresses.own, shared, channels, search, installation),
        improving=improved.desk,
        errands=bot.errands,
    )
    handlers = subscriptions(_listeners(bot, channels, improved.misreads, runtime))
    return Built(
        bot=bot,
        rasa=rasa,
        models_of_rasa=model_files(settings, keys.rasa),
        improved=improved,
        watch=watch,
        channels=channels,
        console=console_routes.build(parts),
        console_parts=parts,
        search=search,
        models=models,
        help_center=_help(runtime, addresses.own, keys, shared, channels, search),
        vectors=Backfill(
            db, runtime.background, models, search, runtime.jitter, settings.knowledge.embedding
        ),
        hours=hours,
        router=Router(db, runtime.bus, runtime.clock, runtime.ids.new(), settings.routing),
        relay=Relay(
            db,
            worked_on(handlers, settings.served),
            runtime.supervisor,
            runtime.clock,
            runtime.jitter,
            settings.relay,
        ),
        health=health,
        handlers=handlers,
    )


def _listeners(bot: Bot, channels: ChannelsPart, misreads: Misreads, runtime: Runtime) -> Listeners:
    settings = runtime.settings
    return Listeners(
        bot.messages,
        bot.suggestions,
        bot.errands,
        bot.promises,
        channels,
        misreads,
        Upkeep(settings.upkeep),
        settings.routing,
        settings.knowledge,
        runtime.db,
    )


def _health(runtime: Runtime, models: Models) -> Health:
    db, settings = runtime.db, runtime.settings
    store = media_store(settings.media, settings.media_folder, runtime.workers)
    others = (
        *(mail_look(db), bots_look(db), serving_look(db, settings.routing.rules), meaning_look(models)),
        *(rasa_look(settings), media_look(db, store, runtime.ids)),
    )
    return Health((database_look(db), disk_look(settings.folder)), others)


def _keys(tx: Tx, rasa: str) -> Keys:
    """``rasa``: what an operator chose for both sides."""

    def make() -> str:
        return secrets.token_urlsafe(_SECRET_BYTES)

    made = Keys(*(shared_secret(tx, name, make) for name in ("installation", "rasa", "actions")))
    return replace(made, rasa=rasa, actions=rasa) if rasa else made


@dataclass(frozen=True, slots=True)
class _Known:
    texts: Texts
    finder: ArticleFinder
    staff: Staff
    outside: aiohttp.ClientSession
    about: AboutArticles
    limits: RateLimits


def _scripts(runtime: Runtime) -> Scripts | None:
    return None if runtime.redis is None else Scripts(runtime.redis, runtime.supervisor)


def _limits(runtime: Runtime) -> RateLimits:
    """Counted together where several processes share a Redis."""
    scripts = _scripts(runtime)
    if scripts is None:
        return InProcessRateLimits(runtime.clock)
    return SharedRateLimits(scripts, runtime.clock)


def _shop(runtime: Runtime, outside: aiohttp.ClientSession) -> HttpOrders | None:
    """Somebody else's that keeps the orders; None: they are kept here. Raises Invalid for its address or secret."""
    settings = runtime.settings.bot.shop
    return HttpOrders(outside, runtime.clock, settings) if settings.url else None


def _bot(runtime: Runtime, known: _Known, rasa: RasaSide | None, part: ChannelsPart) -> Bot:
    channels = part.channels

    def letters(kind: str) -> bool:
        return kind in channels and channels[kind].capabilities.threads

    by_rules = partial(queue_for, settings=runtime.settings.routing.rules)
    around = HandingAround(
        by_rules, known.staff, part.continuations, RuleTopics(runtime.settings.routing.rules), come_back
    )
    given = BotGiven(runtime.db, runtime.bus, runtime.clock, runtime.ids, letters)
    orders = _shop(runtime, known.outside) or StoredOrders(runtime.db, runtime.settings.orders)
    proof = ConversationProofs(runtime.db, part.verifications, orders)
    knowing = Knowing(known.texts, known.finder, orders, around, proof, known.about, known.limits)
    settings = runtime.settings
    theirs = Outside(known.outside, settings.engine.kind == HTTP)
    return bot_assembly.assemble(given, knowing, rasa, settings.bot, theirs)


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
        scripts=_scripts(runtime),
        elsewhere=elsewhere(runtime),
        texts=shared.texts,
        store=media_store(settings.media, settings.media_folder, runtime.workers),
        secret=keys.installation.encode(),
        count=runtime.metrics.refused,
        outbound=shared.clients.outbound,
        session=lambda: shared.clients.outside,
        providers=lambda: shared.clients.providers,
        jitter=runtime.jitter,
        count_mail=runtime.metrics.mails,
        around=shared.around,
        article_url=shared.article_url,
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


def _help(
    runtime: Runtime, own: str, keys: Keys, shared: Shared, channels: ChannelsPart, finder: Search
) -> HelpCenter:
    settings = runtime.settings
    parts = HelpParts(
        db=runtime.db,
        bus=runtime.bus,
        clock=runtime.clock,
        limits=shared.limits,
        workers=runtime.workers,
        texts=shared.texts,
        finder=finder,
        name=settings.brand,
        address=own,
        secret=keys.installation.encode(),
        built=BUILT / "help",
        reach=reach_by(runtime.db, channels.channels),
        prove=prove_by(runtime.db, channels.channels),
        settings=settings.knowledge.help,
    )
    return help_assembly.build(parts)


def _console(
    runtime: Runtime,
    own: str,
    shared: Shared,
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
        workers=runtime.workers,
        limits=shared.limits,
        passwords=Passwords(runtime.workers),
        settings=replace(settings.console, brand=settings.brand, public_url=own),
        routing=settings.routing,
        knowledge=settings.knowledge,
        window_s=settings.bot.deflection.window_s,
        orders=settings.orders,
        shop=_shop(runtime, shared.clients.outside),
        order_number=settings.bot.orders.normal_form,
        library=channels.library,
        channels=channels.channels,
        decide=decide,
        intake=channels.mail.intake,
        finder=finder,
        article_url=shared.article_url,
        texts=shared.texts,
        installation=installation,
        count=runtime.metrics.refused,
    )
