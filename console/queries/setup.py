"""What supervisors and administrators set up, as the console shows it: one or two statements a noun."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import func, select

from console.wire import setup as wire
from console.wire.message import Canned
from core.inbox import Inbox
from core.store.conversations import load_inbox
from core.store.tables.conversation import conversation
from core.store.tables.people import (
    business_hours,
    canned_reply,
    inbox,
    queue,
    queue_member,
    skill,
    sla_policy,
)
from core.store.tables.routing import queue_item
from core.store.tx import Tx


def list_skills(tx: Tx) -> tuple[wire.Skill, ...]:
    rows = tx.conn.execute(select(skill).order_by(skill.c.name))
    return tuple(wire.Skill(row.id, row.name) for row in rows)


def list_queues(tx: Tx) -> tuple[wire.Queue, ...]:
    """With who serves them and who waits in them now."""
    members: dict[str, list[str]] = defaultdict(list)
    for row in tx.conn.execute(select(queue_member).order_by(queue_member.c.agent_id)):
        members[row.queue_id].append(row.agent_id)
    waiting = _waiting(tx)
    return tuple(
        wire.Queue(
            row.id,
            row.name,
            row.priority,
            row.sla_policy_id,
            row.hours_id,
            tuple(wire.Requirement(each.skill, each.level, each.drop_after_s) for each in row.requirements),
            tuple(members[row.id]),
            row.languages,
            *_since(tx, waiting.get(row.id)),
        )
        for row in tx.conn.execute(select(queue).order_by(queue.c.priority.desc(), queue.c.name))
    )


def _waiting(tx: Tx) -> dict[str, tuple[int, datetime | None]]:
    """How many wait in each queue, and since when the first."""
    statement = (
        select(conversation.c.queue_id, func.count(), func.min(queue_item.c.entered_at))
        .select_from(conversation.outerjoin(queue_item, queue_item.c.conversation_id == conversation.c.id))
        .where(conversation.c.handler == "queue", conversation.c.status == "open")
        .group_by(conversation.c.queue_id)
    )
    return {queue_id: (count, since) for queue_id, count, since in tx.conn.execute(statement)}


def _since(tx: Tx, waiting: tuple[int, datetime | None] | None) -> tuple[int, int | None]:
    if waiting is None:
        return 0, None
    count, since = waiting
    return count, None if since is None else max(0, int((tx.now - since).total_seconds()))


def list_inboxes(tx: Tx) -> tuple[Inbox, ...]:
    """As the domain has them: the snippet is the channel's to make."""
    rows = tx.conn.execute(select(inbox).order_by(inbox.c.name, inbox.c.id))
    return tuple(map(load_inbox, rows))


def list_policies(tx: Tx) -> tuple[wire.SlaPolicy, ...]:
    rows = tx.conn.execute(select(sla_policy).order_by(sla_policy.c.name))
    return tuple(
        wire.SlaPolicy(
            row.id,
            row.name,
            row.first_response_s,
            row.next_response_s,
            row.resolution_s,
            row.hours_id,
        )
        for row in rows
    )


def list_hours(tx: Tx) -> tuple[wire.Hours, ...]:
    rows = tx.conn.execute(select(business_hours).order_by(business_hours.c.name))
    return tuple(
        wire.Hours(
            row.id,
            row.name,
            row.zone,
            row.week.days,
            tuple(wire.Holiday(each.date, each.name) for each in row.holidays),
        )
        for row in rows
    )


def list_canned(tx: Tx) -> tuple[Canned, ...]:
    rows = tx.conn.execute(select(canned_reply).order_by(canned_reply.c.shortcut, canned_reply.c.language))
    return tuple(Canned(row.id, row.shortcut, row.language, row.title, row.text) for row in rows)
