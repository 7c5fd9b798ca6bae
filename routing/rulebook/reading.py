"""What is known of a conversation, read from the database for the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from core.answer import Handoff
from core.ids import ConversationId, QueueId
from core.store.contacts import person_id
from core.store.forms import StoredHandoff
from core.store.tables.conversation import conversation as table
from core.store.tables.conversation import message
from core.store.tables.people import contact, inbox
from core.store.tx import Tx
from routing.rulebook.facts import REOPENED, Facts
from routing.rulebook.settings import RuleSettings

_PERSON = contact.alias("person")
KNOWN = (
    select(
        table.c.id,
        table.c.subject,
        table.c.language,
        table.c.context,
        table.c.handoff,
        table.c.queue_id,
        table.c.inbox_id,
        table.c.queued_at,
        table.c.created_at,
        inbox.c.kind.label("inbox_kind"),
        inbox.c.queue_id.label("home"),
        _PERSON.c.attributes,
    )
    .select_from(table)
    .join(inbox, inbox.c.id == table.c.inbox_id)
    .join(contact, contact.c.id == table.c.contact_id)
    .join(_PERSON, _PERSON.c.id == person_id())
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When, and why, the rules are asked; the rest as the bot told it at that time."""

    at: datetime
    reason: str
    language: str | None = None
    intent: str | None = None
    confidence: float | None = None
    mood: str | None = None


def of_handoff(at: datetime, handoff: Handoff | StoredHandoff) -> Moment:
    """What the bot told when it passed a conversation on."""
    told = handoff
    return Moment(at, told.reason, told.language, told.intent, told.confidence, told.mood)


def facts_of(
    tx: Tx, conversation: ConversationId, moment: Moment, settings: RuleSettings, *, words: bool = True
) -> Facts:
    """``words``: whether any rule looks at them. Raises ``NoResultFound`` where there is no such conversation."""
    row = tx.conn.execute(KNOWN.where(table.c.id == conversation)).one()
    text = said(tx, conversation, row.subject, moment.at, settings) if words else ""
    return facts_from(row, moment, text)


def stored_handoff(tx: Tx, conversation: ConversationId) -> StoredHandoff | None:
    """What the bot passed on with it."""
    found: StoredHandoff | None = tx.conn.execute(
        select(table.c.handoff).where(table.c.id == conversation)
    ).scalar_one_or_none()
    return found


def facts_from(row: Any, moment: Moment, words: str) -> Facts:
    """``row`` of the statement above."""
    home = row.queue_id if moment.reason == REOPENED else row.home
    return Facts(
        home=QueueId(home),
        at=moment.at,
        channel=row.inbox_kind,
        inbox=row.inbox_id,
        reason=moment.reason,
        language=moment.language or row.language,
        contact=_folded(row.attributes),
        context=_folded(row.context),
        intent=moment.intent,
        mood=moment.mood,
        confidence=moment.confidence,
        said=words,
    )


def said(
    tx: Tx, conversation: ConversationId, subject: str | None, until: datetime, settings: RuleSettings
) -> str:
    """The subject, and what the contact wrote since a person of ours last answered, up to that time."""
    answered = (
        select(func.coalesce(func.max(message.c.n), 0))
        .where(
            message.c.conversation_id == conversation,
            message.c.kind == "reply",
            message.c.author == "agent",
            message.c.created_at <= until,
        )
        .scalar_subquery()
    )
    newest = (
        select(message.c.text)
        .where(
            message.c.conversation_id == conversation,
            message.c.author == "contact",
            message.c.n > answered,
            message.c.created_at <= until,
        )
        .order_by(message.c.n.desc())
        .limit(settings.messages)
    )
    texts = [subject or "", *tx.conn.execute(newest).scalars()]
    return "\n".join(texts)[: settings.characters]


def _folded(values: Mapping[str, str] | None) -> dict[str, str]:
    return {name.casefold(): value for name, value in (values or {}).items()}
