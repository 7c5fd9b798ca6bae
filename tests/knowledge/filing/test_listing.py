"""The editors' list: what each filter finds, in which order, page by page, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, update

from core.answer import Audience
from core.errors import Invalid
from core.ids import AgentId, ArticleId
from core.store.tables import knowledge as tables
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Article, Content, Stage, State
from knowledge.filing.filed import filing_of
from knowledge.filing.lines import Line
from knowledge.filing.listing import Asked, Page, count, page
from knowledge.filing.narrowing import Wanted
from knowledge.filing.ordering import Mark, Sort
from knowledge.filing.refiling import Refiling, refile
from knowledge.library import Edit
from tests.builders import World, an_agent

RETURNS = Content("Return an item", "You have 30 days.")
WARRANTY = Content("Warranty", "3 years.")
CHINESE = Content("退货", "30 天内可以退货。")
EVERYTHING = Asked(Wanted(), Sort.UPDATED, None, ("en",), 10)


def written(tx: Tx, content: Content, category: str = "Returns") -> Article:
    return library.create(tx, "en", content, category=category, author=AgentId("ada"))


async def two_articles(world: World) -> tuple[ArticleId, ArticleId]:
    """Returns: published in Chinese and in English, where a draft is newer. Warranty: a draft in English."""
    returns = await world.db.run(written, RETURNS)
    await world.db.run(library.edit, returns.id, "zh", Edit(CHINESE, 0))
    await world.db.run(library.publish, returns.id, "zh", 1)
    await world.db.run(library.publish, returns.id, "en", 1)
    await world.db.run(library.edit, returns.id, "en", Edit(replace(RETURNS, body="You have 60 days."), 1))
    world.clock.forward(60)
    warranty = await world.db.run(written, WARRANTY, "Products")
    return returns.id, warranty.id


async def titles(world: World, wanted: Wanted) -> list[str]:
    found: Page = await world.db.read(page, replace(EVERYTHING, wanted=wanted))
    assert await world.db.read(count, wanted, 10) == len(found.items)
    return [line.title for line in found.items]


async def test_a_line_says_where_each_language_stands_and_the_latest_change_comes_first(world: World) -> None:
    returns, warranty = await two_articles(world)
    first, second = (await world.db.read(page, EVERYTHING)).items
    assert [(first.id, first.title), (second.id, second.title)] == [
        (warranty, "Warranty"),
        (returns, "Return an item"),
    ]
    assert second.states == {"en": State.BOTH, "zh": State.PUBLISHED}
    assert second.stages == {"en": Stage.DRAFT}
    in_chinese = await world.db.read(page, replace(EVERYTHING, prefer=("zh",)))
    assert [line.title for line in in_chinese.items] == ["Warranty", "退货"]


TEXTS: tuple[tuple[Wanted, list[str]], ...] = (
    (Wanted(text="ITEM"), ["Return an item"]),
    (Wanted(text="returns"), ["Return an item"]),
    (Wanted(text="product"), ["Warranty"]),
    (Wanted(text="return-an"), ["Return an item"]),
    (Wanted(text="%"), []),
    (Wanted(text="退"), ["Return an item"]),
    (Wanted(text="退", language="en"), []),
    (Wanted(text="退", language="zh"), ["退货"]),
    (Wanted(language="zh"), ["退货"]),
    (Wanted(language="fr"), []),
    (Wanted(missing="zh"), ["Warranty"]),
    (Wanted(missing="fr"), ["Warranty", "Return an item"]),
    (Wanted(state=State.PUBLISHED), ["Return an item"]),
    (Wanted(state=State.DRAFT), ["Warranty", "Return an item"]),
    (Wanted(state=State.BOTH), ["Return an item"]),
    (Wanted(state=State.BOTH, language="zh"), []),
    (Wanted(state=State.DRAFT, language="zh"), []),
    (Wanted(stage=Stage.DRAFT), ["Warranty", "Return an item"]),
    (Wanted(stage=Stage.DRAFT, language="zh"), []),
    (Wanted(stage=Stage.IN_REVIEW), []),
)


async def test_it_is_narrowed_by_what_is_written(world: World) -> None:
    await two_articles(world)
    for wanted, found in TEXTS:
        assert await titles(world, wanted) == found, wanted


async def test_a_stage_is_that_of_the_newest_text(world: World) -> None:
    _, warranty = await two_articles(world)

    def asked(tx: Tx) -> None:
        values = {"article_id": warranty, "language": "en", "number": 1, "stage": "in_review"}
        tx.conn.execute(
            tx.insert_for(tables.edition)
            .values(**values)
            .on_conflict_do_update(
                index_elements=["article_id", "language"], set_={"number": 1, "stage": "in_review"}
            )
        )

    await world.db.run(asked)
    assert await titles(world, Wanted(stage=Stage.IN_REVIEW)) == ["Warranty"]
    assert await titles(world, Wanted(stage=Stage.DRAFT)) == ["Return an item"]
    await world.db.run(library.edit, warranty, "en", Edit(replace(WARRANTY, body="4 years."), 1))
    assert await titles(world, Wanted(stage=Stage.IN_REVIEW)) == []


async def file(world: World, article_id: ArticleId) -> None:
    def filed(tx: Tx) -> None:
        before = library.get(tx, article_id)
        tx.conn.execute(insert(tables.brand).values(id="acme", name="Acme", look={}, hosts=()))
        wanted = replace(
            filing_of(before),
            tags=("gifts",),
            audience=Audience.AGENTS,
            brands=("acme",),
            owner=AgentId("eve"),
            review_by=date(2026, 3, 3),
        )
        an_agent(tx, "eve", roles=("author",))
        refile(tx, before, wanted, Refiling(before.version, publishes=True, tags=5))

    await world.db.run(filed)


async def test_it_is_narrowed_by_how_articles_are_filed(world: World) -> None:
    returns, _ = await two_articles(world)
    await file(world, returns)
    category = (await world.db.read(library.get, returns)).category_id
    assert category is not None
    for wanted in (
        Wanted(tag="gifts"),
        Wanted(audience=Audience.AGENTS),
        Wanted(brand="acme"),
        Wanted(owner="eve"),
        Wanted(category=category),
    ):
        assert await titles(world, wanted) == ["Return an item"], wanted
    for wanted in (Wanted(tag="gift"), Wanted(brand="acm"), Wanted(category=""), Wanted(category="nope")):
        assert await titles(world, wanted) == [], wanted
    assert await titles(world, Wanted(owner="")) == ["Warranty"]
    assert await titles(world, Wanted(overdue=True)) == []
    world.clock.forward(2 * 86_400)
    assert await titles(world, Wanted(overdue=True)) == ["Return an item"]


async def test_what_is_archived_is_in_a_list_of_its_own(world: World) -> None:
    returns, _ = await two_articles(world)

    def archived(tx: Tx) -> None:
        tx.conn.execute(
            update(tables.article).where(tables.article.c.id == returns).values(archived_at=tx.now)
        )

    await world.db.run(archived)
    assert await titles(world, Wanted()) == ["Warranty"]
    assert await titles(world, Wanted(archived=True)) == ["Return an item"]


@pytest.mark.parametrize("sort", list(Sort))
async def test_pages_follow_one_another_without_a_gap_or_a_repeat_though_times_are_equal(
    world: World, sort: Sort
) -> None:
    for number in range(5):
        if number % 2:
            world.clock.forward(1)
        await world.db.run(written, Content(f"Lamp {number}", "It shines."))
    whole = await world.db.read(page, replace(EVERYTHING, sort=sort))
    seen: list[Line] = []
    start: Mark | None = None
    for _ in range(3):
        part: Page = await world.db.read(page, replace(EVERYTHING, sort=sort, start=start, most=2))
        seen += part.items
        start = part.next
    assert (seen, start, whole.next) == (list(whole.items), None, None)
    assert len(seen) == 5


@pytest.mark.parametrize("sort", [Sort.UPDATED, Sort.REVIEW])
@pytest.mark.parametrize("value", ["", "soon", "2026-03-02T09:00", "'; --"])
async def test_a_mark_that_no_page_gave_is_refused(world: World, sort: Sort, value: str) -> None:
    start = Mark(value, "x")
    with pytest.raises(Invalid, match="cursor"):
        await world.db.read(page, replace(EVERYTHING, sort=sort, start=start))


async def test_a_count_stops_where_it_is_told(world: World) -> None:
    await two_articles(world)
    assert await world.db.read(count, Wanted(), 1) == 1
