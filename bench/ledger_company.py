"""What the bench of the ledger works on: agents, a queue, conversations that wait in it, and a decision of the router's."""

from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import insert

from core import lifecycle
from core.agent import PresenceState
from core.contact import Sender
from core.conversation import InQueue
from core.ids import AgentId, ConversationId, InboxId, QueueId, SkillId
from core.store.conversations import ensure_point, get_inbox
from core.store.tables import people
from core.store.tx import Tx
from routing import lease, store
from routing.engine import AgentChanged, Arrived, Engine, Offer
from routing.ladder import relaxing
from routing.plan import plan_of
from routing.presence import AgentState
from routing.queue import QueueItem, QueueRouting
from routing.settings import RoutingSettings
from routing.skill import Requirement, proficiency
from tests.builders import a_queue, an_agent, an_inbox

AGENTS = 16
QUEUE = QueueId("general")
_threads = count()


def agent_id(number: int) -> AgentId:
    return AgentId(f"agent{number}")


def a_company(tx: Tx, capacity: int) -> None:
    """Agents who can hold so many each, and a router that holds the lease."""
    a_queue(tx)
    an_inbox(tx, bot=False)
    for number in range(AGENTS):
        an_agent(tx, agent_id(number), capacity=capacity)
        tx.conn.execute(insert(people.queue_member).values(queue_id=QUEUE, agent_id=agent_id(number)))
    lease.hold(tx, "bench", 10**6)


def a_decision() -> Offer:
    """What the router proposes with these agents for a conversation that asks for two skills, one of them for 30 s."""
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    engine = Engine(plan_of({QUEUE: QueueRouting()}, RoutingSettings()))
    engine.feed([AgentChanged(now, _somebody(number, now)) for number in range(AGENTS)])
    wants = (
        Requirement(SkillId("english"), proficiency(3), None),
        Requirement(SkillId("refunds"), proficiency(2), 30),
    )
    item = QueueItem(
        conversation=ConversationId("01kjzc3m0rf5x4w8d2t9s7q6va"),
        queue=QUEUE,
        priority=0,
        weight=1,
        ladder=relaxing(wants),
        entered_at=now - timedelta(seconds=12.345678),
        generation=1,
        deadline=now + timedelta(seconds=47.654322),
        target_s=60.0,
    )
    return engine.feed([Arrived(now, item)])[0]


def _somebody(number: int, now: datetime) -> AgentState:
    return AgentState(
        id=agent_id(number),
        presence=PresenceState.AVAILABLE,
        active=True,
        skills={SkillId("english"): proficiency(4), SkillId("refunds"): proficiency(2 + number % 3)},
        queues=frozenset({QUEUE}),
        capacity=3,
        load=number % 2,
        idle_since=now - timedelta(seconds=40.123456 + number),
        version=0,
    )


def wait_in_line(tx: Tx, many: int) -> list[ConversationId]:
    """New conversations, each with its place in the line."""
    point = ensure_point(tx, Sender("widget", "visitor", verified=False))
    inbox = get_inbox(tx, InboxId("web"))
    started = [
        lifecycle.start(tx, inbox, point, lifecycle.Opening(f"t{next(_threads)}"), handler=InQueue(QUEUE))
        for _ in range(many)
    ]
    for each in started:
        store.put_item(tx, each)
    return [each.id for each in started]
