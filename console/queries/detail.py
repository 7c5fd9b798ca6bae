"""One conversation as the open page shows it: a fixed number of statements, whatever its length."""

from sqlalchemy import and_, or_, select

from channels.contract import Channel, Channels
from console.queries.around import around
from console.queries.contacts import contact_of
from console.queries.errands import errand_of
from console.queries.messages import Link, shown_rows
from console.queries.outside import links_of, participants, rearrangements
from console.queries.reasons import explained
from console.queries.summaries import summaries, summary, summary_of
from console.queries.timeline import TIMELINE, timeline
from console.settings import PageSettings
from console.wire.conversation import (
    Can,
    ConversationDetail,
    ConversationSummary,
    Handoff,
    HandoffArticle,
    HandoffStep,
    Reason,
    TimelineEvent,
)
from console.wire.message import Message
from core.events import DeliveryChanged, conversation_topic
from core.ids import ContactId, ConversationId
from core.store.codec import event_name, recorded_from_row
from core.store.contacts import in_group
from core.store.forms import StoredHandoff
from core.store.tables.conversation import conversation, event, message
from core.store.tables.people import contact
from core.store.tables.routing import reservation
from core.store.tx import Tx


def detail(
    tx: Tx, conversation_id: ConversationId, pages: PageSettings, link: Link, channels: Channels
) -> ConversationDetail:
    """Raises NotFound."""
    line = summary_of(tx, conversation_id)
    beside = around(tx, conversation_id, pages.ratings)
    return ConversationDetail(
        summary=line,
        contact=contact_of(tx, ContactId(line.contact.id), pages),
        messages=_messages(tx, conversation_id, pages.messages, link),
        events=_events(tx, conversation_id, pages.events, link),
        earlier=_earlier(tx, line, pages.earlier),
        handoff=None if beside.handoff is None else _handoff(beside.handoff),
        errand=errand_of(tx, conversation_id),
        why=_why(tx, conversation_id),
        position=line.n,
        participants=participants(tx, conversation_id),
        links=links_of(tx, conversation_id, pages.links),
        rearrangements=rearrangements(tx, conversation_id, pages.rearrangements),
        can=_can(channels.get(line.inbox.kind)),
        context=beside.context,
        public=beside.public,
        unreachable_since=beside.unreachable_since,
        ratings=beside.ratings,
    )


def _can(channel: Channel | None) -> Can:
    if channel is None:
        return Can(copies=False, participants=False, threads=False, rearrange=False)
    can = channel.capabilities
    return Can(can.copies, can.participants, can.threads, can.rearranges)


def _messages(tx: Tx, conversation_id: ConversationId, most: int, link: Link) -> tuple[Message, ...]:
    """The newest ones, in the order in which they were said."""
    statement = (
        select(message)
        .where(message.c.conversation_id == conversation_id)
        .order_by(message.c.n.desc())
        .limit(most)
    )
    rows = sorted(tx.conn.execute(statement).all(), key=lambda row: (row.created_at, row.n))
    return tuple(shown_rows(tx, rows, link))


def _events(tx: Tx, conversation_id: ConversationId, most: int, link: Link) -> tuple[TimelineEvent, ...]:
    statement = (
        select(event)
        .where(
            event.c.topic == conversation_topic(conversation_id),
            or_(
                event.c.type.in_([event_name(kind) for kind in TIMELINE]),
                and_(event.c.type == event_name(DeliveryChanged), event.c.data.like('%"by":"%')),
            ),
        )
        .order_by(event.c.n.desc())
        .limit(most)
    )
    rows = reversed(tx.conn.execute(statement).all())
    recorded = [known for row in rows if (known := recorded_from_row(row)) is not None]
    return timeline(tx, recorded, link)


def _earlier(tx: Tx, line: ConversationSummary, most: int) -> tuple[ConversationSummary, ...]:
    """The contact's other conversations over all channels, newest first."""
    statement = (
        summaries()
        .where(in_group(contact, line.contact.id), conversation.c.id != line.id)
        .order_by(conversation.c.updated_at.desc())
        .limit(most)
    )
    return tuple(summary(row) for row in tx.conn.execute(statement))


def _handoff(stored: StoredHandoff) -> Handoff:
    return Handoff(
        stored.summary,
        stored.intent,
        stored.confidence,
        stored.slots,
        stored.reason,
        stored.tried,
        tuple(HandoffArticle(article, title) for article, title in stored.articles),
        stored.quotes,
        tuple(HandoffStep(code, about) for code, about in stored.steps),
        stored.matter,
        stored.language,
        stored.mood,
        stored.tier,
        stored.topic,
        stored.back_at,
        stored.case,
    )


def _why(tx: Tx, conversation_id: ConversationId) -> Reason | None:
    """Of the newest offer that stands or was accepted."""
    statement = (
        select(reservation.c.reason)
        .where(
            reservation.c.conversation_id == conversation_id,
            reservation.c.state.in_(("offered", "accepted")),
        )
        .order_by(reservation.c.created_at.desc())
        .limit(1)
    )
    stored = tx.conn.execute(statement).scalar_one_or_none()
    return None if stored is None else explained(tx, stored)
