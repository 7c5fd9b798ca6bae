"""Stored mails that wait to be settled, and what is written when they are."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select, update

from channels.contract import TakenState
from channels.email.fetching.desk import Origin
from channels.email.fetching.store import REPLAYED
from channels.email.fetching.verdict import Verdict
from core.events import MailHeldBack, inbox_topic
from core.ids import InboxId
from core.store.tables.mail import mail, mail_source, mailbox
from core.store.tx import Tx
from core.store.types import word

_SHOWN_CHARACTERS = 200
_HOUR = timedelta(hours=1)
_NEXT = (
    select(
        mail.c.id,
        mail.c.uid_validity,
        mail.c.uid,
        mail.c.digest,
        mail.c.size,
        mail.c.received_at,
        mail.c.attempts,
        mail.c.reason_code,
        mailbox.c.began_validity,
        mailbox.c.began_uid,
        mailbox.c.began_at,
    )
    .outerjoin(mailbox, and_(mailbox.c.inbox_id == mail.c.inbox_id, mailbox.c.folder == mail.c.folder))
    .where(
        mail.c.inbox_id == bindparam("inbox"), mail.c.state == word("stored"), mail.c.id > bindparam("after")
    )
    .order_by(mail.c.id)
    .limit(bindparam("most"))
)
_SETTLED = (
    update(mail)
    .where(mail.c.id == bindparam("mail"), mail.c.state == word(TakenState.STORED.value))
    .values(
        state=bindparam("new_state"),
        reason_code=bindparam("code"),
        reason=bindparam("words"),
        sender=bindparam("from_address"),
        subject=bindparam("about"),
        stored_message_id=bindparam("message"),
        settled_at=bindparam("at"),
    )
)


@dataclass(frozen=True, slots=True)
class Stored:
    """One mail that waits, with its source."""

    id: str
    origin: Origin
    digest: str
    raw: bytes
    row: Any

    @property
    def forced(self) -> bool:
        return bool(self.row.reason_code == REPLAYED)


def next_stored(tx: Tx, inbox: InboxId, after: str, most: int, most_bytes: int) -> list[Stored]:
    """In the order in which they came, within these limits, and one at least where there is one."""
    rows = tx.conn.execute(_NEXT, {"inbox": inbox, "after": after, "most": most}).all()
    fitting: list[Any] = []
    room = most_bytes
    for row in rows:
        room -= row.size
        if fitting and room < 0:
            break
        fitting.append(row)
    found = select(mail_source).where(mail_source.c.mail_id.in_([row.id for row in fitting]))
    raws = {row.mail_id: row.raw for row in tx.conn.execute(found)}
    return [Stored(row.id, _origin(row), row.digest, raws.get(row.id, b""), row) for row in fitting]


def _origin(row: Any) -> Origin:
    if row.began_at is None:
        return Origin(row.uid_validity, row.uid, row.uid_validity, 0, row.received_at)
    return Origin(row.uid_validity, row.uid, row.began_validity, row.began_uid, row.began_at)


def settled(tx: Tx, id: str, inbox: InboxId, verdict: Verdict, shown: tuple[str | None, str | None]) -> None:
    """Write what became of it; ``shown`` are its sender and subject for lists."""
    sender, subject = shown
    if verdict.sender is not None:
        sender = verdict.sender.address
    row = {
        "mail": id,
        "new_state": verdict.state.value,
        "code": verdict.code,
        "words": verdict.reason,
        "from_address": sender,
        "about": None if subject is None else subject[:_SHOWN_CHARACTERS],
        "message": verdict.message,
        "at": tx.now,
    }
    news = verdict.state is TakenState.QUARANTINED or (
        verdict.state is TakenState.HELD and not _told_before(tx, inbox, sender)
    )
    tx.conn.execute(_SETTLED, row)
    if news:
        tx.emit(inbox_topic(inbox), MailHeldBack(inbox, id, verdict.state.value))


def _told_before(tx: Tx, inbox: InboxId, sender: str | None) -> bool:
    """One notice a sender and hour says enough."""
    before = select(mail.c.id).where(
        mail.c.inbox_id == inbox,
        mail.c.sender == sender,
        mail.c.state == TakenState.HELD,
        mail.c.settled_at > tx.now - _HOUR,
    )
    return tx.conn.execute(before.limit(1)).first() is not None


def failed_once_more(tx: Tx, id: str, words: str) -> None:
    """It is tried again, alone."""
    again = {"attempts": mail.c.attempts + 1, "reason": words}
    tx.conn.execute(update(mail).where(mail.c.id == id).values(**again))


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many mails wait to be settled, and for how long the oldest has."""

    mails: int
    oldest_s: float


def backlog(tx: Tx) -> Backlog:
    row = tx.conn.execute(
        select(func.count(), func.min(mail.c.received_at)).where(mail.c.state == word("stored"))
    ).one()
    return Backlog(row[0], 0.0 if row[1] is None else (tx.now - row[1]).total_seconds())


_PRUNED_AT_ONCE = 500


def prune(tx: Tx, keep_days: int) -> int:
    """Forget the sources of mails that became messages so long ago, some at a time; how many went."""
    old = (
        select(mail.c.id)
        .join(mail_source)
        .where(mail.c.state == TakenState.DONE, mail.c.settled_at < tx.now - timedelta(days=keep_days))
        .limit(_PRUNED_AT_ONCE)
    )
    gone = list(tx.conn.execute(old).scalars())
    tx.conn.execute(delete(mail_source).where(mail_source.c.mail_id.in_(gone)))
    return len(gone)
