"""All mailboxes of an installation: a watcher for each enabled one, as it is configured now, in one process."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from channels.email.fetching.boxes import configured
from channels.email.fetching.watcher import Watcher, WatchGiven
from channels.email.wire import EmailConfig
from channels.watching import Claimed, Watching, WatchingGiven
from core.bus import Bus
from core.store.database import Database
from core.tasks import Supervisor

CLAIM = "mail"
"""What the process that reads the mailboxes holds."""


@dataclass(frozen=True, slots=True)
class RoomGiven:
    """``settle`` settles what was stored, for as long as it runs; ``holder`` is this process's own name."""

    db: Database
    bus: Bus
    supervisor: Supervisor
    watch: WatchGiven
    settle: Callable[[], Awaitable[None]]
    holder: str
    lease_s: float


class Mailroom(Watching[EmailConfig]):
    """Watches and settles while it holds the claim, and only then."""

    def __init__(self, given: RoomGiven) -> None:
        settings = given.watch.taking.settings
        super().__init__(
            WatchingGiven(
                given.db,
                given.bus,
                given.supervisor,
                Claimed(CLAIM, given.holder, given.lease_s, settings.look_s, settings.hear_s),
                configured,
                lambda id, config: Watcher(id, config, given.watch),
                beside=given.settle,
            )
        )
