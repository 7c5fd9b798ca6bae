"""Cards lead to the help center, in the customer's language where there is one, and only where everybody may read."""

import pytest
from sqlalchemy import update

from core.answer import Audience
from core.ids import ArticleId
from core.store.tables.knowledge import article as article_table
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Content
from knowledge.library import Edit
from knowledge.pointing import Pointer
from knowledge.search import Search
from tests.builders import World

OWN = "https://shop.example.org/"


def returns(tx: Tx) -> ArticleId:
    made = library.create(tx, "en", Content("Returns", "Within 30 days."), category="Orders", slug="returns")
    library.publish(tx, made.id, "en", 1)
    return made.id


def in_chinese(tx: Tx, article: ArticleId) -> None:
    library.edit(tx, article, "zh", Edit(Content("退货", "30天内。"), 0))
    library.publish(tx, article, "zh", 1)


def filed(tx: Tx, article: ArticleId, values: dict[str, object]) -> None:
    tx.conn.execute(update(article_table).where(article_table.c.id == article).values(**values))


async def test_a_card_leads_to_the_article_in_the_customers_language(world: World, search: Search) -> None:
    article = await world.db.run(returns)
    await world.db.run(in_chinese, article)
    await search.refresh()
    point = Pointer(search, OWN)
    assert point(article, "en") == "https://shop.example.org/help/en/articles/returns"
    assert point(article, "zh") == "https://shop.example.org/help/zh/articles/returns"


async def test_where_it_is_not_in_their_language_it_is_offered_in_the_other(
    world: World, search: Search
) -> None:
    article = await world.db.run(returns)
    await search.refresh()
    assert Pointer(search, OWN)(article, "zh") == "https://shop.example.org/help/en/articles/returns"


async def test_what_is_taken_back_has_no_link_any_more(world: World, search: Search) -> None:
    article = await world.db.run(returns)
    await search.refresh()
    await world.db.run(library.unpublish, article, "en")
    await search.refresh()
    assert Pointer(search, OWN)(article, "en") is None
    assert Pointer(search, OWN)(ArticleId("nobody"), "en") is None


@pytest.mark.parametrize(
    "filing",
    [
        {"audience": Audience.AGENTS.value},
        {"audience": Audience.SIGNED_IN.value},
        {"brands": ("north",)},
    ],
)
async def test_a_link_is_given_only_to_what_everybody_may_read(
    world: World, search: Search, filing: dict[str, object]
) -> None:
    article = await world.db.run(returns)
    await world.db.run(filed, article, filing)
    await search.refresh()
    assert Pointer(search, OWN)(article, "en") is None


async def test_what_is_archived_has_no_link(world: World, search: Search) -> None:
    article = await world.db.run(returns)
    await world.db.run(filed, article, {"archived_at": world.clock.now()})
    await search.refresh()
    assert Pointer(search, OWN)(article, "en") is None
