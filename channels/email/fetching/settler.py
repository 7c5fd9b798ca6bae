"""Takes stored mails to their end, inbox by inbox in the order in which they came, a batch in one transaction."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from channels.contract import TakenState
from channels.email.fetching import intake, waiting
from channels.email.fetching.boxes import every_mailbox, waiting_boxes
from channels.email.fetching.desk import Box, Desk, Item
from channels.email.fetching.files import Files
from channels.email.fetching.identity import described
from channels.email.fetching.verdict import quarantined
from channels.email.fetching.waiting import Backlog, Stored
from channels.email.inbound import ours_of
from channels.email.mail import ParsedMail, Unparsable
from channels.email.settings import SettleSettings
from core.bus import Bus
from core.errors import Unavailable
from core.ids import InboxId
from core.store.database import Database
from core.store.tx import Tx
from core.tasks import Workers

log = logging.getLogger(__name__)


class Parser(Protocol):
    """``channels.email.parsing.pool`` fulfils it."""

    async def parse(self, raws: Sequence[bytes]) -> list[ParsedMail | Unparsable]:
        """One answer for each, in order, whatever is in them."""
        ...


@dataclass(frozen=True, slots=True)
class SettleGiven:
    """``counted`` is told how many mails came into which state."""

    db: Database
    bus: Bus
    workers: Workers
    parser: Parser
    files: Files
    desk: Desk
    settings: SettleSettings
    counted: Callable[[Mapping[str, int]], None]


@dataclass(frozen=True, slots=True)
class Batch:
    """Parsed mails of one inbox, ready for their transaction, and how each is shown in lists."""

    items: tuple[Item, ...]
    shown: tuple[tuple[str | None, str | None], ...]


class Settler:
    """Runs in the process that holds the claim on the mailboxes."""

    def __init__(self, given: SettleGiven) -> None:
        self._given = given
        self._stored = asyncio.Event()
        self.backlog = Backlog(0, 0.0)

    def wake(self) -> None:
        """There is stored mail."""
        self._stored.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        settings = self._given.settings
        waits = False
        while True:
            self._stored.clear()
            try:
                await self.settle_all()
            except Unavailable as error:
                if not waits:
                    log.warning("mail cannot be settled, it waits: %s", error)
                waits = True
                await asyncio.sleep(settings.pause_s)
                continue
            if waits:
                log.info("mail is settled again")
                waits = False
            with suppress(TimeoutError):
                async with asyncio.timeout(settings.poll_s):
                    await self._stored.wait()

    async def settle_all(self) -> None:
        """Everything that is stored now. Raises Unavailable when the database, the disk or the parser is not there."""
        while inboxes := await self._given.db.read(waiting_boxes):
            for inbox in inboxes:
                self.backlog = await self._given.db.read(waiting.backlog)
                await self._inbox(inbox)
        self.backlog = await self._given.db.read(waiting.backlog)

    async def _inbox(self, inbox: InboxId) -> None:
        """While one batch is written the next is parsed."""
        ready: Batch | None = await self._prepared(inbox, "")
        while ready is not None:
            last = ready.items[-1].id
            done, following = await asyncio.gather(self._settle(inbox, ready), self._prepared(inbox, last))
            # What stopped at a mail that failed begins there again, with that mail alone.
            ready = following if done else await self._prepared(inbox, "")

    async def _prepared(self, inbox: InboxId, after: str) -> Batch | None:
        given, settings = self._given, self._given.settings
        stored = await given.db.read(waiting.next_stored, inbox, after, settings.batch, settings.batch_bytes)
        if not stored:
            return None
        if any(one.row.attempts for one in stored):
            stored = _alone(stored)
        parsed = await given.parser.parse([one.raw for one in stored])
        whole = [each for each in parsed if isinstance(each, ParsedMail)]
        furnished = iter(await given.files.furnish("mail", whole))
        items: list[Item] = []
        for one, each in zip(stored, parsed, strict=True):
            with_files = next(furnished) if isinstance(each, ParsedMail) else None
            items.append(
                Item(
                    id=one.id,
                    origin=one.origin,
                    digest=one.digest,
                    received_at=one.row.received_at,
                    attempts=one.row.attempts,
                    forced=one.forced,
                    parsed=each,
                    parts=() if with_files is None else with_files.parts,
                    files=() if with_files is None else with_files.files,
                )
            )
        return Batch(tuple(items), await given.workers.run(_all_shown, stored, parsed))

    async def _settle(self, inbox: InboxId, batch: Batch) -> bool:
        """False when it stopped at a mail that failed and will be tried again."""
        told = await self._given.db.run(self._write, inbox, batch)
        self._given.counted(told.states)
        if any(state != TakenState.DONE for state in told.states):
            await intake.tell(self._given.db, self._given.bus)
        for state in (TakenState.HELD, TakenState.QUARANTINED):
            if told.states.get(state):
                log.warning("inbox %s: %d mails are %s", inbox, told.states[state], state.value)
        return told.failed is None

    def _write(self, tx: Tx, inbox: InboxId, batch: Batch) -> "Told":
        boxes = every_mailbox(tx)
        config = boxes.get(inbox)
        if config is None:
            raise Unavailable(f"inbox {inbox} is no mailbox any more")
        states: Counter[str] = Counter()
        box = Box(inbox, config, ours_of(boxes.values()))
        for item, shown in zip(batch.items, batch.shown, strict=True):
            try:
                verdict = tx.attempt(self._given.desk.settle, box, item)
            except Unavailable:
                raise
            except Exception as error:
                words = f"{type(error).__name__}: {error}"
                log.exception("mail %s could not be settled", item.id)
                waiting.failed_once_more(tx, item.id, words)
                if item.attempts + 1 < self._given.settings.tries:
                    return Told(states, item.id)
                verdict = quarantined("failed", f"It failed {item.attempts + 1} times: {words}")
            waiting.settled(tx, item.id, inbox, verdict, shown)
            states[verdict.state] += 1
        return Told(states)


@dataclass(frozen=True, slots=True)
class Told:
    """What a transaction came to; ``failed`` is the mail that stopped it."""

    states: Mapping[str, int]
    failed: str | None = None


def _alone(stored: list[Stored]) -> list[Stored]:
    """Up to the first mail that failed before; that one by itself, so that its failing costs no other its turn."""
    before = next(n for n, one in enumerate(stored) if one.row.attempts)
    return stored[: max(1, before)]


def _all_shown(
    stored: Sequence[Stored], parsed: Sequence[ParsedMail | Unparsable]
) -> tuple[tuple[str | None, str | None], ...]:
    """What nobody could parse may have headers without end: call it in a worker thread."""
    return tuple(_shown(one, each) for one, each in zip(stored, parsed, strict=True))


def _shown(stored: Stored, parsed: ParsedMail | Unparsable) -> tuple[str | None, str | None]:
    if isinstance(parsed, Unparsable):
        return described(stored.raw)
    return None if parsed.sender is None else parsed.sender.address, parsed.subject
