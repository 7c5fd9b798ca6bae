"""Empties a mailbox into the store, batch by batch: raw mails as they came, each batch together with the cursor."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from channels.contract import TakenState
from channels.email.fetching import store
from channels.email.fetching.identity import described, identify
from channels.email.fetching.session import MailSession
from channels.email.fetching.store import Cursor, New, Place
from channels.email.settings import FetchSettings
from channels.email.wire import EmailConfig
from core.errors import Unavailable
from core.store.database import Database
from core.tasks import Workers


@dataclass(frozen=True, slots=True)
class TakingGiven:
    """``taken`` is told how many new mails each batch brought, and how many of them somebody has to look at."""

    db: Database
    workers: Workers
    settings: FetchSettings
    taken: Callable[[int, int], None]


class Taking:
    """One mailbox; remembers between two sessions only which mail the server failed to hand out."""

    def __init__(self, place: Place, config: EmailConfig, given: TakingGiven) -> None:
        self._place = place
        self._config = config
        self._given = given
        self._stuck_at = 0
        self._failures = 0

    async def begin(self, session: MailSession) -> Cursor:
        """Where to go on in the folder as this session sees it."""
        return await self._given.db.run(
            store.begin,
            self._place,
            session.uid_validity,
            await _newest(session),
            all_of_it=self._config.imap.take == "all",
        )

    async def empty(self, session: MailSession, cursor: Cursor) -> Cursor:
        """Take everything after the cursor. Raises Unavailable; what was taken before that stays taken."""
        if session.uid_validity != cursor.uid_validity:
            cursor = await self.begin(session)
        await self._take_asked(session, cursor)
        while uids := await session.uids_after(cursor.last_uid):
            sizes: dict[int, int] = {}
            for some in _pieces(uids, self._given.settings.batch * 10):
                sizes |= await session.sizes(some)
            for batch in batches(uids, sizes, self._limits(cursor)):
                cursor = await self._take(session, cursor, batch, sizes)
        return cursor

    def _limits(self, cursor: Cursor) -> FetchSettings:
        """One by one where the last attempt failed, so that a bad mail is known from its neighbours."""
        settings = self._given.settings
        if self._failures and self._stuck_at == cursor.last_uid:
            return replace(settings, batch=1)
        return settings

    async def _take(
        self, session: MailSession, cursor: Cursor, batch: Sequence[int], sizes: dict[int, int]
    ) -> Cursor:
        after = Cursor(cursor.uid_validity, batch[-1])
        given_up = self._gives_up(cursor, batch)
        try:
            mails = await self._fetch(session, batch, sizes, given_up=given_up)
        except Unavailable:
            self._failures = self._failures + 1 if self._stuck_at == cursor.last_uid else 1
            self._stuck_at = cursor.last_uid
            raise
        if batch[-1] > self._stuck_at:
            self._failures = 0
        kept = await self._given.db.run(store.keep, self._place, after, mails)
        if kept.new:
            self._given.taken(kept.new, kept.aside)
        if mails and self._config.imap.mark != "nothing":
            await session.mark([each.uid for each in mails], self._config.imap.mark)
        return after

    def _gives_up(self, cursor: Cursor, batch: Sequence[int]) -> bool:
        """Whether this one mail was what failed each time."""
        settings = self._given.settings
        return len(batch) == 1 and self._stuck_at == cursor.last_uid and self._failures >= settings.tries

    async def _fetch(
        self, session: MailSession, batch: Sequence[int], sizes: dict[int, int], *, given_up: bool
    ) -> list[New]:
        settings = self._given.settings
        if given_up:
            return [_unfetchable(batch[0], sizes.get(batch[0], 0), self._failures)]
        there = [uid for uid in batch if uid in sizes]
        if len(there) == 1 and sizes[there[0]] > settings.mail_bytes:
            uid = there[0]
            head = await session.fetch_headers(uid, settings.header_bytes)
            return [_too_large(uid, head, sizes[uid], settings.mail_bytes)]
        if not there:
            return []
        got = await session.fetch(there)
        lost = set(there) - {uid for uid, _ in got}
        if lost and (stays := await session.sizes(sorted(lost))):
            raise Unavailable(f"the server does not hand out mail {min(stays)}")
        return await self._given.workers.run(_as_new, got)

    async def _take_asked(self, session: MailSession, cursor: Cursor) -> None:
        """What was too large before and somebody asked for again."""
        db, settings = self._given.db, self._given.settings
        for asked in await db.read(store.asked_again, self._place, cursor.uid_validity):
            size = (await session.sizes([asked.uid])).get(asked.uid)
            got = [] if size is None or size > settings.mail_bytes else await session.fetch([asked.uid])
            if got:
                (new,) = await self._given.workers.run(_as_new, got)
                if await db.run(store.fetched_after_all, self._place, asked.id, new):
                    self._given.taken(1, 0)
            elif size is None or size <= settings.mail_bytes:
                await db.run(
                    store.still_too_large, asked.id, "gone", "It is no longer in the mailbox on the server."
                )
            else:
                words = too_large_words(size, settings.mail_bytes)
                await db.run(store.still_too_large, asked.id, "too_large", words)


def batches(uids: Sequence[int], sizes: dict[int, int], limits: FetchSettings) -> Iterator[list[int]]:
    """In order, within the limits; what is too large comes alone."""
    batch: list[int] = []
    room = limits.batch_bytes
    for uid in uids:
        size = sizes.get(uid, 0)
        if batch and (len(batch) == limits.batch or size > room or size > limits.mail_bytes):
            yield batch
            batch, room = [], limits.batch_bytes
        batch.append(uid)
        room = -1 if size > limits.mail_bytes else room - size
    if batch:
        yield batch


async def _newest(session: MailSession) -> int:
    """The number below which everything is there already."""
    if session.uid_next is not None:
        return session.uid_next - 1
    return max(await session.uids_after(0), default=0)


def _pieces(uids: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), most):
        yield uids[start : start + most]


def _as_new(got: Sequence[tuple[int, bytes]]) -> list[New]:
    """In the order of the mailbox. Hashing takes time: call it in a worker thread."""
    news: list[New] = []
    for uid, raw in sorted(got, key=lambda pair: pair[0]):
        identity = identify(raw)
        news.append(New(uid, identity.message_id, identity.digest, raw, len(raw)))
    return news


def too_large_words(size: int, most: int) -> str:
    return (
        f"It has {size:,} bytes; at most {most:,} are taken (PARLEY_EMAIL_FETCH_MAIL_BYTES). "
        "Only its headers were fetched."
    )


def _too_large(uid: int, head: bytes, size: int, most: int) -> New:
    identity = identify(head, size)
    sender, subject = described(head)
    return New(
        uid,
        identity.message_id,
        identity.digest,
        head,
        size,
        TakenState.TOO_LARGE,
        "too_large",
        too_large_words(size, most),
        sender,
        subject,
    )


def _unfetchable(uid: int, size: int, tries: int) -> New:
    """Nothing of it is known but its number, which is what makes it different from others."""
    words = f"The mail server failed {tries} times to hand out this mail (number {uid} of its folder)."
    identity = identify(b"", size)
    digest = f"{identity.digest}.{uid}"
    return New(uid, "", digest, b"", size, TakenState.QUARANTINED, "unfetchable", words)
