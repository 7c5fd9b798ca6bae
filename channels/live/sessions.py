"""Visitors' sessions: a secret token that only its visitor knows, stored as a hash, bound to one inbox."""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, insert, select, update

from core.ids import InboxId
from core.store.tables.people import visitor_session as table
from core.store.tx import Tx

_TOKEN = re.compile(r"v1\.([0-9a-z]{1,40})\.([\w-]{20,80})")
_BY_ID = select(table).where(table.c.id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class Session:
    """``token`` is what the client keeps; ``aging`` when less than half of its time is left.

    ``visitor`` is whose it is: somebody who comes with several devices has a session on each.
    """

    id: str
    visitor: str
    inbox: InboxId
    token: str
    aging: bool


def find_session(tx: Tx, inbox: InboxId, token: str | None, lasts: timedelta) -> Session | None:
    """The session that this token proves in this inbox; None when it proves none, or no longer."""
    found = _TOKEN.fullmatch(token or "")
    if found is None or token is None:
        return None
    row = tx.conn.execute(_BY_ID, {"id": found[1]}).one_or_none()
    if row is None or row.inbox_id != inbox or row.expires_at <= tx.now:
        return None
    if not hmac.compare_digest(row.secret_hash, _hashed(found[2])):
        return None
    return Session(row.id, row.visitor or row.id, inbox, token, aging=row.expires_at - tx.now < lasts / 2)


def begin_session(
    tx: Tx, inbox: InboxId, language: str, lasts: timedelta, secret: Callable[[], str]
) -> Session:
    """A new visitor; ``secret`` makes the part that nobody can guess, of at least 120 bits."""
    visitor, hidden = tx.ids.new(), secret()
    tx.conn.execute(
        insert(table).values(
            id=visitor,
            inbox_id=inbox,
            secret_hash=_hashed(hidden),
            language=language,
            created_at=tx.now,
            expires_at=tx.now + lasts,
        )
    )
    return Session(visitor, visitor, inbox, f"v1.{visitor}.{hidden}", aging=False)


def renew_session(tx: Tx, session: str, lasts: timedelta) -> None:
    """It lasts its whole time again."""
    tx.conn.execute(update(table).where(table.c.id == session).values(expires_at=tx.now + lasts))


def _hashed(secret: str) -> str:
    # The secret is long and random: a plain hash cannot be turned round.
    return hashlib.sha256(secret.encode()).hexdigest()
