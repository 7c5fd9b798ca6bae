"""Mails as they came, for people: listed, shown, taken up again; what the console and `parley mail` work with."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, update

from channels.contract import INTAKE, WITH_A_REASON, Taken, TakenState
from channels.email.fetching.store import ASKED, REPLAYED
from core.bus import Bus, StateChanged
from core.errors import Conflict, NotFound
from core.ids import InboxId, MessageId
from core.store.database import Database
from core.store.tables.mail import mail, mail_source
from core.store.tx import Tx


class MailIntake:
    """The one implementation of ``channels.contract.Intake``."""

    def __init__(self, db: Database, bus: Bus, wake: Callable[[], None]) -> None:
        self._db = db
        self._bus = bus
        self._wake = wake

    def list(
        self, tx: Tx, state: TakenState, cursor: str | None, most: int
    ) -> tuple[Sequence[Taken], str | None]:
        wanted = select(mail).where(mail.c.state == state)
        if cursor is not None:
            wanted = wanted.where(mail.c.id < cursor)
        rows = tx.conn.execute(wanted.order_by(mail.c.id.desc()).limit(most + 1)).all()
        more = rows[most - 1].id if len(rows) > most else None
        return [_taken(row) for row in rows[:most]], more

    def get(self, tx: Tx, id: str) -> Taken:
        return _taken(_row(tx, id))

    def raw(self, tx: Tx, id: str) -> bytes:
        _row(tx, id)
        kept = select(mail_source.c.raw).where(mail_source.c.mail_id == id)
        source: bytes | None = tx.conn.execute(kept).scalar_one_or_none()
        if source is None:
            raise NotFound(f"the source of mail {id} is no longer kept")
        return source

    def counts(self, tx: Tx) -> Mapping[str, int]:
        return counts(tx)

    async def replay(self, id: str) -> None:
        await self._db.run(replay, id)
        self._wake()
        await tell(self._db, self._bus)


def counts(tx: Tx) -> Mapping[str, int]:
    """How many there are in each state of ``WITH_A_REASON``."""
    counted = select(mail.c.state, func.count()).where(mail.c.state.in_(WITH_A_REASON)).group_by(mail.c.state)
    found = {row[0]: row[1] for row in tx.conn.execute(counted)}
    return {state.value: found.get(state.value, 0) for state in WITH_A_REASON}


async def tell(db: Database, bus: Bus) -> None:
    """Whoever watches hears the new counts."""
    bus.publish(StateChanged(INTAKE, dict(await db.read(counts))))


def replay(tx: Tx, id: str) -> None:
    """See ``Intake.replay``. What was too large is fetched whole first, by whoever watches its mailbox."""
    row = _row(tx, id)
    if row.state in {TakenState.DONE, TakenState.STORED}:
        return
    if row.state == TakenState.TOO_LARGE:
        tx.conn.execute(update(mail).where(mail.c.id == id).values(reason_code=ASKED))
        return
    raw = select(func.length(mail_source.c.raw)).where(mail_source.c.mail_id == id)
    if not tx.conn.execute(raw).scalar_one_or_none():
        raise Conflict(f"the source of mail {id} is not kept here", code="gone")
    again = {"state": TakenState.STORED.value, "reason_code": REPLAYED, "attempts": 0, "settled_at": None}
    tx.conn.execute(update(mail).where(mail.c.id == id).values(**again))


def _row(tx: Tx, id: str) -> Any:
    row = tx.conn.execute(select(mail).where(mail.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(f"there is no mail {id}")
    return row


def _taken(row: Any) -> Taken:
    return Taken(
        id=row.id,
        inbox=InboxId(row.inbox_id),
        sender=row.sender,
        subject=row.subject,
        received_at=row.received_at,
        size=row.size,
        state=TakenState(row.state),
        reason_code=row.reason_code,
        reason=row.reason,
        message=None if row.stored_message_id is None else MessageId(row.stored_message_id),
    )
