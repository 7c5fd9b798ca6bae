"""What editors do, on both databases."""

import pytest

from core.errors import Conflict, Invalid, NotFound
from core.events import ArticleEdited, ArticlePublished, ArticleUnpublished, Event, article_topic
from core.ids import AgentId, ArticleId
from core.store.messages import read_events
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Article, Content, Place, State
from knowledge.library import Edit, Filter
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
    assert (article.slug, article.category, edition.state) == ("return-an-item", "Returns", State.DRAFT)
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
    assert (edition.state, edition.newest, edited.category) == (State.BOTH, 2, "Refunds")
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
    assert await world.db.read(library.list_articles, Filter()) == []


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


async def test_a_list_shows_states_and_titles_and_the_latest_change_first(world: World) -> None:
    older = await an_article(world)
    await world.db.run(library.edit, older.id, "zh", Edit(CHINESE, 0))
    await world.db.run(library.publish, older.id, "en", 1)
    world.clock.forward(60)
    newer = await an_article(world, Content("Warranty", "3 years."))
    listed = await world.db.read(library.list_articles, Filter())
    assert [(each.id, each.title) for each in listed] == [
        (newer.id, "Warranty"),
        (older.id, "Return an item"),
    ]
    assert listed[1].states == {"en": State.PUBLISHED, "zh": State.DRAFT}
    in_chinese = await world.db.read(library.list_articles, Filter(), prefer="zh")
    assert [each.title for each in in_chinese] == ["Warranty", "退货"]


FILTERS: tuple[tuple[Filter, list[str]], ...] = (
    (Filter(text="  ITEM "), ["Return an item"]),
    (Filter(text="returns"), ["Warranty", "Return an item"]),
    (Filter(text="退"), []),
    (Filter(language="zh"), ["退货"]),
    (Filter(text="退", language="zh"), ["退货"]),
    (Filter(state=State.PUBLISHED), ["Return an item"]),
    (Filter(state=State.DRAFT), ["Warranty", "Return an item"]),
    (Filter(state=State.DRAFT, language="zh"), []),
    (Filter(language="fr"), []),
)


async def test_a_list_is_filtered(world: World) -> None:
    first = await an_article(world)
    await world.db.run(library.edit, first.id, "zh", Edit(CHINESE, 0))
    await world.db.run(library.publish, first.id, "zh", 1)
    await world.db.run(library.publish, first.id, "en", 1)
    await world.db.run(library.edit, first.id, "en", Edit(LONGER, 1))
    world.clock.forward(60)
    await an_article(world, Content("Warranty", "3 years."))
    for wanted, titles in FILTERS:
        listed = await world.db.read(library.list_articles, wanted)
        assert [each.title for each in listed] == titles, wanted
