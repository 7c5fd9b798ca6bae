"""Answers customers: the outbox handler ``bot.answer`` on each message that came in while the bot held the conversation."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.contract import Outcome, Turn, Understanding
from bot.policy import DEFAULT_LANGUAGE
from bot.record import (
    ALONE,
    Letters,
    RecordSettings,
    Thought,
    by_hand,
    load_turn,
    not_ours,
    outcome_of,
    save_turn,
)
from bot.reply import HandOff, Nothing
from bot.thinking import Thinker
from bot.wording import Wording
from core import lifecycle
from core.answer import Handoff
from core.bus import Bus, Transient
from core.clock import Clock
from core.errors import Conflict
from core.events import BotAnswered, Event, MessageReceived, Recorded, conversation_topic
from core.ids import ConversationId, Ids, QueueId, TurnId
from core.message import ByBot
from core.outbox import IoHandler, Retry
from core.reply import queue_reply
from core.store.conversations import get_conversation
from core.store.database import Database
from core.store.tx import Tx

log = logging.getLogger(__name__)

NAME = "bot.answer"
_EXPECTED = frozenset({"stale_turn", "closed"})

QueueFor = Callable[[Tx, ConversationId, Handoff], QueueId]


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """Seconds: one attempt, and how long it is tried again before a person takes over."""

    attempt_s: float = 8.0
    horizon_s: float = 5.0
    first_retry_s: float = 0.2
    record: RecordSettings = field(default_factory=RecordSettings)


@dataclass(frozen=True, slots=True)
class Given:
    """What is given to whoever answers; ``queue_for`` says where a hand-over goes (None: the inbox's queue).

    ``letters`` says of a kind of inbox whether one writes letters there.
    """

    db: Database
    bus: Bus
    clock: Clock
    ids: Ids
    queue_for: QueueFor | None = None
    letters: Letters = by_hand


class AnswerMessages:
    """One message, one turn, one transaction that says something or hands over; repeating it changes nothing."""

    def __init__(
        self, given: Given, thinker: Thinker, wording: Wording, settings: AnswerSettings | None = None
    ) -> None:
        self._given = given
        self._thinker = thinker
        self._wording = wording
        self._settings = settings or AnswerSettings()

    def handler(self) -> IoHandler:
        """Its line in the table of subscriptions."""
        settings = self._settings
        return IoHandler(
            NAME,
            (MessageReceived,),
            self.answer,
            time_limit_s=settings.attempt_s,
            wants=_with_bot,
            retry=Retry(settings.first_retry_s, settings.horizon_s, settings.horizon_s),
            on_dead=self.give_up,
        )

    async def answer(self, recorded: Recorded) -> None:
        """Load, think outside any transaction, commit. Raises what the relay shall try again."""
        received = recorded.event
        if not isinstance(received, MessageReceived):
            raise TypeError(f"{NAME} has nothing to do with {type(received).__name__}")
        given = self._given
        began = given.clock.now()
        turn = await given.db.read(
            load_turn, received, TurnId(given.ids.new()), self._settings.record, given.letters
        )
        if isinstance(turn, Nothing):
            log.info("nothing to say: %s", turn.why, extra={"conversation": received.conversation})
            return
        self._typing(turn.conversation, on=True)
        try:
            thought = await self._thinker.think(turn)
            took = round((given.clock.now() - began).total_seconds() * 1000)
            await given.db.run(self._commit, turn, thought, took)
        except Conflict as conflict:
            if conflict.code not in _EXPECTED:
                raise
            log.info("overtaken: %s", conflict, extra={"conversation": turn.conversation})
        finally:
            self._typing(turn.conversation, on=False)

    def give_up(self, tx: Tx, recorded: Recorded) -> None:
        """When no attempt succeeded: a person takes over, in the transaction that buries the row."""
        received = recorded.event
        if not isinstance(received, MessageReceived):
            return
        try:
            tx.attempt(self._hand_over, received)
        except Exception:
            # Whatever is wrong with the turn itself must not keep the person away.
            log.exception("handing over without words", extra={"conversation": received.conversation})
            lifecycle.hand_off(tx, received.conversation, received.turn, Handoff("bot_failed", ""))

    def _hand_over(self, tx: Tx, received: MessageReceived) -> None:
        conversation = get_conversation(tx, received.conversation)
        turn = load_turn(tx, received, TurnId(tx.ids.new()), self._settings.record, self._given.letters)
        if not_ours(conversation, received) is None and isinstance(turn, Turn):
            heard = Understanding("none", None, 0.0, None, (), None, turn.slots)
            language = turn.language or DEFAULT_LANGUAGE
            self._commit(tx, turn, Thought(HandOff("bot_failed"), heard, language), 0)

    def _commit(self, tx: Tx, turn: Turn, thought: Thought, milliseconds: int) -> Outcome | None:
        """None when the turn was committed before. Raises Conflict when somebody else holds the conversation now."""
        if not save_turn(tx, turn, thought, milliseconds):
            return None
        reply, key = thought.reply, f"bot:{turn.message}"
        match reply:
            case Nothing():
                return None
            case HandOff():
                handoff = self._wording.handoff(turn, reply, thought.understood, thought.language)
                queue_for = self._given.queue_for
                queue = None if queue_for is None else queue_for(tx, turn.conversation, handoff)
                after = lifecycle.hand_off(tx, turn.conversation, turn.token, handoff, queue=queue)
                # The farewell stands under the new turn: it is withdrawn when an agent is faster than it.
                parts = self._wording.farewell(turn, reply, thought.language)
                queue_reply(tx, turn.conversation, ByBot(after.turn), parts, key)
            case _:
                parts = self._wording.parts(reply, thought.language, letter=turn.letter)
                queue_reply(tx, turn.conversation, ByBot(turn.token), parts, key)
        outcome = outcome_of(reply)
        engine = thought.understood.engine if thought.understood else ALONE
        told = BotAnswered(turn.conversation, turn.id, engine, outcome.value)
        tx.emit(conversation_topic(turn.conversation), told)
        return outcome

    def _typing(self, conversation: ConversationId, *, on: bool) -> None:
        self._given.bus.publish(
            Transient(conversation_topic(conversation), "typing", {"who": "bot", "on": on})
        )


def _with_bot(event: Event) -> bool:
    return isinstance(event, MessageReceived) and event.handler == "bot" and not event.quiet
