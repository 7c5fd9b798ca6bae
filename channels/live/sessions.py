"""Visitors' sessions: a secret token that only its visitor knows, stored as a hash, bound to one inbox."""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import bindparam, delete, exists, func, insert, select, update

from core.errors import Invalid
from core.ids import InboxId
from core.store.prepared import Prepared
from core.store.tables.conversation import conversation
from core.store.tables.people import contact_point, inbox, verification
from core.store.tables.people import inbox as inbox_table
from core.store.tables.people import visitor_session as table
from core.store.tx import Tx

_TOKEN = re.compile(r"v1\.([0-9a-z]{1,40})\.([\w-]{20,80})")
_BY_ID = select(table).where(table.c.id == bindparam("id"))
_HELD = Prepared(
    select(table, inbox_table.c.config)
    .join(inbox_table, inbox_table.c.id == table.c.inbox_id)
    .where(table.c.id == bindparam("id"))
    .with_for_update(read=True, of=table)
)
"""Whoever speaks need not wait for others who do, but for who signs in."""


@dataclass(frozen=True, slots=True)
class Session:
    """``token`` is what the client keeps; ``aging`` when less than half of its time is left.

    ``visitor`` is whose it is: somebody who comes with several devices has a session on each. ``user`` is their site's
    name for them, where it was proven.
    """

    id: str
    visitor: str
    inbox: InboxId
    token: str
    aging: bool
    user: str | None = None
    language: str = "en"


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
    aging = row.expires_at - tx.now < lasts / 2
    return Session(row.id, row.visitor or row.id, inbox, token, aging, row.user_key, row.language or "en")


@dataclass(frozen=True, slots=True)
class Terms:
    """What new sessions are made with; ``secret`` makes the part that nobody can guess, of at least 120 bits."""

    language: str
    lasts: timedelta
    secret: Callable[[], str]


def begin_session(
    tx: Tx, inbox: InboxId, terms: Terms, *, visitor: str | None = None, user: str | None = None
) -> Session:
    """A new one, of a new visitor unless it is somebody who is known."""
    id, hidden = tx.ids.new(), terms.secret()
    tx.conn.execute(
        insert(table).values(
            id=id,
            inbox_id=inbox,
            secret_hash=_hashed(hidden),
            language=terms.language,
            visitor=visitor,
            user_key=user,
            created_at=tx.now,
            expires_at=tx.now + terms.lasts,
        )
    )
    return Session(
        id, visitor or id, inbox, f"v1.{id}.{hidden}", aging=False, user=user, language=terms.language
    )


def prove_session(tx: Tx, session: Session, terms: Terms, *, visitor: str | None, user: str) -> Session:
    """It is this user's from now on, and with it this ``visitor``'s; None keeps the visitor that it made.

    Under another secret: who knew the one of the time before anybody had signed in there knows nothing now.
    """
    known, hidden = session.visitor if visitor is None else visitor, terms.secret()
    proven = {"visitor": known, "user_key": user, "secret_hash": _hashed(hidden)}
    tx.conn.execute(update(table).where(table.c.id == session.id).values(**proven))
    return replace(session, visitor=known, user=user, token=f"v1.{session.id}.{hidden}")


class Superseded(Invalid):
    """Somebody signed in there since: the session has another secret now."""


def visitor_now(tx: Tx, session: str, user: str | None) -> str:
    """As ``speaker``, without what the inbox is configured with."""
    return speaker(tx, session, user)[0]


def speaker(tx: Tx, session: str, user: str | None) -> tuple[str, Mapping[str, object]]:
    """Whose it is until the transaction ends, and the inbox's configuration as it is now; ``user`` as when they came.

    In one statement, because every message asks it. Raises Invalid ``session`` when it is over, Superseded when
    somebody signed in there since, in another tab.
    """
    row = _HELD.one(tx.conn, {"id": session})
    if row is None or row.expires_at <= tx.now:
        raise Invalid("session", "a session that has not ended", code="session")
    if row.user_key != user:
        raise Superseded("session", "the session as it is since somebody signed in", code="session")
    visitor: str = row.visitor or row.id
    return visitor, row.config


def end_session(tx: Tx, session: str) -> None:
    """Its secret opens nothing any more."""
    tx.conn.execute(update(table).where(table.c.id == session).values(expires_at=tx.now))


def forget_ended(tx: Tx, most: int) -> int:
    """Delete sessions that are over and to which no conversation, code or proof belongs, at most so many; how many went."""
    # What somebody left behind keeps its session, which may say whose it is.
    visitor = func.coalesce(table.c.visitor, table.c.id)
    old = (
        select(table.c.id)
        .where(table.c.expires_at <= tx.now, table.c.user_key.is_(None))
        .where(
            ~exists().where(conversation.c.inbox_id == table.c.inbox_id, conversation.c.thread_key == visitor)
        )
        .where(~exists().where(verification.c.visitor == visitor))
        .where(
            ~exists().where(
                contact_point.c.kind == inbox.c.kind,
                contact_point.c.address == visitor,
                inbox.c.id == table.c.inbox_id,
            )
        )
        .limit(most)
    )
    return tx.conn.execute(delete(table).where(table.c.id.in_(old))).rowcount


def renew_session(tx: Tx, session: str, lasts: timedelta) -> None:
    """It lasts its whole time again."""
    tx.conn.execute(update(table).where(table.c.id == session).values(expires_at=tx.now + lasts))


def _hashed(secret: str) -> str:
    # The secret is long and random: a plain hash cannot be turned round.
    return hashlib.sha256(secret.encode()).hexdigest()
