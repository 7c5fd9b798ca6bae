"""Recorded events as the console shows them, live and in the timeline: what they name is read in one go."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Row, select

from console.queries import agents
from console.queries.messages import Link, Names, names_of, outside, shown
from console.queries.reasons import candidates_of, reason_of
from console.queries.summaries import last_words, summaries_of
from console.queries.wrap_ups import wrap_ups_of
from console.wire import live as wire
from console.wire.base import HandlerKind, StatusState
from console.wire.conversation import ConversationSummary, TimelineEvent
from console.wire.errand import ErrandEvent
from console.wire.presence import WrapUp
from core import bot_events, contact_events, events, rearranging_events, routing_events
from core.agent import Agent
from core.conversation import LinkKind
from core.events import Recorded
from core.ids import ConversationId
from core.message import DeliveryState
from core.store.codec import load_envelope, load_message
from core.store.messages import message_rows
from core.store.tables.conversation import conversation, rearrangement
from core.store.tables.people import agent, queue
from core.store.tables.routing import reservation
from core.store.tx import Tx

TIMELINE: tuple[type[events.Event], ...] = (
    events.ConversationStarted,
    events.HandlerChanged,
    events.StatusChanged,
    routing_events.TargetMissed,
    routing_events.TargetNear,
    rearranging_events.MessagesMoved,
    rearranging_events.ConversationLinked,
    events.ParticipantsChanged,
    contact_events.ReachChanged,
    contact_events.ConversationRated,
    contact_events.ContactChanged,
    bot_events.ErrandGiven,
    bot_events.ErrandEnded,
)


@dataclass(slots=True)
class _Known:
    """Everything that a batch of events names."""

    link: Link
    messages: dict[str, Row[Any]] = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    queues: dict[str, str] = field(default_factory=dict)
    agents: dict[str, Agent] = field(default_factory=dict)
    summaries: dict[str, ConversationSummary] = field(default_factory=dict)
    reservations: dict[str, Row[Any]] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    moved: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wrap_ups: dict[str, WrapUp] = field(default_factory=dict)


def live_events(tx: Tx, recorded: Sequence[Recorded], link: Link) -> list[tuple[Recorded, wire.LiveEvent]]:
    """Each event with what it looks like; at most eight statements for all of them."""
    known = _look_up(tx, [each.event for each in recorded], link)
    return [(each, _live(each.event, known)) for each in recorded]


def timeline(tx: Tx, recorded: Sequence[Recorded], link: Link) -> tuple[TimelineEvent, ...]:
    """What happened beside the messages."""
    told = [each for each in recorded if isinstance(each.event, TIMELINE) or _decided(each.event)]
    return tuple(_entry(each, event) for each, event in live_events(tx, told, link))


def _decided(event: events.Event) -> bool:
    """Of what became of replies only what a person decided: the rest stands beside each reply."""
    return isinstance(event, events.DeliveryChanged) and event.by is not None


def _entry(recorded: Recorded, event: wire.LiveEvent) -> TimelineEvent:
    facts: dict[str, Any] = msgspec.to_builtins(event)
    kind, by = facts.pop("kind"), facts.pop("by", None)
    return TimelineEvent(recorded.n, kind, recorded.at, by, facts)


def _look_up(tx: Tx, found: Sequence[events.Event], link: Link) -> _Known:
    known = _Known(link)
    messages = _named(found, "message")
    if messages:
        known.messages = {row.id: row for row in message_rows(tx, messages)}
    people = {row.author_id for row in known.messages.values() if row.author_id is not None}
    known.names = names_of(tx, people | _named(found, "by") | _named(found, "agent"))
    queues = _named(found, "queue")
    if queues:
        rows = tx.conn.execute(select(queue.c.id, queue.c.name).where(queue.c.id.in_(queues)))
        known.queues = {row.id: row.name for row in rows}
    _look_up_others(tx, found, known)
    _look_up_own(tx, found, known)
    return known


def _look_up_others(tx: Tx, found: Sequence[events.Event], known: _Known) -> None:
    """Conversations that this one goes together with, and the messages that went there."""
    others = _named(found, "other")
    if others:
        rows = tx.conn.execute(
            select(conversation.c.id, conversation.c.subject).where(conversation.c.id.in_(others))
        )
        known.subjects = {row.id: row.subject or "" for row in rows}
    gone = {
        each.rearrangement
        for each in found
        if isinstance(each, rearranging_events.MessagesMoved) and each.way == "out"
    }
    if gone:
        rows = tx.conn.execute(
            select(rearrangement.c.id, rearrangement.c.undo).where(rearrangement.c.id.in_(gone))
        )
        known.moved = {row.id: tuple(each.message for each in row.undo.moved) for row in rows}


def _look_up_own(tx: Tx, found: Sequence[events.Event], known: _Known) -> None:
    """What only an agent's own topic names."""
    own = [
        each
        for each in found
        if isinstance(each, events.PresenceChanged | events.AgentChanged | events.OfferMade)
    ]
    if own:
        rows = tx.conn.execute(select(agent).where(agent.c.id.in_(_named(own, "agent"))))
        known.agents = {row.id: agents.load_agent(row) for row in rows}
    started = [each for each in found if isinstance(each, routing_events.WrapUpStarted)]
    if started:
        known.wrap_ups = wrap_ups_of(tx, _named(started, "wrap_up"))
    offers = [each for each in found if isinstance(each, events.OfferMade)]
    if offers:
        ids = [ConversationId(each) for each in _named(offers, "conversation")]
        words = last_words(tx, ids)
        known.summaries = {
            each.id: msgspec.structs.replace(each, last=words.get(each.id, each.last))
            for each in summaries_of(tx, ids)
        }
        rows = tx.conn.execute(select(reservation).where(reservation.c.id.in_(_named(offers, "reservation"))))
        known.reservations = {row.id: row for row in rows}
        people = [candidates_of(row.reason) for row in known.reservations.values()]
        known.names = {**known.names, **names_of(tx, set().union(*people))}


