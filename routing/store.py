"""Between routing's values and the database: agents, queues, policies and waiting conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, true, update

from core.agent import PresenceState
from core.answer import Handoff
from core.conversation import Conversation, InQueue, Open
from core.errors import Invalid, NotFound
from core.ids import AgentId, ConversationId, HoursId, QueueId, SkillId, SLAPolicyId
from core.store.conversations import get_inbox, peek_conversation
from core.store.forms import StoredHoliday, StoredRequirement, StoredWeek
from core.store.tables import people
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.routing import queue_item, reservation
from core.store.tx import Tx
from routing.calendar import ROUND_THE_CLOCK, BusinessHours, Interval, parse_time
from routing.presence import AgentState
from routing.queue import Queue, QueueItem
from routing.rules import Choice, Facts, by_language, choose_queue
from routing.skill import Requirement, checked, proficiency
from routing.sla import Policy, most_urgent

OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting conversation, and to whom it is being offered right now."""

    item: QueueItem
    offered_to: AgentId | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the engine must know, as of one instant, in order of joining and of arrival."""

    agents: tuple[AgentState, ...]
    waiting: tuple[Waiting, ...]


def snapshot(tx: Tx) -> Snapshot:
    """Read in one transaction, so that it fits together."""
    rows = tx.conn.execute(_ITEMS.order_by(queue_item.c.entered_at, queue_item.c.conversation_id))
    return Snapshot(tuple(_read_agents(tx, true())), tuple(_load_waiting(row) for row in rows))


def read_agent(tx: Tx, agent: AgentId) -> AgentState | None:
    """None when there is no such agent."""
    found = _read_agents(tx, people.agent.c.id == agent)
    return found[0] if found else None


def read_waiting(tx: Tx, conversation: ConversationId) -> Waiting | None:
    """None when it does not wait."""
    row = tx.conn.execute(_ITEMS.where(queue_item.c.conversation_id == conversation)).one_or_none()
    return None if row is None else _load_waiting(row)


def is_waiting(conversation: Conversation) -> bool:
    """Whether it is to be offered: in a queue and ours to answer."""
    return isinstance(conversation.handler, InQueue) and isinstance(conversation.status, Open)


def put_item(tx: Tx, conversation: Conversation) -> None:
    """Let it wait, or bring what is known of its waiting up to date; who declined it and since when stay.

    ``conversation`` is locked and is waiting.
    """
    times = tx.conn.execute(_TIMES.where(conversation_table.c.id == conversation.id)).one()
    entered_at = times.queued_at or tx.now
    if times.queued_at is None:
        mark_queued(tx, conversation.id, entered_at)
    queue = read_queue(tx, conversation.queue)
    values: dict[str, Any] = {
        "queue_id": queue.id,
        "priority": queue.priority + conversation.priority,
        "weight": conversation.weight,
        "requirements": store_requirements(queue.requirements),
        "preferred": conversation.last_agent,
        "entered_at": entered_at,
        "deadline": most_urgent([times.first_due_at, times.next_due_at, times.resolution_due_at]),
        "generation": conversation.generation,
    }
    fresh = tx.insert_for(queue_item).values(conversation_id=conversation.id, declined=(), **values)
    tx.conn.execute(fresh.on_conflict_do_update(index_elements=["conversation_id"], set_=values))


def drop_item(tx: Tx, conversation: ConversationId) -> None:
    """It waits no longer."""
    tx.conn.execute(delete(queue_item).where(queue_item.c.conversation_id == conversation))


def mark_queued(tx: Tx, conversation: ConversationId, at: Any) -> None:
    """It has been waiting for a person since ``at``; that stays when it goes from one person to another."""
    row = conversation_table.c.id == conversation
    tx.conn.execute(update(conversation_table).where(row).values(queued_at=at))


def add_decliner(tx: Tx, conversation: ConversationId, agent: AgentId) -> None:
    """Who declined last comes last."""
    row = queue_item.c.conversation_id == conversation
    known = tx.conn.execute(select(queue_item.c.declined).where(row)).scalar_one_or_none()
    declined = (*(each for each in known or () if each != agent), agent)
    tx.conn.execute(update(queue_item).where(row).values(declined=declined, declined_at=tx.now))


def read_queue(tx: Tx, queue: QueueId) -> Queue:
    """Raises NotFound."""
    found = _read_queues(tx, people.queue.c.id == queue)
    if not found:
        raise NotFound(f"there is no queue {queue}")
    return found[0]


def read_queues(tx: Tx) -> list[Queue]:
    """All of them, by name."""
    return _read_queues(tx, true())


def queue_for(tx: Tx, conversation: ConversationId, handoff: Handoff) -> QueueId:
    """Where the rules send a conversation that the bot passes on."""
    return choice_for(tx, conversation, handoff).queue


def choice_for(tx: Tx, conversation_id: ConversationId, handoff: Handoff) -> Choice:
    """The same with the rule that decided."""
    conversation = peek_conversation(tx, conversation_id)
    home = get_inbox(tx, conversation.inbox).queue
    language = handoff.language or conversation.language
    facts = Facts(home, language, handoff.intent, handoff.reason)
    return choose_queue(by_language(read_queues(tx), home), facts)


def policy_of(tx: Tx, queue: QueueId) -> Policy | None:
    """The promises of a queue, in the policy's business hours, else in the queue's, else round the clock."""
    own, theirs = people.business_hours.alias(), people.business_hours.alias()
    row = tx.conn.execute(
        select(
            people.sla_policy,
            own.c.zone,
            own.c.week,
            own.c.holidays,
            theirs.c.zone.label("queue_zone"),
            theirs.c.week.label("queue_week"),
            theirs.c.holidays.label("queue_holidays"),
        )
        .select_from(people.queue)
        .join(people.sla_policy, people.sla_policy.c.id == people.queue.c.sla_policy_id)
        .outerjoin(own, own.c.id == people.sla_policy.c.hours_id)
        .outerjoin(theirs, theirs.c.id == people.queue.c.hours_id)
        .where(people.queue.c.id == queue)
    ).one_or_none()
    if row is None:
        return None
    if row.zone is not None:
        time = to_business_hours(row.zone, row.week, row.holidays)
    elif row.queue_zone is not None:
        time = to_business_hours(row.queue_zone, row.queue_week, row.queue_holidays)
    else:
        time = None
    return Policy(
        SLAPolicyId(row.id),
        row.name,
        row.first_response_s,
        row.next_response_s,
        row.resolution_s,
        ROUND_THE_CLOCK if time is None else time,
    )


def to_business_hours(zone: str, week: StoredWeek, holidays: Sequence[StoredHoliday]) -> BusinessHours:
    """Raises Invalid, naming the field, for hours that make no sense; the console checks its input with it."""
    days = tuple(
        tuple(
            Interval(parse_time(start, f"week[{day}][{at}][0]"), parse_time(end, f"week[{day}][{at}][1]"))
            for at, (start, end) in enumerate(intervals)
        )
        for day, intervals in enumerate(week.days)
    )
    return BusinessHours(zone, days, frozenset(_to_date(each, at) for at, each in enumerate(holidays)))


def _to_date(holiday: StoredHoliday, at: int) -> date:
    try:
        return date.fromisoformat(holiday.date)
    except ValueError:
        raise Invalid(f"holidays[{at}].date", f"a date such as 2026-12-25, not {holiday.date!r}") from None


def to_requirements(stored: Sequence[StoredRequirement]) -> tuple[Requirement, ...]:
    """Raises Invalid, naming the field, for requirements that make no sense."""
    return checked(
        Requirement(SkillId(each.skill), proficiency(each.level), each.drop_after_s) for each in stored
    )


def store_requirements(requirements: Sequence[Requirement]) -> tuple[StoredRequirement, ...]:
    return tuple(StoredRequirement(each.skill, each.level, each.drop_after_s) for each in requirements)


_TIMES = select(
    conversation_table.c.queued_at,
    conversation_table.c.first_due_at,
    conversation_table.c.next_due_at,
    conversation_table.c.resolution_due_at,
)
_ITEMS = select(queue_item, reservation.c.agent_id.label("offered_to")).outerjoin(
    reservation,
    and_(
        reservation.c.conversation_id == queue_item.c.conversation_id,
        reservation.c.state == OFFERED,
    ),
)


def _load_waiting(row: Any) -> Waiting:
    item = QueueItem(
        conversation=ConversationId(row.conversation_id),
        queue=QueueId(row.queue_id),
        priority=row.priority,
        weight=row.weight,
        requirements=to_requirements(row.requirements),
        entered_at=row.entered_at,
        generation=row.generation,
        deadline=row.deadline,
        declined=tuple(AgentId(each) for each in row.declined),
        declined_at=row.declined_at,
        preferred=None if row.preferred is None else AgentId(row.preferred),
    )
    return Waiting(item, None if row.offered_to is None else AgentId(row.offered_to))


def _read_agents(tx: Tx, which: ColumnElement[bool]) -> list[AgentState]:
    agent = people.agent
    skills: dict[str, dict[SkillId, Any]] = {}
    queues: dict[str, set[QueueId]] = {}
    chosen = select(agent.c.id).where(which)
    for row in tx.conn.execute(select(people.agent_skill).where(people.agent_skill.c.agent_id.in_(chosen))):
        skills.setdefault(row.agent_id, {})[SkillId(row.skill_id)] = proficiency(row.level)
    for row in tx.conn.execute(select(people.queue_member).where(people.queue_member.c.agent_id.in_(chosen))):
        queues.setdefault(row.agent_id, set()).add(QueueId(row.queue_id))
    return [
        AgentState(
            id=AgentId(row.id),
            presence=PresenceState(row.presence),
            active=row.active,
            skills=skills.get(row.id, {}),
            queues=frozenset(queues.get(row.id, ())),
            capacity=row.capacity,
            load=row.load,
            idle_since=row.idle_since,
            version=row.version,
        )
        for row in tx.conn.execute(select(agent).where(which).order_by(agent.c.created_at, agent.c.id))
    ]


def _read_queues(tx: Tx, which: ColumnElement[bool]) -> list[Queue]:
    members: dict[str, set[AgentId]] = {}
    chosen = select(people.queue.c.id).where(which)
    for row in tx.conn.execute(select(people.queue_member).where(people.queue_member.c.queue_id.in_(chosen))):
        members.setdefault(row.queue_id, set()).add(AgentId(row.agent_id))
    return [
        Queue(
            id=QueueId(row.id),
            name=row.name,
            priority=row.priority,
            languages=row.languages,
            requirements=to_requirements(row.requirements),
            members=frozenset(members.get(row.id, ())),
            policy=None if row.sla_policy_id is None else SLAPolicyId(row.sla_policy_id),
            hours=None if row.hours_id is None else HoursId(row.hours_id),
        )
        for row in tx.conn.execute(
            select(people.queue).where(which).order_by(people.queue.c.name, people.queue.c.id)
        )
    ]
