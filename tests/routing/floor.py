"""A made-up contact center for properties: what the database would say, and what happens next."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Any

from core.agent import PresenceState
from core.ids import AgentId, ConversationId, QueueId, SkillId
from routing.engine import AgentChanged, AgentRemoved, Arrived, Declined, Fact, Offer, Removed, StepDue
from routing.ladder import Ladder, Step, Term, first_asked, relaxing
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.skill import proficiency
from tests.routing.values import after, an_item, needs, somebody

QUEUES = ("general", "billing", "returns")
SKILLS = ("english", "chinese", "refunds")
CHANNELS = ("letters", "calls")
KINDS = ("order", "complaint")


@dataclass
class Floor:
    """A made-up contact center: what the database would say, and what happens next."""

    random: Random
    seconds: float = 0.0
    made: int = 0
    agents: dict[AgentId, AgentState] = field(default_factory=dict)
    items: dict[ConversationId, QueueItem] = field(default_factory=dict)
    offers: dict[ConversationId, AgentId] = field(default_factory=dict)
    held: dict[ConversationId, tuple[AgentId, QueueItem]] = field(default_factory=dict)
    rename: Callable[[str], str] = str

    @property
    def now(self) -> datetime:
        return after(self.seconds)

    def happen(self, step: datetime | None = None) -> list[Fact]:
        """One or a few things at once; sometimes what waits for its time."""
        if step is not None and self.random.random() < 0.2:
            self.seconds = max(self.seconds, (step - after(0)).total_seconds())
            return [StepDue(self.now)]
        self.seconds += self.random.choice((0, 0, 1, 7, 31))
        return [fact for _ in range(self.random.choice((1, 1, 1, 2, 4))) for fact in self.one_thing()]

    def one_thing(self) -> list[Fact]:
        things = [self.arrive, self.arrive, self.arrive, self.come, self.change, self.accept, self.decline]
        return self.random.choice([*things, self.finish, self.abandon, self.leave, self.wait, self.edit])()

    def arrive(self) -> list[Fact]:
        self.made += 1
        pick = self.random
        entered = self.seconds - pick.choice((0, 0, 10))
        deadline, target = pick.choice(((None, None), (20, 20.0), (60, 60.0), (60, None)))
        item = an_item(
            self.rename(f"c{self.made:03d}"),
            ladder=self.ladder(),
            queue=QueueId(pick.choice(QUEUES)),
            priority=pick.choice((0, 0, 1)),
            weight=pick.choice((1, 1, 2)),
            entered_at=after(entered),
            deadline=None if deadline is None else after(entered + deadline + pick.choice((0, 0, 7))),
            target_s=target,
            worth=pick.choice((1.0, 1.0, 4.0)),
            channel=pick.choice(CHANNELS),
            interruptible=pick.random() < 0.2,
            kind=(kind := pick.choice(KINDS)),
            handle_s={"order": 240.0, "complaint": 420.0}[kind],
            preferred=pick.choice((None, *self.agents)),
            excluded=frozenset(pick.sample(list(self.agents), 1))
            if self.agents and pick.random() < 0.1
            else frozenset(),
        )
        self.items[item.conversation] = item
        return [Arrived(self.now, item)]

    def ladder(self) -> Ladder:
        """Simple ones mostly; and steps with alternatives or named agents."""
        pick = self.random
        simple = relaxing(
            [
                needs(skill, pick.randint(1, 4), pick.choice((None, 5, 20)))
                for skill in pick.sample(SKILLS, pick.choice((0, 1, 1, 2)))
            ]
        )
        match pick.randrange(4):
            case 0 if self.agents:
                return first_asked(pick.choice(list(self.agents)), pick.choice((7, 31)), simple)
            case 1:
                one, other = (
                    Term(SkillId(skill), proficiency(pick.randint(1, 4))) for skill in pick.sample(SKILLS, 2)
                )
                named = frozenset(pick.sample(list(self.agents), min(1, len(self.agents))))
                last = Step() if pick.random() < 0.5 or not named else Step((), named)
                return Ladder(
                    (), (Step(((one, other),), until_s=7), Step(((one,), (other,)), until_s=31), last)
                )
            case _:
                return simple

    def come(self) -> list[Fact]:
        self.made += 1
        pick = self.random
        agent = somebody(
            self.rename(f"a{self.made:03d}"),
            {skill: pick.randint(1, 5) for skill in pick.sample(SKILLS, pick.randint(0, 3))},
            queues=frozenset(QueueId(queue) for queue in pick.sample(QUEUES, pick.choice((1, 2, 3)))),
            capacity=pick.randint(1, 4),
            channels=pick.choice((None, None, frozenset({pick.choice(CHANNELS)}))),
            delays={QueueId("general"): pick.choice((7.0, 31.0))} if pick.random() < 0.2 else {},
            speeds={pick.choice(KINDS): pick.choice((0.5, 1.5))} if pick.random() < 0.5 else {},
            idle_since=self.now,
            held=pick.choice((0, 1, 2)),
            held_s=pick.choice((20.0, 60.0)),
        )
        return self.set(agent)

    def set(self, agent: AgentState) -> list[Fact]:
        self.agents[agent.id] = replace(agent, version=agent.version + 1)
        return [AgentChanged(self.now, self.agents[agent.id])]

    def change(self) -> list[Fact]:
        if not self.agents:
            return []
        agent = self.random.choice(list(self.agents.values()))
        pick = self.random
        changes: list[dict[str, Any]] = [
            {"presence": pick.choice(list(PresenceState))},
            {"presence": PresenceState.AVAILABLE},
            {"capacity": pick.randint(1, 4)},
            {"held": pick.randint(0, 3), "held_s": pick.choice((20.0, 77.0))},
            {"delays": pick.choice(({}, {QueueId("general"): 14.0}))},
            {"queues": frozenset(QueueId(queue) for queue in pick.sample(QUEUES, 2))},
            {"skills": {SkillId(pick.choice(SKILLS)): proficiency(pick.randint(1, 5))}},
        ]
        return self.set(replace(agent, **pick.choice(changes)))

    def leave(self) -> list[Fact]:
        idle = [each for each in self.agents if not self.agents[each].load]
        if not idle:
            return []
        gone = self.random.choice(idle)
        del self.agents[gone]
        return [AgentRemoved(self.now, gone)]

    def accept(self) -> list[Fact]:
        if not self.offers:
            return []
        conversation, agent = self.random.choice(list(self.offers.items()))
        del self.offers[conversation]
        self.held[conversation] = (agent, self.items.pop(conversation))
        return [Removed(self.now, conversation)]

    def decline(self) -> list[Fact]:
        if not self.offers:
            return []
        conversation, agent = self.random.choice(list(self.offers.items()))
        del self.offers[conversation]
        item = self.items[conversation]
        declined = (*(each for each in item.declined if each != agent), agent)
        self.items[conversation] = replace(item, declined=declined, declined_at=self.now)
        self.add_load(agent, item, -item.weight)
        return [Declined(self.now, conversation, agent)]

    def finish(self) -> list[Fact]:
        if not self.held:
            return []
        conversation = self.random.choice(list(self.held))
        agent, item = self.held.pop(conversation)
        self.add_load(agent, item, -item.weight)
        return self.set(replace(self.agents[agent], idle_since=self.now))

    def abandon(self) -> list[Fact]:
        waiting = [each for each in self.items if each not in self.offers]
        if not waiting:
            return []
        gone = self.random.choice(waiting)
        del self.items[gone]
        return [Removed(self.now, gone)]

    def edit(self) -> list[Fact]:
        """Somebody changes what a waiting conversation needs, or by when."""
        waiting = [each for each in self.items if each not in self.offers]
        if not waiting:
            return []
        item = self.items[self.random.choice(waiting)]
        changes: list[dict[str, Any]] = [
            {"ladder": Ladder(), "priority": item.priority + 1},
            {"deadline": after(self.seconds + self.random.choice((5, 300)))},
        ]
        self.items[item.conversation] = replace(item, **self.random.choice(changes))
        return [Arrived(self.now, self.items[item.conversation])]

    def wait(self) -> list[Fact]:
        self.seconds += 40
        return [StepDue(self.now)]

    def add_load(self, agent: AgentId, item: QueueItem, units: int) -> None:
        before = self.agents[agent]
        self.agents[agent] = replace(
            before,
            load=before.load + units,
            yielding=before.yielding + (units if item.interruptible else 0),
            version=before.version + 1,
        )

    def take_note(self, offers: list[Offer]) -> None:
        for offer in offers:
            assert offer.item.conversation not in self.offers
            assert offer.item.conversation not in self.held
            assert self.agents[offer.agent].version == offer.version
            self.add_load(offer.agent, offer.item, offer.item.weight)
            self.offers[offer.item.conversation] = offer.agent
