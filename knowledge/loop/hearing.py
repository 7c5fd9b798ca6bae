"""Listens to the bot: the outbox handler ``loop.bot`` keeps the questions that found nothing good."""

from typing import Any

from sqlalchemy import select

from core.events import BotAnswered, Event, Recorded
from core.ids import ArticleId, ConversationId, MessageId
from core.message import Kind
from core.outbox import TxHandler
from core.store.tables.conversation import conversation
from core.store.tables.people import inbox
from core.store.turns import turns_up_to
from core.store.tx import Tx
from knowledge.loop.recording import AskedIn, Missed, kept, record
from knowledge.loop.turns import Heard, missed
from knowledge.loop.watching import answered

NAME = "loop.bot"
_TURNS = 20
"""So many of a conversation's newest turns are looked at."""
_NEW = 3
"""So many of them that are not kept yet are redacted at once, the newest: as a rule there is one."""

_NO_ENGINE = "policy"
"""What the record says of turns that needed no engine: buttons, and numbers that stand for them."""

_ANSWERED, _OFFERED_A_PERSON = "answered", "person"
_TELLING = frozenset({"asked", "handed_off", "suggested", "answered"})


def hearing_handler() -> TxHandler:
    """Its line in the table of subscriptions."""
    return TxHandler(NAME, (BotAnswered,), hear, _tells)


def hear(tx: Tx, recorded: Recorded) -> None:
    """Look at the turns up to the one that ended; a question is kept once, whatever follows.

    What got the article that a cluster watches is remembered, too.
    """
    event = recorded.event
    if not isinstance(event, BotAnswered):
        return
    rows = turns_up_to(tx, event.turn_id, _TURNS)
    if not rows:
        return
    turns = [_heard(row) for row in rows]
    if rows[-1].articles:
        question = next((each.message for each in reversed(turns) if each.asks), rows[-1].message_id)
        answered(tx, rows[-1], question)
    brand = _brand(tx, event.conversation)
    asked = {each.message: each for each in missed(turns)}
    before = kept(tx, asked)
    new = [each for each in asked.values() if each.message not in before]
    for each in new[-_NEW:]:
        _ = record(
            tx,
            Missed(
                AskedIn.BOT,
                next(row.language for row in rows if row.message_id == each.message) or "",
                each.text,
                event.conversation,
                brand,
                ArticleId(each.articles[0]) if each.articles else None,
                message=MessageId(each.message),
            ),
        )


def _tells(event: Event) -> bool:
    return isinstance(event, BotAnswered) and event.outcome in _TELLING


def _heard(row: Any) -> Heard:
    return Heard(
        message=row.message_id,
        text=row.text if row.kind == Kind.INBOUND.value else "",
        intent=row.intent,
        outcome=row.outcome,
        failures=row.failures,
        pressed=row.engine == _NO_ENGINE,
        ours=row.active_form is not None,
        articles=tuple(each.article for each in row.articles),
        partly=row.outcome == _ANSWERED and row.asked == _OFFERED_A_PERSON,
    )


def _brand(tx: Tx, conversation_id: ConversationId) -> str | None:
    joined = conversation.join(inbox, inbox.c.id == conversation.c.inbox_id)
    wanted = select(inbox.c.brand_id).select_from(joined).where(conversation.c.id == conversation_id)
    return tx.conn.execute(wanted).scalar_one_or_none()
