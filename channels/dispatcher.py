"""Takes queued replies to their channel: queued -> sending -> sent, failed, tried again, withdrawn or uncertain."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select

from channels.contract import Channel, Channels, Outgoing, Receipt, Recipients
from channels.pacing import in_turn
from channels.render import ArticleAddress, fit
from core.attempts import Retry
from core.conversation import Conversation
from core.errors import Conflict, Unavailable, Undeliverable
from core.events import Recorded, ReplyQueued, conversation_topic
from core.ids import AgentId, ConversationId, MessageId, QueueId
from core.inbox import Inbox, bot_mode
from core.message import Attachment, ByAgent, Delivery, DeliveryState, Message, Party
from core.outbox import IoHandler, Last
from core.reply import check_turn, set_delivery
from core.store.codec import load_conversation
from core.store.conversations import get_conversation
from core.store.database import Database
from core.store.messages import get_message, set_envelope
from core.store.tables.conversation import conversation as conversations
from core.store.tables.conversation import message as table
from core.store.tables.conversation import participant
from core.store.tables.people import agent, contact, contact_point
from core.store.tables.people import inbox as inboxes
from core.store.tx import Tx

log = logging.getLogger(__name__)

NAME = "dispatcher"

_QUEUED = frozenset({DeliveryState.QUEUED})
_SENDING = frozenset({DeliveryState.SENDING})
_UNSETTLED = _QUEUED | _SENDING
_UNKNOWN = _SENDING | {DeliveryState.UNCERTAIN}
"""Another process may have had to call it uncertain, while whoever sent it waited for an answer."""
_DECIDABLE = frozenset({DeliveryState.UNCERTAIN, DeliveryState.FAILED})


@dataclass(frozen=True, slots=True)
class DispatchSettings:
    """``time_limit_s`` for one call of a provider; ``horizon_s`` is how long a reply is tried before it has failed."""

    time_limit_s: float = 240.0
    first_pause_s: float = 1.0
    longest_pause_s: float = 300.0
    horizon_s: float = 6 * 3600.0


class Dispatcher:
    """An outbox handler: one stream a conversation, so replies leave in the order in which they were written.

    ``shown`` is told, in the transaction that does it, of each reply that a conversation's own stream delivers.
    """

    def __init__(
        self,
        db: Database,
        channels: Channels,
        settings: DispatchSettings,
        *,
        media_url: Callable[[Attachment], str],
        article_url: ArticleAddress = lambda _article, _language: None,
        shown: Callable[[Tx, ConversationId], None] = lambda _tx, _conversation: None,
    ) -> None:
        self._db = db
        self._channels = channels
        self._settings = settings
        self._media_url = media_url
        self._article_url = article_url
        self._shown = shown

    def handler(self) -> IoHandler:
        """For the table of listeners."""
        settings = self._settings
        return IoHandler(
            NAME,
            (ReplyQueued,),
            self.run,
            time_limit_s=settings.time_limit_s,
            retry=Retry(settings.first_pause_s, settings.longest_pause_s, settings.horizon_s),
            on_dead=self.give_up,
            even_late=True,
        )

    async def run(self, recorded: Recorded) -> Last | None:
        """One attempt. Raises whatever the channel raised when it is to be tried again."""
        event = recorded.event
        if not isinstance(event, ReplyQueued):
            return None
        taken = await in_turn(lambda: self._db.run(self._take, event.message))
        if taken is None:
            return None
        channel, outgoing = taken
        try:
            receipt = await channel.send(outgoing)
        except Undeliverable as error:
            await self._db.run(_fail, outgoing.message, str(error))
        except Unavailable as error:
            # Certainly not delivered: it waits again, and its turn is checked again.
            waits = Delivery(DeliveryState.QUEUED, str(error))
            await self._db.run(set_delivery, outgoing.message, waits, _SENDING)
            raise
        except Exception as error:
            if channel.capabilities.repeats_harmless:
                raise
            log.warning("nobody knows whether reply %s arrived: %r", outgoing.message, error)
            unknown = Delivery(DeliveryState.UNCERTAIN, str(error) or "no answer")
            await self._db.run(set_delivery, outgoing.message, unknown, _SENDING)
        else:
            if not channel.capabilities.by_stream:
                return lambda tx: _sent(tx, outgoing.message, receipt)
        return None

    def _take(self, tx: Tx, message_id: MessageId) -> tuple[Channel, Outgoing] | None:
        """Mark the reply as being sent, and what to send; None when there is nothing to do (any more).

        The bot's turn is checked here a second time, in the transaction that lets the reply go.
        """
        message = get_message(tx, message_id)
        state = None if message.delivery is None else message.delivery.state
        if state not in _UNSETTLED:
            return None
        around = _around(tx, message)
        conversation, inbox = around.conversation, around.inbox
        channel = self._channels.get(inbox.kind)
        if channel is None or not inbox.enabled:
            _fail(tx, message_id, f"inbox {inbox.name} is switched off")
            return None
        if state is DeliveryState.SENDING:
            # A time-out, or a process that died: nobody knows whether it arrived.
            if not channel.capabilities.repeats_harmless:
                set_delivery(tx, message_id, Delivery(DeliveryState.UNCERTAIN, "no answer"), _SENDING)
                return None
        elif not check_turn(message, conversation):
            set_delivery(tx, message_id, Delivery(DeliveryState.WITHDRAWN, "a person took over"), _QUEUED)
            return None
        outgoing = self._outgoing(tx, message, around, channel)
        wait_s = channel.wait_s(outgoing)
        if wait_s > 0:
            # Nothing is written, so that waiting for its turn is no news to anybody.
            raise Unavailable(f"inbox {inbox.name} sends no faster", retry_after_s=wait_s)
        gone = DeliveryState.SENT if channel.capabilities.by_stream else DeliveryState.SENDING
        set_delivery(tx, message_id, Delivery(gone), _UNSETTLED)
        if gone is DeliveryState.SENT:
            self._shown(tx, conversation.id)
        return channel, outgoing

    def _outgoing(self, tx: Tx, message: Message, around: "_Around", channel: Channel) -> Outgoing:
        can = channel.capabilities
        conversation, inbox, requester = around.conversation, around.inbox, around.requester
        outgoing = Outgoing(
            message=message.id,
            conversation=conversation.id,
            inbox=inbox,
            thread_key=conversation.thread_key,
            to=requester.address,
            parts=fit(message.parts, can, article_url=self._article_url, media_url=self._media_url),
            subject=conversation.subject,
            author=message.author,
            author_name=around.author_name,
            language=conversation.language,
        )
        if not can.copies:
            return outgoing
        recipients = Recipients(requester, _copies(tx, message, inbox))
        envelope = channel.envelope(tx, outgoing, recipients)
        if envelope is not None:
            set_envelope(tx, message.id, envelope)
        return replace(outgoing, envelope=envelope)

    def give_up(self, tx: Tx, recorded: Recorded) -> None:
        """After the last attempt: it has failed, or nobody knows."""
        if not isinstance(recorded.event, ReplyQueued):
            return
        message = recorded.event.message
        unknown = Delivery(DeliveryState.UNCERTAIN, "no answer")
        if not set_delivery(tx, message, unknown, _SENDING):
            delivery = get_message(tx, message).delivery
            last = None if delivery is None else delivery.reason
            # What was said last tells more than that time ran out.
            given_up = "given up" if last is None else f"given up: {last}"
            set_delivery(tx, message, Delivery(DeliveryState.FAILED, given_up), _QUEUED)


def decide(tx: Tx, message_id: MessageId, *, again: bool, by: AgentId) -> None:
    """A person's word on a reply that failed or whose fate is unknown: send it again, or take it as sent.

    Raises Conflict when there is nothing to decide.
    """
    state = DeliveryState.QUEUED if again else DeliveryState.SENT
    if not set_delivery(tx, message_id, Delivery(state), _DECIDABLE, by=by):
        raise Conflict(f"the delivery of message {message_id} is not in doubt")
    if again:
        message = get_message(tx, message_id)
        inbox = get_conversation(tx, message.conversation).inbox
        author = tx.conn.execute(select(table.c.author).where(table.c.id == message_id)).scalar_one()
        tx.emit(
            conversation_topic(message.conversation),
            ReplyQueued(message.conversation, message_id, author, inbox),
        )


@dataclass(frozen=True, slots=True)
class _Around:
    """What a reply is sent with, read in one statement, because every reply asks it; the conversation is locked."""

    conversation: Conversation
    inbox: Inbox
    requester: Party
    author_name: str | None


_AROUND = (
    select(
        conversations,
        inboxes.c.kind.label("inbox_kind"),
        inboxes.c.name.label("inbox_name"),
        inboxes.c.enabled.label("inbox_enabled"),
        inboxes.c.queue_id.label("inbox_queue"),
        inboxes.c.bot.label("inbox_bot"),
        inboxes.c.bot_mode.label("inbox_bot_mode"),
        inboxes.c.config.label("inbox_config"),
        contact_point.c.address.label("requester_address"),
        contact.c.name.label("requester_name"),
        select(agent.c.name).where(agent.c.id == bindparam("author")).scalar_subquery().label("author_name"),
    )
    .join_from(conversations, inboxes, conversations.c.inbox_id == inboxes.c.id)
    .join(contact_point, contact_point.c.id == conversations.c.contact_point_id)
    .join(contact, contact.c.id == contact_point.c.contact_id)
    .where(conversations.c.id == bindparam("key"))
    .with_for_update(of=conversations)
)


def _around(tx: Tx, message: Message) -> _Around:
    author = message.author.agent if isinstance(message.author, ByAgent) else None
    row = tx.conn.execute(_AROUND, {"key": message.conversation, "author": author}).one()
    conversation = load_conversation(row)
    inbox = Inbox(
        conversation.inbox,
        row.inbox_kind,
        row.inbox_name,
        row.inbox_enabled,
        QueueId(row.inbox_queue),
        bot_mode(row.inbox_bot, row.inbox_bot_mode),
        row.inbox_config,
    )
    return _Around(conversation, inbox, Party(row.requester_address, row.requester_name), row.author_name)


def _copies(tx: Tx, message: Message, inbox: Inbox) -> tuple[Party, ...]:
    """Who joined, or whom of them the agent chose; never anybody else."""
    statement = (
        select(contact_point.c.address, contact.c.name)
        .select_from(participant.join(contact_point).join(contact))
        .where(
            participant.c.conversation_id == message.conversation,
            participant.c.joined,
            contact_point.c.kind == inbox.kind,
        )
        .order_by(participant.c.created_at, contact_point.c.id)
    )
    joined = [Party(row.address, row.name) for row in tx.conn.execute(statement)]
    if message.envelope is None:
        return tuple(joined)
    chosen = {party.address for party in message.envelope.copies}
    return tuple(party for party in joined if party.address in chosen)


def _sent(tx: Tx, message: MessageId, receipt: Receipt) -> None:
    sent = Delivery(DeliveryState.SENT, receipt.note)
    set_delivery(tx, message, sent, _UNKNOWN, external_id=receipt.external_id)


def _fail(tx: Tx, message: MessageId, reason: str) -> None:
    set_delivery(tx, message, Delivery(DeliveryState.FAILED, reason), _UNSETTLED)
