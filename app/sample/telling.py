"""Tells the sample's talks through the same use cases as real ones, so that every event of theirs is there."""

from collections.abc import Mapping
from datetime import timedelta

from app.sample.files import keep_file
from app.sample.past import back_then
from app.sample.talks import TALKS, Answering, File, Replies, Says, Talk
from channels.live.rating import rate
from core import lifecycle
from core.claims import claim
from core.contact import Sender
from core.conversation import Cause
from core.edit import edit_message, set_reachable
from core.ids import AgentId, ConversationId, InboxId, MessageId
from core.message import (
    ByAgent,
    Delivery,
    DeliveryState,
    Exact,
    Inbound,
    Location,
    Part,
    Quoted,
    SharedContact,
    Text,
    in_brief,
)
from core.receive import receive_message
from core.reply import queue_reply, set_delivery
from core.store.conversations import find_point, get_conversation
from core.store.messages import get_message
from core.store.tables.people import contact_point
from core.store.tx import Tx

_QUEUED = frozenset({DeliveryState.QUEUED})
_PAUSE = timedelta(minutes=2)


def tell_talks(tx: Tx, agents: Mapping[str, AgentId]) -> None:
    """Nothing is offered or sent again: they are done, or wait for the customer."""
    for number, talk in enumerate(TALKS):
        with back_then(tx, talk.ago):
            _Telling(tx, talk, agents[talk.agent], f"talk-{number}").tell()


class _Telling:
    """One talk from its first word to its end."""

    def __init__(self, tx: Tx, talk: Talk, agent: AgentId, key: str) -> None:
        self._tx = tx
        self._talk = talk
        self._agent = agent
        self._key = key
        self._said: list[MessageId] = []
        self._conversation = ConversationId("")

    def tell(self) -> None:
        tx, talk = self._tx, self._talk
        for number, line in enumerate(talk.lines):
            if number:
                tx.now += _PAUSE
            if isinstance(line, Says):
                self._says(line, f"{self._key}-{number}")
            else:
                self._replies(line, f"{self._key}-{number}")
        self._know()
        end = lifecycle.wait if talk.open else lifecycle.resolve
        end(tx, get_conversation(tx, self._conversation), by=self._agent)
        if talk.rated is not None:
            tx.now += _PAUSE
            # It is rated for the event that ended it, which must be written for that.
            tx.write_out()
            rate(tx, self._conversation, talk.rated)

    def _says(self, line: Says, key: str) -> None:
        tx, talk = self._tx, self._talk
        inbound = Inbound(
            inbox=InboxId(talk.inbox),
            external_id=key,
            sender=Sender(talk.inbox, talk.address, verified=True, name=talk.name, language=talk.language),
            parts=tuple(self._part(each) for each in line.parts),
            thread=Exact(talk.address),
            sent_at=tx.now,
            language=talk.language,
            context=talk.context,
            public=talk.public,
        )
        received = receive_message(tx, inbound)
        self._said.append(received.message)
        self._conversation = received.conversation
        if line.corrected is not None:
            later = tx.now + _PAUSE / 2
            edit_message(tx, inbound.inbox, key, (Text(line.corrected),), later)

    def _part(self, part: str | File | Answering | Location | SharedContact) -> Part:
        match part:
            case str():
                return Text(part)
            case File(name):
                return keep_file(self._tx, name)
            case Answering(back):
                quoted = self._said[-back]
                return Quoted(in_brief(get_message(self._tx, quoted).parts), quoted)
            case _:
                return part

    def _replies(self, line: Replies, key: str) -> None:
        tx = self._tx
        held = get_conversation(tx, self._conversation)
        if held.last_agent is None:
            lifecycle.assign(tx, held, self._agent, cause=Cause.OFFER_ACCEPTED, by=self._agent)
        reply = queue_reply(tx, self._conversation, ByAgent(self._agent), (Text(line.text),), key)
        state = DeliveryState.SENT
        if line.lost is not None:
            state = DeliveryState.FAILED if line.certain else DeliveryState.UNCERTAIN
        set_delivery(tx, reply.id, Delivery(state, line.lost), _QUEUED)
        self._said.append(reply.id)

    def _know(self) -> None:
        """What is known of the customer beside their words."""
        tx, talk = self._tx, self._talk
        point = find_point(tx, talk.inbox, talk.address)
        if point is None:
            return
        if talk.blocked:
            set_reachable(tx, point, reachable=False)
        if talk.says is not None:
            claim(tx, point.contact, "email", talk.says, source="left")
        if talk.proven:
            proven = {
                "id": tx.ids.new(),
                "contact_id": point.contact,
                "kind": "user",
                "address": f"{talk.inbox}:{talk.name.split(maxsplit=1)[0].lower()}",
                "verified": True,
                "created_at": tx.now,
            }
            tx.conn.execute(contact_point.insert().values(**proven))
