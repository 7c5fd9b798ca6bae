"""What becomes of a planned publication and a planned end by each thing that may happen in between."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from core.errors import Invalid
from core.store.tables.knowledge import edition
from knowledge.article import Content
from knowledge.editorial import editions
from knowledge.editorial.archiving import Archive
from knowledge.editorial.desk import Times
from knowledge.editorial.editions import Done
from knowledge.editorial.stages import Standing, Step
from tests.knowledge.editorial.conftest import AMY, EASY, PAM, RAY, STRICT, Office
from tests.knowledge.editorial.test_schedule import later

pytestmark = pytest.mark.served

AGAIN = Content("Returns", "Keep it.")
PUBLISH, END, OWN_END = 2, 5, 9
Deed = Callable[[Office], Awaitable[object]]


class Planned:
    """Hours from the beginning, as the tables below say them."""

    def __init__(self, office: Office) -> None:
        self.office, self._began = office, office.world.clock.now()

    def at(self, hours: int | None) -> datetime | None:
        return None if hours is None else self._began + timedelta(hours=hours)

    def hours(self, standing: Standing) -> tuple[int | None, int | None]:
        return self._since(standing.publish_at), self._since(standing.unpublish_at)

    def _since(self, at: datetime | None) -> int | None:
        return None if at is None else round((at - self._began) / timedelta(hours=1))

    async def approved(self) -> None:
        await self.office.world.db.run(self.office.desk.ask, await self.office.at(), AMY)
        await self.office.world.db.run(self.office.desk.decide, await self.office.at(), RAY, approved=True)

    async def shown(self, end: int | None) -> None:
        """The first revision is published, perhaps until a time; another one is approved."""
        await self.approved()
        await self.office.world.db.run(self.office.desk.publish, await self.office.at(), PAM, 1)
        if end is not None:
            desk = self.office.desk
            await self.office.world.db.run(desk.unpublish_at, await self.office.at(), PAM, self.at(end))
        await self.office.edit()
        await self.approved()

    async def reads(self, by_hour: dict[float, int | None]) -> None:
        """Which revision readers see as the hours pass."""
        seen: dict[float, int | None] = {}
        for hour in by_hour:
            gone = (self.office.world.clock.now() - self._began) / timedelta(hours=1)
            await later(self.office, hour - gone)
            seen[hour] = await self.office.published()
        assert seen == by_hour

    async def history(self) -> list[Done]:
        return await self.office.world.db.read(editions.history, self.office.article, "en", 50)

    async def scheduled(self, end: int | None, *, as_planned: bool = False) -> None:
        times = Times(self.at(PUBLISH), self.at(end), as_planned)
        await self.office.world.db.run(self.office.desk.schedule, await self.office.at(), PAM, times)


async def unschedule(office: Office) -> None:
    await office.world.db.run(office.desk.unschedule, await office.at(), PAM)


async def request_changes(office: Office) -> None:
    await office.world.db.run(office.desk.decide, await office.at(), RAY, approved=False)


async def edit(office: Office) -> None:
    await office.edit(AGAIN)


async def publish_now(office: Office) -> None:
    newest = (await office.standing()).number
    await office.world.db.run(office.desk.publish, await office.at(), PAM, newest)


async def unpublish(office: Office) -> None:
    await office.world.db.run(office.desk.unpublish, await office.at(), PAM)


async def publish_older(office: Office) -> None:
    """While a newer one waits for its time."""
    await office.world.db.run(office.desk.unpublish, await office.at(), PAM)
    await office.world.db.run(office.desk.publish, await office.at(), PAM, 1)


async def archive(office: Office) -> None:
    await office.world.db.run(Archive(STRICT).archive, office.article, 1, PAM)


async def its_time_comes(office: Office) -> None:
    await later(office, PUBLISH + 1)


async def plan_another_end(office: Office) -> None:
    until = office.world.clock.now() + timedelta(hours=END + 1)
    await office.world.db.run(office.desk.unpublish_at, await office.at(), PAM, until)


NEVER = (None, None)
OF_ITS_OWN: list[tuple[Deed, tuple[int | None, int | None]]] = [
    (unschedule, NEVER),
    (request_changes, NEVER),
    (edit, NEVER),
    (archive, NEVER),
    (publish_now, (None, END)),
    (its_time_comes, (None, END)),
    (plan_another_end, (PUBLISH, END + 1)),
]
BESIDE_ONE_THAT_IS_SHOWN: list[tuple[Deed, tuple[int | None, int | None]]] = [
    (unpublish, (PUBLISH, END)),
    (publish_older, (PUBLISH, END)),
]


@pytest.mark.parametrize(("deed", "left"), OF_ITS_OWN, ids=lambda value: getattr(value, "__name__", ""))
async def test_of_what_nobody_reads_yet(
    office: Office, deed: Deed, left: tuple[int | None, int | None]
) -> None:
    planned = Planned(office)
    await planned.approved()
    await planned.scheduled(END)
    await deed(office)
    assert planned.hours(await office.standing()) == left


@pytest.mark.parametrize(
    ("deed", "left"), OF_ITS_OWN + BESIDE_ONE_THAT_IS_SHOWN, ids=lambda value: getattr(value, "__name__", "")
)
async def test_beside_what_is_read_without_an_end(
    office: Office, deed: Deed, left: tuple[int | None, int | None]
) -> None:
    planned = Planned(office)
    await planned.shown(None)
    await planned.scheduled(END)
    await deed(office)
    assert planned.hours(await office.standing()) == left


@pytest.mark.parametrize("deed", [unschedule, request_changes, edit], ids=lambda value: value.__name__)
async def test_the_end_of_what_is_read_is_back_when_a_schedule_is_dropped(office: Office, deed: Deed) -> None:
    planned = Planned(office)
    await planned.shown(OWN_END)
    await planned.scheduled(END)
    await planned.scheduled(END + 1)
    await deed(office)
    assert planned.hours(await office.standing()) == (None, OWN_END)
    await later(office, OWN_END + 1)
    assert await office.published() is None


async def test_nothing_is_unpublished_by_the_end_of_a_schedule_that_was_dropped(office: Office) -> None:
    planned = Planned(office)
    await planned.shown(None)
    await planned.scheduled(END)
    await edit(office)
    await later(office, END + 1)
    assert await office.published() == 1


async def test_a_new_draft_leaves_the_end_of_what_is_read(office: Office) -> None:
    planned = Planned(office)
    await planned.shown(OWN_END)
    await edit(office)
    assert planned.hours(await office.standing()) == (None, OWN_END)


async def test_an_end_before_the_schedule_is_of_what_is_read_and_stays_where_nothing_else_is_said(
    office: Office,
) -> None:
    planned = Planned(office)
    await planned.shown(1)
    await planned.scheduled(None, as_planned=True)
    await planned.reads({0.9: 1, 1.1: None, PUBLISH + 0.1: 2, OWN_END: 2})
    assert planned.hours(await office.standing()) == NEVER


@pytest.mark.parametrize("end", [None, END])
async def test_the_end_of_what_is_read_comes_whatever_end_is_planned_for_what_is_scheduled(
    office: Office, end: int | None
) -> None:
    planned = Planned(office)
    await planned.shown(1)
    await planned.scheduled(END + 1)
    await planned.scheduled(end)
    assert planned.hours(await office.standing()) == (PUBLISH, end)
    await planned.reads(
        {0.9: 1, 1.1: None, PUBLISH + 0.1: 2, END - 0.1: 2, END + 0.1: 2 if end is None else None}
    )
    ends = [step for step in await planned.history() if step.step is Step.UNPUBLISH]
    assert [step.by for step in reversed(ends)] == [PAM.agent] * (1 if end is None else 2)


async def test_all_that_is_overdue_when_the_server_comes_back_happens_in_its_order(office: Office) -> None:
    planned = Planned(office)
    await planned.shown(1)
    await planned.scheduled(END)
    await later(office, END + 1)
    steps = [(step.step, step.number) for step in reversed(await planned.history())]
    assert steps[-3:] == [(Step.UNPUBLISH, 1), (Step.PUBLISH, 2), (Step.UNPUBLISH, 2)]
    assert await office.published() is None


async def test_an_end_after_the_schedule_is_taken_over_and_none_of_its_own_is(office: Office) -> None:
    planned = Planned(office)
    await planned.shown(OWN_END)
    await planned.scheduled(None, as_planned=True)
    assert planned.hours(await office.standing()) == (PUBLISH, OWN_END)
    await planned.scheduled(None)
    await planned.reads({PUBLISH - 0.1: 1, PUBLISH + 0.1: 2, OWN_END + 1: 2})


async def test_what_is_moved_behind_the_end_of_what_is_read_leaves_it_that_end(office: Office) -> None:
    planned = Planned(office)
    await planned.shown(OWN_END)
    await planned.scheduled(None, as_planned=True)
    times = Times(planned.at(OWN_END + 2), as_planned=True)
    await office.world.db.run(office.desk.schedule, await office.at(), PAM, times)
    assert planned.hours(await office.standing()) == (OWN_END + 2, None)
    await planned.reads({OWN_END - 0.1: 1, OWN_END + 0.1: None, OWN_END + 2.1: 2, OWN_END + 9: 2})


async def test_unpublishing_what_is_read_leaves_no_end_of_it(office: Office) -> None:
    planned = Planned(office)
    await planned.shown(1)
    await planned.scheduled(END)
    await publish_older(office)
    await planned.reads({1.1: 1, PUBLISH + 0.1: 2, END + 0.1: None})


async def test_an_end_that_is_cleared_with_the_schedule_is_gone(office: Office) -> None:
    planned = Planned(office)
    await planned.approved()
    await planned.scheduled(END)
    await planned.scheduled(None)
    assert planned.hours(await office.standing()) == (PUBLISH, None)


async def test_what_is_moved_behind_its_planned_end_is_refused(office: Office) -> None:
    planned = Planned(office)
    await planned.approved()
    await planned.scheduled(END)
    times = Times(planned.at(END + 1), as_planned=True)
    with pytest.raises(Invalid) as refused:
        await office.world.db.run(office.desk.schedule, await office.at(), PAM, times)
    assert (refused.value.field, refused.value.code) == ("unpublish_at", "end_first")


async def test_what_is_held_back_leaves_no_end(office: Office) -> None:
    """The handler of these tests works under strict rules."""
    planned = Planned(office)
    office.desk.rules = EASY
    await planned.scheduled(END)
    await later(office, PUBLISH + 1)
    assert planned.hours(await office.standing()) == NEVER


async def test_a_schedule_of_a_revision_that_is_not_the_newest_any_more_is_none(office: Office) -> None:
    """Written by a process that knows no stages."""
    planned = Planned(office)
    await planned.shown(OWN_END)
    await planned.scheduled(END)
    behind = edition.update().values(number=1)
    await office.world.db.run(lambda tx: tx.conn.execute(behind))
    assert planned.hours(await office.standing()) == (None, OWN_END)
    await office.world.db.run(office.desk.ask, await office.at(), AMY)
    assert planned.hours(await office.standing()) == (None, OWN_END)
