"""Everything of the channels put together, for whoever wires the program."""

import hashlib
import random
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import aiohttp

from channels.chat.adapter import KIND as CHAT
from channels.chat.adapter import Chat
from channels.chat.pages import ChatPages
from channels.chat.webhooks import WebhookGiven, Webhooks, WebhookSettings
from channels.continuation.service import ContinuationGiven, Continuations
from channels.continuation.settings import ContinuationSettings
from channels.contract import Channels, Library
from channels.dispatcher import Dispatcher, DispatchSettings
from channels.email.adapter import Email
from channels.email.assembly import Mail, MailGiven
from channels.email.probe import Prober
from channels.email.sending.assembly import SendingParts, email_channel
from channels.email.settings import EmailSettings
from channels.email.signing import Signer
from channels.live.frames import VisitorFrames
from channels.live.http import LiveHttp
from channels.live.server import LiveParts, LiveVisitors
from channels.live.service import Around
from channels.live.settings import LiveSettings
from channels.live.texts import WidgetTexts
from channels.media.http import MediaServer, upload_of
from channels.media.library import MediaLibrary
from channels.media.links import Links
from channels.media.settings import MediaSettings
from channels.media.store import MediaStore
from channels.registry import LIVE_KINDS, Make, Supplies, adapters
from channels.render import ArticleAddress
from channels.telegram.assembly import TelegramParts, TelegramSide, telegram_side
from channels.telegram.receiving.assembly import Receiving, ReceivingParts, receiving
from channels.telegram.receiving.boxes import link_to
from channels.telegram.receiving.codes import Codes
from channels.telegram.sending.accounts import TelegramAccounts
from channels.telegram.settings import TelegramSettings
from channels.telegram.wire import KIND as TELEGRAM
from channels.verification.service import VerificationGiven, Verifications
from channels.verification.settings import ProofSettings
from channels.widget.pages import WidgetPages
from core.bus import Bus
from core.clock import Clock
from core.errors import Unavailable
from core.ids import Ids
from core.limits import RateLimits
from core.message import Attachment
from core.outbound import Outbound, OutboundSettings
from core.outbox import OutboxHandler
from core.scripts import Scripts
from core.store.database import Database
from core.tasks import Supervisor, Workers
from core.texts import Texts
from core.web import Counter, Route


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """``address`` is our own public one, for links in channels that show plain text only."""

    address: str
    widget_script: Path
    demo_inbox: str = "web"
    link_lasts: timedelta = timedelta(hours=24)
    live: LiveSettings = field(default_factory=LiveSettings)
    media: MediaSettings = field(default_factory=MediaSettings)
    dispatch: DispatchSettings = field(default_factory=DispatchSettings)
    continuation: ContinuationSettings = field(default_factory=ContinuationSettings)
    proofs: ProofSettings = field(default_factory=ProofSettings)
    email: EmailSettings = field(default_factory=EmailSettings)
    telegram: TelegramSettings = field(default_factory=TelegramSettings)
    webhooks: WebhookSettings = field(default_factory=WebhookSettings)


def _no_client() -> aiohttp.ClientSession:
    raise Unavailable("there is no client for this here")


