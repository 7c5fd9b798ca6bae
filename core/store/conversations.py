"""Reading and writing conversations, contacts and inboxes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, insert, select, update

from core.contact import Contact, ContactPoint, Sender
from core.conversation import Conversation
from core.errors import Conflict, NotFound
from core.ids import AgentId, ContactId, ContactPointId, ConversationId, InboxId, MessageId, QueueId
from core.inbox import USUAL_BOT, BotProfile, Caution, Inbox, bot_mode
from core.message import Inbound
from core.store.codec import CONVERSATION_COLUMNS, load_conversation
from core.store.forms import StoredBotProfile
from core.store.prepared import Prepared
from core.store.tables.conversation import conversation, message
from core.store.tables.people import agent, contact, contact_point, inbox
from core.store.tx import Tx
from core.store.types import word

SHOWN = tuple(conversation.c[name] for name in CONVERSATION_COLUMNS)
_BY_ID = Prepared(select(*SHOWN).where(conversation.c.id == bindparam("id")).with_for_update())
_PEEK = Prepared(select(*SHOWN).where(conversation.c.id == bindparam("id")))
_BY_THREAD = Prepared(
    select(*SHOWN)
    .where(
        and_(
            conversation.c.inbox_id == bindparam("inbox"),
            conversation.c.thread_key == bindparam("key"),
            conversation.c.status != word("closed"),
        )
    )
    .with_for_update()
)
_SEEN = (
    select(message.c.id)
    .where(
        message.c.inbox_id == bindparam("inbox"),
        message.c.external_id == bindparam("external"),
        message.c.kind == word("inbound"),
    )
    .scalar_subquery()
)
_SITUATION = Prepared(
    select(
        *SHOWN,
        inbox.c.kind.label("inbox_kind"),
        inbox.c.name.label("inbox_name"),
        inbox.c.enabled.label("inbox_enabled"),
        inbox.c.queue_id.label("inbox_queue"),
        inbox.c.bot.label("inbox_bot"),
        inbox.c.bot_mode.label("inbox_bot_mode"),
        inbox.c.weight.label("inbox_weight"),
        inbox.c.interruptible.label("inbox_interruptible"),
        inbox.c.hold_out.label("inbox_hold_out"),
        contact_point.c.id.label("point_id"),
        contact_point.c.contact_id.label("point_contact"),
        contact_point.c.verified.label("point_verified"),
        _SEEN.label("seen"),
    )
    .select_from(
        inbox.outerjoin(
            conversation,
            and_(
                conversation.c.inbox_id == inbox.c.id,
                conversation.c.thread_key == bindparam("key"),
                conversation.c.status != word("closed"),
            ),
        ).outerjoin(
            contact_point,
            and_(
                contact_point.c.kind == bindparam("kind"),
                contact_point.c.address == bindparam("address"),
            ),
        )
    )
    .where(inbox.c.id == bindparam("inbox"))
)
_INBOX = Prepared(select(inbox).where(inbox.c.id == bindparam("id")))
_POINT = select(contact_point).where(
    contact_point.c.kind == bindparam("kind"), contact_point.c.address == bindparam("address")
)


def get_conversation(tx: Tx, conversation_id: ConversationId) -> Conversation:
    """Locked until the transaction ends, so that what is decided from it stays true. Raises NotFound."""
    row = _BY_ID.one(tx.conn, {"id": conversation_id})
    if row is None:
        raise NotFound(f"there is no conversation {conversation_id}")
    return load_conversation(row)


def peek_conversation(tx: Tx, conversation_id: ConversationId) -> Conversation:
    """As it is now, without a lock: for reading. Raises NotFound."""
    row = _PEEK.one(tx.conn, {"id": conversation_id})
    if row is None:
        raise NotFound(f"there is no conversation {conversation_id}")
    return load_conversation(row)


def find_thread(tx: Tx, inbox_id: InboxId, key: str) -> Conversation | None:
    """The one conversation of this thread that is not closed."""
    row = _BY_THREAD.one(tx.conn, {"inbox": inbox_id, "key": key})
    return None if row is None else load_conversation(row)


def get_inbox(tx: Tx, inbox_id: InboxId) -> Inbox:
    """Raises NotFound."""
    row = _INBOX.one(tx.conn, {"id": inbox_id})
    if row is None:
        raise NotFound(f"there is no inbox {inbox_id}")
    return load_inbox(row)


def load_inbox(row: Any) -> Inbox:
    """A whole row of the table."""
    mode = bot_mode(row.bot, row.bot_mode)
    return Inbox(
        InboxId(row.id),
        row.kind,
        row.name,
        row.enabled,
        QueueId(row.queue_id),
        mode,
        row.config,
        row.weight,
        row.interruptible,
        row.brand_id,
        row.hold_out,
        _profile(row.bot_profile),
    )


def _profile(stored: StoredBotProfile | None) -> BotProfile:
    if stored is None:
        return USUAL_BOT
    return BotProfile(stored.engine, stored.persona, stored.languages, Caution(stored.caution))


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known where a message arrives; ``point`` and ``thread`` are None for a first one, ``seen`` for a new one."""

    inbox: Inbox
    point: ContactPoint | None
    thread: Conversation | None
    seen: MessageId | None


