"""Listens to the bot: the outbox handler ``bot.misread`` keeps the turns that were probably misunderstood, redacted."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Row, select, update

from bot.contract import Outcome
from bot.improving.misread import Heard, Why, heavier, misunderstood
from bot.improving.sameness import key_of
from bot.improving.settings import ImprovingSettings
from bot.record import ALONE
from bot.text import language_of
from core.events import BotAnswered, Recorded
from core.ids import ConversationId
from core.message import Kind
from core.outbox import TxHandler
from core.store.codec import load_handoff
from core.store.tables.conversation import conversation
from core.store.tables.improving import bot_misread
from core.store.turns import turns_up_to
from core.store.tx import Tx

NAME = "bot.misread"
_TURNS = 20
"""So many of a conversation's newest turns are looked at."""
_NEW = 3
"""So many of them that are not kept yet are redacted at once, the newest: as a rule there is one."""

Redact = Callable[[Tx, ConversationId, str, int], str]
"""A text of this conversation, without what could name or reach a person, cut to so many characters."""


class Misreads:
    """Keeps each misunderstood turn once; what is learned of it later only changes why."""

    def __init__(self, redact: Redact, settings: ImprovingSettings) -> None:
        self._redact = redact
        self._settings = settings

    def handler(self) -> TxHandler:
        """Its line in the table of subscriptions."""
        return TxHandler(NAME, (BotAnswered,), self.hear)

    def hear(self, tx: Tx, recorded: Recorded) -> None:
        event = recorded.event
        if not isinstance(event, BotAnswered):
            return
        rows = turns_up_to(tx, event.turn_id, _TURNS)
        found = misunderstood(_heard(tx, rows), self._settings.unsure_below)
        before = _kept(tx, [row.id for row in rows])
        for row in rows:
            if row.id in before and row.id in found:
                _weigh(tx, row.id, before[row.id], found[row.id])
        new = [row for row in rows if row.id in found and row.id not in before]
        for row in new[-_NEW:]:
            self._keep(tx, row, found[row.id])

    def _keep(self, tx: Tx, row: Row[Any], why: Why) -> None:
        text = self._redact(tx, ConversationId(row.conversation_id), row.text, self._settings.characters)
        key = key_of(text)
        if key is None:
            return
        values = {
            "id": tx.ids.new(),
            "key": key,
            "text": text,
            "language": language_of(text) or row.language or "en",
            "intent": row.intent,
            "confidence": row.confidence,
            "ranking": row.ranking or (),
            "outcome": row.outcome,
            "why": why.value,
            "conversation_id": row.conversation_id,
            "message_id": row.message_id,
            "turn_id": row.id,
            "created_at": tx.now,
        }
        tx.insert_new(bot_misread, values)


def _heard(tx: Tx, rows: Sequence[Row[Any]]) -> list[Heard]:
    turns = []
    for at, row in enumerate(rows):
        pressed = row.engine == ALONE or row.kind != Kind.INBOUND.value
        last = at == len(rows) - 1
        handed = last and row.outcome == Outcome.HANDED_OFF.value
        turns.append(
            Heard(
                turn=row.id,
                text="" if pressed else row.text,
                engine=row.engine,
                intent=row.intent,
                confidence=row.confidence,
                outcome=row.outcome,
                failures=row.failures,
                in_form=at > 0 and rows[at - 1].active_form is not None,
                reason=_reason(tx, row.conversation_id) if handed else None,
            )
        )
    return turns


def _reason(tx: Tx, conversation_id: str) -> str | None:
    stored = tx.conn.execute(
        select(conversation.c.handoff).where(conversation.c.id == conversation_id)
    ).scalar_one_or_none()
    handoff = load_handoff(stored)
    return None if handoff is None else handoff.reason


def _kept(tx: Tx, turns: Sequence[str]) -> dict[str, Why]:
    wanted = select(bot_misread.c.turn_id, bot_misread.c.why).where(bot_misread.c.turn_id.in_(turns))
    return {row.turn_id: Why(row.why) for row in tx.conn.execute(wanted)}


def _weigh(tx: Tx, turn: str, before: Why, now: Why) -> None:
    why = heavier(before, now)
    if why is not before:
        tx.conn.execute(update(bot_misread).where(bot_misread.c.turn_id == turn).values(why=why.value))
