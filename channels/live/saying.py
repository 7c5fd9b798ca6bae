"""What a visitor says is stored once; what they have read is remembered."""

from dataclasses import dataclass, replace

from sqlalchemy import select, update

from channels.addresses import MAIL
from channels.live import protocol as wire
from channels.live.config import live_config
from channels.live.details import given_addresses
from channels.live.floods import Floods
from channels.live.identity import no_identity
from channels.live.inbound import Visitor, check, receive
from channels.live.parts import LiveParts
from channels.live.sessions import speaker
from core.claims import claim
from core.events import ContactRead, DeliveryChanged, conversation_topic
from core.ids import ConversationId
from core.inbox import Inbox
from core.message import Delivery, DeliveryState
from core.network import named_for_a_day
from core.receive import Received
from core.reply import set_delivery
from core.store.conversations import peek_conversation
from core.store.messages import read_events
from core.store.tables.conversation import conversation as table
from core.store.tx import Tx

_SHOWN = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED})


@dataclass(frozen=True, slots=True)
class Said:
    """Who has said it, who may have signed in meanwhile, and where it is."""

    visitor: Visitor
    stored: wire.Stored


class Saying:
    """The same for sockets and for single requests."""

    def __init__(self, parts: LiveParts) -> None:
        self._parts = parts
        self._floods = Floods(parts.limits, parts.settings)

    async def say(self, inbox: Inbox, visitor: Visitor, said: wire.Say) -> Said:
        """Once it returns, the message is on disk. Raises Invalid (see ``inbound``; ``session``, ``identity``), TooOften, Rejected."""
        check(said, self._parts.settings)
        await self._floods.message(visitor.id, visitor.address, inbox.id)
        now, stored = await self._parts.db.run(self._store, inbox, visitor, said)
        return Said(now, wire.Stored(said.key, stored.message, stored.conversation, stored.visible_n))

    def _store(self, tx: Tx, inbox: Inbox, visitor: Visitor, said: wire.Say) -> tuple[Visitor, Received]:
        id, config = speaker(tx, visitor.session, visitor.user)
        network = named_for_a_day(visitor.address, self._parts.key, tx.now.date())
        visitor = replace(visitor, id=id, network=network)
        if visitor.user is None and "identity" in config and live_config(config).identity.required:
            # A socket may be from a time when everybody was let in.
            raise no_identity()
        quiet = self._parts.leaves(tx, inbox, visitor.id, said.text)
        stored = receive(tx, self._parts.library, inbox, visitor, said, quiet=quiet)
        if stored.duplicate:
            return visitor, stored
        for address in given_addresses(inbox, said):
            contact = peek_conversation(tx, stored.conversation).contact
            _ = claim(tx, contact, MAIL, address, source="asked")
            self._parts.left(tx, inbox, stored.conversation, address)
        if said.choice is None:
            self._parts.heard(tx, inbox, stored.conversation, stored.message, said.text)
        return visitor, stored


def has_read(tx: Tx, conversation: ConversationId, n: int) -> bool:
    """Remember the highest number that the visitor has read, and which replies that makes read; False when it is no news."""
    before = select(table.c.read_n).where(table.c.id == conversation).with_for_update()
    read_n = tx.conn.execute(before).scalar_one()
    moved = tx.conn.execute(
        update(table)
        .where(table.c.id == conversation, table.c.read_n < n, table.c.visible_n >= n)
        .values(read_n=n)
    )
    if moved.rowcount != 1:
        return False
    topic = conversation_topic(conversation)
    tx.emit(topic, ContactRead(conversation, n))
    for shown in read_events(tx, topic, read_n, n - read_n, visible_only=True):
        if isinstance(shown.event, DeliveryChanged):
            set_delivery(tx, shown.event.message, Delivery(DeliveryState.READ), _SHOWN)
    return True