def find_situation(tx: Tx, inbound: Inbound, key: str) -> Situation:
    """In one statement, because every message asks it; the thread is locked. Raises NotFound without such an inbox."""
    sender = inbound.sender
    asked = {
        "inbox": inbound.inbox,
        "external": inbound.external_id,
        "key": key,
        "kind": sender.kind,
        "address": sender.address,
    }
    row = _SITUATION.one(tx.conn, asked)
    if row is None:
        raise NotFound(f"there is no inbox {inbound.inbox}")
    place = Inbox(
        inbound.inbox,
        row.inbox_kind,
        row.inbox_name,
        row.inbox_enabled,
        QueueId(row.inbox_queue),
        bot_mode(row.inbox_bot, row.inbox_bot_mode),
        weight=row.inbox_weight,
        interruptible=row.inbox_interruptible,
        hold_out=row.inbox_hold_out,
    )
    point = None
    if row.point_id is not None:
        point = ContactPoint(
            ContactPointId(row.point_id),
            ContactId(row.point_contact),
            sender.kind,
            sender.address,
            row.point_verified,
        )
    thread = None
    if row.id is not None:
        # Only PostgreSQL has other writers, and it locks no row on the outer side of a join.
        alone = tx.conn.dialect.name == "sqlite"
        thread = load_conversation(row) if alone else find_thread(tx, inbound.inbox, key)
    return Situation(place, point, thread, None if row.seen is None else MessageId(row.seen))


def find_point(tx: Tx, kind: str, address: str) -> ContactPoint | None:
    """The contact point with this address on this kind of channel."""
    row = tx.conn.execute(_POINT, {"kind": kind, "address": address}).one_or_none()
    if row is None:
        return None
    return ContactPoint(
        ContactPointId(row.id), ContactId(row.contact_id), row.kind, row.address, row.verified
    )


def ensure_point(tx: Tx, sender: Sender) -> ContactPoint:
    """The sender's contact point, made together with a new contact when nobody wrote from there before."""
    found = find_point(tx, sender.kind, sender.address)
    if found is not None:
        return proven(tx, found, sender)
    person = Contact(ContactId(tx.ids.new()), sender.name, sender.language, tx.now)
    tx.conn.execute(
        insert(contact).values(
            id=person.id,
            name=person.name,
            language=person.language,
            attributes={},
            created_at=tx.now,
        )
    )
    point = ContactPoint(
        ContactPointId(tx.ids.new()), person.id, sender.kind, sender.address, sender.verified
    )
    tx.conn.execute(
        insert(contact_point).values(
            id=point.id,
            contact_id=person.id,
            kind=point.kind,
            address=point.address,
            verified=point.verified,
            created_at=tx.now,
        )
    )
    return point


def proven(tx: Tx, point: ContactPoint, sender: Sender) -> ContactPoint:
    """The point, verified from now on if this sender has proof."""
    if point.verified or not sender.verified:
        return point
    tx.conn.execute(update(contact_point).where(contact_point.c.id == point.id).values(verified=True))
    return replace(point, verified=True)


def update_conversation(
    tx: Tx, before: Conversation, values: Mapping[str, Any], *, events: int, visible: int
) -> tuple[int, int]:
    """Write columns if nobody changed the conversation since ``before`` was read; else raise Conflict.

    Its topic counts so many events more, of which so many are visible; the numbers of the last ones.
    """
    known = {"of_id": before.id, "of_generation": before.generation, "events": events, "visible": visible}
    new = {f"new_{name}": value for name, value in values.items()}
    row = _update(frozenset(values)).one(tx.conn, {**known, **new})
    if row is None:
        raise Conflict(f"conversation {before.id} changed in the meantime")
    return row.n, row.visible_n


@cache
def _update(names: frozenset[str]) -> Prepared:
    """Made once for each set of columns: the making costs more than the statement."""
    unchanged = (
        conversation.c.id == bindparam("of_id"),
        conversation.c.generation == bindparam("of_generation"),
    )
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    counted = {
        "n": conversation.c.n + bindparam("events"),
        "visible_n": conversation.c.visible_n + bindparam("visible"),
    }
    changed = update(conversation).where(*unchanged).values(**new, **counted)
    return Prepared(changed.returning(conversation.c.n, conversation.c.visible_n))


def add_context(tx: Tx, conversation_id: ConversationId, context: Mapping[str, str]) -> None:
    """What is newly known of where the requester is stands beside, or in the place of, what was known before."""
    here = conversation.c.id == conversation_id
    known: dict[str, str] = tx.conn.execute(
        select(conversation.c.context).where(here).with_for_update()
    ).scalar_one()
    if any(known.get(name) != value for name, value in context.items()):
        tx.conn.execute(update(conversation).where(here).values(context={**known, **context}))


def change_load(tx: Tx, agent_id: AgentId, units: int, *, interruptible: bool = False) -> None:
    """Add to (or take from) an agent's load; ``version`` rises so that routing sees it."""
    yielding = units if interruptible else 0
    _LOAD(tx.conn, {"of_id": agent_id, "units": units, "yielding_units": yielding})


_LOAD = Prepared(
    update(agent)
    .where(agent.c.id == bindparam("of_id"))
    .values(
        load=agent.c.load + bindparam("units"),
        yielding=agent.c.yielding + bindparam("yielding_units"),
        version=agent.c.version + 1,
    )
)
