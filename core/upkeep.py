"""What time does to conversations: snoozed ones wake, resolved ones close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core import lifecycle
from core.conversation import Resolved, Snoozed
from core.events import Event, Recorded, StatusChanged, TimerFired, Topic
from core.ids import ConversationId
from core.outbox import OutboxHandler, TxHandler
from core.store.conversations import get_conversation
from core.store.tx import Tx

CLOSE_TIMER = "close"


@dataclass(frozen=True, slots=True)
class UpkeepSettings:
    """``close_after_s``: seconds after which a resolved conversation is closed; a message before that reopens it."""

    close_after_s: float = 7 * 86_400.0


class Upkeep:
    """Two handlers: one sets the time when a conversation is resolved, one acts when a time has come."""

    def __init__(self, settings: UpkeepSettings) -> None:
        self._close_after = timedelta(seconds=settings.close_after_s)

    def handlers(self) -> Sequence[OutboxHandler]:
        """For the table of listeners."""
        return (
            TxHandler("lifecycle.resolved", (StatusChanged,), self._resolved, _is_resolved),
            TxHandler("lifecycle.timers", (TimerFired,), _time_has_come, _is_ours),
        )

    def _resolved(self, tx: Tx, recorded: Recorded) -> None:
        tx.set_timer(recorded.topic, CLOSE_TIMER, recorded.at + self._close_after)


def _is_resolved(event: Event) -> bool:
    return isinstance(event, StatusChanged) and event.status == "resolved"


def _is_ours(event: Event) -> bool:
    return isinstance(event, TimerFired) and event.kind in {CLOSE_TIMER, lifecycle.SNOOZE_TIMER}


def _time_has_come(tx: Tx, recorded: Recorded) -> None:
    """Only what still stands is acted on: it may have been reopened, or put away anew, since the timer was set."""
    conversation = get_conversation(tx, _conversation_of(recorded.topic))
    closing = isinstance(recorded.event, TimerFired) and recorded.event.kind == CLOSE_TIMER
    match conversation.status:
        case Resolved() if closing:
            lifecycle.close(tx, conversation)
        case Snoozed(until) if not closing and until <= tx.now:
            lifecycle.wake(tx, conversation)
        case _:
            pass


def _conversation_of(topic: Topic) -> ConversationId:
    return ConversationId(topic.partition(":")[2])
