"""Keeps what became of each conversation: the outbox handler ``bot.deflection``, and what time settles."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.deflection.deciding import Judged, judge
from bot.deflection.record import facts_of
from bot.deflection.settings import DeflectionSettings
from core.contact_events import ContactsMerged, ContactsParted
from core.conversation import Cause
from core.events import (
    BotAnswered,
    Event,
    HandlerChanged,
    MessageReceived,
    Recorded,
)
from core.ids import ContactId, ConversationId
from core.outbox import TxHandler
from core.slots import slot_of
from core.store.contacts import members
from core.store.database import Database
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import conversation
from core.store.tables.deflection import deflection
from core.store.tables.people import inbox
from core.store.tx import Tx

NAME = "bot.deflection"

_STARTS = frozenset({Cause.NO_BOT.value, Cause.WROTE_FIRST.value, Cause.STARTED.value})


def deflection_handler() -> TxHandler:
    """Its line in the table of subscriptions."""
    on = (BotAnswered, HandlerChanged, MessageReceived, ContactsMerged, ContactsParted)
    return TxHandler(NAME, on, keep, _tells)


def _tells(event: Event) -> bool:
    """What the bot answers is told by its turn; what people have is told by the first message that waits for them."""
    match event:
        case MessageReceived(handler=handler, first=first):
            return first and handler != "bot"
        case HandlerChanged(cause=cause):
            return cause not in _STARTS
        case _:
            return True


def keep(tx: Tx, recorded: Recorded) -> None:
    """Judge anew whatever the event may change."""
    match recorded.event:
        case BotAnswered(conversation=here) | MessageReceived(conversation=here):
            count_all(tx, {here, *_unsettled_beside(tx, here)})
        case HandlerChanged(conversation=here):
            count_all(tx, {here})
        case ContactsMerged(contact=one, source=other) | ContactsParted(contact=one, source=other):
            count_all(tx, {*_of_person(tx, one), *_of_person(tx, other)})
        case _:
            pass


def count_all(tx: Tx, conversations: Iterable[ConversationId]) -> None:
    """In the order of ids, so that two who do it at once wait for each other in the same order."""
    for each in sorted(conversations):
        count(tx, each)


def count(tx: Tx, conversation_id: ConversationId) -> Judged | None:
    """Judge one from its record and keep that; None where the bot had no part in it. Repeating it changes nothing."""
    facts = facts_of(tx, conversation_id)
    judged = None if facts is None else judge(facts, tx.setting(DeflectionSettings))
    if judged is None:
        tx.conn.execute(delete(deflection).where(deflection.c.conversation_id == conversation_id))
        return None
    joined = conversation.join(inbox, inbox.c.id == conversation.c.inbox_id)
    where = select(inbox.c.id, inbox.c.kind).select_from(joined).where(conversation.c.id == conversation_id)
    place = tx.conn.execute(where).one()
    row = {
        "conversation_id": conversation_id,
        "inbox_id": place.id,
        "channel": place.kind,
        "language": judged.language,
        "intent": judged.intent,
        "article_id": None if judged.article is None else judged.article.id,
        "article_language": None if judged.article is None else judged.article.language,
        "article_number": None if judged.article is None else judged.article.number,
        "outcome": judged.became.value,
        "reason": judged.why,
        "slot": slot_of(judged.began),
        "began_at": judged.began,
        "last_at": judged.last,
        "settles_at": judged.settles,
        "settled": judged.settles <= tx.now,
    }
    written = tx.insert_for(deflection).values(row)
    rest = {name: written.excluded[name] for name in row if name != "conversation_id"}
    tx.conn.execute(written.on_conflict_do_update(index_elements=["conversation_id"], set_=rest))
    return judged


async def settle(db: Database, settings: DeflectionSettings) -> int:
    """Judge once more whatever the window has passed for, in several transactions; how many."""
    done = 0
    while some := await db.run(settle_some, settings.at_once):
        done += some
    return done


def settle_some(tx: Tx, most: int) -> int:
    """By then all that counts is on record, whatever was missed on the way."""
    due = select(deflection.c.conversation_id).where(~deflection.c.settled, deflection.c.settles_at <= tx.now)
    found = tx.conn.execute(due.order_by(deflection.c.settles_at).limit(most)).scalars().all()
    count_all(tx, map(ConversationId, found))
    return len(found)


async def recount(db: Database, settings: DeflectionSettings) -> int:
    """All conversations that the bot had a part in, from the record alone; how many there are."""
    done, after = 0, ""
    while True:
        found = await db.run(recount_some, after, settings.at_once)
        if not found:
            return done
        done, after = done + len(found), found[-1]


def recount_some(tx: Tx, after: str, most: int) -> list[ConversationId]:
    """The next so many after a place, in the order of ids; also those whose row is there without a reason."""
    turned = select(bot_turn.c.conversation_id).where(bot_turn.c.conversation_id > after)
    kept = select(deflection.c.conversation_id).where(deflection.c.conversation_id > after)
    given = select(conversation.c.id).where(conversation.c.handoff.is_not(None), conversation.c.id > after)
    both = turned.union(kept, given).subquery()
    found = tx.conn.execute(select(both.c.conversation_id).order_by(both.c.conversation_id).limit(most))
    some = [ConversationId(each) for each in found.scalars()]
    count_all(tx, some)
    return some


def _unsettled_beside(tx: Tx, conversation_id: ConversationId) -> list[ConversationId]:
    """The same person's others that their writing here may change."""
    contact = tx.conn.execute(
        select(conversation.c.contact_id).where(conversation.c.id == conversation_id)
    ).scalar_one()
    return _of_person(tx, ContactId(contact), since=_window_ago(tx))


def _window_ago(tx: Tx) -> datetime:
    return tx.now - timedelta(seconds=tx.setting(DeflectionSettings).window_s)


def _of_person(tx: Tx, contact: ContactId, since: datetime | None = None) -> list[ConversationId]:
    """With a row of their own, the newest first; ``since``: those in which the bot last had a turn no longer ago."""
    theirs = conversation.c.contact_id.in_(members(tx, contact))
    wanted = select(deflection.c.conversation_id).join(
        conversation, conversation.c.id == deflection.c.conversation_id
    )
    if since is not None:
        wanted = wanted.where(deflection.c.last_at >= since)
    newest = wanted.where(theirs).order_by(conversation.c.updated_at.desc())
    most = tx.setting(DeflectionSettings).others
    return [ConversationId(each) for each in tx.conn.execute(newest.limit(most)).scalars()]
