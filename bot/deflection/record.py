"""What is on record of a conversation with the bot: its turns, who had it when, and when the same person wrote again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, literal, or_, select

from bot.contract import Asked, Outcome
from bot.deflection.deciding import Article, Facts, Turned
from bot.deflection.settings import DeflectionSettings
from bot.record import ALONE
from core.conversation import Cause, Conversation
from core.events import HandlerChanged, MessageReceived, conversation_topic
from core.ids import ConversationId
from core.order import RequestState
from core.receive import NOT_FOR_BOT
from core.store.codec import event_name, load_handoff, recorded_from_row
from core.store.contacts import members
from core.store.conversations import peek_conversation
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import conversation, event
from core.store.tables.orders import order_request
from core.store.tx import Tx

_CHANGED, _RECEIVED = event_name(HandlerChanged), event_name(MessageReceived)
_GIVEN_UP = frozenset({Cause.HANDED_OFF.value, Cause.BOT_FAILED.value})
_PEOPLE = frozenset({"queue", "agent"})


def facts_of(tx: Tx, conversation_id: ConversationId) -> Facts | None:
    """None where the bot had no part in it. Raises NotFound."""
    here = peek_conversation(tx, conversation_id)
    turns, changes = _turns(tx, conversation_id), _changes(tx, conversation_id)
    handed = _handed(tx, here, changes, turns[0].at if turns else None) or _approval(tx, conversation_id)
    if not turns and handed is None:
        return None
    again = _again(tx, here, turns[-1].at) if turns else None
    reopened = [at for at, change in changes if change.cause == Cause.REOPENED.value]
    return Facts(here.created_at if not turns else turns[0].at, turns, handed, reopened, again)


def _turns(tx: Tx, conversation_id: ConversationId) -> list[Turned]:
    columns = (
        bot_turn.c.created_at,
        bot_turn.c.outcome,
        bot_turn.c.intent,
        bot_turn.c.language,
        bot_turn.c.articles,
        bot_turn.c.engine,
        bot_turn.c.asked,
    )
    here = select(*columns).where(bot_turn.c.conversation_id == conversation_id)
    rows = tx.conn.execute(here.order_by(bot_turn.c.created_at, bot_turn.c.id)).all()
    return [
        Turned(
            row.created_at,
            _outcome(row, before),
            row.intent,
            row.language,
            next((Article(each.article, each.language, each.revision) for each in row.articles), None),
        )
        for before, row in zip((None, *rows), rows, strict=False)
    ]


def _outcome(row: Any, before: Any) -> str:
    """A shop that confirms an order's change is not a customer who says that it helped: that is a button, or a yes to just that."""
    if row.outcome != Outcome.CONFIRMED:
        return str(row.outcome)
    said = row.engine == ALONE or (before is not None and before.asked == Asked.HELPED)
    return str(Outcome.CONFIRMED if said else Outcome.ANSWERED)


def _changes(tx: Tx, conversation_id: ConversationId) -> list[tuple[datetime, HandlerChanged]]:
    topic = conversation_topic(conversation_id)
    rows = tx.conn.execute(
        select(event).where(event.c.topic == topic, event.c.type == _CHANGED).order_by(event.c.n)
    )
    told = [recorded for row in rows if (recorded := recorded_from_row(row)) is not None]
    return [(each.at, each.event) for each in told if isinstance(each.event, HandlerChanged)]


def _handed(
    tx: Tx,
    here: Conversation,
    changes: Sequence[tuple[datetime, HandlerChanged]],
    first_turn: datetime | None,
) -> tuple[str, datetime] | None:
    """When people first had it, other than by waiting for them before the bot had a part in it; and why."""
    for at, change in changes:
        if change.handler not in _PEOPLE:
            continue
        given_up = change.cause in _GIVEN_UP
        reason = _reason(tx, here.id) if given_up else None
        if first_turn is None:
            if given_up and reason != NOT_FOR_BOT:
                return reason or change.cause, at
        elif change.handler == "agent" or at >= first_turn:
            return reason or change.cause, at
    return None


def _approval(tx: Tx, conversation_id: ConversationId) -> tuple[str, datetime] | None:
    """A refund that the bot took down, and a person had to grant or decline: that is their work."""
    asked = select(func.min(order_request.c.asked_at)).where(
        order_request.c.conversation_id == conversation_id,
        order_request.c.asked_by_id.is_(None),
        or_(order_request.c.state == RequestState.WAITING.value, order_request.c.decided_by_id.is_not(None)),
    )
    at: datetime | None = tx.conn.execute(asked).scalar_one()
    return None if at is None else ("approval", at)


def _reason(tx: Tx, conversation_id: ConversationId) -> str | None:
    here = conversation.c.id == conversation_id
    handoff = load_handoff(tx.conn.execute(select(conversation.c.handoff).where(here)).scalar_one())
    return None if handoff is None else handoff.reason


def _again(tx: Tx, here: Conversation, after: datetime) -> datetime | None:
    """When the same person first wrote in another conversation, on any channel, within the window after a time.

    What a machine sent for them, and what we wrote, is not their writing.
    """
    until = after + timedelta(seconds=tx.setting(DeflectionSettings).window_s)
    theirs = (
        conversation.c.contact_id.in_(members(tx, here.contact)),
        conversation.c.id != here.id,
        conversation.c.updated_at > after,
    )
    written = (
        event.c.topic == literal("conversation:") + conversation.c.id,
        event.c.type == _RECEIVED,
        event.c.at > after,
        event.c.at <= until,
    )
    first: datetime | None = tx.conn.execute(
        select(func.min(event.c.at))
        .select_from(conversation.join(event, written[0]))
        .where(*theirs, *written)
    ).scalar_one()
    return first
