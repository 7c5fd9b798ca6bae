"""What the bot asks beside the answer: other languages, categories, and how alike two questions are."""

import pytest
from sqlalchemy import update

from bot.contract import AboutArticles
from core.answer import AGENT_READER, Audience
from core.ids import ArticleId
from core.store.tables.knowledge import article as article_table
from core.store.tx import Tx
from knowledge import library
from knowledge.about import About
from knowledge.article import Content
from knowledge.library import Edit
from knowledge.search import Search
from tests.builders import World

pytestmark = pytest.mark.served

QUESTION = "How do I return a lamp?"


def written(tx: Tx, audience: Audience = Audience.PUBLIC) -> tuple[ArticleId, ArticleId]:
    """An English article that is filed, and a Chinese one for this audience."""
    returns = library.create(
        tx, "en", Content("Returns", "Send the lamp back.", (QUESTION,)), category="Money"
    )
    library.publish(tx, returns.id, "en", 1)
    care = library.create(tx, "zh", Content("How do I return 灯", "浇水", ("lamp return",)), category=None)
    library.publish(tx, care.id, "zh", 1)
    inside = update(article_table).where(article_table.c.id == care.id)
    tx.conn.execute(inside.values(audience=audience.value))
    return returns.id, care.id


async def test_articles_in_other_languages_are_found(world: World, search: Search) -> None:
    _, care = await world.db.run(written)
    await search.refresh()
    about: AboutArticles = About(world.db, search)
    assert [each.article for each in await about.elsewhere(QUESTION, "en", 3)] == [care]
    assert [each.language for each in await about.elsewhere("退货怎么退 lamp", "zh", 3)] == ["en"]


async def test_what_is_found_elsewhere_is_given_in_the_readers_language_where_it_is_in_that_too(
    world: World, search: Search
) -> None:
    def translated(tx: Tx) -> ArticleId:
        tips = library.create(tx, "zh", Content("发票", "发票在邮件里", ("invoice mail",)), category=None)
        library.publish(tx, tips.id, "zh", 1)
        library.edit(tx, tips.id, "en", Edit(Content("Receipts", "Look into your inbox."), 0))
        library.publish(tx, tips.id, "en", 1)
        return tips.id

    tips = await world.db.run(translated)
    await search.refresh()
    found = await About(world.db, search).elsewhere("Is there an invoice mail?", "en", 3)
    assert [(each.article, each.language, each.title) for each in found] == [(tips, "en", "Receipts")]
    assert found[0].excerpt == "Look into your inbox."


async def test_nothing_is_found_elsewhere_that_is_not_for_the_reader(world: World, search: Search) -> None:
    await world.db.run(written, Audience.AGENTS)
    await search.refresh()
    about = About(world.db, search)
    assert await about.elsewhere(QUESTION, "en", 3) == []
    assert await about.elsewhere(QUESTION, "en", 3, AGENT_READER) != []


async def test_topics_are_the_names_of_categories(world: World, search: Search) -> None:
    returns, care = await world.db.run(written)
    assert await About(world.db, search).topics([returns, care], "zh") == {returns: ("Money",)}


async def test_without_a_model_nobody_says_how_alike_questions_are(world: World, search: Search) -> None:
    assert await About(world.db, search).alike(QUESTION, "Sending it back?", "en") is None
