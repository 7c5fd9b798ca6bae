"""Where a conversation goes when it comes to people: the rules are asked, what they gave is written down, and why."""

import logging
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from core import lifecycle
from core.answer import Handoff
from core.conversation import Cause, InQueue
from core.events import HandlerChanged, conversation_topic
from core.ids import ConversationId, QueueId
from core.routing_events import RoutingRuleApplied
from core.store.conversations import get_conversation, get_inbox, peek_conversation
from core.store.tables.people import queue
from core.store.tables.routing import conversation_route, rule_evaluation
from core.store.tx import Tx
from routing.forms import store_ladder
from routing.roster import read_queues
from routing.rulebook.asking import Asked, Rulebook
from routing.rulebook.codec import from_facts, from_routed, from_trace
from routing.rulebook.facts import NO_BOT, REOPENED, Facts
from routing.rulebook.outcome import Routed, settle
from routing.rulebook.reading import Moment, facts_of, of_handoff, stored_handoff
from routing.rulebook.settings import RuleSettings
from routing.rulebook.store import rulebook
from routing.rulebook.tracing import trace
from routing.rules import Choice, by_language, choose_queue, speaks
from routing.rules import Facts as Spoken

log = logging.getLogger(__name__)

NEW_WAIT = frozenset({Cause.STARTED, Cause.HANDED_OFF, Cause.BOT_FAILED, Cause.NO_BOT, Cause.REOPENED})
"""Why a conversation comes to people anew, rather than from one of them to another."""
_BY_BOT = frozenset({Cause.HANDED_OFF, Cause.BOT_FAILED})


def queue_for(
    tx: Tx, conversation: ConversationId, handoff: Handoff, settings: RuleSettings | None = None
) -> QueueId:
    """Where the rules send a conversation that the bot passes on in this transaction."""
    moment = of_handoff(tx.now, handoff)
    turn = peek_conversation(tx, conversation).turn + 1
    try:
        return tx.attempt(_route, conversation, moment, turn, settings or RuleSettings()).queue
    except Exception:
        # Whatever is wrong with a rule, the customer must come to a person.
        log.exception("the rules could not be asked", extra={"conversation": conversation})
        return choice_for(tx, conversation, handoff).queue


def came_to_people(tx: Tx, event: HandlerChanged, settings: RuleSettings) -> None:
    """Ask the rules where the bot's hand-over has not, and move the conversation on to where they send it."""
    conversation = get_conversation(tx, event.conversation)
    if conversation.turn != event.turn or not isinstance(conversation.handler, InQueue):
        return
    here = conversation_route.c.conversation_id == conversation.id
    if tx.conn.execute(select(conversation_route.c.turn).where(here)).scalar_one_or_none() == event.turn:
        return
    moment = _moment(tx, conversation.id, Cause(event.cause))
    try:
        routed = tx.attempt(_route, conversation.id, moment, event.turn, settings)
    except Exception:
        log.exception("the rules could not be asked", extra={"conversation": conversation.id})
        return
    if routed.queue != conversation.queue:
        lifecycle.to_queue(tx, conversation, routed.queue, cause=Cause.ROUTED)


def choice_for(tx: Tx, conversation_id: ConversationId, handoff: Handoff) -> Choice:
    """The built-in rules alone: the inbox's queue if it speaks the language, else one that does."""
    conversation = peek_conversation(tx, conversation_id)
    home = get_inbox(tx, conversation.inbox).queue
    return _built_in(tx, Spoken(home, handoff.language or conversation.language))


def _route(tx: Tx, conversation: ConversationId, moment: Moment, turn: int, settings: RuleSettings) -> Routed:
    book = rulebook(tx)
    facts = facts_of(tx, conversation, moment, settings, words=book.reads_words)
    asked = book.ask(facts)
    routed = settle(asked, book, lambda: fallback(tx, facts))
    _write(tx, conversation, routed, turn)
    if book.rules:
        _remember(tx, conversation, (book, facts, asked, routed), settings)
        rule = routed.rules[-1] if routed.rules else None
        told = RoutingRuleApplied(conversation, rule, routed.queue)
        tx.emit(conversation_topic(conversation), told)
    return routed


def forget_old(tx: Tx, settings: RuleSettings, most: int = 5000) -> int:
    """Why conversations went where they went, longer ago than that is kept; how many there were."""
    old = tx.now - timedelta(days=settings.keep_days)
    some = select(rule_evaluation.c.id).where(rule_evaluation.c.created_at < old).limit(most)
    return tx.conn.execute(delete(rule_evaluation).where(rule_evaluation.c.id.in_(some))).rowcount


def fallback(tx: Tx, facts: Facts) -> Choice:
    """Where it goes that no rule sends anywhere; what is opened again stays where it was."""
    if facts.reason == REOPENED:
        return Choice(facts.home, None)
    return _built_in(tx, Spoken(facts.home, facts.language))


def _built_in(tx: Tx, spoken: Spoken) -> Choice:
    home = tx.conn.execute(
        select(queue.c.name, queue.c.languages).where(queue.c.id == spoken.home)
    ).one_or_none()
    if home is not None and (not home.languages or speaks(home.languages, spoken.language)):
        # What the rules below would say, without reading every queue and its members for it.
        return Choice(spoken.home, f"language:{home.name}")
    return choose_queue(by_language(read_queues(tx), spoken.home), spoken)


def _moment(tx: Tx, conversation: ConversationId, cause: Cause) -> Moment:
    if cause is Cause.REOPENED:
        return Moment(tx.now, REOPENED)
    handoff = stored_handoff(tx, conversation) if cause in _BY_BOT else None
    if handoff is None:
        return Moment(tx.now, NO_BOT)
    return of_handoff(tx.now, handoff)


def _write(tx: Tx, conversation: ConversationId, routed: Routed, turn: int) -> None:
    values: dict[str, Any] = {
        "turn": turn,
        "queue_id": routed.queue,
        "ladder": None if routed.ladder is None else store_ladder(routed.ladder),
        "ladder_adds": routed.ladder_adds,
        "sla_policy_id": routed.sla_policy,
        "priority": routed.priority,
        "kind": routed.work,
        "excluded": routed.exclude,
        "rule_id": routed.rules[-1] if routed.rules else None,
        "updated_at": tx.now,
    }
    row = tx.insert_for(conversation_route).values(conversation_id=conversation, **values)
    tx.conn.execute(row.on_conflict_do_update(index_elements=["conversation_id"], set_=values))


def _remember(
    tx: Tx,
    conversation: ConversationId,
    what: tuple[Rulebook, Facts, Asked, Routed],
    settings: RuleSettings,
) -> None:
    book, facts, asked, routed = what
    why = {
        "v": 1,
        "rules": from_trace(trace(book, facts, asked, settings.traced)),
        "gave": from_routed(routed),
    }
    row = {
        "id": tx.ids.new(),
        "conversation_id": conversation,
        "facts": from_facts(facts, book.rules),
        "trace": why,
        "rule_id": routed.rules[-1] if routed.rules else None,
        "created_at": tx.now,
    }
    tx.conn.execute(rule_evaluation.insert().values(row))
