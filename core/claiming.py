"""What a relay works on is its own for a while; it claims it anew in time, however long its other work takes."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta

from core.clock import Clock
from core.errors import Unavailable
from core.store import outbox as store
from core.store.database import Database
from core.store.outbox import Entry
from core.store.shared_time import shared_now
from core.store.tx import Tx

log = logging.getLogger(__name__)

RENEW_BELOW = 3 / 4
LOOK = 1 / 12
"""Parts of ``claim_s``: what has less left is claimed anew, and how often is looked for that."""
SURE = RENEW_BELOW - LOOK
"""So much is left at least when a claim is about to be renewed: nothing that this waits for may take longer."""


class Claimed:
    """Which entries are this process's own, and until when by the time that all processes share.

    They are renewed in transactions of their own: a handler that waits for what somebody has locked delays none of them.
    ``renewed`` is called whenever some were.
    """

    def __init__(self, db: Database, clock: Clock, claim_s: float, renewed: Callable[[], None]) -> None:
        self._db = db
        self._clock = clock
        self._claim_s = claim_s
        self._told = renewed
        self._until: dict[Entry, datetime] = {}
        self._writing: Collection[Entry] = ()
        self._renewing: Collection[Entry] = ()
        self._one_at_a_time = asyncio.Lock()
        self.ahead = timedelta()
        """Of our clock is the one that all share."""

    def __contains__(self, entry: Entry) -> bool:
        return entry in self._until

    def of(self, entries: Iterable[Entry]) -> dict[Entry, datetime]:
        """Those that are ours, and how they are claimed."""
        return {entry: self._until[entry] for entry in entries if entry in self._until}

    def take(self, entries: Iterable[Entry], until: datetime) -> None:
        """They have just been claimed."""
        self._until.update(dict.fromkeys(entries, until))

    def drop(self, entries: Iterable[Entry]) -> None:
        """Nobody here works on them any more."""
        for entry in entries:
            self._until.pop(entry, None)

    def is_changing(self, entry: Entry) -> bool:
        """Whether it is being claimed anew, so that nobody knows until when it is ours."""
        return entry in self._renewing

    def write(self, entries: Collection[Entry]) -> None:
        """These are about to be finished, and stay as they are meanwhile; none of them ``is_changing``."""
        self._writing = entries

    async def renew(self) -> None:
        """Claim anew what has less than three quarters of its time left; what others have taken is ours no longer."""
        if not self._ending():
            return
        async with self._one_at_a_time:
            ending = self._ending()
            if not ending:
                return
            self._renewing = ending.keys()
            try:
                kept, until = await self._db.run(_renew, ending, self._claim_s)
            finally:
                self._renewing = ()
            still = self._until.keys() & ending.keys()
            self.drop(still - kept)
            self.take(still & kept, until)
        self._told()

    async def give_back(self, entries: Collection[Entry]) -> None:
        """Whoever comes first takes them."""
        async with self._one_at_a_time:
            claims = self.of(entries)
            self.drop(entries)
            if claims:
                await self._db.run(store.give_back, claims)

    async def keep(self) -> None:
        """As long as anything is ours."""
        while self._until:
            await asyncio.sleep(self._claim_s * LOOK)
            try:
                await self.renew()
            except Unavailable as error:
                log.warning("what this process works on could not be claimed anew: %s", error)

    def _ending(self) -> dict[Entry, datetime]:
        soon = self._clock.now() + self.ahead + timedelta(seconds=self._claim_s * RENEW_BELOW)
        writing = self._writing
        return {entry: at for entry, at in self._until.items() if at < soon and entry not in writing}


def _renew(tx: Tx, claims: Mapping[Entry, datetime], claim_s: float) -> tuple[set[Entry], datetime]:
    until = shared_now(tx) + timedelta(seconds=claim_s)
    return store.claim_anew(tx, claims, until), until
