"""Translations: when one is behind its source, until somebody translates anew or says that it is still right."""

from dataclasses import replace

import pytest

from core.errors import Conflict, Invalid, NotFound
from core.ids import ArticleId
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Article, Content
from knowledge.filing import following
from knowledge.filing.filed import filing_of
from knowledge.filing.listing import Asked, page
from knowledge.filing.narrowing import Wanted
from knowledge.filing.ordering import Sort
from knowledge.filing.refiling import Refiling, refile
from knowledge.filing.translations import Translation, in_all, is_stale, missing
from knowledge.library import Edit
from tests.builders import World

SOURCE = Content("Return an item", "You have 30 days.")
CHINESE = Content("退货", "30 天内可以退货。")
LONGER = replace(SOURCE, body="You have 60 days.")


@pytest.mark.parametrize(
    ("followed", "shown", "ever", "stale"),
    [
        (None, 3, {3}, False),
        (3, None, set(), False),
        (3, 3, {3}, False),
        (2, 3, {2, 3}, True),
        (4, 3, {3}, False),
        (4, 3, {3, 4}, True),
    ],
)
def test_a_translation_is_stale_once_its_source_shows_another_text(
    followed: int | None, shown: int | None, ever: set[int], stale: object
) -> None:
    assert is_stale(followed, shown, ever) is stale


def test_missing_languages_are_those_wanted_and_not_written() -> None:
    assert missing({"zh", "fr"}, ("en", "zh", "de")) == ("en", "de")
    assert in_all({"zh", "fr"}, ("en", "zh")) == ("en", "zh", "fr")


async def translated(world: World) -> ArticleId:
    """English, published, and a Chinese translation of it, published."""

    def made(tx: Tx) -> Article:
        article = library.create(tx, "en", SOURCE)
        library.publish(tx, article.id, "en", 1)
        library.edit(tx, article.id, "zh", Edit(CHINESE, 0))
        return library.publish(tx, article.id, "zh", 1)

    return (await world.db.run(made)).id


async def stale(world: World, article: ArticleId) -> tuple[Translation, ...]:
    """Of the article; the list must say the same, by its condition and by its line."""

    def read(tx: Tx) -> tuple[Translation, ...]:
        found = following.translations(tx, library.get(tx, article))
        behind = tuple(each.language for each in found if each.stale)
        listed = page(tx, Asked(Wanted(stale=True), Sort.UPDATED, None, (), 10)).items
        assert [line.stale for line in listed] == ([behind] if behind else [])
        every = page(tx, Asked(Wanted(), Sort.UPDATED, None, (), 10)).items
        assert [line.stale for line in every] == [behind]
        return found

    return await world.db.read(read)


async def source_again(world: World, article: ArticleId) -> None:
    await world.db.run(library.edit, article, "en", Edit(LONGER, 1))
    await world.db.run(library.publish, article, "en", 2)


async def test_a_translation_is_behind_when_its_source_is_published_anew_and_not_when_it_is_drafted(
    world: World,
) -> None:
    article = await translated(world)
    assert await stale(world, article) == (Translation("zh", 1, 1, stale=False),)
    await world.db.run(library.edit, article, "en", Edit(LONGER, 1))
    assert await stale(world, article) == (Translation("zh", 1, 1, stale=False),)
    await world.db.run(library.publish, article, "en", 2)
    assert await stale(world, article) == (Translation("zh", 1, 1, stale=True),)


async def test_a_correction_of_its_own_leaves_it_behind_and_a_new_translation_does_not(world: World) -> None:
    article = await translated(world)
    await source_again(world, article)
    await world.db.run(library.edit, article, "zh", Edit(CHINESE, 1))
    assert await stale(world, article) == (Translation("zh", 2, 1, stale=True),)
    await world.db.run(library.edit, article, "zh", Edit(CHINESE, 2, source=2))
    assert await stale(world, article) == (Translation("zh", 3, 2, stale=False),)


async def test_who_translated_ahead_is_not_behind_until_the_source_is_taken_back(world: World) -> None:
    article = await translated(world)
    await world.db.run(library.edit, article, "en", Edit(LONGER, 1))
    await world.db.run(library.edit, article, "zh", Edit(CHINESE, 1, source=2))
    assert await stale(world, article) == (Translation("zh", 2, 2, stale=False),)
    await world.db.run(library.publish, article, "en", 2)
    await world.db.run(library.publish, article, "en", 1)
    assert await stale(world, article) == (Translation("zh", 2, 2, stale=True),)


def marked(tx: Tx, article: ArticleId, language: str, source: int) -> None:
    following.mark_right(tx, library.get(tx, article), language, source)


async def test_it_is_right_again_when_somebody_says_so_of_what_readers_see_now(world: World) -> None:
    article = await translated(world)
    await source_again(world, article)
    with pytest.raises(Conflict) as refused:
        await world.db.run(marked, article, "zh", 1)
    assert refused.value.code == "newer_revision"
    await world.db.run(marked, article, "zh", 2)
    assert await stale(world, article) == (Translation("zh", 1, 2, stale=False),)
    with pytest.raises(Invalid, match="language"):
        await world.db.run(marked, article, "en", 2)
    with pytest.raises(NotFound):
        await world.db.run(marked, article, "fr", 2)


async def test_a_source_revision_that_is_not_there_is_refused(world: World) -> None:
    article = await translated(world)
    with pytest.raises(Invalid, match="source"):
        await world.db.run(library.edit, article, "zh", Edit(CHINESE, 1, source=7))


async def test_with_another_source_what_is_there_counts_as_right(world: World) -> None:
    article = await translated(world)
    await source_again(world, article)

    def turned(tx: Tx) -> None:
        before = library.get(tx, article)
        wanted = replace(filing_of(before), source_language="zh")
        refile(tx, before, wanted, Refiling(before.version, publishes=False, tags=5))

    await world.db.run(turned)
    assert await stale(world, article) == (Translation("en", 2, 1, stale=False),)
