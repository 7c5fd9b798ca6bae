"""Who reads and writes in a conversation beside its requester."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select, update

from core.contact import Participant, Sender
from core.conversation import Conversation
from core.errors import NotFound
from core.events import ParticipantsChanged, conversation_topic
from core.ids import AgentId, ContactPointId, ConversationId
from core.store.conversations import ensure_point
from core.store.forms import StoredPerson
from core.store.tables.conversation import conversation, participant
from core.store.tables.people import contact, contact_point
from core.store.tx import Tx


def participants_of(tx: Tx, conversation_id: ConversationId) -> tuple[Participant, ...]:
    """In the order in which they came."""
    statement = (
        select(contact_point.c.id, contact_point.c.address, contact.c.name, participant.c.joined)
        .select_from(participant.join(contact_point).join(contact))
        .where(participant.c.conversation_id == conversation_id)
        .order_by(participant.c.created_at, contact_point.c.id)
    )
    return tuple(
        Participant(ContactPointId(row.id), row.address, row.name, row.joined)
        for row in tx.conn.execute(statement)
    )


def is_participant(tx: Tx, conversation_id: ConversationId, kind: str, address: str) -> bool:
    """Whether this address may write into the conversation: the requester's, or one that joined."""
    point = contact_point.c.id
    requester = select(conversation.c.contact_point_id).where(conversation.c.id == conversation_id)
    joined = select(participant.c.contact_point_id).where(
        participant.c.conversation_id == conversation_id, participant.c.joined
    )
    statement = select(point).where(
        contact_point.c.kind == kind,
        contact_point.c.address == address,
        point.in_(requester) | point.in_(joined),
    )
    return tx.conn.execute(statement).first() is not None


def note_others(tx: Tx, known: Conversation, senders: Iterable[Sender], *, joined: bool) -> None:
    """A message came with these beside its sender; who joined before stays so, and joining is never undone here."""
    changed = False
    for sender in senders:
        point = ensure_point(tx, sender)
        if point.id != known.contact_point:
            changed |= _put(tx, known.id, point.id, joined=joined, by=None)
    if changed:
        tx.emit(conversation_topic(known.id), ParticipantsChanged(known.id, None))


def join(tx: Tx, conversation_id: ConversationId, sender: Sender, by: AgentId) -> None:
    """An agent lets somebody take part."""
    point = ensure_point(tx, sender)
    if _put(tx, conversation_id, point.id, joined=True, by=by):
        tx.emit(conversation_topic(conversation_id), ParticipantsChanged(conversation_id, by))


def remove(tx: Tx, conversation_id: ConversationId, point: ContactPointId, by: AgentId) -> None:
    """They get no more replies. Raises NotFound when they did not take part."""
    gone = delete(participant).where(
        participant.c.conversation_id == conversation_id, participant.c.contact_point_id == point
    )
    if tx.conn.execute(gone).rowcount == 0:
        raise NotFound("there is no such participant")
    tx.emit(conversation_topic(conversation_id), ParticipantsChanged(conversation_id, by))


def bring(
    tx: Tx, conversation_id: ConversationId, people: Mapping[ContactPointId, bool], by: AgentId
) -> tuple[StoredPerson, ...]:
    """They come along with messages: joined where True, else only noted; whose place changed, and what it was before."""
    known = {
        row.contact_point_id: row.joined
        for row in tx.conn.execute(
            select(participant).where(participant.c.conversation_id == conversation_id)
        )
    }
    changed = tuple(
        StoredPerson(point, known.get(point))
        for point, joined in people.items()
        if _put(tx, conversation_id, point, joined=joined, by=by)
    )
    if changed:
        tx.emit(conversation_topic(conversation_id), ParticipantsChanged(conversation_id, by))
    return changed


def send_back(tx: Tx, conversation_id: ConversationId, people: Iterable[StoredPerson], by: AgentId) -> None:
    """What ``bring`` changed is as it was before."""
    changed = False
    for each in people:
        here = (
            participant.c.conversation_id == conversation_id,
            participant.c.contact_point_id == each.point,
        )
        if each.joined is None:
            changed |= tx.conn.execute(delete(participant).where(*here)).rowcount == 1
        else:
            put_back = update(participant).where(*here).values(joined=each.joined)
            changed |= tx.conn.execute(put_back).rowcount == 1
    if changed:
        tx.emit(conversation_topic(conversation_id), ParticipantsChanged(conversation_id, by))


def _put(
    tx: Tx, conversation_id: ConversationId, point: ContactPointId, *, joined: bool, by: AgentId | None
) -> bool:
    """True when somebody is new or has joined only now."""
    row = {
        "conversation_id": conversation_id,
        "contact_point_id": point,
        "joined": joined,
        "added_by": by,
        "created_at": tx.now,
    }
    if tx.insert_new(participant, row):
        return True
    if not joined:
        return False
    statement = (
        update(participant)
        .where(
            participant.c.conversation_id == conversation_id,
            participant.c.contact_point_id == point,
            ~participant.c.joined,
        )
        .values(joined=True, added_by=by)
    )
    return tx.conn.execute(statement).rowcount == 1
