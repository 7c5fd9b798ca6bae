"""What those who wait are told: the router's own order, and how fast the line has moved of late."""

from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import insert

from core.agent import PresenceState
from core.ids import ConversationId
from core.store.tables.routing import queue_item, reservation
from core.store.tx import Tx
from routing import store
from routing.pace import Departure, rounded_s, seconds_each
from routing.queue import QueueItem
from routing.settings import RoutingSettings
from routing.waiting import Place, WaitingLine
from tests.routing.center import ADA, BOB, GENERAL, Center

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_agents_who_stand_idle_take_as_long_as_they_need_to_accept() -> None:
    left = [Departure(at(minute), at(minute) + timedelta(seconds=6)) for minute in (1, 20, 50)]
    assert seconds_each(left, None, NOON, at(60), fewest=3) == 6


def test_where_somebody_always_waits_the_line_moves_as_often_as_agents_free() -> None:
    left = [Departure(at(minute - 30), at(minute)) for minute in range(5, 60, 5)]
    assert seconds_each(left, at(31), NOON, at(55), fewest=3) == 300


def test_what_was_before_the_time_looked_at_does_not_count_however_long_one_waits() -> None:
    left = [Departure(at(minute - 90), at(minute)) for minute in (10, 20, 30)]
    assert seconds_each(left, at(-300), NOON, at(60), fewest=3) == 1200


def test_of_too_few_nothing_is_concluded() -> None:
    left = [Departure(at(1), at(2)), Departure(at(3), at(4)), Departure(at(-30), at(-20))]
    assert seconds_each(left, None, NOON, at(60), fewest=3) is None


def test_nobody_is_promised_a_second() -> None:
    assert [rounded_s(each) for each in (0, 1, 10, 11, 120, 121, 3599)] == [10, 10, 10, 20, 120, 180, 3600]


def _place(item: QueueItem) -> tuple[float, datetime, datetime]:
    due = item.deadline or item.entered_at + timedelta(seconds=RoutingSettings().untargeted_s)
    return (-item.priority, due, item.entered_at)


async def test_places_are_by_priority_then_deadline_then_entry(
    center: Center,
) -> None:
    seeded = Random(7)
    ids = [await center.write(f"v{each}") for each in range(12)]
    await center.db.run(_line_up, ids, seeded)
    line = WaitingLine(RoutingSettings())
    places = await center.db.read(line.places, ids)
    snapshot = await center.db.read(store.snapshot)
    items = sorted((each.item for each in snapshot.waiting), key=_place)
    assert [item.conversation for item in items] == sorted(places, key=lambda each: places[each].position)
    assert sorted(place.position for place in places.values()) == list(range(1, 13))


async def test_the_whole_line_counts_also_of_those_who_are_not_asked_about(center: Center) -> None:
    for agent in (ADA, BOB):
        await center.presence(agent, PresenceState.OFFLINE)
    waiting = []
    for each in range(4):
        waiting.append(await center.waits(f"v{each}"))
        await center.pass_time(1)
    line = WaitingLine(RoutingSettings())
    asked = [waiting[3], waiting[1], ConversationId("nobody's")]
    assert await center.db.read(line.places, asked) == {
        waiting[1]: Place(2, None),
        waiting[3]: Place(4, None),
    }
    assert await center.db.read(line.expected_s, GENERAL) is None


async def test_the_expected_wait_follows_from_those_who_left_the_line(center: Center) -> None:
    for each in range(3):
        await center.waits(f"v{each}")
        await center.pass_time(20)
        await center.accept(await center.offer())
        await center.pass_time(100)
    line = WaitingLine(RoutingSettings())
    assert await center.db.read(line.expected_s, GENERAL) == 20
    await center.presence(ADA, PresenceState.OFFLINE)
    await center.presence(BOB, PresenceState.OFFLINE)
    waiting = [await center.waits(f"w{each}") for each in range(2)]
    await center.pass_time(6)
    places = await center.db.read(line.places, waiting)
    assert [places[each] for each in waiting] == [Place(1, 30), Place(2, 50)]
    assert await center.db.read(line.expected_s, GENERAL) == 70


async def test_what_was_long_ago_says_nothing(center: Center) -> None:
    for each in range(3):
        await center.given(f"v{each}")
    line = WaitingLine(RoutingSettings())
    assert await center.db.read(line.expected_s, GENERAL) == 10
    await center.pass_time(3700)
    assert await center.db.read(line.expected_s, GENERAL) is None


async def test_who_is_passed_from_agent_to_agent_left_the_line_once(center: Center) -> None:
    for each in range(3):
        await center.given(f"v{each}")
    taken = await center.given("v9")
    await center.pass_time(600)
    await center.db.run(_as_if_accepted_again, taken.conversation)
    assert await center.db.read(WaitingLine(RoutingSettings()).expected_s, GENERAL) == 10


async def test_who_came_back_since_says_nothing_of_the_line_that_they_left(center: Center) -> None:
    given = [await center.given(f"v{each}") for each in range(3)]
    line = WaitingLine(RoutingSettings())
    await center.resolve(given[0].conversation)
    await center.pass_time(30)
    await center.waits("v0")
    assert await center.db.read(line.expected_s, GENERAL) is None


def _line_up(tx: Tx, ids: list[ConversationId], seeded: Random) -> None:
    for each in ids:
        entered = tx.now - timedelta(seconds=seeded.randrange(900))
        deadline = tx.now + timedelta(seconds=seeded.randrange(-300, 900)) if seeded.random() < 0.6 else None
        tx.conn.execute(
            insert(queue_item).values(
                conversation_id=each,
                queue_id="general",
                priority=seeded.randrange(2),
                weight=1,
                requirements=(),
                declined=(),
                entered_at=entered,
                deadline=deadline,
                generation=1,
            )
        )


def _as_if_accepted_again(tx: Tx, conversation: ConversationId) -> None:
    row = tx.conn.execute(reservation.select().where(reservation.c.conversation_id == conversation)).one()
    again = {**row._mapping, "id": "again", "ended_at": tx.now}
    tx.conn.execute(insert(reservation).values(**again))
