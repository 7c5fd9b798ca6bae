"""All bots of an installation: a watcher for each enabled one, as it is configured now, in one process."""

from dataclasses import dataclass

from channels.telegram.receiving import boxes
from channels.telegram.receiving.watcher import Watcher, WatchGiven
from channels.telegram.wire import KIND, TelegramConfig
from channels.watching import Claimed, Watching, WatchingGiven
from core.bus import Bus
from core.store.database import Database
from core.tasks import Supervisor


@dataclass(frozen=True, slots=True)
class BotsGiven:
    """``holder`` is this process's own name."""

    db: Database
    bus: Bus
    supervisor: Supervisor
    watch: WatchGiven
    holder: str


class Bots(Watching[TelegramConfig]):
    """In one process only: two who ask Telegram at once turn each other away. Where it calls us, each process takes it."""

    def __init__(self, given: BotsGiven) -> None:
        settings = given.watch.settings
        super().__init__(
            WatchingGiven(
                given.db,
                given.bus,
                given.supervisor,
                Claimed(KIND, given.holder, settings.lease_s, settings.look_s, settings.hear_s),
                boxes.configured,
                lambda id, config: Watcher(id, config, given.watch),
            )
        )
        self._db = given.db
        self._keep_days = settings.keep_days

    async def sweep(self) -> None:
        """Once an hour: forget what was taken long ago."""
        while await self._db.run(boxes.prune, self._keep_days):
            pass
