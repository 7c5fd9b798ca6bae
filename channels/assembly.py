"""Everything of the channels put together, for whoever wires the program."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from channels.contract import Channels, Library
from channels.dispatcher import Dispatcher, DispatchSettings
from channels.live.frames import VisitorFrames
from channels.live.http import LiveHttp
from channels.live.server import LiveParts, LiveVisitors
from channels.live.settings import LiveSettings
from channels.media.http import MediaServer, upload_of
from channels.media.library import MediaLibrary, MediaLimits
from channels.media.links import Links
from channels.media.store import MediaStore
from channels.registry import LIVE_KINDS, Supplies, adapters
from channels.render import ArticleAddress
from channels.widget.pages import WidgetPages
from core.bus import Bus
from core.clock import Clock
from core.ids import Ids
from core.limits import RateLimits
from core.outbox import OutboxHandler
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
    media: MediaLimits = field(default_factory=MediaLimits)
    dispatch: DispatchSettings = field(default_factory=DispatchSettings)


@dataclass(frozen=True, slots=True)
class Given:
    """What the channels are built from; ``secret`` is the installation's, at least 16 random bytes."""

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
    article_url: ArticleAddress = lambda _article, _language: None


@dataclass(frozen=True, slots=True)
class ChannelsPart:
    """Everything that the rest of the program takes from here."""

    channels: Channels
    library: Library
    live: LiveVisitors
    http: LiveHttp
    media: MediaLibrary
    dispatcher: Dispatcher
    routes: Sequence[Route]
    handlers: Sequence[OutboxHandler]

    def close(self) -> None:
        """Before the server stops: sockets are told to come back."""
        self.http.close()

    async def sweep(self) -> None:
        """Once an hour: delete uploads that no message took."""
        await self.media.sweep()


def build(given: Given, settings: ChannelSettings) -> ChannelsPart:
    """One a process."""
    # A key of its own, so that no other use of the secret can make addresses.
    links = Links(hashlib.sha256(b"media " + given.secret).digest(), given.clock, settings.link_lasts)
    library = MediaLibrary(given.db, given.store, links, given.workers, given.ids, settings.media)
    parts = _live_parts(given, settings, library)
    live = LiveVisitors(parts)
    pages = WidgetPages(settings.widget_script, given.texts, settings.demo_inbox)
    channels = adapters(Supplies(given.db, given.clock, live, pages, settings.media.upload_bytes))
    http = LiveHttp(parts, live, LIVE_KINDS, upload_of)
    dispatcher = Dispatcher(
        given.db,
        channels,
        settings.dispatch,
        media_url=lambda attachment: settings.address + links.url(attachment.media),
        article_url=given.article_url,
    )
    own = [route for channel in channels.values() for route in channel.routes()]
    return ChannelsPart(
        channels=channels,
        library=library,
        live=live,
        http=http,
        media=library,
        dispatcher=dispatcher,
        routes=(*http.routes(), *MediaServer(library, given.store).routes(), *own),
        handlers=(dispatcher.handler(),),
    )


def _live_parts(given: Given, settings: ChannelSettings, library: MediaLibrary) -> LiveParts:
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
    )
