"""Reading and writing messages, and the numbered events of a topic."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, insert, or_, select, update

from core.errors import NotFound
from core.events import Recorded, Topic
from core.ids import ConversationId, InboxId, MessageId
from core.message import Delivery, DeliveryState, Envelope, Message, plain_text
from core.store.codec import load_message, recorded_from_row, store_author, store_envelope, store_parts
from core.store.prepared import Prepared, PreparedForMany
from core.store.tables.conversation import event, message
from core.store.tx import Tx
from core.store.types import word

_FEW_EVENTS = 1000
_NEW = tuple(each.name for each in message.c if each.name != "edited_at")
_INSERT = Prepared(insert(message).values({name: bindparam(name) for name in _NEW}))
_INBOUND = Prepared(
    select(message).where(
        message.c.inbox_id == bindparam("inbox"),
        message.c.external_id == bindparam("external"),
        message.c.kind == word("inbound"),
    )
)
_BY_ID = Prepared(select(message).where(message.c.id == bindparam("id")))
_BY_KEY = Prepared(
    select(message).where(
        message.c.conversation_id == bindparam("conversation"),
        message.c.key == bindparam("key"),
        message.c.kind != word("inbound"),
        message.c.key.is_not(None),
    )
)
_SEVERAL = PreparedForMany(lambda keys: select(message).where(message.c.id.in_(keys)))
_EVENTS = (
    select(event)
    .where(event.c.topic == bindparam("topic"), event.c.n > bindparam("after"))
    .order_by(event.c.n)
    .limit(bindparam("most"))
)
_VISIBLE = (
    select(event)
    .where(event.c.topic == bindparam("topic"), event.c.visible_n > bindparam("after"))
    .order_by(event.c.visible_n)
    .limit(bindparam("most"))
)
_ONE_EVENT = select(event).where(event.c.topic == bindparam("topic"), event.c.n == bindparam("n"))


def insert_message(
    tx: Tx, new: Message, *, inbox: InboxId, n: int, turn: int, external_id: str | None = None
) -> None:
    """``n`` is the number of the event that tells of it; its plain words are kept for search."""
    _INSERT(
        tx.conn,
        {
            "id": new.id,
            "conversation_id": new.conversation,
            "inbox_id": inbox,
            "n": n,
            "kind": new.kind.value,
            **store_author(new.author),
            "turn": turn,
            "parts": store_parts(new.parts),
            "text": plain_text(new.parts),
            "delivery": None if new.delivery is None else new.delivery.state.value,
            "delivery_reason": None,
            "key": new.key,
            "external_id": external_id,
            "envelope": store_envelope(new.envelope),
            "created_at": new.created_at,
            "sent_at": None,
        },
    )


def find_inbound(tx: Tx, inbox: InboxId, external_id: str) -> Any:
    """The row of the message that this inbox already has under this id, or None."""
    return _INBOUND.one(tx.conn, {"inbox": inbox, "external": external_id})


def find_by_key(tx: Tx, conversation: ConversationId, key: str) -> Message | None:
    """The reply or note that was stored under this key before."""
    row = _BY_KEY.one(tx.conn, {"conversation": conversation, "key": key})
    return None if row is None else load_message(row)


def get_message(tx: Tx, message_id: MessageId) -> Message:
    """Raises NotFound."""
    row = _BY_ID.one(tx.conn, {"id": message_id})
    if row is None:
        raise NotFound(f"there is no message {message_id}")
    return load_message(row)


def get_messages(tx: Tx, ids: Sequence[MessageId]) -> dict[MessageId, Message]:
    """Those that exist, by id, in one statement."""
    return {MessageId(row.id): load_message(row) for row in message_rows(tx, ids)}


def message_rows(tx: Tx, ids: Collection[str]) -> list[Any]:
    """The rows of those that exist, with every column, in no order."""
    return _SEVERAL.rows(tx.conn, ids)


def set_envelope(tx: Tx, message_id: MessageId, envelope: Envelope) -> None:
    """Write what is on the outside of a reply."""
    tx.conn.execute(
        update(message).where(message.c.id == message_id).values(envelope=store_envelope(envelope))
    )


def move_delivery(
    tx: Tx,
    message_id: MessageId,
    delivery: Delivery,
    expected: frozenset[DeliveryState],
    external_id: str | None = None,
) -> ConversationId | None:
    """Write the new state if the present one is among ``expected``: where the message stands; None when it is not."""
    sent = delivery.state is DeliveryState.SENT
    values: dict[str, Any] = {"it": message_id, "state": delivery.state.value, "reason": delivery.reason}
    if sent:
        values["at"] = tx.now
    if external_id is not None:
        values["external"] = external_id
    statement = _moving(expected, sent=sent, named=external_id is not None)
    found = tx.conn.execute(statement, values).scalar_one_or_none()
    return None if found is None else ConversationId(found)


@cache
def _moving(expected: frozenset[DeliveryState], *, sent: bool, named: bool) -> Any:
    """Made once for each: the making costs more than the statement."""
    columns: dict[str, Any] = {"delivery": bindparam("state"), "delivery_reason": bindparam("reason")}
    if sent:
        columns["sent_at"] = bindparam("at")
    if named:
        columns["external_id"] = bindparam("external")
    was = or_(*[message.c.delivery == state.value for state in sorted(expected)])
    return (
        update(message)
        .where(message.c.id == bindparam("it"), was)
        .values(**columns)
        .returning(message.c.conversation_id)
    )


def read_events(tx: Tx, topic: Topic, after: int, most: int, *, visible_only: bool = False) -> list[Recorded]:
    """Events of a topic after a number (``visible_n`` when ``visible_only``), in order; unknown types left out."""
    statement = _VISIBLE if visible_only else _EVENTS
    rows = tx.conn.execute(statement, {"topic": topic, "after": after, "most": most})
    return [recorded for row in rows if (recorded := recorded_from_row(row)) is not None]


def read_topics(
    tx: Tx, after: Mapping[Topic, int], most: int, *, visible_only: bool = False
) -> dict[Topic, list[Recorded]]:
    """As ``read_events`` for several topics: usually in one statement, because few events are new in each."""
    size = 1 << (len(after) - 1).bit_length()
    wanted = [*after.items(), *[(Topic(""), 0)] * (size - len(after))]
    asked: dict[str, Any] = {"most": _FEW_EVENTS + 1}
    for number, (topic, n) in enumerate(wanted):
        asked |= {f"topic{number}": topic, f"after{number}": n}
    rows = _several(size, visible_only=visible_only).rows(tx.conn, asked)
    if len(rows) > _FEW_EVENTS:
        return {
            topic: read_events(tx, topic, n, most, visible_only=visible_only) for topic, n in after.items()
        }
    found: dict[Topic, list[Recorded]] = {topic: [] for topic in after}
    for row in rows:
        recorded = recorded_from_row(row)
        if recorded is not None:
            found[recorded.topic].append(recorded)
    return found


@cache
def _several(size: int, *, visible_only: bool) -> Prepared:
    number = event.c.visible_n if visible_only else event.c.n
    each = [
        and_(event.c.topic == bindparam(f"topic{at}"), number > bindparam(f"after{at}")) for at in range(size)
    ]
    return Prepared(select(event).where(or_(*each)).order_by(event.c.topic, number).limit(bindparam("most")))


def read_event(tx: Tx, topic: Topic, n: int) -> Recorded | None:
    """One event by its number."""
    row = tx.conn.execute(_ONE_EVENT, {"topic": topic, "n": n}).one_or_none()
    return None if row is None else recorded_from_row(row)
