"""Queues as supervisors change them: whom they need, who serves them, and how their work is given out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select

from console.changes.rows import Noun, add, check_known, put_next, remove
from console.ladders import agents_of, take_ladder
from console.wire import setup as wire
from core.errors import Invalid
from core.events import AgentChanged, agent_topic
from core.ids import AgentId
from core.store.forms import StoredLadder, StoredRequirement
from core.store.tables.conversation import conversation
from core.store.tables.people import agent, business_hours, inbox, queue, queue_member, skill, sla_policy
from core.store.tx import Tx
from routing.checking import checked_priority, checked_reserve, checked_seconds
from routing.forms import store_ladder, store_requirements, store_routing, to_requirements
from routing.plan import queue_policy, usual_routing
from routing.queue import QueueRouting
from routing.settings import RoutingSettings

QUEUE = Noun("queue", queue, ("name",), (inbox.c.queue_id, conversation.c.queue_id))


def save_queue(tx: Tx, id: str | None, ask: wire.QueueAsk) -> str:
    """New for None. Agents who come in or go out, or wait longer, hear of it. Raises Conflict ``newer_version``."""
    check_known(tx, sla_policy, [ask.sla_policy], "sla_policy")
    check_known(tx, business_hours, [ask.hours], "hours")
    check_known(tx, agent, ask.members, "members")
    delays = _delays(ask)
    values: dict[str, Any] = {
        "name": ask.name,
        "priority": checked_priority(ask.priority),
        "sla_policy_id": ask.sla_policy,
        "hours_id": ask.hours,
        "requirements": _needed(tx, ask),
        "languages": tuple(dict.fromkeys(ask.languages)),
        "routing": store_routing(_routing(ask)),
    }
    saved = add(tx, QUEUE, values) if id is None else put_next(tx, QUEUE, id, values, ask.version)
    _set_members(tx, saved, delays)
    return saved


def remove_queue(tx: Tx, id: str) -> None:
    """Raises Conflict ``in_use`` when an inbox or a conversation belongs to it."""
    _set_members(tx, id, {})
    remove(tx, QUEUE, id)


def _needed(tx: Tx, ask: wire.QueueAsk) -> StoredLadder | tuple[StoredRequirement, ...]:
    if ask.ladder is None:
        check_known(tx, skill, [each.skill for each in ask.requirements], "requirements")
        asked = tuple(
            StoredRequirement(each.skill, each.level, each.drop_after_s) for each in ask.requirements
        )
        return store_requirements(to_requirements(asked))
    if ask.requirements:
        raise Invalid("requirements", "nothing beside a ladder: it says the same and more")
    check_known(tx, agent, agents_of(ask.ladder), "ladder.steps")
    known = tx.conn.execute(select(skill.c.id)).scalars().all()
    return store_ladder(take_ladder(ask.ladder, known))


def _routing(ask: wire.QueueAsk) -> QueueRouting:
    asked = ask.routing
    checked_reserve(asked.reserve, len(ask.members))
    checked_seconds(asked.previous_agent_s, "routing.previous_agent_s")
    checked_seconds(asked.wrap_up_s, "routing.wrap_up_s")
    given = {name: each for name, each in msgspec.structs.asdict(asked).items() if each is not msgspec.UNSET}
    routing = replace(usual_routing(asked.policy), **given)
    queue_policy(routing, RoutingSettings())
    return routing


def _delays(ask: wire.QueueAsk) -> dict[str, int]:
    """Of every member. Raises Invalid for one that is named twice, and for a delay of somebody else."""
    for at, each in enumerate(ask.members):
        if each in ask.members[:at]:
            raise Invalid(f"members[{at}]", f"each agent once, not {each!r} again")
    for each, seconds in ask.delays.items():
        if each not in ask.members:
            raise Invalid(f"delays.{each}", "a member of the queue")
        checked_seconds(seconds, f"delays.{each}")
    return {each: ask.delays.get(each, 0) for each in ask.members}


def _set_members(tx: Tx, queue_id: str, after: Mapping[str, int]) -> None:
    """``after``: the delay of each member."""
    here = queue_member.c.queue_id == queue_id
    rows = tx.conn.execute(select(queue_member.c.agent_id, queue_member.c.delay_s).where(here))
    before = {row.agent_id: row.delay_s for row in rows}
    changed = sorted(each for each in before.keys() | after.keys() if before.get(each) != after.get(each))
    if not changed:
        return
    tx.conn.execute(delete(queue_member).where(here, queue_member.c.agent_id.in_(changed)))
    new = [
        {"queue_id": queue_id, "agent_id": each, "delay_s": after[each]} for each in changed if each in after
    ]
    if new:
        tx.conn.execute(insert(queue_member), new)
    _tell(tx, changed)


def _tell(tx: Tx, agents: Sequence[str]) -> None:
    for each in agents:
        tx.emit(agent_topic(AgentId(each)), AgentChanged(AgentId(each)))
