"""Of a line of anything, what nobody could serve is told, however little of it is read."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import delete, insert, select

from core.ids import QueueId
from core.store.forms import StoredLadder, StoredRequirement, StoredStep, StoredTerm
from core.store.tables import people
from core.store.tables.routing import queue_item
from core.store.tx import Tx
from routing import serving
from routing.forms import to_ladder
from routing.rulebook.serving import Unserved, Work, could_serve
from routing.skill import proficiency
from tests.routing.center import ADA, BOB, GENERAL, Center
from tests.routing.rulebook.making import VIP
from tests.routing.rulebook.test_serving import DE, _german, _stored, a_person


async def test_whatever_waits_is_told_where_nobody_could_serve_it_the_oldest_of_those_that_are_alike(
    center: Center,
) -> None:
    await center.db.run(_german)
    await center.db.run(_second_queue)
    for seed in range(40):
        lacking, told_of = await center.db.run(_some_line, Random(seed))
        assert sorted(told_of[100]) == sorted(id for alike in lacking for id in alike)
        assert sorted(told_of[2]) == sorted(id for alike in lacking for id in alike[:2])


def _second_queue(tx: Tx) -> None:
    general = tx.conn.execute(select(people.queue).where(people.queue.c.id == GENERAL)).mappings().one()
    tx.conn.execute(insert(people.queue).values(**(dict(general) | {"id": VIP, "name": "VIP"})))


def _some_line(tx: Tx, random: Random) -> tuple[list[list[str]], dict[int, list[str]]]:
    """What nobody could serve of a line that is made up, each with those that ask for the same; and what is told with two limits."""
    active = [
        *serving._people(tx),
        a_person(
            "german", queues=frozenset({GENERAL}), skills={DE: proficiency(3)}, channels=frozenset({"email"})
        ),
    ]
    tx.conn.execute(delete(queue_item))
    alike: dict[Any, list[tuple[int, str]]] = {}
    for at in random.sample(range(24), 24):
        preferred = random.choice([None, ADA, BOB, "german", "gone"])
        plain: Any = random.choice([(), _stored(3), _stored(5)])
        everybody = random.choice([StoredStep(), StoredStep(((StoredTerm(DE, 5),),))])
        own = (StoredStep((), (preferred,), 60), everybody) if preferred else ()
        row: dict[str, Any] = {
            "conversation_id": f"c{random.random()}",
            "queue_id": random.choice([VIP, GENERAL]),
            "requirements": _ladder(plain, own) if own and random.random() < 0.5 else plain,
            "channel": random.choice(["chat", "email"]),
            "weight": random.choice([1, 99]),
            "excluded": random.choice([(), (ADA,), (ADA, BOB)]),
            "preferred": preferred,
        }
        others = {
            "priority": 0,
            "declined": (),
            "entered_at": tx.now + timedelta(seconds=at),
            "generation": 1,
        }
        tx.conn.execute(insert(queue_item).values(row | others))
        ladder, excluded = to_ladder(row["requirements"]), frozenset(row["excluded"])
        work = Work("", QueueId(row["queue_id"]), ladder, row["channel"], row["weight"], excluded)
        if not any(could_serve(each, work) for each in active):
            asked = serving._without_head_start(row["requirements"], preferred)
            same = row["queue_id"], asked, row["channel"], row["weight"], excluded
            alike.setdefault(same, []).append((at, row["conversation_id"]))
    told_of = {most: [_of(each) for each in serving._of_line(tx, active, (), most)] for most in (2, 100)}
    return [[id for _, id in sorted(each)] for each in alike.values()], told_of


def _ladder(asked: Sequence[StoredRequirement], steps: tuple[StoredStep, ...]) -> StoredLadder:
    return StoredLadder(tuple(StoredTerm(each.skill, each.level) for each in asked), steps)


def _of(found: Unserved) -> str:
    return found.work.source.removeprefix("conversation:")
