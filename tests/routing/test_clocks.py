"""The promised times in the database: what is due, in the row that lists are sorted by; a breach is told once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from core.agent import PresenceState
from core.events import SETTINGS_TOPIC, SettingsChanged, conversation_topic
from core.ids import ConversationId
from core.routing_events import TargetMissed, TargetNear
from core.store.forms import StoredWeek
from core.store.messages import read_events
from core.store.tables import people
from core.store.tx import Tx
from routing import clocks, ledger, store
from tests.builders import MORNING
from tests.routing.center import ADA, BILLING, BOB, GENERAL, Center, join


@pytest.fixture
async def promising(center: Center) -> Center:
    """General promises a first answer in 60 s, the next in 120, an end in an hour; billing a first one in 600."""
    await center.db.run(promise)
    return center


def promise(tx: Tx) -> None:
    gold = {
        "id": "gold",
        "name": "Gold",
        "first_response_s": 60,
        "next_response_s": 120,
        "resolution_s": 3600,
    }
    slow = {"id": "slow", "name": "Slow", "first_response_s": 600}
    for values in (gold, slow):
        tx.conn.execute(insert(people.sla_policy).values(**values))
    for queue, policy in (("general", "gold"), ("billing", "slow")):
        row = people.queue.c.id == queue
        tx.conn.execute(update(people.queue).where(row).values(sla_policy_id=policy))


async def due(center: Center, conversation: ConversationId) -> dict[str, float]:
    row = await center.row(conversation)
    columns = {"first": row.first_due_at, "next": row.next_due_at, "resolution": row.resolution_due_at}
    return {name: (at - MORNING).total_seconds() for name, at in columns.items() if at is not None}


async def missed(center: Center, conversation: ConversationId) -> list[tuple[str, datetime]]:
    events = await center.db.read(read_events, conversation_topic(conversation), 0, 100)
    return [(each.event.target, each.event.due_at) for each in events if isinstance(each.event, TargetMissed)]


async def test_a_waiting_conversation_is_due_and_ordered_by_that(promising: Center) -> None:
    conversation = await promising.waits()
    assert await due(promising, conversation) == {"first": 60, "resolution": 3600}
    waiting = await promising.db.read(store.read_waiting, conversation)
    assert waiting is not None
    assert waiting.item.deadline == MORNING + timedelta(seconds=60)
    assert (await promising.offer()).reason["due_s"] == 60


async def test_the_agents_first_answer_meets_the_promise(promising: Center) -> None:
    given = await promising.given()
    await promising.pass_time(20)
    await promising.reply(given.agent, given.conversation)
    await promising.pass_time(100)
    assert await due(promising, given.conversation) == {"resolution": 3600}
    assert await missed(promising, given.conversation) == []


async def test_a_missed_promise_is_told_once_and_stays_due(promising: Center) -> None:
    conversation = await promising.waits()
    await promising.pass_time(61)
    for _ in range(3):
        await promising.pass_time(10)
    assert await missed(promising, conversation) == [("first", MORNING + timedelta(seconds=60))]
    assert (await due(promising, conversation))["first"] == 60


async def near(center: Center, conversation: ConversationId) -> list[tuple[str, float]]:
    """Which targets were told to be near, and how many seconds after the morning."""
    events = await center.db.read(read_events, conversation_topic(conversation), 0, 100)
    return [
        (each.event.target, (each.at - MORNING).total_seconds())
        for each in events
        if isinstance(each.event, TargetNear)
    ]


async def test_before_a_promise_is_missed_it_is_told_once_that_it_is_near(promising: Center) -> None:
    """At four fifths of the target, as every policy has it from the start."""
    conversation = await promising.waits()
    await promising.pass_time(47)
    assert await near(promising, conversation) == []
    for _ in range(4):
        await promising.pass_time(1)
    assert await near(promising, conversation) == [("first", 48)]
    assert await missed(promising, conversation) == []
    await promising.pass_time(60)
    assert len(await near(promising, conversation)) == len(await missed(promising, conversation)) == 1


async def test_who_is_late_already_is_not_warned_as_well(promising: Center) -> None:
    conversation = await promising.waits()
    await promising.pass_time(3000)
    assert [target for target, _ in await near(promising, conversation)] == ["resolution"]
    assert [target for target, _ in await missed(promising, conversation)] == ["first"]


async def test_an_answer_in_time_needs_no_warning_and_a_policy_may_want_none(promising: Center) -> None:
    given = await promising.given()
    await promising.pass_time(20)
    await promising.reply(given.agent, given.conversation)
    await promising.pass_time(100)
    assert await near(promising, given.conversation) == []

    def silent(tx: Tx) -> None:
        tx.conn.execute(update(people.sla_policy).values(warn_share=1.0))

    await promising.db.run(silent)
    other = await promising.waits("v2")
    await promising.pass_time(100)
    assert await near(promising, other) == []
    assert len(await missed(promising, other)) == 1


async def test_waiting_for_the_customer_puts_the_warning_off(promising: Center) -> None:
    given = await promising.given()
    await promising.reply(given.agent, given.conversation)
    await promising.wait_for_customer(given.conversation)
    await promising.pass_time(10_000)
    assert await near(promising, given.conversation) == []
    await promising.waits("v1")
    await promising.pass_time(96)
    assert await near(promising, given.conversation) == [("next", 10_096)]


async def test_waiting_for_the_customer_stops_the_clock_and_their_answer_starts_the_next(
    promising: Center,
) -> None:
    given = await promising.given()
    await promising.reply(given.agent, given.conversation)
    await promising.wait_for_customer(given.conversation)
    assert await due(promising, given.conversation) == {}
    await promising.pass_time(10_000)
    await promising.waits("v1")
    assert await due(promising, given.conversation) == {"next": 10_120, "resolution": 13_600}
    assert await missed(promising, given.conversation) == []


async def test_resolving_ends_every_promise(promising: Center) -> None:
    conversation = await promising.waits()
    await promising.resolve(conversation)
    await promising.pass_time(10_000)
    assert await due(promising, conversation) == {}
    assert await missed(promising, conversation) == []


async def test_another_queue_measures_from_the_same_start(promising: Center) -> None:
    given = await promising.given()
    await promising.pass_time(30)
    await promising.db.run(ledger.transfer_to_queue, given.conversation, BILLING, by=given.agent)
    await promising.settle()
    assert await due(promising, given.conversation) == {"first": 600}


async def test_a_customer_who_writes_while_waiting_again_moves_the_place_in_the_line(
    promising: Center,
) -> None:
    given = await promising.given()
    await promising.reply(given.agent, given.conversation)
    await promising.settle()
    for agent in (ADA, BOB):
        await promising.presence(agent, PresenceState.BUSY)
    await promising.db.run(ledger.transfer_to_queue, given.conversation, GENERAL, by=given.agent)
    await promising.settle()
    before = await promising.db.read(store.read_waiting, given.conversation)
    await promising.waits("v1")
    after = await promising.db.read(store.read_waiting, given.conversation)
    assert before is not None
    assert after is not None
    assert (before.item.deadline, after.item.deadline) == (
        MORNING + timedelta(seconds=3600),
        MORNING + timedelta(seconds=120),
    )
    engine: Any = promising.router._engine
    assert engine.waiting()[given.conversation].deadline == after.item.deadline


async def test_a_changed_policy_changes_what_is_due_at_once(promising: Center) -> None:
    conversation = await promising.waits()

    def stricter(tx: Tx) -> None:
        tx.conn.execute(
            update(people.sla_policy).where(people.sla_policy.c.id == "gold").values(first_response_s=30)
        )
        tx.emit(SETTINGS_TOPIC, SettingsChanged("sla_policy", "gold"))

    await promising.db.run(stricter)
    await promising.settle()
    assert (await due(promising, conversation))["first"] == 30
    await promising.pass_time(31)
    assert len(await missed(promising, conversation)) == 1


async def test_business_hours_of_the_policy_count(promising: Center) -> None:
    """It is Monday nine o'clock in London; the office opens at ten in Berlin, that is nine, and closes at 9:00:30."""

    def office(tx: Tx) -> None:
        week = StoredWeek(((("10:00", "10:01"),), (("10:00", "17:00"),), (), (), (), (), ()))
        tx.conn.execute(
            insert(people.business_hours).values(
                id="office", name="Office", zone="Europe/Berlin", week=week, holidays=()
            )
        )
        tx.conn.execute(
            update(people.sla_policy)
            .where(people.sla_policy.c.id == "gold")
            .values(hours_id="office", first_response_s=90)
        )

    await promising.db.run(office)
    conversation = await promising.waits()
    assert (await due(promising, conversation))["first"] == 24 * 3600 + 30


async def test_following_an_event_twice_or_late_changes_nothing(promising: Center) -> None:
    given = await promising.given()
    await promising.pass_time(5)
    await promising.reply(given.agent, given.conversation)
    await promising.settle()
    await promising.wait_for_customer(given.conversation)
    await promising.waits("v1")
    before = await due(promising, given.conversation)
    events = await promising.db.read(read_events, conversation_topic(given.conversation), 0, 100)
    await promising.pass_time(7)
    for recorded in (*events, *reversed(events)):
        await promising.db.run(clocks.follow, recorded)
    assert await due(promising, given.conversation) == before


async def test_without_a_policy_nothing_is_promised(center: Center) -> None:
    conversation = await center.waits()
    assert await due(center, conversation) == {}
    await center.db.run(join, ADA, BILLING)
    rows = await center.db.read(lambda tx: tx.conn.execute(select(people.sla_policy)).all())
    assert rows == []
