"""Skills, queues, inboxes, SLA policies, business hours and canned replies as supervisors change them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from channels.contract import Channel, Channels
from console.changes.boxes import check_alone, check_through
from console.changes.rows import Noun, add, check_known, put, remove
from console.changes.secrets import completed
from console.wire import setup as wire
from console.wire.message import CannedAsk
from core.errors import Conflict, Invalid
from core.events import AgentChanged, agent_topic
from core.ids import AgentId, InboxId
from core.inbox import BotMode, stored_bot
from core.store.conversations import get_inbox
from core.store.forms import StoredHoliday, StoredRequirement, StoredWeek
from core.store.tables.conversation import conversation
from core.store.tables.people import (
    agent,
    agent_skill,
    business_hours,
    canned_reply,
    inbox,
    queue,
    queue_member,
    skill,
    sla_policy,
)
from core.store.tx import Tx
from routing.calendar import BusinessHours, Interval, parse_time

SKILL = Noun("skill", skill, ("name",), (agent_skill.c.skill_id,))
QUEUE = Noun("queue", queue, ("name",), (inbox.c.queue_id, conversation.c.queue_id))
INBOX = Noun("inbox", inbox, ())
POLICY = Noun("sla_policy", sla_policy, (), (queue.c.sla_policy_id,))
HOURS = Noun("hours", business_hours, (), (queue.c.hours_id, sla_policy.c.hours_id))
CANNED = Noun("canned", canned_reply, ("shortcut", "language"))


def remove_skill(tx: Tx, id: str) -> None:
    """Raises Conflict ``in_use`` when an agent has it or a queue asks for it."""
    for name, requirements in tx.conn.execute(select(queue.c.name, queue.c.requirements)):
        if any(each.skill == id for each in requirements):
            raise Conflict(f"the queue {name} still asks for this skill", code="in_use")
    remove(tx, SKILL, id)


def save_queue(tx: Tx, id: str | None, ask: wire.QueueAsk) -> str:
    """New for None. Agents who come in or go out hear of it."""
    check_known(tx, sla_policy, [ask.sla_policy], "sla_policy")
    check_known(tx, business_hours, [ask.hours], "hours")
    check_known(tx, skill, [each.skill for each in ask.requirements], "requirements")
    check_known(tx, agent, ask.members, "members")
    values: dict[str, Any] = {
        "name": ask.name,
        "priority": ask.priority,
        "sla_policy_id": ask.sla_policy,
        "hours_id": ask.hours,
        "requirements": tuple(
            StoredRequirement(each.skill, each.level, each.drop_after_s) for each in ask.requirements
        ),
        "languages": tuple(dict.fromkeys(ask.languages)),
    }
    saved = add(tx, QUEUE, values) if id is None else put(tx, QUEUE, id, values)
    _set_members(tx, saved, ask.members)
    return saved


def remove_queue(tx: Tx, id: str) -> None:
    """Raises Conflict ``in_use`` when an inbox or a conversation belongs to it."""
    _set_members(tx, id, ())
    remove(tx, QUEUE, id)


def _set_members(tx: Tx, queue_id: str, members: Sequence[str]) -> None:
    rows = tx.conn.execute(select(queue_member.c.agent_id).where(queue_member.c.queue_id == queue_id))
    before, after = set(rows.scalars()), set(members)
    gone, new = before - after, after - before
    if gone:
        leaving = queue_member.c.queue_id == queue_id, queue_member.c.agent_id.in_(gone)
        tx.conn.execute(delete(queue_member).where(*leaving))
    if new:
        tx.conn.execute(
            insert(queue_member), [{"queue_id": queue_id, "agent_id": each} for each in sorted(new)]
        )
    for each in sorted(gone | new):
        tx.emit(agent_topic(AgentId(each)), AgentChanged(AgentId(each)))


def save_inbox(tx: Tx, id: str | None, ask: wire.InboxAsk, channels: Channels) -> str:
    """New for None; its kind stays what it was. Raises Invalid with the field of ``config`` that is wrong.

    An enabled one must not clash with another enabled one, and what it leads to must work.
    """
    check_known(tx, queue, [ask.queue], "queue")
    channel = channels.get(ask.kind)
    if channel is None:
        raise Invalid("kind", f"one of {', '.join(sorted(channels))}")
    config = whole_config(tx, id, ask.kind, ask.config, channel)
    channel.check(config)
    if ask.enabled:
        check_alone(tx, id, ask.kind, config, channel.clashes)
        check_through(tx, config, channel.through)
    values: dict[str, Any] = {
        "name": ask.name,
        "enabled": ask.enabled,
        "queue_id": ask.queue,
        **stored_bot(BotMode(ask.bot)),
        "config": config,
    }
    if id is None:
        return add(tx, INBOX, {**values, "kind": ask.kind, "created_at": tx.now})
    return put(tx, INBOX, id, values)


def whole_config(
    tx: Tx, id: str | None, kind: str, config: Mapping[str, object], channel: Channel
) -> dict[str, Any]:
    """With the secrets that the inbox has, if there is one. Raises NotFound, Invalid on another ``kind`` or a secret."""
    if id is None:
        return completed(config, None, channel)
    stored = get_inbox(tx, InboxId(id))
    if stored.kind != kind:
        raise Invalid("kind", f"{stored.kind}: the kind of an inbox cannot change")
    return completed(config, stored.config, channel)


def save_policy(tx: Tx, id: str | None, ask: wire.SlaPolicyAsk) -> str:
    """New for None."""
    check_known(tx, business_hours, [ask.hours], "hours")
    values: dict[str, Any] = {
        "name": ask.name,
        "first_response_s": ask.first_response_s,
        "next_response_s": ask.next_response_s,
        "resolution_s": ask.resolution_s,
        "hours_id": ask.hours,
    }
    return add(tx, POLICY, values) if id is None else put(tx, POLICY, id, values)


def save_hours(tx: Tx, id: str | None, ask: wire.HoursAsk) -> str:
    """New for None. Raises Invalid on a zone, an interval or a date that does not exist."""
    BusinessHours(ask.zone, tuple(tuple(_interval(*each) for each in day) for day in ask.week))
    for holiday in ask.holidays:
        _check_date(holiday.date)
    values: dict[str, Any] = {
        "name": ask.name,
        "zone": ask.zone,
        "week": StoredWeek(ask.week),
        "holidays": tuple(StoredHoliday(each.date, each.name) for each in ask.holidays),
    }
    return add(tx, HOURS, values) if id is None else put(tx, HOURS, id, values)


def _interval(start: str, end: str) -> Interval:
    return Interval(parse_time(start, "week"), parse_time(end, "week"))


def _check_date(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise Invalid("holidays", f"dates such as 2026-12-25, not {text}") from None


def save_canned(tx: Tx, id: str | None, ask: CannedAsk) -> str:
    """New for None."""
    values = {"shortcut": ask.shortcut, "language": ask.language, "title": ask.title, "text": ask.text}
    return add(tx, CANNED, values) if id is None else put(tx, CANNED, id, values)


def save_skill(tx: Tx, id: str | None, ask: wire.SkillAsk) -> str:
    """New for None."""
    return add(tx, SKILL, {"name": ask.name}) if id is None else put(tx, SKILL, id, {"name": ask.name})
