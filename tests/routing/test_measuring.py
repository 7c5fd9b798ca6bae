"""Changed policies, hours and queues are measured anew in batches, each a transaction; a death in between loses nothing."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from core.events import SETTINGS_TOPIC, SettingsChanged, TimerFired
from core.ids import ConversationId
from core.store.forms import StoredWeek
from core.store.tables import people
from core.store.tables.conversation import conversation, timer
from core.store.tables.routing import conversation_route, queue_item
from core.store.tx import Tx
from routing import measuring
from tests.builders import MORNING
from tests.routing.center import Center
from tests.routing.test_clocks import due, promise

BATCH = 2


@pytest.fixture
async def promising(center: Center) -> Center:
    await center.db.run(promise)
    return center


async def change(center: Center, what: str = "sla_policy", id: str = "gold", **values: Any) -> None:
    def work(tx: Tx) -> None:
        if values:
            row = people.sla_policy.c.id == id
            tx.conn.execute(update(people.sla_policy).where(row).values(**values))
        tx.emit(SETTINGS_TOPIC, SettingsChanged(what, id))

    await center.db.run(work)


def give(tx: Tx, conversation: ConversationId, policy: str) -> None:
    """As a rule does."""
    tx.conn.execute(delete(conversation_route).where(conversation_route.c.conversation_id == conversation))
    given = {"conversation_id": conversation, "sla_policy_id": policy, "updated_at": tx.now}
    tx.conn.execute(insert(conversation_route).values(**given))


async def firsts(center: Center) -> list[float]:
    """Seconds after the morning at which each is due, in the order of their ids."""
    rows = await center.db.read(
        lambda tx: (
            tx.conn.execute(select(conversation.c.first_due_at).order_by(conversation.c.id)).scalars().all()
        )
    )
    return [(at - MORNING).total_seconds() for at in rows]


async def refs(center: Center) -> list[str]:
    chosen = select(timer.c.ref).where(timer.c.kind == measuring.TIMER)
    return await center.db.read(lambda tx: list(tx.conn.execute(chosen).scalars()))


async def step(center: Center, batch: int = BATCH) -> None:
    """What the handler does when its timer fires; alone, so that one can look in between."""

    def work(tx: Tx) -> None:
        [row] = tx.conn.execute(select(timer).where(timer.c.kind == measuring.TIMER)).all()
        tx.cancel_timer(SETTINGS_TOPIC, measuring.TIMER, row.ref)
        measuring.go_on(tx, TimerFired(measuring.TIMER, row.ref, row.due_at), batch)

    await center.db.run(work)


async def test_a_batch_commits_with_where_the_next_goes_on(promising: Center) -> None:
    for each in range(5):
        await promising.waits(f"v{each}")
    assert await firsts(promising) == [60] * 5

    def stricter(tx: Tx) -> None:
        tx.conn.execute(update(people.sla_policy).values(first_response_s=30))
        measuring.begin(tx, SettingsChanged("sla_policy", "gold"))

    await promising.db.run(stricter)
    await step(promising)
    assert await firsts(promising) == [30, 30, 60, 60, 60]
    [ref] = await refs(promising)
    assert ref.startswith("sla_policy:gold:")
    await step(promising)
    await step(promising)
    assert await firsts(promising) == [30] * 5
    assert await refs(promising) == []


async def test_a_second_change_begins_again_and_leaves_one_under_way(promising: Center) -> None:
    for each in range(3):
        await promising.waits(f"v{each}")
    changed = SettingsChanged("sla_policy", "gold")
    await promising.db.run(measuring.begin, changed)
    await step(promising)
    await promising.db.run(measuring.begin, changed)
    assert await refs(promising) == ["sla_policy:gold:"]
    await promising.db.run(measuring.begin, SettingsChanged("hours", "office"))
    assert sorted(await refs(promising)) == ["hours:office:", "sla_policy:gold:"]


async def test_the_relay_goes_through_all_of_them(promising: Center) -> None:
    for each in range(4):
        await promising.waits(f"v{each}")
    await change(promising, first_response_s=45)
    await promising.settle()
    assert await firsts(promising) == [45] * 4


async def test_only_whom_the_change_concerns_is_measured(promising: Center) -> None:
    one, other = await promising.waits("v1"), await promising.waits("v2")

    def work(tx: Tx) -> list[Any]:
        give(tx, other, "slow")
        return [
            measuring._next(tx, what, id, "", 10)
            for what, id in (
                ("sla_policy", "gold"),
                ("sla_policy", "slow"),
                ("queue", "general"),
                ("hours", "h"),
            )
        ]

    found = await promising.db.run(work)
    assert found == [[one], [other], sorted([one, other]), []]


async def test_hours_concern_those_whose_policy_or_else_whose_queue_has_them(promising: Center) -> None:
    found = await promising.waits("v1")

    def work(tx: Tx) -> list[Any]:
        week = StoredWeek(((("09:00", "17:00"),),) * 7)
        for id in ("of policy", "of queue"):
            values = {"id": id, "name": id, "zone": "UTC", "week": week, "holidays": ()}
            tx.conn.execute(insert(people.business_hours).values(**values))
        tx.conn.execute(update(people.queue).values(hours_id="of queue"))
        alone = measuring._next(tx, "hours", "of queue", "", 10)
        tx.conn.execute(update(people.sla_policy).values(hours_id="of policy"))
        return [alone, *(measuring._next(tx, "hours", id, "", 10) for id in ("of queue", "of policy"))]

    assert await promising.db.run(work) == [[found], [], [found]]


async def test_a_conversations_own_policy_holds_before_its_queues(promising: Center) -> None:
    found = await promising.waits("v1")

    await promising.db.run(give, found, "slow")
    await change(promising, "queue", "general")
    await promising.settle()
    assert await due(promising, found) == {"first": 600}
    item = await promising.db.read(lambda tx: tx.conn.execute(select(queue_item)).one())
    assert (item.deadline, item.target_s) == (MORNING + timedelta(seconds=600), 600)


async def test_what_is_ordered_by_it_knows_the_target_and_its_worth(promising: Center) -> None:
    await promising.waits("v1")
    await change(promising, first_response_s=90, worth=4.0)
    await promising.settle()
    item = await promising.db.read(lambda tx: tx.conn.execute(select(queue_item)).one())
    assert (item.deadline, item.target_s, item.worth) == (MORNING + timedelta(seconds=90), 90, 4.0)
