"""What supervisors and administrators set up, as the console shows it: one or two statements a noun."""

from collections import defaultdict
from datetime import datetime

import msgspec
from sqlalchemy import func, select

from console.ladders import show_ladder
from console.wire import setup as wire
from console.wire.message import Canned
from console.wire.presence import PresenceReason
from core.inbox import Inbox
from core.store.conversations import load_inbox
from core.store.tables.conversation import conversation
from core.store.tables.people import (
    canned_reply,
    inbox,
    presence_reason,
    queue,
    queue_member,
    skill,
)
from core.store.tables.routing import queue_item
from core.store.tx import Tx
from routing.forms import to_ladder, to_requirements


def list_skills(tx: Tx) -> tuple[wire.Skill, ...]:
    rows = tx.conn.execute(select(skill).order_by(skill.c.name))
    return tuple(wire.Skill(row.id, row.name) for row in rows)


def list_queues(tx: Tx) -> tuple[wire.Queue, ...]:
    """With who serves them and who waits in them now."""
    members: dict[str, list[str]] = defaultdict(list)
    delays: dict[str, dict[str, int]] = defaultdict(dict)
    for row in tx.conn.execute(select(queue_member).order_by(queue_member.c.agent_id)):
        members[row.queue_id].append(row.agent_id)
        if row.delay_s:
            delays[row.queue_id][row.agent_id] = row.delay_s
    waiting = _waiting(tx)
    return tuple(
        wire.Queue(
            row.id,
            row.name,
            row.priority,
            row.sla_policy_id,
            row.hours_id,
            tuple(
                wire.Requirement(each.skill, each.level, each.drop_after_s)
                for each in to_requirements(row.requirements)
            ),
            tuple(members[row.id]),
            row.languages,
            *_since(tx, waiting.get(row.id)),
            show_ladder(to_ladder(row.requirements)),
            delays[row.id],
            wire.QueueRouting(**msgspec.structs.asdict(row.routing)),
            row.version,
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


def list_reasons(tx: Tx) -> tuple[PresenceReason, ...]:
    """By state, each in the order that supervisors gave."""
    order = presence_reason.c.state, presence_reason.c.position, presence_reason.c.name
    rows = tx.conn.execute(select(presence_reason).order_by(*order))
    return tuple(PresenceReason(row.id, row.state, row.name, row.position) for row in rows)


def list_inboxes(tx: Tx) -> tuple[Inbox, ...]:
    """As the domain has them: the snippet is the channel's to make."""
    rows = tx.conn.execute(select(inbox).order_by(inbox.c.name, inbox.c.id))
    return tuple(map(load_inbox, rows))


def list_canned(tx: Tx) -> tuple[Canned, ...]:
    rows = tx.conn.execute(select(canned_reply).order_by(canned_reply.c.shortcut, canned_reply.c.language))
    return tuple(Canned(row.id, row.shortcut, row.language, row.title, row.text) for row in rows)
