"""Sends a conversation to the bot for something an agent wants to have, and brings it back to them, or to the queue."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from bot.handing.contract import Returns
from bot.handing.errands import QUESTION, UNANSWERED, question_of
from bot.handing.reading import open_errand, passed_on_before
from bot.handing.settings import HandingSettings
from bot.handing.telling import Telling
from bot.handing.values import Errand, ErrandKind
from bot.policy.settings import DEFAULT_LANGUAGE
from bot.wording import Wording
from core import lifecycle
from core.answer import Handoff
from core.bot_events import ErrandEnded, ErrandGiven
from core.conversation import Cause, Closed, Conversation, Nobody
from core.errors import Conflict, Invalid
from core.events import Event, Recorded, TimerFired, conversation_topic
from core.ids import AgentId, ConversationId
from core.inbox import BotMode
from core.message import ByBot
from core.outbox import TxHandler
from core.reply import queue_reply
from core.store.conversations import get_conversation, get_inbox
from core.store.tables.handing import bot_errand
from core.store.tx import Tx

TIMER = "errand"
NAME = "bot.errand"


class Errands:
    """Whoever sends the bot, and the time after which it comes back by itself."""

    def __init__(
        self, telling: Telling, wording: Wording, returns: Returns | None, settings: HandingSettings
    ) -> None:
        self._telling = telling
        self._wording = wording
        self._returns = returns
        self._settings = settings

    def handler(self) -> TxHandler:
        """For the table of listeners."""
        return TxHandler(NAME, (TimerFired,), self.run_out, _is_ours)

    def give(self, tx: Tx, before: Conversation, by: AgentId, kind: str, question: str | None) -> None:
        """The bot has it from now on and asks. Raises Invalid, Conflict ``over`` or ``no_bot``; then all stays as it is."""
        asked = _checked(kind, question)
        if isinstance(before.handler, Nobody) or isinstance(before.status, Closed):
            raise Conflict(f"conversation {before.id} is resolved: open it again first", code="over")
        if get_inbox(tx, before.inbox).bot is not BotMode.ANSWER:
            raise Conflict("no bot answers in this inbox", code="no_bot")
        words = question.strip() if question is not None else None
        after = lifecycle.to_bot(tx, before, by=by)
        errand = tx.ids.new()
        row = {
            "id": errand,
            "conversation_id": after.id,
            "turn": after.turn,
            "kind": asked.value,
            "question": words if asked is ErrandKind.OWN else None,
            "by_id": by,
            "queue_id": before.queue,
            "created_at": tx.now,
        }
        tx.conn.execute(bot_errand.insert().values(**row))
        topic = conversation_topic(after.id)
        tx.emit(topic, ErrandGiven(after.id, errand, asked.value, by))
        tx.set_timer(topic, TIMER, tx.now + timedelta(seconds=self._settings.errand_s), errand)
        language = (after.language or DEFAULT_LANGUAGE).partition("-")[0]
        parts = self._wording.lines((question_of(asked, words),), language)
        queue_reply(tx, after.id, ByBot(after.turn), parts, f"errand:{errand}")

    def run_out(self, tx: Tx, recorded: Recorded) -> None:
        """Nobody answered in time: people have it again, and the customer hears nothing of that."""
        timer = recorded.event
        if not isinstance(timer, TimerFired):
            return
        conversation = get_conversation(tx, ConversationId(recorded.topic.partition(":")[2]))
        errand = open_errand(tx, conversation.id, conversation.turn)
        if errand is None or errand.id != timer.ref:
            return
        language = (conversation.language or DEFAULT_LANGUAGE).partition("-")[0]
        before = passed_on_before(tx, conversation.id) or Handoff(UNANSWERED, "")
        handoff = self._telling.summed_up(replace(before, reason=UNANSWERED), language)
        bring_back(tx, conversation.id, conversation.turn, errand, handoff, self._returns)


def bring_back(
    tx: Tx,
    conversation: ConversationId,
    turn: int,
    errand: Errand,
    handoff: Handoff,
    returns: Returns | None,
) -> bool:
    """Whether the agent holds it again whose it was, rather than the queue. Raises Conflict ``stale_turn``."""
    after = lifecycle.hand_off(tx, conversation, turn, handoff, queue=errand.queue, cause=Cause.CAME_BACK)
    ended = {"ended": handoff.reason, "ended_at": tx.now}
    tx.conn.execute(update(bot_errand).where(bot_errand.c.id == errand.id).values(**ended))
    topic = conversation_topic(conversation)
    tx.emit(topic, ErrandEnded(conversation, errand.id, handoff.reason))
    tx.cancel_timer(topic, TIMER, errand.id)
    # A supervisor may have sent it for whoever held it.
    return returns is not None and returns(tx, conversation, after.last_agent or errand.by)


def _checked(kind: str, question: str | None) -> ErrandKind:
    try:
        asked = ErrandKind(kind)
    except ValueError:
        known = ", ".join(each.value for each in ErrandKind)
        raise Invalid("ask", f"one of {known}, not {kind!r}") from None
    if asked is ErrandKind.OWN and not (question or "").strip():
        raise Invalid("question", "what the bot shall ask")
    if question is not None and len(question) > QUESTION:
        raise Invalid("question", f"at most {QUESTION} characters")
    return asked


def _is_ours(event: Event) -> bool:
    return isinstance(event, TimerFired) and event.kind == TIMER
