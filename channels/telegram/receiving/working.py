"""Works up what had to wait: files are fetched, an album put together, in the order of each chat; an outbox handler."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from channels.telegram.receiving import waiting
from channels.telegram.receiving.boxes import Box
from channels.telegram.receiving.codes import Codes
from channels.telegram.receiving.content import Say
from channels.telegram.receiving.desk import Desk, Furnished, Outcome, known_files
from channels.telegram.receiving.files import Files, without_files
from channels.telegram.receiving.intake import PROVES
from channels.telegram.receiving.reader import Reader, as_one
from channels.telegram.receiving.settings import ReceiveSettings
from channels.telegram.receiving.telling import Telling
from channels.telegram.receiving.told import Moved, Press, Reach, Said, Told
from channels.telegram.receiving.waiting import DONE, FAILED, Kept, Work
from core.attempts import Retry
from core.clock import Clock
from core.errors import Unavailable
from core.events import PayloadStored, Recorded
from core.message import Attachment, Text
from core.outbox import IoHandler
from core.store.database import Database
from core.store.tx import Tx

log = logging.getLogger(__name__)

NAME = "telegram"
_OFF_S = 60.0
_QUICK_S = 1.0


@dataclass(frozen=True, slots=True)
class WorkGiven:
    """What working up needs."""

    db: Database
    clock: Clock
    files: Files
    reader: Reader
    desk: Desk
    telling: Telling
    codes: Codes
    settings: ReceiveSettings


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done now: ``kept`` together say ``told``."""

    stored: PayloadStored
    box: Box
    kept: tuple[Kept, ...]
    told: Told
    say: Say
    known: dict[str, Attachment]


class Working:
    """One a process. Whatever it is at when the process dies is done again, and then for the first time."""

    def __init__(self, given: WorkGiven) -> None:
        self._given = given
        self._since: datetime | None = None

    def handler(self) -> IoHandler:
        """For the table of listeners."""
        settings = self._given.settings
        retry = Retry(first_s=_QUICK_S, longest_s=settings.longest_pause_s, horizon_s=settings.horizon_s)
        return IoHandler(NAME, (PayloadStored,), self.run, settings.work_s, retry=retry, on_dead=self.give_up)

    async def run(self, recorded: Recorded) -> None:
        """Raises Unavailable to be run again: with ``retry_after_s`` while more of an album may come."""
        if not isinstance(recorded.event, PayloadStored):
            return
        given = self._given
        self._since = self._since or given.clock.now()
        job = await given.db.read(self._job, recorded.event)
        if job is None:
            return
        told = job.told
        if isinstance(told, Said):
            if told.start is not None and told.start.startswith(PROVES) and not told.where.group:
                await self._tell_code(job, told)
                return
            self._quiet(job, told, self._since)
            made = await given.files.furnish(job.box.config.token, told, job.known, job.say)
        else:
            made = Furnished(())
        outcome = await given.db.run(self._finish, job, made, DONE)
        if outcome is not None:
            given.telling.pressed(job.box, outcome)

    def give_up(self, tx: Tx, recorded: Recorded) -> None:
        """After the last attempt: the message says what could not be fetched. Replaying it puts that in its place."""
        if not isinstance(recorded.event, PayloadStored):
            return
        job = self._job(tx, recorded.event)
        if job is None or job.kept[0].state == FAILED:
            return
        if not isinstance(job.told, Said):
            waiting.mark(tx, job.box.inbox, job.kept, FAILED)
            return
        try:
            tx.attempt(self._finish, job, without_files(job.told, job.say), FAILED)
        except Exception:
            log.exception("update %d of inbox %s cannot be taken", job.kept[0].number, job.box.inbox)
            self._say_only_that(tx, job)

    def _say_only_that(self, tx: Tx, job: Job) -> None:
        """Whatever is refused of it again: its chat goes on."""
        try:
            tx.attempt(self._finish, job, Furnished((Text(job.say("telegram-unreadable")),)), FAILED)
        except Exception:
            log.exception("update %d of inbox %s is not shown", job.kept[0].number, job.box.inbox)
            waiting.mark(tx, job.box.inbox, job.kept, FAILED)

    def _job(self, tx: Tx, stored: PayloadStored) -> Job | None:
        work = waiting.load(tx, stored)
        if work is None:
            return None
        if work.box is None:
            raise Unavailable(f"inbox {stored.inbox} is switched off", retry_after_s=_OFF_S)
        kept, told = self._together(tx, stored, work, work.box)
        code = told.person.language if isinstance(told, Said) else None
        known = known_files(tx, stored.inbox, told) if isinstance(told, Said) and told.edited_at else {}
        return Job(stored, work.box, kept, told, self._given.reader.say(work.box, code), known)

    def _together(self, tx: Tx, stored: PayloadStored, work: Work, box: Box) -> tuple[tuple[Kept, ...], Told]:
        read = [self._given.reader.told(box, each.raw, tx.now) for each in work.kept]
        said = [each for each in read if isinstance(each, Said)]
        if work.kept[0].bundle is None or len(said) < len(read):
            return work.kept[:1], read[0]
        whole = as_one(said)
        late = work.kept[0].state != FAILED and waiting.in_bundle_before(
            tx, stored.inbox, stored.thread, work.kept[0]
        )
        return work.kept, replace(whole, external=whole.alone) if late else whole

    def _quiet(self, job: Job, said: Said, since: datetime) -> None:
        """What an album is made of comes one by one, and nobody says which is the last. Nothing came before we began ``since``."""
        if said.bundle is None or said.edited_at is not None:
            return
        quiet_s = self._given.settings.album_quiet_s
        newest = max(since, *(each.created_at for each in job.kept))
        wait = newest + timedelta(seconds=quiet_s) - self._given.clock.now()
        if wait > timedelta(0):
            raise Unavailable("more of the album may come", retry_after_s=wait.total_seconds())

    def _finish(self, tx: Tx, job: Job, made: Furnished, state: str) -> Outcome | None:
        """Nothing when it was done in the meantime, or when more of the album came: that is worked up with it."""
        if not self._same(tx, job) or not waiting.mark(tx, job.box.inbox, job.kept, state):
            raise Unavailable("it changed meanwhile", retry_after_s=0.0)
        desk, told = self._given.desk, job.told
        match told:
            case Said() if job.kept[0].state == FAILED:
                self._mend(tx, job, told, made)
            case Said():
                desk.said(tx, job.box, told, made)
            case Press():
                return desk.pressed(tx, job.box, told)
            case Reach():
                desk.reach(tx, told)
            case Moved():
                desk.moved(tx, job.box, told)
            case _:
                pass
        return None

    @staticmethod
    def _same(tx: Tx, job: Job) -> bool:
        if job.kept[0].bundle is None:
            return True
        work = waiting.load(tx, job.stored)
        return work is not None and _numbers(work.kept) == _numbers(job.kept)

    def _mend(self, tx: Tx, job: Job, said: Said, made: Furnished) -> None:
        """What was given up is there after all: the message that said so says now what it says."""
        self._given.desk.said(tx, job.box, replace(said, edited_at=tx.now), made)

    async def _tell_code(self, job: Job, said: Said) -> None:
        """Again the same when the process dies in between."""
        await self._given.codes.tell(job.box, said)
        await self._given.db.run(waiting.mark, job.box.inbox, job.kept, DONE)


def _numbers(kept: Sequence[Kept]) -> list[int]:
    return [each.number for each in kept]
