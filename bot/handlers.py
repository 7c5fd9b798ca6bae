"""Answers customers: the outbox handler ``bot.answer`` on each message that came in while the bot held the conversation."""

import logging
from dataclasses import dataclass, field, replace

from bot.contract import Outcome, Turn
from bot.handing.doing import HandsOver
from bot.policy.requests import changes_told
from bot.policy.settings import DEFAULT_LANGUAGE
from bot.proposals import Understanding
from bot.record import (
    ALONE,
    Letters,
    RecordSettings,
    Thought,
    by_hand,
    load_turn,
    not_ours,
    outcome_of,
    reply_key,
    save_turn,
)
from bot.reply import HandOff, Line, Nothing, Say
from bot.thinking import Thinker
from bot.wording import Wording
from core import lifecycle
from core.answer import Handoff
from core.attempts import Retry
from core.bus import Bus, Transient
from core.clock import Clock
from core.errors import Conflict
from core.events import BotAnswered, Event, MessageReceived, Recorded, conversation_topic
from core.ids import ConversationId, Ids, TurnId
from core.message import ByBot
from core.outbox import IoHandler
from core.reply import add_note, queue_reply
from core.store.conversations import get_conversation
from core.store.database import Database
from core.store.tx import Tx

log = logging.getLogger(__name__)

NAME = "bot.answer"
_EXPECTED = frozenset({"stale_turn", "closed"})


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """Seconds: one attempt, and how long it is tried again before a person takes over."""

    attempt_s: float = 8.0
    horizon_s: float = 5.0
    first_retry_s: float = 0.2
    record: RecordSettings = field(default_factory=RecordSettings)


@dataclass(frozen=True, slots=True)
class Given:
    """What is given to whoever answers; ``letters`` says of a kind of inbox whether one writes letters there."""

    db: Database
    bus: Bus
    clock: Clock
    ids: Ids
    letters: Letters = by_hand


class AnswerMessages:
    """One message, one turn, one transaction that says something or hands over; repeating it changes nothing."""

    def __init__(
        self,
        given: Given,
        thinker: Thinker,
        wording: Wording,
        hands: HandsOver,
        settings: AnswerSettings | None = None,
    ) -> None:
        self._given = given
        self._thinker = thinker
        self._wording = wording
        self._hands = hands
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
        turn = await given.db.read(self._load, received, TurnId(given.ids.new()))
        if isinstance(turn, Nothing):
            log.info("nothing to say: %s", turn.why, extra={"conversation": received.conversation})
            return
        self._typing(turn.conversation, on=True)
        thought: Thought | None = None
        try:
            thought = self._hands.on_errand(turn) or await self._thinker.think(turn)
            took = round((given.clock.now() - began).total_seconds() * 1000)
            await given.db.run(self._commit, turn, thought, took)
        except Conflict as conflict:
            if conflict.code not in _EXPECTED:
                raise
            log.info("overtaken: %s", conflict, extra={"conversation": turn.conversation})
            if thought is not None:
                await given.db.run(self._note_done, turn, thought)
        finally:
            self._typing(turn.conversation, on=False)

    def _load(self, tx: Tx, received: MessageReceived, turn_id: TurnId) -> Turn | Nothing:
        turn = load_turn(tx, received, turn_id, self._settings.record, self._given.letters)
        return turn if isinstance(turn, Nothing) else self._hands.known(tx, turn)

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
        turn = self._load(tx, received, TurnId(tx.ids.new()))
        if not_ours(conversation, received) is None and isinstance(turn, Turn):
            heard = Understanding("none", None, 0.0, None, (), None, turn.slots)
            language = turn.language or DEFAULT_LANGUAGE
            self._commit(tx, turn, Thought(HandOff("bot_failed"), heard, language), 0)

    def _commit(self, tx: Tx, turn: Turn, thought: Thought, milliseconds: int) -> Outcome | None:
        """None when the turn was committed before. Raises Conflict when somebody else holds the conversation now."""
        turn, reply = self._hands.by_topic(tx, turn, thought.reply, thought.understood)
        thought = replace(thought, reply=reply)
        if not save_turn(tx, turn, thought, milliseconds):
            return None
        key = reply_key(turn.message)
        match reply:
            case Nothing():
                return None
            case HandOff():
                self._hands.run(tx, turn, reply, thought.understood, thought.language)
            case _:
                self._hands.asked_again(tx, turn)
                parts = self._wording.parts(reply, thought.language, letter=turn.letter)
                queue_reply(tx, turn.conversation, ByBot(turn.token), parts, key)
        outcome = outcome_of(reply)
        engine = thought.understood.engine if thought.understood else ALONE
        trouble = thought.understood.trouble if thought.understood else None
        told = BotAnswered(turn.conversation, turn.id, engine, outcome.value, trouble)
        tx.emit(conversation_topic(turn.conversation), told)
        return outcome

    def _note_done(self, tx: Tx, turn: Turn, thought: Thought) -> None:
        """What was changed already, though nothing is said any more: a note for whoever holds the conversation."""
        done = changes_told(turn, thought.understood.proposals) if thought.understood else ()
        if done:
            told = Say((Line("bot-done-untold"), *done), Outcome.TALKED)
            parts = self._wording.parts(told, thought.language)
            author = ByBot(get_conversation(tx, turn.conversation).turn)
            add_note(tx, turn.conversation, author, parts, f"bot:done:{turn.message}")

    def _typing(self, conversation: ConversationId, *, on: bool) -> None:
        self._given.bus.publish(
            Transient(conversation_topic(conversation), "typing", {"who": "bot", "on": on})
        )


def _with_bot(event: Event) -> bool:
    return isinstance(event, MessageReceived) and event.handler == "bot" and not event.quiet
