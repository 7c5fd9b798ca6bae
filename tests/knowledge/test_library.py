"""What editors do, on both databases."""

from typing import Any

import pytest
from sqlalchemy import Row

from core.errors import Conflict, Invalid, NotFound
from core.events import Event, article_topic
from core.ids import AgentId, ArticleId
from core.knowledge_events import ArticleEdited, ArticlePublished, ArticleUnpublished
from core.store.messages import read_events
from core.store.tx import Tx
from knowledge import library, store
from knowledge.article import Article, Content, Place, State
from knowledge.filing.listing import count
from knowledge.filing.narrowing import Wanted
from knowledge.library import Edit
from tests.builders import World

ADA, BOB = AgentId("ada"), AgentId("bob")
RETURNS = Content("Return an item", "You have 30 days.", ("How do I return it?",))
LONGER = Content("Return an item", "You have 60 days.", ("How do I return it?",))
CHINESE = Content("退货", "30 天内可以退货。", ("怎么退货？",))


async def an_article(world: World, content: Content = RETURNS, language: str = "en") -> Article:
    def made(tx: Tx) -> Article:
        return library.create(tx, language, content, category="Returns", author=ADA)

    return await world.db.run(made)


async def events(world: World, article: ArticleId) -> list[Event]:
    recorded = await world.db.read(read_events, article_topic(article), 0, 100)
    return [each.event for each in recorded]


async def test_a_new_article_is_a_draft_with_its_first_revision(world: World) -> None:
    article = await an_article(world)
    edition = article.editions["en"]
    assert (article.slug, article.category, edition.state) == (
        "return-an-item",
        {"en": "Returns"},
        State.DRAFT,
    )
    assert edition.published is None
    assert edition.draft is not None
    assert (edition.draft.number, edition.draft.content, edition.draft.author) == (1, RETURNS, ADA)
    assert await events(world, article.id) == [ArticleEdited(article.id, "en", 1)]


async def test_an_edit_adds_a_revision_and_changes_none(world: World) -> None:
    article = await an_article(world)
    await world.db.run(library.publish, article.id, "en", 1)
    world.clock.forward(60)
    edited = await world.db.run(library.edit, article.id, "en", Edit(LONGER, 1, "Refunds"), BOB)
    edition = edited.editions["en"]
    assert edition.published is not None
    assert edition.draft is not None
    assert (edition.published.content, edition.draft.content) == (RETURNS, LONGER)
    assert [(mark.number, mark.author, mark.place) for mark in edition.history] == [
        (2, BOB, Place.DRAFT),
        (1, ADA, Place.PUBLISHED),
    ]
    assert (edition.state, edition.newest, edited.category) == (State.BOTH, 2, {"en": "Refunds"})
    assert edited.updated_at == world.clock.now()


async def test_an_edit_of_what_is_no_longer_the_newest_is_a_conflict_and_changes_nothing(
    world: World,
) -> None:
    article = await an_article(world)
    await world.db.run(library.edit, article.id, "en", Edit(LONGER, 1), ADA)
    with pytest.raises(Conflict) as refused:
        await world.db.run(library.edit, article.id, "en", Edit(CHINESE, 1), BOB)
    assert refused.value.code == "newer_revision"
    assert (await world.db.read(library.get, article.id)).editions["en"].newest == 2


async def test_a_translation_begins_at_base_0(world: World) -> None:
    article = await an_article(world)
    with pytest.raises(Conflict):
        await world.db.run(library.edit, article.id, "zh", Edit(CHINESE, 1))
    translated = await world.db.run(library.edit, article.id, "zh", Edit(CHINESE, 0))
    assert set(translated.editions) == {"en", "zh"}


async def test_publishing_and_taking_back_are_told_and_repeating_them_is_not(world: World) -> None:
    article = await an_article(world)
    for _ in range(2):
        published = await world.db.run(library.publish, article.id, "en", 1)
        assert published.editions["en"].state is State.PUBLISHED
    await world.db.run(library.unpublish, article.id, "en", 1)
    with pytest.raises(Conflict) as refused:
        await world.db.run(library.unpublish, article.id, "en")
    assert refused.value.code == "not_published"
    assert await events(world, article.id) == [
        ArticleEdited(article.id, "en", 1),
        ArticlePublished(article.id, "en", 1),
        ArticleUnpublished(article.id, "en"),
    ]


async def test_an_older_revision_can_be_published_again(world: World) -> None:
    article = await an_article(world)
    await world.db.run(library.edit, article.id, "en", Edit(LONGER, 1))
    await world.db.run(library.publish, article.id, "en", 2)
    back = (await world.db.run(library.publish, article.id, "en", 1)).editions["en"]
    assert back.published is not None
    assert (back.published.number, back.state) == (1, State.BOTH)
    with pytest.raises(Conflict):
        await world.db.run(library.unpublish, article.id, "en", 2)


async def test_what_does_not_exist_is_not_found(world: World) -> None:
    article = await an_article(world)
    for missing in (("nope", "en", 1), (article.id, "zh", 1), (article.id, "en", 2)):
        with pytest.raises(NotFound):
            await world.db.run(library.publish, ArticleId(missing[0]), missing[1], missing[2])
    with pytest.raises(NotFound):
        await world.db.read(library.get, ArticleId("nope"))


async def test_bad_content_is_refused_and_nothing_is_stored(world: World) -> None:
    with pytest.raises(Invalid, match="title"):
        await an_article(world, Content("", "body"))
    assert await world.db.read(count, Wanted(), 10) == 0


async def test_titles_that_are_alike_get_names_that_differ(world: World) -> None:
    slugs = [(await an_article(world)).slug for _ in range(3)]
    assert slugs == ["return-an-item", "return-an-item-2", "return-an-item-3"]
    chinese = await an_article(world, CHINESE, "zh")
    assert chinese.slug


async def test_a_given_name_that_exists_is_a_conflict(world: World) -> None:
    article = await an_article(world)

    def again(tx: Tx) -> Article:
        return library.create(tx, "en", RETURNS, category="Returns", slug=article.slug)

    with pytest.raises(Conflict, match="return-an-item"):
        await world.db.run(again)


async def test_of_a_long_history_only_what_is_read_or_edited_is_loaded_with_its_text(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = await an_article(world)
    for number in range(1, 10):
        await world.db.run(library.edit, article.id, "en", Edit(Content("Return it", f"{number}"), number))
    await world.db.run(library.publish, article.id, "en", 4)
    loaded: list[int] = []
    content = store._content

    def noted(row: Row[Any]) -> Content:
        loaded.append(row.number)
        return content(row)

    monkeypatch.setattr(store, "_content", noted)
    edition = (await world.db.read(library.get, article.id)).editions["en"]
    assert sorted(loaded) == [4, 10]
    assert edition.published is not None
    assert edition.draft is not None
    assert (edition.published.content.body, edition.draft.content.body) == ("3", "9")
    assert [mark.number for mark in edition.history] == list(range(10, 0, -1))