def _named(found: Iterable[events.Event], field_name: str) -> set[str]:
    values = (getattr(each, field_name, None) for each in found)
    return {value for value in values if value is not None}


def _live(event: events.Event, known: _Known) -> wire.LiveEvent:
    make: Callable[[Any, _Known], wire.LiveEvent] | None = _MAKERS.get(type(event))
    return wire.OtherEvent({"type": type(event).__name__}) if make is None else make(event, known)


def _message(
    event: events.MessageReceived
    | events.NoticeReceived
    | events.ReplyQueued
    | events.NoteAdded
    | events.AnswerSuggested
    | rearranging_events.MessagePlaced,
    known: _Known,
) -> wire.LiveEvent:
    """What was moved away since is not shown here: whoever has it hears of that by a later event."""
    row = known.messages[event.message]
    if row.conversation_id != event.conversation:
        return wire.OtherEvent({"type": type(event).__name__})
    kind = wire.NoteEvent if row.kind == "note" else wire.MessageEvent
    return kind(shown(load_message(row), row.n, known.names, known.link))


def _edited(event: contact_events.MessageEdited, known: _Known) -> wire.LiveEvent:
    row = known.messages[event.message]
    return wire.EditedEvent(shown(load_message(row), row.n, known.names, known.link))


def _rated(event: contact_events.ConversationRated, known: _Known) -> wire.LiveEvent:
    return wire.RatedEvent(event.score, None if event.agent is None else known.names.get(event.agent))


def _contact(event: contact_events.ContactChanged, known: _Known) -> wire.LiveEvent:
    return wire.ContactEvent(event.cause, None if event.by is None else known.names.get(event.by))


def _delivery(event: events.DeliveryChanged, known: _Known) -> wire.LiveEvent:
    row = known.messages[event.message]
    reason = row.delivery_reason if row.delivery == event.state else None
    by = None if event.by is None else known.names.get(event.by)
    return wire.DeliveryEvent(
        event.message, DeliveryState(event.state), reason, outside(load_envelope(row.envelope)), by
    )


def _moved(event: rearranging_events.MessagesMoved, known: _Known) -> wire.LiveEvent:
    by = None if event.by is None else known.names.get(event.by)
    told = event.count, event.other, known.subjects.get(event.other, ""), by
    if event.way == "in":
        return wire.MovedInEvent(*told)
    return wire.MovedOutEvent(*told, known.moved.get(event.rearrangement, ()))


