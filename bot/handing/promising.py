"""Tells who waits for a person, where the bot answers others, what happens next while nobody is there: listener ``bot.promise``.

Whoever is held out, was passed on before, or writes after an agent has resolved, never meets the bot. Out of hours they
hear the same as whom it passes on: when people are back, the number of the case, and where an answer can also go.
"""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import exists, select

from bot.handing.contract import Addresses, Staff
from bot.handing.doing import Around
from bot.handing.reading import passed_on_before, zone_known
from bot.handing.service import Service
from bot.handing.settings import HandingSettings
from bot.handing.telling import Next, Telling
from bot.policy.settings import DEFAULT_LANGUAGE
from bot.text import language_of
from core.cases import numbered
from core.conversation import Closed, Conversation, InQueue, Resolved
from core.events import Event, MessageReceived, Recorded
from core.ids import MessageId
from core.message import BySystem, Text, in_brief
from core.outbox import TxHandler
from core.reply import queue_reply
from core.store.conversations import get_conversation
from core.store.messages import get_message
from core.store.tables.conversation import message as messages
from core.store.tx import Tx

NAME = "bot.promise"

WhoIsThere = Callable[[Tx, Conversation], Service]


class Promises:
    """Once for each time that nobody is there while they wait, in the transaction that read who is."""

    def __init__(self, around: Around, telling: Telling, settings: HandingSettings) -> None:
        self._staff: Staff | None = around.staff
        self._addresses: Addresses | None = around.addresses
        self._telling = telling
        self._settings = settings

    def handler(self) -> TxHandler:
        """Its line in the table of subscriptions."""
        return TxHandler(NAME, (MessageReceived,), self.tell, _owed)

    def tell(self, tx: Tx, recorded: Recorded) -> None:
        received = recorded.event
        if not isinstance(received, MessageReceived) or self._staff is None:
            return
        conversation = get_conversation(tx, received.conversation)
        if not isinstance(conversation.handler, InQueue) or isinstance(
            conversation.status, Closed | Resolved
        ):
            return
        then = Next(self._staff.service(tx, conversation.queue), tx.now)
        if not then.waits or _said_by_the_bot(tx, conversation, then):
            return
        ask = self._addresses is not None and self._addresses.wanted(tx, conversation.id)
        then = replace(then, number=numbered(tx, conversation.id), ask_address=ask)
        zone = zone_known(tx, conversation.id, self._settings)
        words = self._telling.waiting(zone, then, _language(tx, conversation, received.message))
        # The same night and the same wait: said once, however often they write.
        key = f"promise:{conversation.turn}:{then.service.opens_at or ''}"
        queue_reply(tx, conversation.id, BySystem(), (Text(words),), key)


def _said_by_the_bot(tx: Tx, conversation: Conversation, then: Next) -> bool:
    """Whether its farewell, after which nobody has had the conversation, promised the same."""
    handoff = passed_on_before(tx, conversation.id)
    if handoff is None or handoff.case is None or handoff.back_at != then.service.opens_at:
        return False
    farewell = select(messages.c.id).where(
        messages.c.conversation_id == conversation.id,
        messages.c.turn == conversation.turn,
        messages.c.author == "bot",
    )
    return bool(tx.conn.execute(select(exists(farewell))).scalar_one())


def _language(tx: Tx, conversation: Conversation, message: MessageId) -> str:
    """Of what they write, else of their side."""
    heard = language_of(in_brief(get_message(tx, message).parts))
    return heard or (conversation.language or DEFAULT_LANGUAGE).partition("-")[0]


def _owed(event: Event) -> bool:
    return isinstance(event, MessageReceived) and event.promise
