"""How far a mailbox has been read, and mails as they came: written together, so that neither is ahead of the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from channels.contract import TakenState
from core.ids import InboxId
from core.store.tables.mail import mail, mail_source, mailbox
from core.store.tx import Tx

_NEVER_OPENED = 0
"""No server's UIDVALIDITY (RFC 3501: nz-number)."""
_INSERT_MAIL = insert(mail)
_INSERT_SOURCE = insert(mail_source)
_MAILBOX = select(mailbox).where(
    mailbox.c.inbox_id == bindparam("inbox"), mailbox.c.folder == bindparam("folder")
)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of an inbox's mailbox."""

    inbox: InboxId
    folder: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything up to ``last_uid`` has been taken, as long as the server's UIDVALIDITY is this one."""

    uid_validity: int
    last_uid: int


@dataclass(frozen=True, slots=True)
class New:
    """One mail as it came. ``state`` is stored unless something kept it from being fetched whole."""

    uid: int
    message_id: str
    digest: str
    raw: bytes
    size: int
    state: TakenState = TakenState.STORED
    reason_code: str | None = None
    reason: str | None = None
    sender: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many were new; how many of those somebody has to look at."""

    new: int
    aside: int


def begin(tx: Tx, place: Place, uid_validity: int, newest_uid: int, *, all_of_it: bool) -> Cursor:
    """Where to go on; at the first time at the end, or with ``all_of_it`` at the beginning.

    With another UIDVALIDITY the numbers mean nothing any more: it begins anew, and what was taken before is known
    again by its digest.
    """
    row = tx.conn.execute(_MAILBOX, {"inbox": place.inbox, "folder": place.folder}).one_or_none()
    if row is None or row.uid_validity == _NEVER_OPENED:
        last = 0 if all_of_it else newest_uid
        began = {"began_validity": uid_validity, "began_uid": newest_uid, "began_at": tx.now}
        _put(tx, place, {"uid_validity": uid_validity, "last_uid": last, **began})
        return Cursor(uid_validity, last)
    if row.uid_validity != uid_validity:
        _put(tx, place, {"uid_validity": uid_validity, "last_uid": 0})
        return Cursor(uid_validity, 0)
    return Cursor(uid_validity, row.last_uid)


def _put(tx: Tx, place: Place, values: dict[str, object]) -> None:
    ours = (mailbox.c.inbox_id == place.inbox, mailbox.c.folder == place.folder)
    if tx.conn.execute(update(mailbox).where(*ours).values(**values)).rowcount == 0:
        never = {
            "uid_validity": _NEVER_OPENED,
            "last_uid": 0,
            "began_validity": _NEVER_OPENED,
            "began_uid": 0,
            "began_at": tx.now,
        }
        row = {"inbox_id": place.inbox, "folder": place.folder, **never, **values}
        tx.conn.execute(insert(mailbox).values(**row))


def keep(tx: Tx, place: Place, cursor: Cursor, mails: Sequence[New]) -> Kept:
    """Store what is not known yet, and go on to ``cursor``: in one transaction, so nothing is missed or taken twice."""
    known = _known(tx, place.inbox, mails)
    new: list[New] = []
    for each in mails:
        if (each.message_id, each.digest) not in known:
            known.add((each.message_id, each.digest))
            new.append(each)
    # One instant has many ids: sorted, so that mails are settled in the order in which they came.
    ids = sorted(tx.ids.new() for _ in new)
    if new:
        rows = [_row(tx.now, place, cursor, id, each) for id, each in zip(ids, new, strict=True)]
        tx.conn.execute(_INSERT_MAIL, rows)
        tx.conn.execute(
            _INSERT_SOURCE,
            [{"mail_id": id, "raw": each.raw} for id, each in zip(ids, new, strict=True)],
        )
    _put(
        tx,
        place,
        {"uid_validity": cursor.uid_validity, "last_uid": cursor.last_uid},
    )
    return Kept(len(new), sum(each.state is not TakenState.STORED for each in new))


def _known(tx: Tx, inbox: InboxId, mails: Sequence[New]) -> set[tuple[str, str]]:
    """By every column of the unique index: by digests alone all mails of the inbox would be gone through each time."""
    known = select(mail.c.message_id, mail.c.digest).where(
        mail.c.inbox_id == inbox,
        mail.c.message_id.in_({each.message_id for each in mails}),
        mail.c.digest.in_([each.digest for each in mails]),
    )
    return {(row.message_id, row.digest) for row in tx.conn.execute(known)}


def _row(now: datetime, place: Place, cursor: Cursor, id: str, new: New) -> dict[str, object]:
    return {
        "id": id,
        "inbox_id": place.inbox,
        "message_id": new.message_id,
        "digest": new.digest,
        "folder": place.folder,
        "uid_validity": cursor.uid_validity,
        "uid": new.uid,
        "size": new.size,
        "state": new.state.value,
        "reason_code": new.reason_code,
        "reason": new.reason,
        "sender": new.sender,
        "subject": new.subject,
        "attempts": 0,
        "stored_message_id": None,
        "received_at": now,
        "settled_at": None if new.state is TakenState.STORED else now,
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """A mail that was too large, and is asked for once more."""

    id: str
    uid: int


def asked_again(tx: Tx, place: Place, uid_validity: int) -> list[Asked]:
    """What somebody wants to have taken after all; see ``channels.email.fetching.intake``."""
    wanted = select(mail.c.id, mail.c.uid).where(
        mail.c.state == TakenState.TOO_LARGE,
        mail.c.reason_code == ASKED,
        mail.c.inbox_id == place.inbox,
        mail.c.folder == place.folder,
        mail.c.uid_validity == uid_validity,
    )
    return [Asked(row.id, row.uid) for row in tx.conn.execute(wanted)]


def fetched_after_all(tx: Tx, place: Place, id: str, new: New) -> bool:
    """The whole of what was too large before; it is to be settled now, and known by its content from now on.

    False when it has been taken meanwhile, from another copy that the server handed out whole.
    """
    if _known(tx, place.inbox, [new]):
        still_too_large(tx, id, "taken", "It was taken already, from another copy of it in the mailbox.")
        return False
    tx.conn.execute(update(mail_source).where(mail_source.c.mail_id == id).values(raw=new.raw))
    again = {"state": TakenState.STORED.value, "reason_code": REPLAYED, "reason": None, "settled_at": None}
    identity = {"message_id": new.message_id, "digest": new.digest}
    tx.conn.execute(update(mail).where(mail.c.id == id).values(**again, **identity))
    return True


def still_too_large(tx: Tx, id: str, code: str, reason: str) -> None:
    """It was asked for once more, in vain."""
    tx.conn.execute(update(mail).where(mail.c.id == id).values(reason_code=code, reason=reason))


ASKED = "asked"
REPLAYED = "replayed"
"""In ``reason_code``: a person wants it taken, whatever the rules say."""


def note_problem(tx: Tx, place: Place, problem: str | None) -> bool:
    """What keeps this mailbox from being read, in words, or None when nothing does; True when that is news."""
    row = tx.conn.execute(_MAILBOX, {"inbox": place.inbox, "folder": place.folder}).one_or_none()
    before = None if row is None else row.problem
    if before == problem:
        return False
    values: dict[str, object] = {"problem": problem}
    if before is None or problem is None:
        values["problem_at"] = None if problem is None else tx.now
    _put(tx, place, values)
    return (before is None) != (problem is None)
