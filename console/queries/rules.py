"""Routing rules as they are listed, and why a conversation went where it went."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import select

from console.wire import routing as wire
from core.ids import ConversationId
from core.store.conversations import peek_conversation
from core.store.tables.people import agent, queue
from core.store.tables.routing import routing_rule, rule_evaluation
from core.store.tx import Tx


def list_rules(tx: Tx) -> tuple[wire.RoutingRule, ...]:
    """In the order in which they are asked."""
    table = routing_rule
    statement = (
        select(table, agent.c.name.label("by"))
        .outerjoin(agent, agent.c.id == table.c.changed_by_id)
        .order_by(table.c.position, table.c.id)
    )
    return tuple(_rule(at, row) for at, row in enumerate(tx.conn.execute(statement)))


def find_rule(tx: Tx, id: str) -> wire.RoutingRule:
    """One that there is."""
    return next(each for each in list_rules(tx) if each.id == id)


def evaluations_of(tx: Tx, conversation: ConversationId, most: int) -> tuple[wire.RuleEvaluation, ...]:
    """The newest first. Raises NotFound."""
    peek_conversation(tx, conversation)
    table, names = rule_evaluation, queue_names(tx)
    statement = (
        select(table)
        .where(table.c.conversation_id == conversation)
        .order_by(table.c.created_at.desc(), table.c.id.desc())
        .limit(most)
    )
    return tuple(
        wire.RuleEvaluation(
            row.id,
            row.created_at,
            row.facts,
            traces(row.trace.get("rules", ())),
            given(row.trace["gave"], names),
        )
        for row in tx.conn.execute(statement)
    )


def queue_names(tx: Tx) -> Mapping[str, str]:
    """By id."""
    return {row.id: row.name for row in tx.conn.execute(select(queue.c.id, queue.c.name))}


def traces(form: Any) -> tuple[wire.RuleTrace, ...]:
    """From the form in which ``routing.rulebook.codec`` stores them."""
    return msgspec.convert(form, tuple[wire.RuleTrace, ...])


def given(form: Mapping[str, Any], names: Mapping[str, str]) -> wire.RouteGiven:
    """The same for what a conversation got; a queue that is gone has no name."""
    return msgspec.convert({**form, "queue_name": names.get(form["queue"], "")}, wire.RouteGiven)


def _rule(at: int, row: Any) -> wire.RoutingRule:
    form = row.rule
    return wire.RoutingRule(
        id=row.id,
        position=at,
        name=row.name,
        enabled=row.enabled,
        when=msgspec.convert(form["when"], wire.RuleGroup),
        gives=msgspec.convert(form["gives"], wire.RuleGives),
        go_on=bool(form.get("go_on")),
        version=row.version,
        changed_at=row.changed_at,
        changed_by=row.by,
    )
