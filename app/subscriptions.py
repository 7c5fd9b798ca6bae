"""The table of listeners: which handler runs for which events. ``docs/events.md`` says the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.handlers import AnswerMessages
from channels.assembly import ChannelsPart
from core import lifecycle
from core.conversation import Snoozed
from core.events import Event, Recorded, TimerFired
from core.ids import ConversationId
from core.outbox import OutboxHandler, TxHandler
from core.store.conversations import get_conversation
from core.store.tx import Tx
from routing.handlers import routing_handler, sla_handler


@dataclass(frozen=True, slots=True)
class Listeners:
    """The parts that listen."""

    bot: AnswerMessages
    channels: ChannelsPart


def subscriptions(listeners: Listeners) -> Sequence[OutboxHandler]:
    """In each stream (one handler, one topic) events come in order; the streams are independent of one another."""
    return (
        listeners.bot.handler(),  # MessageReceived, while the bot holds the conversation
        *listeners.channels.handlers,  # ReplyQueued: to the channel
        routing_handler(),  # whatever changes who waits or who is free; worked on by the router alone
        sla_handler(),  # whatever starts, stops or pauses a promise
        TxHandler(
            "lifecycle.wake", (TimerFired,), _wake, _is_snooze
        ),  # a snoozed conversation's time has come
    )


def _is_snooze(event: Event) -> bool:
    return isinstance(event, TimerFired) and event.kind == lifecycle.SNOOZE_TIMER


def _wake(tx: Tx, recorded: Recorded) -> None:
    conversation = get_conversation(tx, ConversationId(recorded.topic.partition(":")[2]))
    if isinstance(conversation.status, Snoozed) and conversation.status.until <= tx.now:
        lifecycle.wake(tx, conversation)
