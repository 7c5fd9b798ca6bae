"""What hello finds: the visitor's session, their conversation, and from which number they go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select

from channels.live import protocol as wire
from channels.live.frames import agent_names
from channels.live.page import KEY as PAGE
from channels.live.rating import rated
from channels.live.sessions import Session, find_session
from channels.live.signing_in import user_address
from core.conversation import AssignedTo, handler_name, status_name
from core.ids import InboxId
from core.site_users import USER
from core.store.codec import load_conversation
from core.store.contacts import proven_members
from core.store.conversations import find_point
from core.store.tables.conversation import conversation as table
from core.store.tables.people import contact, contact_point, verification
from core.store.tables.people import inbox as inbox_table
from core.store.tx import Tx
from core.verification import State

_THEIRS = (
    select(table)
    .where(table.c.inbox_id == bindparam("inbox"), table.c.thread_key == bindparam("visitor"))
    .order_by(table.c.created_at.desc(), table.c.id.desc())
    .limit(1)
)
_OPEN = _THEIRS.where(table.c.status != "closed")
_NAMED = _THEIRS.where(table.c.id == bindparam("id"))
_PROVEN_IN = (
    select(inbox_table.c.kind)
    .join(verification, verification.c.inbox_id == inbox_table.c.id)
    .where(verification.c.visitor == bindparam("visitor"), verification.c.state == State.PROVEN.value)
    .limit(1)
)

SHOWN_KINDS = ("email", "telegram")
"""Of the kinds of proven addresses, those that mean something to who has them."""


@dataclass(frozen=True, slots=True)
class Found:
    """``stranger``: hello named a conversation that is not this visitor's. ``page`` is where they were last."""

    session: Session | None
    conversation: wire.ConversationOut | None = None
    user: wire.UserOut | None = None
    stranger: bool = False
    page: str | None = None


def look(tx: Tx, inbox: InboxId, hello: wire.Hello, lasts: timedelta, replay: int) -> Found:
    """Who says hello, and where they go on; at most ``replay`` events are sent again."""
    session = find_session(tx, inbox, hello.session, lasts)
    if session is None:
        # A conversation can only be named together with the session that proves it to be theirs.
        return Found(None, stranger=False)
    who: dict[str, Any] = {"inbox": inbox, "visitor": session.visitor}
    row = tx.conn.execute(_OPEN, who).one_or_none()
    if hello.conversation is not None and (row is None or row.id != hello.conversation):
        named = tx.conn.execute(_NAMED, {**who, "id": hello.conversation}).one_or_none()
        if named is None:
            return Found(session, stranger=True)
        # What is open is what they go on with; a closed one is shown until then.
        row = row or named
    user = _known_as(tx, session)
    if row is None:
        return Found(session, user=user)
    return Found(session, _summary(tx, row, hello, replay), user=user, page=row.context.get(PAGE))


def _known_as(tx: Tx, session: Session) -> wire.UserOut | None:
    """Who they have proven to be, by their site's word (which gives the name) or by codes; None for nobody in particular."""
    if session.user is None:
        kind = tx.conn.execute(_PROVEN_IN, {"visitor": session.visitor}).scalar()
        point = None if kind is None else find_point(tx, kind, session.visitor)
    else:
        point = find_point(tx, USER, user_address(session.inbox, session.user))
    if point is None:
        return None
    group = proven_members(tx, point.contact)
    proven = (
        select(contact_point.c.kind)
        .where(contact_point.c.contact_id.in_(group), contact_point.c.verified)
        .where(contact_point.c.kind.in_(SHOWN_KINDS))
    )
    kinds = sorted(set(tx.conn.execute(proven).scalars()))
    if session.user is None:
        return wire.UserOut(None, tuple(kinds)) if kinds else None
    name = tx.conn.execute(select(contact.c.name).where(contact.c.id == point.contact)).scalar_one()
    return wire.UserOut(name, tuple(kinds))


def _summary(tx: Tx, row: Any, hello: wire.Hello, replay: int) -> wire.ConversationOut:
    conversation = load_conversation(row)
    agents: Sequence[str] = ()
    if isinstance(conversation.handler, AssignedTo):
        agents = tuple(agent_names(tx, {conversation.handler.agent}).values())
    newest = conversation.visible_n
    seen = hello.n if hello.conversation == conversation.id else 0
    # A number that we never gave comes from a database that was set back: begin again.
    after = max(0, newest - replay) if seen > newest or newest - seen > replay else max(0, seen)
    return wire.ConversationOut(
        id=conversation.id,
        n=newest,
        after=after,
        status=status_name(conversation.status),
        handler=handler_name(conversation.handler),
        agent=agents[0] if agents else None,
        read=row.read_n,
        rating=rated(tx, conversation),
    )
