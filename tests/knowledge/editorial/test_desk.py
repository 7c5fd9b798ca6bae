"""A revision on its way: asked about, decided on, published, rolled back to; each against what somebody saw."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.ids import AgentId, ArticleId
from core.store.tables.knowledge import publication
from core.store.tables.people import agent
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Stage
from knowledge.editorial import editions
from knowledge.editorial.desk import At, Desk, Times
from knowledge.editorial.stages import Step, Who
from knowledge.editorial.waiting import waiting_for
from tests.knowledge.editorial.conftest import AMY, EASY, LATER, PAM, RAY, RETURNS, STRICT, Office

pytestmark = pytest.mark.served


async def approve(office: Office) -> None:
    at = await office.at()
    await office.world.db.run(office.desk.ask, at, AMY, note="Please look")
    await office.world.db.run(office.desk.decide, at, RAY, approved=True, note="Good")


async def test_a_draft_is_asked_about_approved_and_published(office: Office) -> None:
    db, at = office.world.db, await office.at()
    asked = await db.run(office.desk.ask, at, AMY, reviewer=RAY.agent, note="Is it right?")
    assert (asked.stage, asked.reviewer, asked.asked_by) == (Stage.IN_REVIEW, RAY.agent, AMY.agent)
    decided = await db.run(office.desk.decide, at, RAY, approved=True)
    assert (decided.stage, decided.decided_by) == (Stage.APPROVED, RAY.agent)
    published = await db.run(office.desk.publish, at, PAM, 1, "First one")
    assert published.published == 1
    done = await db.read(editions.history, office.article, "en", 10)
    assert [(each.step, each.by, each.note) for each in reversed(done)] == [
        (Step.ASK, AMY.agent, "Is it right?"),
        (Step.APPROVE, RAY.agent, ""),
        (Step.PUBLISH, PAM.agent, "First one"),
    ]
    assert done[-1].asked == RAY.agent


async def test_nothing_is_published_that_nobody_approved(office: Office) -> None:
    at = await office.at()
    with pytest.raises(Conflict) as refused:
        await office.world.db.run(office.desk.publish, at, PAM, 1)
    assert refused.value.code == "not_approved"
    assert await office.published() is None


async def test_where_no_review_is_required_a_publisher_publishes_at_once(office: Office) -> None:
    await office.world.db.run(Desk(EASY).publish, await office.at(), PAM, 1)
    assert await office.published() == 1


@pytest.mark.parametrize("stage", ["in_review", "approved", "scheduled"])
async def test_an_approval_is_of_a_revision_and_never_of_a_text_that_came_later(
    office: Office, stage: str
) -> None:
    db, at = office.world.db, await office.at()
    await db.run(office.desk.ask, at, AMY)
    if stage != "in_review":
        await db.run(office.desk.decide, at, RAY, approved=True)
    if stage == "scheduled":
        times = Times(office.world.clock.now() + timedelta(hours=1))
        await db.run(office.desk.schedule, at, PAM, times)
    await office.edit()
    after = await office.standing()
    assert (after.number, after.stage, after.approved, after.publish_at) == (2, Stage.DRAFT, False, None)
    with pytest.raises(Conflict):
        await db.run(office.desk.publish, at, PAM, 2)


async def test_the_approved_revision_can_still_be_published_when_there_is_a_newer_draft(
    office: Office,
) -> None:
    await approve(office)
    await office.edit()
    after = await office.world.db.run(office.desk.publish, await office.at(), PAM, 1)
    assert (after.published, after.number, after.stage) == (1, 2, Stage.DRAFT)


async def test_changes_are_requested_and_the_next_revision_starts_again(office: Office) -> None:
    db, at = office.world.db, await office.at()
    await db.run(office.desk.ask, at, AMY)
    refused = await db.run(office.desk.decide, at, RAY, approved=False, note="How long?")
    assert refused.stage is Stage.CHANGES_REQUESTED
    with pytest.raises(Conflict):
        await db.run(Desk(EASY).publish, at, PAM, 1)
    await office.edit()
    assert (await office.standing()).stage is Stage.DRAFT


async def test_a_reviewer_can_take_an_approval_back(office: Office) -> None:
    await approve(office)
    after = await office.world.db.run(office.desk.decide, await office.at(), RAY, approved=False)
    assert after.approved is False
    with pytest.raises(Conflict):
        await office.world.db.run(office.desk.publish, await office.at(), PAM, 1)


async def test_who_saw_an_older_state_is_told_so(office: Office) -> None:
    seen = await office.standing()
    await office.world.db.run(office.desk.ask, await office.at(seen.version), AMY)
    with pytest.raises(Conflict) as refused:
        await office.world.db.run(office.desk.withdraw, await office.at(seen.version), AMY)
    assert refused.value.code == "newer_version"


async def test_only_somebody_who_reviews_is_asked_by_name(office: Office) -> None:
    for nobody in (AgentId("ada"), AgentId("gone"), AMY.agent):
        with pytest.raises(Invalid) as refused:
            await office.world.db.run(office.desk.ask, await office.at(), AMY, reviewer=nobody)
        assert refused.value.field == "reviewer"


async def test_a_review_is_withdrawn_by_who_asked_and_not_by_another_author(office: Office) -> None:
    db, at = office.world.db, await office.at()
    await db.run(office.desk.ask, at, AMY)
    with pytest.raises(Forbidden):
        await db.run(office.desk.withdraw, at, RAY)
    assert (await db.run(office.desk.withdraw, at, AMY)).stage is Stage.DRAFT


async def test_an_older_revision_is_gone_back_to_as_a_new_one(office: Office) -> None:
    """So that the next edit goes on from what readers see, not from the mistake."""
    db, at = office.world.db, await office.at()
    await approve(office)
    await db.run(office.desk.publish, at, PAM, 1)
    await office.edit()
    await approve(office)
    await db.run(office.desk.publish, at, PAM, 2)
    back = await db.run(office.desk.roll_back, at, PAM, 1, "It is 30 days after all")
    assert (back.published, back.number) == (3, 3)
    shown = (await db.read(library.get, office.article)).editions["en"].published
    assert shown is not None
    assert (shown.content, shown.note) == (RETURNS, "It is 30 days after all")
    rows = await db.read(_publications)
    assert [(number, by, until is None) for number, by, until in rows] == [
        (1, "pam", False),
        (2, "pam", False),
        (3, "pam", True),
    ]


async def test_going_back_leaves_a_newer_draft_alone(office: Office) -> None:
    db, at = office.world.db, await office.at()
    for content in (RETURNS, LATER):
        if content is LATER:
            await office.edit()
        await approve(office)
        await db.run(office.desk.publish, at, PAM, (await office.standing()).number)
    await office.edit(RETURNS)
    back = await db.run(office.desk.roll_back, at, PAM, 1)
    assert (back.published, back.number) == (1, 3)


async def test_one_does_not_go_back_to_what_was_neither_approved_nor_shown(office: Office) -> None:
    await office.edit()
    await approve(office)
    await office.world.db.run(office.desk.publish, await office.at(), PAM, 2)
    with pytest.raises(Conflict) as refused:
        await office.world.db.run(office.desk.roll_back, await office.at(), PAM, 1)
    assert refused.value.code == "not_approved"


async def test_each_sees_what_waits_for_them(office: Office) -> None:
    db, at = office.world.db, await office.at()

    async def lists(who: Who) -> str:
        found = await db.read(waiting_for, who, STRICT)
        return " ".join(
            name for name in ("review", "change", "publish", "asked", "scheduled") if getattr(found, name)
        )

    assert [await lists(who) for who in (AMY, RAY, PAM)] == ["", "", ""]
    await db.run(office.desk.ask, at, AMY)
    assert [await lists(who) for who in (AMY, RAY, PAM)] == ["asked", "review", "review"]
    await db.run(office.desk.ask, at, AMY, reviewer=RAY.agent)
    assert [await lists(who) for who in (AMY, RAY, PAM)] == ["asked", "review", ""]
    await db.run(office.desk.decide, at, RAY, approved=False)
    assert [await lists(who) for who in (AMY, RAY, PAM)] == ["change", "", ""]
    await db.run(office.desk.decide, at, RAY, approved=True)
    assert [await lists(who) for who in (AMY, RAY, PAM)] == ["", "", "publish"]
    await db.run(office.desk.publish, at, PAM, 1)
    assert [await lists(who) for who in (AMY, RAY, PAM)] == ["", "", ""]


async def test_a_review_asked_of_somebody_who_left_waits_for_everybody_who_reviews(office: Office) -> None:
    db = office.world.db
    await db.run(office.desk.ask, await office.at(), AMY, reviewer=RAY.agent)
    assert (await db.read(waiting_for, PAM, STRICT)).review == ()
    await db.run(lambda tx: tx.conn.execute(update(agent).where(agent.c.id == "ray").values(active=False)))
    assert [item.title for item in (await db.read(waiting_for, PAM, STRICT)).review] == ["Returns"]


async def test_notes_are_bounded(office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        await office.world.db.run(office.desk.ask, await office.at(), AMY, note="x" * 501)
    assert refused.value.field == "note"


async def test_an_edition_that_is_not_there_is_not_found(office: Office) -> None:
    for at in (At(office.article, "zh"), At(ArticleId("nothing"), "en")):
        with pytest.raises(NotFound):
            await office.world.db.run(office.desk.ask, at, AMY)


def _publications(tx: Tx) -> list[tuple[int, str | None, object]]:
    rows = tx.conn.execute(select(publication).order_by(publication.c.at, publication.c.id))
    return [(row.number, row.by_id, row.until) for row in rows]
