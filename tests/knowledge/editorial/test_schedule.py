"""What is scheduled is published and unpublished at its time, and never anything else than what was scheduled."""

from datetime import timedelta

import pytest

from core.errors import Invalid
from core.events import Recorded, TimerFired, article_topic
from core.outbox import TxHandler
from knowledge.article import Stage
from knowledge.editorial import editions
from knowledge.editorial.archiving import Archive
from knowledge.editorial.desk import Times
from knowledge.editorial.schedule import schedule_handler
from knowledge.editorial.stages import Step
from tests.knowledge.editorial.conftest import AMY, EASY, PAM, RAY, STRICT, Office

pytestmark = pytest.mark.served

HOUR = timedelta(hours=1)


async def scheduled(office: Office, *, until: int | None = None) -> None:
    db, at, now = office.world.db, await office.at(), office.world.clock.now()
    await db.run(office.desk.ask, at, AMY)
    await db.run(office.desk.decide, at, RAY, approved=True)
    times = Times(now + HOUR, None if until is None else now + until * HOUR)
    await db.run(office.desk.schedule, at, PAM, times)


async def later(office: Office, hours: float) -> None:
    office.world.clock.forward(hours * 3600)
    await office.world.relay.drain()


async def test_it_is_published_at_its_time_and_not_before(office: Office) -> None:
    await scheduled(office)
    await later(office, 0.9)
    assert await office.published() is None
    await later(office, 0.2)
    after = await office.standing()
    assert (after.published, after.stage, after.publish_at) == (1, Stage.APPROVED, None)
    last = (await office.world.db.read(editions.history, office.article, "en", 1))[0]
    assert (last.step, last.by) == (Step.PUBLISH, PAM.agent)


async def test_what_is_overdue_when_the_server_comes_back_happens_in_its_order(office: Office) -> None:
    await scheduled(office, until=2)
    await later(office, 5)
    after = await office.standing()
    assert (after.published, after.shown, after.unpublish_at) == (None, True, None)


async def test_it_is_unpublished_at_its_time(office: Office) -> None:
    await scheduled(office, until=2)
    await later(office, 1.5)
    assert await office.published() == 1
    await later(office, 1)
    assert await office.published() is None


async def test_what_was_changed_in_between_is_not_published_silently(office: Office) -> None:
    await scheduled(office)
    await office.edit()
    await later(office, 2)
    assert await office.published() is None


async def test_what_was_let_go_withdrawn_or_archived_in_between_is_not_published(office: Office) -> None:
    db = office.world.db
    await scheduled(office)
    await db.run(office.desk.unschedule, await office.at(), PAM)
    assert (await office.standing()).stage is Stage.APPROVED
    await later(office, 2)
    assert await office.published() is None
    await db.run(office.desk.schedule, await office.at(), PAM, Times(office.world.clock.now() + HOUR))
    await db.run(office.desk.decide, await office.at(), RAY, approved=False)
    await later(office, 2)
    assert await office.published() is None
    await db.run(office.desk.decide, await office.at(), RAY, approved=True)
    await db.run(office.desk.schedule, await office.at(), PAM, Times(office.world.clock.now() + HOUR))
    await db.run(Archive(STRICT).archive, office.article, 1, PAM)
    await later(office, 2)
    assert await office.published() is None


async def test_scheduling_again_moves_the_time(office: Office) -> None:
    await scheduled(office)
    then = office.world.clock.now() + 3 * HOUR
    await office.world.db.run(office.desk.schedule, await office.at(), PAM, Times(then))
    await later(office, 2)
    assert await office.published() is None
    await later(office, 2)
    assert await office.published() == 1


async def test_what_was_scheduled_without_review_is_held_back_when_reviews_are_required_by_then(
    office: Office,
) -> None:
    """The handler of these tests works under strict rules."""
    office.desk.rules = EASY
    await office.world.db.run(
        office.desk.schedule, await office.at(), PAM, Times(office.world.clock.now() + HOUR)
    )
    await later(office, 2)
    after = await office.standing()
    assert (after.published, after.stage) == (None, Stage.DRAFT)
    last = (await office.world.db.read(editions.history, office.article, "en", 1))[0]
    assert last.step is Step.HOLD_BACK


async def test_what_is_published_by_hand_is_not_published_again(office: Office) -> None:
    await scheduled(office)
    await office.world.db.run(office.desk.publish, await office.at(), PAM, 1)
    await office.world.db.run(office.desk.unpublish, await office.at(), PAM)
    await later(office, 2)
    assert await office.published() is None


async def test_times_that_cannot_be_are_refused_by_name(office: Office) -> None:
    db, at, now = office.world.db, await office.at(), office.world.clock.now()
    await db.run(office.desk.ask, at, AMY)
    await db.run(office.desk.decide, at, RAY, approved=True)
    for times, field in (
        (Times(None), "publish_at"),
        (Times(now), "publish_at"),
        (Times(now + timedelta(days=800)), "publish_at"),
        (Times(now + 2 * HOUR, now + HOUR), "unpublish_at"),
    ):
        with pytest.raises(Invalid) as refused:
            await db.run(office.desk.schedule, at, PAM, times)
        assert refused.value.field == field


async def test_an_end_is_planned_for_what_is_published_and_planned_off_again(office: Office) -> None:
    await scheduled(office)
    await later(office, 1)
    until = office.world.clock.now() + HOUR
    await office.world.db.run(office.desk.unpublish_at, await office.at(), PAM, until)
    await office.world.db.run(office.desk.unpublish_at, await office.at(), PAM, None)
    await later(office, 2)
    assert await office.published() == 1


async def test_a_timer_that_fired_just_before_an_edit_publishes_nothing(office: Office) -> None:
    """The relay has the event already when somebody else's edit commits."""
    await scheduled(office)
    office.world.clock.forward(7200)
    await office.edit()
    handler = schedule_handler(EASY)
    assert isinstance(handler, TxHandler)
    for kind in editions.TIMERS.values():
        fired = TimerFired(kind, "en", office.world.clock.now())
        recorded = Recorded(article_topic(office.article), 1, None, office.world.clock.now(), fired)
        await office.world.db.run(handler.run, recorded)
    assert await office.published() is None
