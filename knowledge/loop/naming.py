"""Who is named in a conversation: its customer by each name that is known or was said, who takes part, who answered."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import func, select

from core.ids import ConversationId
from core.message import Kind
from core.store.contacts import in_group, person_id
from core.store.tables.conversation import conversation, message, participant
from core.store.tables.people import agent, contact, contact_claim, contact_point
from core.store.tx import Tx
from knowledge.loop.redacting import READ, announced

_MESSAGES = 5_000
"""So many messages of all conversations together are read, the newest."""
MESSAGES_HERE = 200
CHARACTERS_HERE = 20_000
NAMES_HERE = 100
"""So much of one conversation is looked at within a transaction that others wait for, and so many names are given: 5 ms at most."""


def names_in(tx: Tx, conversations: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """By conversation; one without any has none. Words of thousands of messages: for ``Database.large`` only."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    said = _said(tx, conversations, _MESSAGES, _MESSAGES * READ)
    for key, name in (*_people(tx, conversations), *_others(tx, conversations), *said):
        if name:
            found[key][name] = None
    return defaultdict(tuple, {key: tuple(names) for key, names in found.items()})


def names_here(tx: Tx, conversation_id: ConversationId) -> tuple[str, ...]:
    """Those in one conversation, by its newest messages: quick enough for any transaction."""
    here = (conversation_id,)
    said = _said(tx, here, MESSAGES_HERE, CHARACTERS_HERE)
    found = dict.fromkeys(name for _, name in (*_people(tx, here), *_others(tx, here), *said) if name)
    return tuple(found)[:NAMES_HERE]


def _people(tx: Tx, conversations: Collection[str]) -> list[tuple[str, str | None]]:
    """What the customer is called, by each contact that is them, and what they say they are called."""
    own, same = contact.alias(), contact.alias()
    joined = (
        conversation.join(own, own.c.id == conversation.c.contact_id)
        .join(same, in_group(same, person_id(own)))
        .outerjoin(
            contact_claim, (contact_claim.c.contact_id == same.c.id) & (contact_claim.c.kind == "name")
        )
    )
    rows = tx.conn.execute(
        select(conversation.c.id, same.c.name, contact_claim.c.value)
        .select_from(joined)
        .where(conversation.c.id.in_(conversations))
    ).all()
    return [(row.id, name) for row in rows for name in (row.name, row.value)]


def _others(tx: Tx, conversations: Collection[str]) -> list[tuple[str, str | None]]:
    """Who takes part beside them."""
    joined = participant.join(contact_point, contact_point.c.id == participant.c.contact_point_id).join(
        contact, contact.c.id == contact_point.c.contact_id
    )
    rows = tx.conn.execute(
        select(participant.c.conversation_id, contact.c.name)
        .select_from(joined)
        .where(participant.c.conversation_id.in_(conversations))
    )
    return [(row.conversation_id, row.name) for row in rows]


def _said(
    tx: Tx, conversations: Collection[str], messages: int, characters: int
) -> list[tuple[str, str | None]]:
    """Agents who wrote, senders of mail, and names that customers gave in at most so many ``characters`` of the newest."""
    text = func.substr(message.c.text, 1, READ).label("text")
    rows = tx.conn.execute(
        select(message.c.conversation_id, message.c.kind, text, message.c.envelope, agent.c.name)
        .outerjoin(agent, agent.c.id == message.c.author_id)
        .where(message.c.conversation_id.in_(conversations))
        .order_by(message.c.created_at.desc(), message.c.n.desc())
        .limit(messages)
    )
    found: list[tuple[str, str | None]] = []
    for row in rows:
        found.append((row.conversation_id, row.name))
        if row.kind == Kind.INBOUND.value:
            found.extend((row.conversation_id, name) for name in announced(row.text[:characters]))
            characters = max(0, characters - len(row.text))
            if row.envelope is not None:
                found.append((row.conversation_id, row.envelope.sender.name))
    return found
