"""Past conversations as the rules would have seen them when they came to people, and what they got then."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.conversation import Cause
from core.events import HandlerChanged, conversation_topic
from core.ids import ConversationId, QueueId
from core.store.codec import event_name, recorded_from_row
from core.store.forms import StoredHandoff
from core.store.tables.conversation import conversation as table
from core.store.tables.conversation import event
from core.store.tables.routing import rule_evaluation
from core.store.tx import Tx
from routing.rulebook.codec import to_routed
from routing.rulebook.facts import NO_BOT, REOPENED, Facts
from routing.rulebook.outcome import Routed
from routing.rulebook.reading import KNOWN, Moment, facts_from, of_handoff, said
from routing.rulebook.settings import RuleSettings
from routing.rulebook.trial import Past

_BY_BOT = frozenset({Cause.HANDED_OFF, Cause.BOT_FAILED})
_CAME = _BY_BOT | {Cause.STARTED, Cause.NO_BOT, Cause.REOPENED}
_CONTACT, _CONTEXT = "contact.", "context."


def came_between(tx: Tx, since: datetime, until: datetime, most: int) -> list[ConversationId]:
    """Those that came to people in that time, the newest first."""
    statement = (
        select(table.c.id)
        .where(table.c.queued_at >= since, table.c.queued_at < until, table.c.updated_at >= since)
        .order_by(table.c.queued_at.desc(), table.c.id)
        .limit(most)
    )
    return [ConversationId(each) for each in tx.conn.execute(statement).scalars()]


def read_past(
    tx: Tx, conversations: Sequence[ConversationId], settings: RuleSettings, *, words: bool
) -> list[Past]:
    """In the order given; those that there are. ``words``: whether any rule looks at them."""
    rows = {row.id: row for row in tx.conn.execute(KNOWN.where(table.c.id.in_(conversations)))}
    evaluations = _evaluations(tx, conversations)
    arrivals = _arrivals(tx, conversations)
    found: list[Past] = []
    for each in conversations:
        row = rows.get(each)
        if row is None:
            continue
        stored, came = evaluations.get(each), arrivals.get(each)
        moment = _moment(row, stored, came)
        text = said(tx, each, row.subject, moment.at, settings) if words else ""
        facts = _as_it_was(facts_from(row, moment, text), {} if stored is None else stored.facts)
        found.append(Past(each, row.subject or "", facts, _gave(stored, came)))
    return found


def _evaluations(tx: Tx, conversations: Sequence[ConversationId]) -> Mapping[ConversationId, Any]:
    """The newest of each."""
    chosen = select(rule_evaluation).where(rule_evaluation.c.conversation_id.in_(conversations))
    rows = tx.conn.execute(chosen.order_by(rule_evaluation.c.created_at, rule_evaluation.c.id))
    return {ConversationId(row.conversation_id): row for row in rows}


def _arrivals(
    tx: Tx, conversations: Sequence[ConversationId]
) -> Mapping[ConversationId, tuple[datetime, HandlerChanged]]:
    """When each last came to people, and to which queue."""
    topics = [conversation_topic(each) for each in conversations]
    chosen = select(event).where(event.c.topic.in_(topics), event.c.type == event_name(HandlerChanged))
    found: dict[ConversationId, tuple[datetime, HandlerChanged]] = {}
    for row in tx.conn.execute(chosen.order_by(event.c.topic, event.c.n)):
        recorded = recorded_from_row(row)
        told = None if recorded is None else recorded.event
        if isinstance(told, HandlerChanged) and told.handler == "queue" and Cause(told.cause) in _CAME:
            found[told.conversation] = (row.at, told)
    return found


def _moment(row: Any, stored: Any, came: tuple[datetime, HandlerChanged] | None) -> Moment:
    if stored is not None:
        facts = stored.facts
        sure = facts.get("confidence")
        return Moment(
            stored.created_at,
            facts.get("reason", NO_BOT),
            facts.get("language"),
            facts.get("intent"),
            None if sure is None else float(sure),
            facts.get("mood"),
        )
    at = row.queued_at or row.created_at if came is None else came[0]
    cause = Cause.NO_BOT if came is None else Cause(came[1].cause)
    handoff: StoredHandoff | None = row.handoff
    if handoff is not None and cause in _BY_BOT:
        return of_handoff(at, handoff)
    return Moment(at, REOPENED if cause is Cause.REOPENED else NO_BOT)


def _as_it_was(facts: Facts, stored: Mapping[str, str]) -> Facts:
    """What was known of the contact and the context then counts before what is known now."""
    contact = {name.removeprefix(_CONTACT): v for name, v in stored.items() if name.startswith(_CONTACT)}
    context = {name.removeprefix(_CONTEXT): v for name, v in stored.items() if name.startswith(_CONTEXT)}
    return Facts(
        home=QueueId(stored.get("home", facts.home)),
        at=facts.at,
        channel=facts.channel,
        inbox=facts.inbox,
        reason=facts.reason,
        language=facts.language,
        contact={**facts.contact, **contact},
        context={**facts.context, **context},
        intent=facts.intent,
        mood=facts.mood,
        confidence=facts.confidence,
        said=facts.said,
    )


def _gave(stored: Any, came: tuple[datetime, HandlerChanged] | None) -> Routed | None:
    if stored is not None and "gave" in stored.trace:
        return to_routed(stored.trace["gave"])
    if came is None or came[1].queue is None:
        return None
    return Routed(came[1].queue, fallback="home")
