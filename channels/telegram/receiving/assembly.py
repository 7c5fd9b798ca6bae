"""Everything that receives from Telegram put together."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

from channels.media.library import MediaLibrary
from channels.telegram.receiving.bots import Bots, BotsGiven
from channels.telegram.receiving.codes import Codes
from channels.telegram.receiving.desk import Desk
from channels.telegram.receiving.files import Files
from channels.telegram.receiving.intake import Intake
from channels.telegram.receiving.reader import Reader
from channels.telegram.receiving.settings import ReceiveSettings
from channels.telegram.receiving.telling import Telling
from channels.telegram.receiving.watcher import WatchGiven
from channels.telegram.receiving.webhooks import Hooks, Webhooks
from channels.telegram.receiving.working import WorkGiven, Working
from channels.telegram.sending.presses import Presses
from channels.telegram.transport import Api
from core.bus import Bus
from core.clock import Clock
from core.ids import Ids
from core.outbox import OutboxHandler
from core.store.database import Database
from core.tasks import Supervisor
from core.texts import Texts
from core.web import Counter, Route


@dataclass(frozen=True, slots=True)
class ReceivingParts:
    """``secret`` is the installation's; ``codes`` answers who opened a link that proves an account."""

    db: Database
    bus: Bus
    clock: Clock
    ids: Ids
    supervisor: Supervisor
    texts: Texts
    jitter: random.Random
    api: Api
    presses: Presses
    library: MediaLibrary
    codes: Codes
    count: Counter
    secret: bytes
    address: str


@dataclass(frozen=True, slots=True)
class Receiving:
    """``bots`` is a service; the rest is for the tables of handlers and routes."""

    bots: Bots
    intake: Intake
    working: Working
    routes: Sequence[Route]
    hooks: Hooks

    def handlers(self) -> Sequence[OutboxHandler]:
        """For the table of listeners."""
        return (self.working.handler(),)


def _threads_key(secret: bytes) -> bytes:
    return hashlib.sha256(b"telegram threads " + secret).digest()


def receiving(parts: ReceivingParts, settings: ReceiveSettings) -> Receiving:
    """One a process."""
    reader = Reader(parts.texts, settings.file_bytes)
    desk = Desk(parts.library.take)
    intake, telling = Intake(reader, desk, _threads_key(parts.secret)), Telling(parts.presses, parts.count)
    hooks = Hooks(hashlib.sha256(b"telegram " + parts.secret).digest(), parts.address)
    work = WorkGiven(
        db=parts.db,
        clock=parts.clock,
        files=Files(parts.api, parts.library, settings.file_bytes, settings.downloads),
        reader=reader,
        desk=desk,
        telling=telling,
        codes=parts.codes,
        settings=settings,
    )
    watch = WatchGiven(parts.db, parts.api, intake, telling, hooks.of, parts.jitter, settings)
    return Receiving(
        bots=Bots(BotsGiven(parts.db, parts.bus, parts.supervisor, watch, parts.ids.new())),
        intake=intake,
        working=Working(work),
        routes=Webhooks(parts.db, hooks, intake, telling, parts.count).routes(),
        hooks=hooks,
    )
