"""The real engine, asked what it would offer in a small world of numbers."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.agent import PresenceState
from core.ids import AgentId, ConversationId, QueueId, SkillId
from routing.engine import AgentChanged, Arrived, Engine, Fact
from routing.ladder import Ladder, Term
from routing.plan import Plan, QueuePolicy
from routing.policies.ordered import EarliestDeadline
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.skill import Proficiency
from tests.routing.explorer.model import CAPACITY, WEIGHTS, Person

if TYPE_CHECKING:
    from tests.routing.explorer.world import Item

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
GENERAL, GERMAN = QueueId("general"), SkillId("german")
PLAN = Plan(QueuePolicy(EarliestDeadline()))
_ASKED = Ladder((Term(GERMAN, Proficiency(3)),))


def decide(people: Sequence[Person], waiting: Iterable["Item"]) -> Iterable[tuple[int, int, int, int]]:
    """Conversation, agent, generation and version of each proposal, in order."""
    for offer in Engine(PLAN).feed(facts(people, waiting)):
        yield int(offer.item.conversation), int(offer.agent), offer.item.generation, offer.version


def facts(people: Sequence[Person], waiting: Iterable["Item"]) -> list[Fact]:
    """The small world, as the engine hears of it at a start."""
    told: list[Fact] = [AgentChanged(NOON, _agent(at, person)) for at, person in enumerate(people)]
    for item in waiting:
        to = None if item.offered_to is None else AgentId(str(item.offered_to))
        told.append(Arrived(NOON, _item(item), to))
    return told


def _agent(at: int, person: Person) -> AgentState:
    return AgentState(
        id=AgentId(str(at)),
        presence=PresenceState.AVAILABLE if person.present else PresenceState.OFFLINE,
        active=True,
        skills={GERMAN: Proficiency(4)} if person.skilled else {},
        queues=frozenset({GENERAL}),
        capacity=CAPACITY,
        load=person.load,
        idle_since=NOON,
        version=person.version,
    )


def _item(item: "Item") -> QueueItem:
    return QueueItem(
        conversation=ConversationId(str(item.talk)),
        queue=GENERAL,
        priority=0,
        weight=WEIGHTS[item.talk],
        ladder=_ASKED,
        entered_at=NOON - timedelta(seconds=10 - item.talk),
        generation=item.generation,
        declined=tuple(AgentId(str(each)) for each in item.declined),
        declined_at=NOON if item.declined else None,
    )
