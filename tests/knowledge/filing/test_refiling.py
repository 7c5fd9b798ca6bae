"""Filing an article anew: against a version, by whom it may be, and told, on both databases."""

from dataclasses import replace

import pytest

from core.answer import Audience
from core.errors import Conflict, Forbidden, Invalid
from core.events import article_topic
from core.ids import AgentId, ArticleId, CategoryId
from core.knowledge_events import ArticleChanged
from core.store.messages import read_events
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Article, Content
from knowledge.filing.filed import Filing, filing_of
from knowledge.filing.refiling import Refiling, refile
from tests.builders import World

PUBLISHER = Refiling(1, publishes=True, tags=3)
AUTHOR = replace(PUBLISHER, publishes=False)


async def an_article(world: World) -> Article:
    def made(tx: Tx) -> Article:
        return library.create(tx, "en", Content("Lamps", "They shine."), category="Lamps")

    return await world.db.run(made)


async def file(world: World, article: ArticleId, asked: Refiling, **changes: object) -> Article:
    def filed(tx: Tx) -> Article:
        before = library.get(tx, article)
        wanted: Filing = replace(filing_of(before), **changes)  # type: ignore[arg-type]
        return refile(tx, before, wanted, asked)

    return await world.db.run(filed)


async def test_each_change_counts_once_and_is_told_and_the_same_again_is_nothing(world: World) -> None:
    article = await an_article(world)
    once = await file(world, article.id, PUBLISHER, tags=("gift",), audience=Audience.AGENTS)
    again = await file(
        world, article.id, replace(PUBLISHER, version=2), tags=("gift",), audience=Audience.AGENTS
    )
    assert (once, once.version, once.tags, once.audience) == (again, 2, ("gift",), Audience.AGENTS)
    told = await world.db.read(read_events, article_topic(article.id), 0, 10)
    assert [each.event for each in told].count(ArticleChanged(article.id)) == 1


async def test_what_was_decided_on_an_older_version_is_refused(world: World) -> None:
    article = await an_article(world)
    await file(world, article.id, PUBLISHER, tags=("gift",))
    for tags in (("sale",), ("gift",)):
        with pytest.raises(Conflict) as refused:
            await file(world, article.id, PUBLISHER, tags=tags)
        assert refused.value.code == "newer_version"


async def test_what_does_not_exist_is_refused_and_nothing_is_stored(world: World) -> None:
    article = await an_article(world)
    for change in ({"category": CategoryId("nope")}, {"owner": AgentId("nope")}, {"brands": ("nope",)}):
        with pytest.raises(Invalid):
            await file(world, article.id, PUBLISHER, tags=("gift",), **change)
    assert (await world.db.read(library.get, article.id)).version == 1


async def test_an_agent_who_may_not_edit_owns_no_article(world: World) -> None:
    article = await an_article(world)
    with pytest.raises(Invalid, match="owner"):
        await file(world, article.id, PUBLISHER, owner=AgentId("ada"))


async def test_who_may_not_publish_does_not_file_what_readers_see_elsewhere(world: World) -> None:
    article = await an_article(world)
    await world.db.run(library.publish, article.id, "en", 1)
    with pytest.raises(Forbidden) as refused:
        await file(world, article.id, AUTHOR, audience=Audience.AGENTS)
    assert refused.value.code == "publish"
    assert (await file(world, article.id, AUTHOR, tags=("gift",))).tags == ("gift",)
