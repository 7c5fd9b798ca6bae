"""Takes updates: each once, at once where nothing of its chat waits, else kept as it came until its turn; in one transaction."""

import hashlib
import hmac
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from channels.telegram.receiving.boxes import Box
from channels.telegram.receiving.desk import Desk, Outcome, furnished, known_files
from channels.telegram.receiving.reader import UNREADABLE, Raw, Reader, number_of, thread_of
from channels.telegram.receiving.told import LeftOut, Moved, Press, Reach, Said, Told
from core.errors import Rejected, Unavailable
from core.events import PayloadStored, intake_topic
from core.ids import InboxId
from core.store.tables.intake import payload
from core.store.tx import Tx
from core.store.types import word

log = logging.getLogger(__name__)

PROVES = "v_"
"""With this begins what stands behind /start when somebody shows that this account is theirs."""

_BEHIND = (
    select(payload.c.number)
    .where(
        payload.c.inbox_id == bindparam("inbox"),
        payload.c.thread == bindparam("thread"),
        payload.c.state == word("waiting"),
    )
    .limit(1)
)
_NAME_CHARACTERS = 32
_OF_THE_MOMENT = frozenset({"08", "40", "53", "55", "57", "58"})
"""PostgreSQL's classes of errors that are not about what was to be stored: connections, deadlocks, want of space."""


@dataclass(slots=True)
class Taken:
    """What became of a batch: how many were left out, by why, and which presses Telegram waits to hear of."""

    left_out: Counter[str] = field(default_factory=Counter)
    pressed: list[Outcome] = field(default_factory=list)


class Intake:
    """One a process. ``key`` is a secret of this installation for this use alone."""

    def __init__(self, reader: Reader, desk: Desk, key: bytes) -> None:
        self._reader = reader
        self._desk = desk
        self._key = key

    def take(self, tx: Tx, box: Box, raws: Sequence[Raw]) -> Taken:
        """When this has committed, Telegram may forget them. Raises Rejected when the inbox was switched off."""
        taken = Taken()
        for raw in raws:
            self._one(tx, box, raw, taken)
        return taken

    def _one(self, tx: Tx, box: Box, raw: Raw, taken: Taken) -> None:
        number, told = number_of(raw), self._reader.told(box, raw, tx.now)
        thread = self._thread(box.inbox, told)
        if isinstance(told, LeftOut):
            taken.left_out[told.why] += 1
            if told is UNREADABLE:
                tx.insert_new(payload, _row(tx, box.inbox, number, thread, told, raw) | {"state": "failed"})
            return
        # Telegram makes several calls at once: what one has not committed yet, the next of its chat must see.
        tx.alone(f"{box.inbox}:{thread}")
        waits = not _at_once(told) or _behind(tx, box.inbox, thread)
        if not tx.insert_new(payload, _row(tx, box.inbox, number, thread, told, raw if waits else None)):
            taken.left_out["repeat"] += 1
            return
        if waits:
            _tell(tx, box.inbox, thread, number)
            return
        try:
            done = tx.attempt(self._settle, box, told, taken)
        except Exception as error:
            if _passes(error):
                raise
            # Also what is refused each time: in the batch it would stop the whole bot, here it comes to its end.
            log.exception("update %d of inbox %s could not be taken at once", number, box.inbox)
            done = False
        if not done:
            here = (payload.c.inbox_id == box.inbox, payload.c.number == number)
            tx.conn.execute(update(payload).where(*here).values(state="waiting", body=_body(raw)))
            _tell(tx, box.inbox, thread, number)

    def _thread(self, inbox: InboxId, told: Told) -> str:
        """What must stay in order, under a name of ours: Telegram's name for a chat is a person's address."""
        name = f"{inbox}:{thread_of(told)}".encode()
        return hmac.digest(self._key, name, hashlib.sha256).hex()[:_NAME_CHARACTERS]

    def _settle(self, tx: Tx, box: Box, told: Told, taken: Taken) -> bool:
        """False when something must be fetched first."""
        match told:
            case Said():
                known = known_files(tx, box.inbox, told) if told.wanted else {}
                made = furnished(told, known)
                if made is None:
                    return False
                self._desk.said(tx, box, told, made)
            case Press():
                taken.pressed.append(self._desk.pressed(tx, box, told))
            case Reach():
                self._desk.reach(tx, told)
            case Moved():
                self._desk.moved(tx, box, told)
            case LeftOut():
                pass
        return True


def _passes(error: Exception) -> bool:
    """Whether all of the batch may be taken another time: the inbox is off, or the database could do nothing now."""
    match error:
        case Rejected():
            return error.code == "inbox_off"
        case DBAPIError():
            state = getattr(error.orig, "sqlstate", None) or ""
            gone = error.connection_invalidated or isinstance(error, OperationalError)
            return gone or state[:2] in _OF_THE_MOMENT
        case _:
            return isinstance(error, Unavailable)


def _at_once(told: Told) -> bool:
    """An edit may be: that something must be fetched for it shows only when it is compared with what is known."""
    if not isinstance(told, Said):
        return True
    if told.start is not None and told.start.startswith(PROVES):
        return False
    return told.edited_at is not None or (not told.wanted and told.bundle is None)


def _behind(tx: Tx, inbox: InboxId, thread: str) -> bool:
    return tx.conn.execute(_BEHIND, {"inbox": inbox, "thread": thread}).first() is not None


def _row(tx: Tx, inbox: InboxId, number: int, thread: str, told: Told, raw: Raw | None) -> dict[str, object]:
    """With ``raw`` it waits."""
    bundle = told.bundle if isinstance(told, Said) and told.edited_at is None else None
    return {
        "inbox_id": inbox,
        "number": number,
        "thread": thread,
        "state": "done" if raw is None else "waiting",
        "bundle": bundle,
        "body": None if raw is None else _body(raw),
        "created_at": tx.now,
    }


def _body(raw: Raw) -> str:
    return msgspec.json.encode(raw).decode()


def _tell(tx: Tx, inbox: InboxId, thread: str, number: int) -> None:
    tx.emit(intake_topic(inbox, thread), PayloadStored(inbox, thread, str(number)))
