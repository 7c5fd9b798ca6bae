"""The recorded past as a scenario: told from events, and read from a database that has seen them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from core.agent import PresenceState
from core.errors import Invalid
from core.events import Event, HandlerChanged, StatusChanged
from core.ids import AgentId, ConversationId, QueueId, SkillId
from core.store.tables.conversation import conversation
from core.store.tables.routing import conversation_route
from core.store.tx import Tx
from routing import past, recorded
from routing.forms import store_ladder
from routing.ladder import Ladder, Term
from routing.past import Period
from routing.recorded import stays_of
from routing.simulation.runner import simulate
from routing.simulation.scenario import Contender
from routing.skill import proficiency
from tests.routing.center import ADA, BOB, Center
from tests.routing.values import after

Told = tuple[datetime, Event]


def moved(at: float, handler: str, agent: str | None = None, cause: str = "handed_off") -> Told:
    queue = QueueId("general") if handler == "queue" else None
    who = None if agent is None else AgentId(agent)
    return after(at), HandlerChanged(ConversationId("c1"), handler, queue, who, None, 1, cause, None)


def turned(at: float, status: str) -> Told:
    return after(at), StatusChanged(ConversationId("c1"), status, None, None, None)


def one_of(*told: Told) -> recorded.Stay:
    (stay,) = stays_of(told, after(10_000))
    return stay


def test_a_wait_ends_when_an_agent_takes_it_and_the_work_when_it_is_resolved() -> None:
    stay = one_of(
        moved(10, "queue"), moved(40, "agent", "ada"), turned(340, "resolved"), moved(340, "nobody")
    )
    assert (stay.came_at, stay.waited_s, stay.handle_s, stay.answered) == (after(10), 30, 300, True)


def test_while_it_waits_for_the_customer_nobody_works_on_it() -> None:
    stay = one_of(
        *(moved(0, "queue"), moved(0, "agent", "ada"), turned(100, "waiting"), turned(900, "open")),
        *(turned(950, "resolved"), moved(950, "nobody")),
    )
    assert stay.handle_s == 150


def test_who_is_passed_on_has_one_stay_with_two_agents() -> None:
    stay = one_of(
        *(moved(0, "queue"), moved(5, "agent", "ada"), moved(65, "queue"), moved(80, "agent", "bob")),
        *(turned(140, "resolved"), moved(140, "nobody")),
    )
    assert (stay.waited_s, stay.handle_s, sorted(stay.agents)) == (5, 120, ["ada", "bob"])


def test_who_leaves_unanswered_has_shown_their_patience() -> None:
    stay = one_of(moved(0, "queue"), turned(90, "closed"), moved(90, "nobody"))
    assert (stay.answered, stay.over, stay.waited_s) == (False, True, 90)


def test_who_comes_again_later_stays_twice() -> None:
    told = [
        moved(0, "queue"),
        moved(9, "agent", "ada"),
        moved(20, "nobody"),
        moved(500, "queue", cause="reopened"),
    ]
    assert [stay.came_at for stay in stays_of(told, after(600))] == [after(0), after(500)]


def test_what_has_not_ended_is_neither_patience_nor_handle_time() -> None:
    stay = one_of(moved(0, "queue"))
    assert (stay.answered, stay.over, stay.waited_s, stay.handle_s) == (False, False, 10_000, None)


def period_of(center: Center) -> Period:
    now = center.world.clock.now()
    return Period(now - timedelta(hours=1), now + timedelta(seconds=1), 1000)


def read(tx: Tx, period: Period) -> Any:
    """In pages of two."""
    past.check_length(tx, period)
    center, found, after = past.read_center(tx), recorded.Past(period), None
    found.add(past.read_before(tx, period, [each.id for each in center.agents]))
    while changes := past.read_changes(tx, period, after, 2):
        found.add(changes)
        after = changes[-1]
    found.mark(past.read_marks(tx, found.conversations()))
    return found.scenario(center, [recorded.today(center.queues, "current"), Contender("first_come")])


@pytest.mark.served
async def test_a_day_of_a_real_center_is_worked_again(center: Center) -> None:
    for visitor in ("v1", "v2", "v3"):
        await center.waits(visitor)
        await center.accept(await center.offer())
        await center.pass_time(60)
    await center.presence(BOB, PresenceState.AWAY)
    await center.pass_time(60)
    scenario = await center.db.read(read, period_of(center))
    assert [round(each.at_s) for each in scenario.seen] == [3360, 3420, 3480]
    assert [each.name for each in scenario.contenders] == ["current", "first_come"]
    (gone,) = (team for team in scenario.teams if team.name.lower() == BOB)
    assert [(each.from_s, round(each.until_s)) for each in gone.shifts] == [(0, 3540)]
    assert [policy.total.came for policy in simulate(scenario).policies] == [3, 3]


async def test_a_time_in_which_nobody_came_is_refused(center: Center) -> None:
    with pytest.raises(Invalid) as refused:
        await center.db.read(read, period_of(center))
    assert (refused.value.field, refused.value.code) == ("past_days", "nobody_came")


async def test_a_time_with_too_much_in_it_is_refused(center: Center) -> None:
    await center.waits()
    now = center.world.clock.now()
    with pytest.raises(Invalid) as refused:
        await center.db.read(read, Period(now - timedelta(hours=1), now + timedelta(seconds=1), 0))
    assert refused.value.code == "too_much"


async def test_who_takes_one_channel_only_answers_what_came_by_it(center: Center) -> None:
    await center.change_agent(BOB, channels=("widget",))
    await center.presence(AgentId("ada"), PresenceState.AWAY)
    for visitor in ("v1", "v2"):
        await center.waits(visitor)
        await center.accept(await center.offer())
    scenario = await center.db.read(read, period_of(center))
    (bob,) = (team for team in scenario.teams if team.name == "Bob")
    assert bob.channels == {"widget"}
    assert [kind.channel for kind in scenario.kinds] == ["widget"]


async def test_what_weighs_otherwise_or_was_given_more_by_the_rules_is_a_kind_of_its_own(
    center: Center,
) -> None:
    for visitor in ("v1", "v2", "v3"):
        await center.waits(visitor)
        await center.accept(await center.offer())
    await center.db.run(_told_apart)
    scenario = await center.db.read(read, period_of(center))
    kinds = scenario.kinds
    assert [(kind.units, kind.interruptible, kind.priority) for kind in kinds] == [
        (1, False, 0),
        (2, True, 0),
        (1, False, 7),
    ]
    assert len({kind.name for kind in kinds}) == 3
    assert kinds[2].ladder == Ladder((Term(SkillId("german"), proficiency(3)),))
    assert [each.kind for each in scenario.seen] == [0, 1, 2]


async def test_whom_rules_kept_out_is_kept_out_when_the_past_is_worked_again(center: Center) -> None:
    for visitor in ("v1", "v2", "v3"):
        await center.waits(visitor)
        await center.accept(await center.offer())
        await center.pass_time(60)
    free = await center.db.read(read, period_of(center))
    await center.db.run(_never_to, ADA)
    kept_out = await center.db.read(read, period_of(center))
    assert [kind.excluded for kind in kept_out.kinds] == [{"Ada-1"}]
    for scenario, has_any in ((free, True), (kept_out, False)):
        for policy in simulate(scenario).policies:
            assert (sum(policy.teams["Ada"].answered.values()) > 0) is has_any
            assert sum(sum(team.answered.values()) for team in policy.teams.values()) == 3


def _never_to(tx: Tx, agent: AgentId) -> None:
    for id in tx.conn.execute(select(conversation.c.id)).scalars().all():
        given = {"queue_id": "general", "excluded": (agent,), "updated_at": tx.now}
        row = tx.insert_for(conversation_route).values(conversation_id=id, **given)
        tx.conn.execute(row.on_conflict_do_update(index_elements=["conversation_id"], set_=given))


def _told_apart(tx: Tx) -> None:
    """The second weighs more and can be interrupted; the third was given a ladder and a priority."""
    ids = tx.conn.execute(select(conversation.c.id).order_by(conversation.c.created_at, conversation.c.id))
    _, second, third = ids.scalars()
    heavy = update(conversation).where(conversation.c.id == second)
    tx.conn.execute(heavy.values(weight=2, interruptible=True))
    given = {
        "queue_id": "general",
        "priority": 7,
        "ladder": store_ladder(Ladder((Term(SkillId("german"), proficiency(3)),))),
        "updated_at": tx.now,
    }
    row = tx.insert_for(conversation_route).values(conversation_id=third, **given)
    tx.conn.execute(row.on_conflict_do_update(index_elements=["conversation_id"], set_=given))