async def _nowhere(_visitor: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Given:
    """What the channels are built from; ``secret`` is the installation's, at least 16 random bytes.

    ``session`` is a client for addresses that administrators name: ``outbound`` guards it. ``providers`` is one for those
    that our settings name. ``count_mail`` is told a state and how many mails came to it. ``elsewhere``: whether a visitor
    is connected to another process.
    """

    db: Database
    bus: Bus
    clock: Clock
    ids: Ids
    supervisor: Supervisor
    workers: Workers
    limits: RateLimits
    texts: Texts
    store: MediaStore
    secret: bytes
    count: Counter
    jitter: random.Random
    count_mail: Callable[[str, int], None] = lambda _state, _count: None
    outbound: Outbound = field(default_factory=lambda: Outbound(OutboundSettings()))
    session: Callable[[], aiohttp.ClientSession] = _no_client
    providers: Callable[[], aiohttp.ClientSession] = _no_client
    article_url: ArticleAddress = lambda _article, _language: None
    around: Around = field(default_factory=Around)
    further: Sequence[Make] = ()
    scripts: Scripts | None = None
    elsewhere: Callable[[str], Awaitable[bool]] = _nowhere


@dataclass(frozen=True, slots=True)
class ChannelsPart:
    """Everything that the rest of the program takes from here."""

    channels: Channels
    library: Library
    live: LiveVisitors
    http: LiveHttp
    media: MediaLibrary
    dispatcher: Dispatcher
    continuations: Continuations
    verifications: Verifications
    webhooks: Webhooks
    mail: Mail
    routes: Sequence[Route]
    handlers: Sequence[OutboxHandler]
    email: Email
    telegram: TelegramSide
    receiving: Receiving

    def close(self) -> None:
        """Before the server stops: sockets are told to come back, connections to mail servers end."""
        self.http.close()
        self.email.close()
        self.telegram.channel.close()

    async def sweep(self) -> None:
        """Once an hour: delete uploads that no message took, and what is remembered of what is long settled."""
        await self.media.sweep()
        await self.mail.sweep()
        await self.receiving.bots.sweep()
        await self.verifications.sweep()
        await self.live.sweep()


def build(given: Given, settings: ChannelSettings) -> ChannelsPart:
    """One a process."""
    # A key of its own, so that no other use of the secret can make addresses.
    links = Links(hashlib.sha256(b"media " + given.secret).digest(), given.clock, settings.link_lasts)
    library = MediaLibrary(given.db, given.store, links, given.workers, given.ids, settings.media)
    email = email_channel(_sending_parts(given, library), settings.email)

    def media_url(attachment: Attachment) -> str:
        return settings.address + links.url(attachment.media)

    async def present(visitor: str) -> bool:
        return live.present(visitor) or await given.elsewhere(visitor)  # live is made below, from these

    continuations = _continuations(given, settings, email, media_url, present)
    telegram = _telegram(given, settings, library)
    verifications = _verifications(given, settings, email, telegram)
    parts = replace(_live_parts(given, settings, library, continuations), proofs=verifications)
    received = _received(given, settings, library, telegram, verifications)
    live = LiveVisitors(parts)
    channels = _adapters(given, settings, live, email, telegram)
    webhooks = Webhooks(_webhook_given(given, settings, parts.frames))
    http = LiveHttp(parts, live, LIVE_KINDS, upload_of)
    dispatcher = Dispatcher(
        given.db,
        channels,
        settings.dispatch,
        media_url=media_url,
        article_url=given.article_url,
        shown=continuations.shown,
    )
    own = [route for channel in channels.values() for route in channel.routes()]
    listening = (webhooks, continuations, verifications, received)
    return ChannelsPart(
        channels=channels,
        library=library,
        live=live,
        http=http,
        media=library,
        dispatcher=dispatcher,
        mail=_mail(given, settings.email, library),
        routes=(*http.routes(), *MediaServer(library, given.store).routes(), *own, *received.routes),
        continuations=continuations,
        verifications=verifications,
        webhooks=webhooks,
        handlers=(dispatcher.handler(), *(each for one in listening for each in one.handlers())),
        email=email,
        telegram=telegram,
        receiving=received,
    )


def _adapters(
    given: Given, settings: ChannelSettings, live: LiveVisitors, email: Email, telegram: TelegramSide
) -> Channels:
    # Where private hosts may be reached, a webhook on this machine needs no TLS.
    insecure = given.outbound.private_hosts
    chat_pages, most = ChatPages(given.db, given.texts, CHAT), settings.media.upload_bytes
    supplies = Supplies(
        db=given.db,
        clock=given.clock,
        live=live,
        widget_pages=WidgetPages(settings.widget_script, given.texts, settings.demo_inbox),
        attachment_bytes=most,
        email=email,
        chat=Chat(live, chat_pages, most, insecure=insecure),
        telegram=telegram.channel,
        session=given.session,
        count=given.count,
    )
    return adapters(supplies, given.further)


def _continuations(
    given: Given,
    settings: ChannelSettings,
    email: Email,
    media_url: Callable[[Attachment], str],
    present: Callable[[str], Awaitable[bool]],
) -> Continuations:
    return Continuations(
        ContinuationGiven(
            db=given.db,
            clock=given.clock,
            texts=given.texts,
            email=email,
            present=present,
            kinds=LIVE_KINDS,
            media_url=media_url,
            article_url=given.article_url,
            settings=settings.continuation,
        )
    )


def _telegram(given: Given, settings: ChannelSettings, library: MediaLibrary) -> TelegramSide:
    parts = TelegramParts(
        db=given.db,
        bus=given.bus,
        clock=given.clock,
        supervisor=given.supervisor,
        texts=given.texts,
        session=given.providers,
        content=library.content,
        article_url=given.article_url,
        address=settings.address,
        scripts=given.scripts,
    )
    return telegram_side(parts, settings.telegram)


def _received(
    given: Given,
    settings: ChannelSettings,
    library: MediaLibrary,
    side: TelegramSide,
    verifications: Verifications,
) -> Receiving:
    parts = ReceivingParts(
        db=given.db,
        bus=given.bus,
        clock=given.clock,
        ids=given.ids,
        supervisor=given.supervisor,
        texts=given.texts,
        jitter=given.jitter,
        api=side.api,
        presses=side.presses,
        library=library,
        codes=Codes(
            db=given.db,
            bot=side.api.bot,
            turns=side.turns,
            chat_rate=settings.telegram.send.chat_rate(group=False),
            limits=given.limits,
            opened=verifications.opened,
            most=settings.telegram.receive.codes,
        ),
        count=given.count,
        secret=given.secret,
        address=settings.address,
    )
    return receiving(parts, settings.telegram.receive)


def _webhook_given(given: Given, settings: ChannelSettings, frames: VisitorFrames) -> WebhookGiven:
    return WebhookGiven(
        db=given.db,
        bus=given.bus,
        clock=given.clock,
        session=given.session,
        frames=frames,
        kind=CHAT,
        settings=settings.webhooks,
    )


def _verifications(
    given: Given, settings: ChannelSettings, email: Email, telegram: TelegramSide
) -> Verifications:
    rate = settings.telegram.send.chat_rate(group=False)
    accounts = TelegramAccounts(given.db, telegram.api.bot, telegram.turns, rate)
    return Verifications(
        VerificationGiven(
            db=given.db,
            clock=given.clock,
            texts=given.texts,
            email=email,
            secret=lambda: secrets.token_urlsafe(24),
            links={TELEGRAM: link_to},
            accounts=(accounts,),
            settings=settings.proofs,
        )
    )


def _sending_parts(given: Given, library: MediaLibrary) -> SendingParts:
    return SendingParts(
        db=given.db,
        clock=given.clock,
        supervisor=given.supervisor,
        workers=given.workers,
        texts=given.texts,
        signer=signer_of(given.secret),
        outbound=given.outbound,
        session=given.session,
        content=library.content,
        article_url=given.article_url,
        probe=Prober(given.outbound, given.clock),
        scripts=given.scripts,
    )


def _mail(given: Given, settings: EmailSettings, library: MediaLibrary) -> Mail:
    mail = MailGiven(
        db=given.db,
        bus=given.bus,
        clock=given.clock,
        ids=given.ids,
        supervisor=given.supervisor,
        workers=given.workers,
        jitter=given.jitter,
        library=library,
        signer=signer_of(given.secret),
        outbound=given.outbound,
        session=given.session,
        count=given.count_mail,
    )
    return Mail(mail, settings)


def signer_of(secret: bytes) -> Signer:
    """For reply addresses and Message-IDs; a key of its own."""
    return Signer(hashlib.sha256(b"mail " + secret).digest())


def _live_parts(
    given: Given, settings: ChannelSettings, library: MediaLibrary, continuations: Continuations
) -> LiveParts:
    return LiveParts(
        db=given.db,
        bus=given.bus,
        supervisor=given.supervisor,
        clock=given.clock,
        limits=given.limits,
        library=library,
        frames=VisitorFrames(library.url, given.article_url),
        count=given.count,
        settings=settings.live,
        upload_bytes=settings.media.upload_bytes,
        texts=WidgetTexts(given.texts),
        key=hashlib.sha256(b"visitors' networks " + given.secret).digest(),
        heard=continuations.heard,
        left=continuations.given,
        leaves=continuations.leaves,
        around=given.around,
        article_url=given.article_url,
    )
