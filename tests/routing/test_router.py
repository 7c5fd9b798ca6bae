"""The one who decides: its lease, its restart in the middle, and what it does when the world moves under it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, delete, func, select, update

from core.agent import PresenceState
from core.bus import OutboxReady, TopicMoved
from core.errors import Conflict
from core.events import SETTINGS_TOPIC, Recorded, SettingsChanged, agent_topic
from core.store.tables import people
from core.store.tables.conversation import outbox, timer
from core.store.tables.routing import lease as lease_table
from core.store.tables.routing import queue_item
from core.store.tx import Tx
from routing import clocks, intake, lease, ledger, store
from tests.builders import an_agent
from tests.outages import Outages
from tests.routing.center import ADA, BOB, EVE, SETTINGS, Center, a_router


async def handed_over(center: Center) -> None:
    """The first router is gone without a word; a second one takes over when its lease has run out."""
    center.world.clock.forward(SETTINGS.lease_s)
    center.router = a_router(center.world, "two")
    await center.settle()


async def test_only_one_router_decides_at_a_time(center: Center) -> None:
    second = a_router(center.world, "two")
    await center.settle()
    assert not await second.step()
    assert (center.router.leading, second.leading) == (True, False)


async def test_another_takes_over_when_the_lease_runs_out(center: Center) -> None:
    await center.settle()
    await handed_over(center)
    assert center.router.leading
    assert await center.waits()
    assert len(await center.offers()) == 1


async def test_a_router_that_leaves_lets_the_next_begin_at_once(center: Center) -> None:
    await center.settle()
    await center.router.release()
    second = a_router(center.world, "two")
    await second.step()
    assert second.leading


async def test_a_lease_that_is_renewed_stays(center: Center) -> None:
    await center.settle()
    second = a_router(center.world, "two")
    for _ in range(10):
        await center.pass_time(SETTINGS.renew_s)
        await second.step()
    assert not second.leading
    assert await center.db.read(lambda tx: tx.conn.execute(select(lease_table.c.epoch)).scalar_one()) == 1


async def test_who_was_late_but_whom_nobody_followed_goes_on_as_before(center: Center) -> None:
    hold = center.db.run
    assert await hold(lease.hold, "one", SETTINGS.lease_s) == 1
    center.world.clock.forward(SETTINGS.lease_s)
    assert await hold(lease.hold, "one", SETTINGS.lease_s, 1) == 1
    assert await hold(lease.hold, "two", SETTINGS.lease_s) is None
    center.world.clock.forward(SETTINGS.lease_s)
    assert await hold(lease.hold, "two", SETTINGS.lease_s) == 2
    center.world.clock.forward(SETTINGS.lease_s)
    assert await hold(lease.hold, "one", SETTINGS.lease_s, 1) == 3
    center.world.clock.forward(SETTINGS.lease_s)
    assert await hold(lease.hold, "one", SETTINGS.lease_s) == 4, "a new start decides anew"


async def test_many_offers_are_written_a_part_at_a_time(center: Center) -> None:
    """Each agent may have several: the later parts rest on the earlier ones."""
    for number in range(5):
        await center.write(f"v{number}")
    router = a_router(center.world, settings=replace(SETTINGS, batch=1))
    while await router.step():
        pass
    wanted = await center.offers()
    assert len(wanted) == 5


async def test_who_takes_over_between_two_parts_of_what_was_decided_writes_the_rest(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await center.write(f"v{number}")
    commit, clock = intake.commit, center.world.clock

    def overtaken(tx: Tx, *args: Any) -> Any:
        """As if it had taken until another one held the lease."""
        facts = commit(tx, *args)
        clock.forward(SETTINGS.renew_s)
        later = tx.now + timedelta(minutes=1)
        tx.conn.execute(update(lease_table).values(holder="two", epoch=2, expires_at=later))
        return facts

    monkeypatch.setattr(intake, "commit", overtaken)
    router = a_router(center.world, settings=replace(SETTINGS, batch=1))
    while not await center.offers():
        await router.step()
    assert not router.leading
    assert len(await center.offers()) == 1


async def test_offers_that_rest_on_a_refused_one_are_refused_in_a_later_part_as_well(center: Center) -> None:
    await center.settle()
    await center.presence(BOB, PresenceState.BUSY)
    await center.settle()
    for number in range(3):
        await center.write(f"v{number}")
    await center.world.relay.drain()
    parts: list[tuple[int, list[Any]]] = []
    commit = intake.commit

    def changed_before(tx: Tx, epoch: int, offers: Any, settings: Any, doubtful: Any) -> Any:
        if not parts:
            # Their version is that of the second offer now, though the first one is refused.
            free(tx, ADA)
        facts = commit(tx, epoch, offers, settings, doubtful)
        parts.append((len(offers), facts))
        return facts

    center.router = a_router(center.world, settings=replace(SETTINGS, batch=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "commit", changed_before)
        while len(parts) < 3:
            center.world.clock.forward(SETTINGS.lease_s)
            await center.router.step()
    assert [bool(facts) for _, facts in parts[:3]] == [True, True, True]
    await center.settle()
    assert len(await center.offers()) == 3


async def test_what_a_deposed_router_still_wants_to_write_is_refused(center: Center) -> None:
    await center.presence(ADA, PresenceState.BUSY)
    await center.presence(BOB, PresenceState.BUSY)
    conversation = await center.waits()
    claim = ledger.Claim(conversation, 1, ADA, (await center.agent(ADA)).version + 1, {})
    await center.db.run(free, "ada")
    center.world.clock.forward(SETTINGS.lease_s)
    assert await center.db.run(lease.hold, "two", SETTINGS.lease_s) == 2
    with pytest.raises(Conflict) as refused:
        await center.db.run(ledger.reserve, claim, epoch=1, offer_s=30)
    assert refused.value.code == "stale_epoch"
    with pytest.raises(Conflict, match="epoch 1 is over"):
        await center.db.run(intake.take_in, 1, SETTINGS, 256)
    with pytest.raises(Conflict, match="epoch 1 is over"):
        await center.db.run(intake.commit, 1, [], SETTINGS)
    with pytest.raises(Conflict, match="epoch 1 is over"):
        await center.db.run(intake.put_right, 1)
    await center.db.run(ledger.reserve, claim, epoch=2, offer_s=30)


def free(tx: Tx, agent: str) -> None:
    """Available again, without telling anybody."""
    row = people.agent.c.id == agent
    tx.conn.execute(
        update(people.agent).where(row).values(presence="available", version=people.agent.c.version + 1)
    )


def seized(tx: Tx) -> None:
    tx.conn.execute(update(lease_table).values(epoch=7, holder="two"))


def emptied(tx: Tx, table: Table) -> None:
    tx.conn.execute(delete(table))


async def test_a_deposed_router_steps_back_when_it_notices(center: Center) -> None:
    await center.settle()
    await center.db.run(seized)
    await center.write()
    assert not await center.router.step()
    assert not await center.router.step()
    assert not center.router.leading


async def test_a_restart_in_the_middle_loses_no_offer_and_makes_none_twice(center: Center) -> None:
    for number in range(8):
        await center.waits(f"v{number}")
    before = await center.offers()
    await handed_over(center)
    assert await center.offers() == before
    for offer in before:
        await center.accept(offer)
    await center.resolve(before[0].conversation)
    [after] = await center.offers()
    assert after.agent == before[0].agent


async def test_an_offer_from_before_a_restart_still_runs_out(center: Center) -> None:
    await center.waits()
    first = await center.offer()
    await handed_over(center)
    await center.pass_time(SETTINGS.offer_s)
    assert (await center.offer()).agent != first.agent


async def test_a_restart_between_the_event_and_the_offer_forgets_nobody(center: Center) -> None:
    await center.settle()
    conversation = await center.write()
    await center.db.run(intake.take_in, 1, SETTINGS, 256)
    assert await center.offers() == []
    await handed_over(center)
    assert (await center.offer()).conversation == conversation


async def test_an_offer_whose_timer_was_lost_runs_out_all_the_same(center: Center) -> None:
    await center.waits()
    first = await center.offer()
    await center.db.run(emptied, timer)
    await center.pass_time(SETTINGS.offer_s)
    assert (await center.offer()).agent != first.agent


async def test_a_waiting_conversation_that_fell_out_of_the_line_is_put_back_at_the_start(
    center: Center,
) -> None:
    await center.presence(ADA, PresenceState.BUSY)
    await center.presence(BOB, PresenceState.BUSY)
    conversation = await center.waits()
    await center.db.run(emptied, queue_item)
    await handed_over(center)
    await center.presence(BOB, PresenceState.AVAILABLE)
    assert (await center.offer()).conversation == conversation


async def test_a_refused_offer_is_decided_anew_from_what_is_true(center: Center) -> None:
    """Ada, who joined first, would get it: but she is gone, and the router has not heard of it yet."""
    await center.settle()
    await center.db.run(gone_quietly, ADA)
    await center.waits()
    assert (await center.offer()).agent == BOB


def gone_quietly(tx: Tx, agent: str) -> None:
    row = people.agent.c.id == agent
    values = {"presence": "offline", "version": people.agent.c.version + 1}
    tx.conn.execute(update(people.agent).where(row).values(**values))


async def test_each_guard_of_an_offer_refuses_by_itself(center: Center) -> None:
    await center.presence(ADA, PresenceState.BUSY)
    await center.presence(BOB, PresenceState.BUSY)
    conversation = await center.waits()
    await center.db.run(free, "ada")
    version = (await center.agent(ADA)).version
    right = ledger.Claim(conversation, 1, ADA, version, {})

    async def refused(**wrong: Any) -> str:
        claim = replace(right, **wrong)
        with pytest.raises(Conflict) as refusal:
            await center.db.run(ledger.reserve, claim, epoch=1, offer_s=30)
        return refusal.value.code

    assert await refused(generation=2) == "moved_on"
    assert await refused(version=version - 1) == "agent_moved"
    for column, value in (("presence", "busy"), ("active", False), ("load", 3)):
        was = getattr(await center.agent(ADA), column)
        await center.db.run(set_column, "ada", column, value)
        assert await refused() == "agent_moved", column
        await center.db.run(set_column, "ada", column, was)
    await center.db.run(ledger.reserve, right, epoch=1, offer_s=30)
    assert await refused(version=version + 1) == "already_offered"
    assert (await center.agent(ADA)).load == 1
    held = await center.accept(await center.offer())
    version = (await center.agent(ADA)).version
    assert await refused(generation=held.generation, version=version) == "moved_on", "it waits no longer"


def set_column(tx: Tx, agent: str, column: str, value: object) -> None:
    row = people.agent.c.id == agent
    tx.conn.execute(update(people.agent).where(row).values({column: value}))


async def test_one_event_that_cannot_be_taken_in_does_not_stop_the_others(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    await center.settle()
    sick = await center.write("sick")

    def failing(tx: Tx, recorded: Recorded) -> None:
        if recorded.topic.endswith(sick):
            raise RuntimeError("boom")
        clocks.follow(tx, recorded)

    monkeypatch.setattr("routing.absorb.follow", failing)
    healthy = await center.waits("healthy")
    assert (await center.offer()).conversation == healthy
    for _ in range(SETTINGS.attempts):
        await center.pass_time(5)
    dead = await center.db.read(
        lambda tx: tx.conn.execute(select(func.count()).where(outbox.c.dead_at.is_not(None))).scalar_one()
    )
    assert dead == 1


async def test_nobody_is_left_waiting_when_the_queues_people_change(center: Center) -> None:
    for agent in (ADA, BOB):
        await center.presence(agent, PresenceState.OFFLINE)
    conversation = await center.waits()

    def reorganised(tx: Tx) -> None:
        an_agent(tx, EVE)
        tx.insert_new(people.queue_member, {"queue_id": "general", "agent_id": EVE})
        tx.emit(SETTINGS_TOPIC, SettingsChanged("queue", "general"))

    await center.db.run(reorganised)
    await center.settle()
    offer = await center.offer()
    assert (offer.agent, offer.conversation) == (EVE, conversation)


async def test_a_change_of_priority_or_skills_of_the_queue_counts_for_those_who_wait(center: Center) -> None:
    for agent in (ADA, BOB):
        await center.presence(agent, PresenceState.OFFLINE)
    conversation = await center.waits()

    def raised(tx: Tx) -> None:
        tx.conn.execute(update(people.queue).where(people.queue.c.id == "general").values(priority=5))
        tx.emit(SETTINGS_TOPIC, SettingsChanged("queue", "general"))

    await center.db.run(raised)
    await center.settle()
    waiting = await center.db.read(store.read_waiting, conversation)
    assert waiting is not None
    assert waiting.item.priority == 5


async def test_it_runs_by_itself_woken_by_signals_alone(center: Center) -> None:
    """The clock stands still, so that neither sweep nor lease would wake it."""
    offered = asyncio.Event()

    def look(signal: TopicMoved) -> None:
        if signal.topic in {agent_topic(ADA), agent_topic(BOB)}:
            offered.set()

    forget = center.world.bus.listen(TopicMoved, look)
    running = center.world.supervisor.service("router", center.router.run)
    conversation = await center.write()
    async with asyncio.timeout(60):
        await offered.wait()
    forget()
    running.cancel()
    assert (await center.offer()).conversation == conversation


async def test_it_decides_soon_after_each_time_that_the_database_was_away(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    outages = Outages(center.db, monkeypatch)
    running = center.world.supervisor.service("router", center.router.run)
    for visitor, offers in (("first", 1), ("second", 2)):
        await center.write(visitor)
        await outages.pass_by(lambda: center.world.bus.publish(OutboxReady()))
        assert not center.router.leading
        async with asyncio.timeout(60):
            while len(await center.offers()) < offers:
                pass
    assert not running.done()
    assert max(outages.slept) <= 1
