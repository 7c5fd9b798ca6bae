"""Work that nobody could ever take is told at once, once for each cause, and taken back."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from sqlalchemy import delete, event, insert, select, update

from core.events import SETTINGS_TOPIC, AgentChanged, SettingsChanged, TimerFired, Topic, agent_topic
from core.ids import AgentId, QueueId, SkillId
from core.routing_events import NobodyCanServe
from core.store.database import Database
from core.store.forms import StoredLadder, StoredRequirement, StoredStep, StoredTerm
from core.store.messages import read_events
from core.store.tables import people
from core.store.tables.routing import queue_item, routing_rule, unservable
from core.store.tx import Tx
from routing import serving
from routing.ladder import Ladder, Step, Term
from routing.rulebook.conditions import TextSays
from routing.rulebook.rule import Gives, Rule
from routing.rulebook.serving import Person, Work, unserved
from routing.rulebook.settings import RuleSettings
from routing.serving import find_unserved, look_at_all, serving_handlers
from routing.skill import Requirement, proficiency
from tests.builders import a_world
from tests.routing import center as centers
from tests.routing.center import ADA, BOB, GENERAL, Center, a_center
from tests.routing.rulebook.making import VIP, a_rule, add_rules

DE = SkillId("german")
SETTINGS = RuleSettings()
THREE = (Requirement(DE, proficiency(3)),)


class Later:
    """A database that is opened after who asks it was made."""

    there: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.there, name)


@asynccontextmanager
async def watched(address: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Center]:
    db: Any = Later()

    def world(url: str, handlers: Any) -> Any:
        return a_world(url, [*handlers, *serving_handlers(db, SETTINGS)])

    monkeypatch.setattr(centers, "a_world", world)
    async with a_center(address) as made:
        db.there = made.db
        await made.db.run(_german)
        yield made


def _german(tx: Tx) -> None:
    tx.conn.execute(insert(people.skill).values(id=DE, name="German"))


async def told(center: Center) -> list[tuple[str, bool]]:
    await center.settle()
    events = await center.db.read(read_events, SETTINGS_TOPIC, 0, 100)
    return [(each.event.source, each.event.gone) for each in events if isinstance(each.event, NobodyCanServe)]


async def add(center: Center, rule: Rule) -> None:
    def work(tx: Tx) -> None:
        add_rules(tx, rule)
        tx.emit(SETTINGS_TOPIC, SettingsChanged("rule", rule.id))

    await center.db.run(work)


async def level(center: Center, agent: AgentId, level: int | None) -> None:
    def work(tx: Tx) -> None:
        tx.conn.execute(delete(people.agent_skill).where(people.agent_skill.c.agent_id == agent))
        if level is not None:
            tx.conn.execute(insert(people.agent_skill).values(agent_id=agent, skill_id=DE, level=level))

    await center.db.run(work)
    await center.change_agent(agent)


async def test_a_rule_that_asks_for_what_nobody_can_is_told_once_and_taken_back(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(address, monkeypatch) as center:
        await level(center, ADA, 2)
        await add(center, a_rule("german", gives=Gives(GENERAL, skills=THREE)))
        assert await told(center) == [("rule:german", False)]
        rows = await center.db.read(lambda tx: tx.conn.execute(select(unservable)).all())
        assert [(row.queue_id, row.lacking) for row in rows] == [(GENERAL, {DE: 3})]
        await center.waits("v1")
        await center.waits("v2")
        assert await told(center) == [("rule:german", False)]
        await level(center, BOB, 3)
        assert await told(center) == [("rule:german", False), ("rule:german", True)]
        await center.change_agent(BOB, active=False)
        assert (await told(center))[2:] == [("rule:german", False)]


async def test_a_queue_is_told_when_its_only_expert_loses_the_skill_or_the_room(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(address, monkeypatch) as center:
        await level(center, ADA, 4)

        def ask(tx: Tx) -> None:
            asked = update(people.queue).where(people.queue.c.id == GENERAL)
            tx.conn.execute(asked.values(requirements=_stored(4)))
            tx.emit(SETTINGS_TOPIC, SettingsChanged("queue", GENERAL))

        await center.db.run(ask)
        assert await told(center) == []
        await level(center, ADA, 3)
        assert await told(center) == [("queue:general", False)]
        await level(center, ADA, 4)
        await center.change_agent(ADA, capacity=0)
        assert (await told(center))[1:] == [("queue:general", True), ("queue:general", False)]
        # What waits there is the queue's fault and not told again.
        await center.waits()
        assert len(await told(center)) == 3


async def test_a_rule_that_excludes_all_who_could_is_told_and_so_is_what_waits_when_two_do_together(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(address, monkeypatch) as center:
        some = a_rule("some", gives=Gives(exclude=(ADA,)), go_on=True)
        others = a_rule("others", TextSays(("help",)), gives=Gives(GENERAL, exclude=(BOB,)))

        def work(tx: Tx) -> None:
            add_rules(tx, some, others)
            tx.emit(SETTINGS_TOPIC, SettingsChanged("rule", "some"))

        await center.db.run(work)
        assert await told(center) == []
        conversation = await center.waits()
        assert await told(center) == [(f"conversation:{conversation}", False)]
        [found] = await center.db.read(find_unserved, SETTINGS)
        assert (found.work.excluded, dict(found.lacking)) == (frozenset({ADA, BOB}), {})
        await center.change_agent(BOB, active=False)
        assert ("rule:some", False) in await told(center)


async def test_one_conversation_is_told_by_itself_when_its_rule_has_gone_since(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(address, monkeypatch) as center:
        await level(center, ADA, 3)
        await add(center, a_rule("german", TextSays(("help",)), gives=Gives(GENERAL, skills=THREE)))
        conversation = await center.waits()

        def remove(tx: Tx) -> None:
            tx.conn.execute(delete(routing_rule))
            tx.emit(SETTINGS_TOPIC, SettingsChanged("rule", "german"))

        await center.db.run(remove)
        assert await told(center) == []
        await level(center, ADA, None)
        source = f"conversation:{conversation}"
        assert await told(center) == [(source, False)]
        await center.resolve(conversation)
        assert await told(center) == [(source, False), (source, True)]


async def test_who_had_it_before_may_be_the_only_one_who_can_serve_it(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(address, monkeypatch) as center:
        mine, theirs = await center.waits("v1"), await center.waits("v2")

        def ask(tx: Tx) -> None:
            for each, agent in ((mine, ADA), (theirs, AgentId("gone"))):
                own = StoredLadder(
                    steps=(
                        StoredStep((), (agent,), 60),
                        StoredStep(((StoredTerm(DE, 3),),)),
                    )
                )
                row = queue_item.c.conversation_id == each
                tx.conn.execute(update(queue_item).where(row).values(requirements=own, preferred=agent))

        await center.db.run(ask)
        found = await center.db.read(find_unserved, SETTINGS)
        assert [(each.work.source, each.lacking) for each in found] == [(f"conversation:{theirs}", {DE: 3})]


async def test_the_line_is_read_beside_the_event_loop_and_once_for_all_changes_of_one_time(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []

    def looking(tx: Tx, settings: RuleSettings) -> Any:
        threads.append(threading.current_thread())
        return find_unserved(tx, settings)

    async with watched(address, monkeypatch) as center:
        await center.settle()
        monkeypatch.setattr(serving, "find_unserved", looking)

        def change(tx: Tx) -> None:
            for each in (ADA, BOB):
                tx.conn.execute(update(people.agent).where(people.agent.c.id == each).values(capacity=0))
                tx.emit(agent_topic(each), AgentChanged(each))
            tx.emit(SETTINGS_TOPIC, SettingsChanged("queue", GENERAL))

        await center.db.run(change)
        assert await told(center) == [("queue:general", False)]
        assert len(threads) == 1

        def another_change_before_it_was_looked(tx: Tx) -> None:
            for _ in range(2):
                tx.emit(Topic("serving"), TimerFired(serving.TIMER, "", tx.now))

        await center.db.run(another_change_before_it_was_looked)
        await center.settle()
        assert len(threads) == 2
        assert threading.main_thread() not in threads


async def test_what_left_while_the_line_was_read_is_not_told_and_what_came_is_not_taken_back(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(address, monkeypatch) as center:
        await level(center, ADA, 3)
        await add(center, a_rule("german", TextSays(("help",)), gives=Gives(GENERAL, skills=THREE)))
        conversation = await center.waits()
        before = await told(center)

        async def meanwhile() -> None:
            await center.resolve(conversation)
            await center.settle()
            await center.db.run(_another_is_told)

        await center.db.run(_nobody_speaks_german_and_no_rule_asks_for_it)
        await look_at_all(cast("Database", Interrupted(center.db, meanwhile)), SETTINGS)
        assert await told(center) == before
        assert await center.db.read(_sources) == ["conversation:another"]
        await look_at_all(center.db, SETTINGS)
        assert await told(center) == [*before, ("conversation:another", True)]


async def test_nobody_waits_for_who_stands_still_in_the_middle_of_reading_the_line(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, goes_on = threading.Event(), threading.Event()

    def stands_still(tx: Tx, settings: RuleSettings) -> Any:
        found = find_unserved(tx, settings)
        reads.set()
        assert goes_on.wait(120)
        return found

    async with watched(address, monkeypatch) as center:
        some = a_rule("some", gives=Gives(exclude=(ADA,)), go_on=True)
        others = a_rule("others", TextSays(("help",)), gives=Gives(GENERAL, exclude=(BOB,)))
        await center.db.run(add_rules, some, others)
        conversation = await center.waits()
        assert await told(center) == [(f"conversation:{conversation}", False)]
        monkeypatch.setattr(serving, "find_unserved", stands_still)
        async with asyncio.TaskGroup() as still:
            _ = still.create_task(look_at_all(center.db, SETTINGS))
            try:
                assert await asyncio.to_thread(reads.wait, 120)
                await center.resolve(conversation)
                assert (f"conversation:{conversation}", True) in await told(center)
            finally:
                goes_on.set()
        assert len(await told(center)) == 2


class Interrupted:
    """A database on which something happens right after the line was read."""

    def __init__(self, db: Database, meanwhile: Callable[[], Awaitable[None]]) -> None:
        self._db = db
        self._meanwhile = meanwhile
        self.run = db.run

    @property
    def large(self) -> "Interrupted":
        return self

    async def read(self, work: Callable[..., Any], *args: Any) -> Any:
        seen = await self._db.read(work, *args)
        await self._meanwhile()
        return seen


def _nobody_speaks_german_and_no_rule_asks_for_it(tx: Tx) -> None:
    tx.conn.execute(delete(routing_rule))
    tx.conn.execute(delete(people.agent_skill))


def _another_is_told(tx: Tx) -> None:
    row = {"source": "conversation:another", "queue_id": GENERAL, "lacking": {}, "since": tx.now}
    tx.conn.execute(insert(unservable).values(row))


def _sources(tx: Tx) -> list[str]:
    return list(tx.conn.execute(select(unservable.c.source)).scalars())


async def test_a_line_of_many_agents_own_conversations_is_read_in_few_statements(center: Center) -> None:
    waiting = [await center.waits(f"v{at}") for at in range(8)]

    def read(tx: Tx) -> int:
        for at, each in enumerate(waiting):
            own = StoredLadder(steps=(StoredStep((), (f"a{at}",), 60), StoredStep()))
            row = queue_item.c.conversation_id == each
            tx.conn.execute(update(queue_item).where(row).values(requirements=own, preferred=f"a{at}"))
        statements = 0

        def counting(*_: Any) -> None:
            nonlocal statements
            statements += 1

        event.listen(tx.conn, "before_cursor_execute", counting)
        assert find_unserved(tx, SETTINGS) == []
        event.remove(tx.conn, "before_cursor_execute", counting)
        return statements

    assert await center.db.run(read) <= 10


def test_nobody_looks_when_only_an_agents_speed_changed() -> None:
    nothing: Any = None
    each, _ = serving_handlers(nothing, SETTINGS)
    matters = each.wants
    assert matters is not None
    assert not matters(AgentChanged(ADA, only_speed=True))
    assert matters(AgentChanged(ADA))


async def test_whom_nothing_leads_to_is_not_complained_about(center: Center) -> None:
    assert await center.db.read(find_unserved, SETTINGS) == []


def _stored(level: int) -> Any:
    return (StoredRequirement(DE, level),)


def a_person(name: str = "ada", **values: Any) -> Person:
    known: dict[str, Any] = {"queues": frozenset({VIP}), "skills": {DE: proficiency(2)}, "capacity": 1}
    return Person(AgentId(name), **{**known, **values})


@pytest.mark.parametrize(
    ("person", "work", "served"),
    [
        (a_person(), {}, True),
        (a_person(queues=frozenset({QueueId("other")})), {}, False),
        (a_person(queues=frozenset({QueueId("other")})), {"queue": None}, True),
        (a_person(), {"ladder": Ladder((Term(DE, proficiency(3)),))}, False),
        (
            a_person(),
            {"ladder": Ladder((), (Step(((Term(DE, proficiency(3)),),), until_s=60), Step()))},
            True,
        ),
        (a_person(), {"ladder": Ladder((), (Step((), frozenset({AgentId("bob")})),))}, False),
        (a_person(), {"ladder": Ladder((), (Step((), frozenset({AgentId("ada")})),))}, True),
        (a_person(), {"weight": 2}, False),
        (a_person(), {"excluded": frozenset({AgentId("ada")})}, False),
        (a_person(channels=frozenset({"chat"})), {"channel": "email"}, False),
        (a_person(channels=frozenset({"chat"})), {"channel": "chat"}, True),
    ],
)
def test_who_could_serve_is_decided_by_what_never_changes_by_itself(
    person: Person, work: dict[str, Any], *, served: bool
) -> None:
    asked = Work(**{"source": "x", "queue": VIP, "ladder": Ladder(), **work})
    assert (unserved([asked], [person]) == []) is served


def test_what_is_lacking_is_as_little_as_possible() -> None:
    near = a_person(skills={DE: proficiency(2), SkillId("law"): proficiency(5)})
    ladder = Ladder(
        (Term(DE, proficiency(3)),),
        (Step(((Term(SkillId("sql"), proficiency(1)),), (Term(SkillId("law"), proficiency(4)),))),),
    )
    [found] = unserved([Work("x", VIP, ladder)], [a_person("bob", skills={}), near])
    assert found.lacking == {DE: 3}