def _linked(event: rearranging_events.ConversationLinked, known: _Known) -> wire.LiveEvent:
    by = None if event.by is None else known.names.get(event.by)
    kind = LinkKind(event.kind)
    return wire.LinkedEvent(event.other, known.subjects.get(event.other, ""), kind, event.ours, by)


def _participants(event: events.ParticipantsChanged, known: _Known) -> wire.LiveEvent:
    return wire.ParticipantsEvent(None if event.by is None else known.names.get(event.by))


def _handler(event: events.HandlerChanged, known: _Known) -> wire.LiveEvent:
    by = None if event.by is None else known.names.get(event.by)
    agent_name = None if event.agent is None else known.names.get(event.agent)
    queue_name = None if event.queue is None else known.queues.get(event.queue)
    kind = msgspec.convert(event.handler, HandlerKind)
    return wire.HandlerEvent(kind, event.agent, event.queue, agent_name or queue_name, event.cause, by)


def _status(event: events.StatusChanged, known: _Known) -> wire.LiveEvent:
    by = None if event.by is None else known.names.get(event.by)
    return wire.StatusEvent(msgspec.convert(event.status, StatusState), event.until, by)


def _errand(event: bot_events.ErrandGiven | bot_events.ErrandEnded, known: _Known) -> wire.LiveEvent:
    if isinstance(event, bot_events.ErrandGiven):
        return ErrandEvent("given", event.kind, None, known.names.get(event.by))
    return ErrandEvent("ended", None, event.how, None)


def _presence(event: events.PresenceChanged | events.AgentChanged, known: _Known) -> wire.LiveEvent:
    return wire.PresenceEvent(*msgspec.structs.astuple(agents.me(known.agents[event.agent])))


def _offer(event: events.OfferMade, known: _Known) -> wire.LiveEvent:
    row = known.reservations.get(event.reservation)
    reason = reason_of({} if row is None else row.reason, known.names)
    return wire.OfferEvent(event.reservation, known.summaries[event.conversation], reason, event.expires_at)


def _wrap_up(event: routing_events.WrapUpStarted, known: _Known) -> wire.LiveEvent:
    shown = known.wrap_ups.get(event.wrap_up)
    if shown is None:
        return wire.OtherEvent({"type": type(event).__name__})
    return wire.WrapUpEvent(*msgspec.structs.astuple(shown))


_MAKERS: dict[type[events.Event], Callable[[Any, _Known], wire.LiveEvent]] = {
    events.MessageReceived: _message,
    events.NoticeReceived: _message,
    events.ReplyQueued: _message,
    events.NoteAdded: _message,
    events.AnswerSuggested: _message,
    rearranging_events.MessagePlaced: _message,
    rearranging_events.MessagesMoved: _moved,
    rearranging_events.ConversationLinked: _linked,
    events.ParticipantsChanged: _participants,
    contact_events.MessageEdited: _edited,
    contact_events.ReachChanged: lambda event, known: wire.ReachEvent(event.reachable),
    contact_events.ConversationRated: _rated,
    contact_events.ContactChanged: _contact,
    bot_events.ErrandGiven: _errand,
    bot_events.ErrandEnded: _errand,
    events.DeliveryChanged: _delivery,
    events.HandlerChanged: _handler,
    events.StatusChanged: _status,
    events.ConversationStarted: lambda event, known: wire.StartedEvent(),
    events.ContactRead: lambda event, known: wire.ReadEvent(event.visible_n),
    events.BotAnswered: lambda event, known: wire.BotEvent(event.engine, event.outcome),
    routing_events.TargetMissed: lambda event, known: wire.MissedEvent(event.target, event.due_at),
    routing_events.TargetNear: lambda event, known: wire.NearEvent(event.target, event.due_at),
    events.OfferMade: _offer,
    events.OfferEnded: lambda event, known: wire.OfferEndedEvent(event.reservation, event.how),
    routing_events.WrapUpStarted: _wrap_up,
    routing_events.WrapUpEnded: lambda event, known: wire.WrapUpEndedEvent(event.wrap_up, event.how),
    events.PresenceChanged: _presence,
    events.AgentChanged: _presence,
}
