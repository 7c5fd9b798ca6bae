"""What is published is found, what is unpublished is not, and nobody ever sees half of a change."""

import asyncio
from collections.abc import Sequence

from bot.contract import ArticleFinder
from core.answer import Answer
from core.bus import InProcessBus
from core.ids import ArticleId
from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library
from knowledge.article import Content
from knowledge.index.settings import SearchSettings
from knowledge.library import Edit
from knowledge.search import Search
from tests.builders import World

WARRANTY = Content("Warranty", "All lamps have a warranty of three years.", ("How long is the guarantee?",))
VISIBLE_WITHIN_S = 30.0
ODD = (
    *("", " ", "?!", "\0", "\ud800", "🙂", "a" * 100_000, "灯" * 100_000, "lamp " * 10_000),
    *('" OR 1=1 --', "title:x^2 ~", "/x", "*", "(((((", "AND OR NOT", "war*"),
)


def published(tx: Tx, language: str, content: Content) -> ArticleId:
    article = library.create(tx, language, content, category="Products")
    library.publish(tx, article.id, language, 1)
    return article.id


async def titles(search: Search, question: str, language: str = "en") -> list[str]:
    return [answer.title for answer in await search.find(question, language, 5)]


async def until(search: Search, question: str, *, found: bool) -> Sequence[Answer]:
    async with asyncio.timeout(VISIBLE_WITHIN_S):
        while True:
            answers = await search.find(question, "en", 3)
            if bool(answers) == found:
                return answers


def test_search_is_what_the_bot_asks_for(search: Search) -> None:
    finder: ArticleFinder = search
    assert finder is search


async def test_a_draft_is_not_found_a_published_article_is_and_one_taken_back_is_not(
    world: World, search: Search
) -> None:
    article = await world.db.run(library.create, "en", WARRANTY, category="Products")
    await search.refresh()
    assert await search.find("is there a guarantee", "en", 3) == []
    await world.db.run(library.publish, article.id, "en", 1)
    assert await search.refresh()
    (answer,) = await search.find("is there a guarantee", "en", 3)
    assert (answer.article, answer.revision, answer.language) == (article.id, 1, "en")
    assert (answer.title, answer.text) == (WARRANTY.title, WARRANTY.body)
    assert 0 < answer.probability < 1
    await world.db.run(library.unpublish, article.id, "en")
    assert await search.refresh()
    assert await search.find("is there a guarantee", "en", 3) == []


async def test_only_the_published_revision_is_found(world: World, search: Search) -> None:
    article = await world.db.run(published, "en", WARRANTY)
    await world.db.run(library.edit, article, "en", Edit(Content("Repairs", "We mend lamps."), 1))
    await search.refresh()
    assert await titles(search, "guarantee") == ["Warranty"]
    assert await titles(search, "mend repairs") == []
    await world.db.run(library.publish, article, "en", 2)
    await search.refresh()
    assert await titles(search, "guarantee") == []
    assert await titles(search, "mend repairs") == ["Repairs"]


async def test_nothing_to_do_costs_no_new_index(world: World, search: Search) -> None:
    await world.db.run(published, "en", WARRANTY)
    assert await search.refresh()
    assert not await search.refresh()
    assert search.size == 1


async def test_a_rebuilt_index_answers_as_before(world: World, search: Search) -> None:
    await world.db.run(published, "en", WARRANTY)
    await search.refresh()
    before = await search.find("guarantee", "en", 3)
    await search.rebuild()
    assert await search.find("guarantee", "en", 3) == before


async def test_a_running_search_hears_of_a_publication_within_two_seconds(
    world: World, search: Search
) -> None:
    _ = world.supervisor.service("search", lambda: search.serve(world.bus))
    article = await world.db.run(published, "en", WARRANTY)
    await until(search, "guarantee", found=True)
    await world.db.run(library.unpublish, article, "en")
    await until(search, "guarantee", found=False)


async def test_a_lost_signal_costs_one_look_at_the_database(world: World, workers: Workers) -> None:
    deaf = Search(world.db, workers, SearchSettings(poll_s=0.05))
    _ = world.supervisor.service("search", lambda: deaf.serve(InProcessBus()))
    await world.db.run(published, "en", WARRANTY)
    await until(deaf, "guarantee", found=True)


async def test_a_revision_is_switched_whole_under_concurrent_questions(world: World, search: Search) -> None:
    article = await world.db.run(published, "en", Content("Lamp 1", "Lamp text 1"))
    await search.refresh()
    seen: set[int] = set()
    done = asyncio.Event()

    async def ask() -> None:
        while not done.is_set():
            (answer,) = await search.find("lamp", "en", 3)
            assert (answer.title, answer.text) == (f"Lamp {answer.revision}", f"Lamp text {answer.revision}")
            seen.add(answer.revision)

    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(ask())
        for number in range(2, 12):
            content = Content(f"Lamp {number}", f"Lamp text {number}")
            await world.db.run(library.edit, article, "en", Edit(content, number - 1))
            await world.db.run(library.publish, article, "en", number)
            await search.refresh()
        done.set()
    assert len(seen) > 1


async def test_the_question_decides_the_language_where_it_shows_it(world: World, search: Search) -> None:
    await world.db.run(published, "en", WARRANTY)
    await world.db.run(published, "zh", Content("保修 Warranty", "保修三年。", ("保修期多久？",)))
    await search.refresh()
    assert await titles(search, "保修期是多久", "en") == ["保修 Warranty"]
    assert await titles(search, "how long is the warranty", "zh") == ["Warranty"]
    assert await titles(search, "Warranty", "zh") == ["保修 Warranty"]
    assert await titles(search, "Warranty", "en") == ["Warranty"]


async def test_a_language_without_articles_gets_those_of_the_others(world: World, search: Search) -> None:
    await world.db.run(published, "en", WARRANTY)
    await search.refresh()
    assert await titles(search, "Lamp Warranty?", "de") == ["Warranty"]


async def test_people_who_type_find_by_a_word_only_begun(world: World, search: Search) -> None:
    await world.db.run(published, "en", WARRANTY)
    await search.refresh()
    for typed in ("war", "warr", "lamp guaran", "thre", "WARRANTIES"):
        assert await search.search(typed, "en", 5), typed
    for typed in ("xyz", "", "w", "war "):
        assert not await search.search(typed, "en", 5), typed


async def test_an_odd_question_is_answered_with_nothing_or_something_never_an_error(
    world: World, search: Search
) -> None:
    await world.db.run(published, "en", WARRANTY)
    await world.db.run(published, "zh", Content("灯", "灯"))
    await search.refresh()
    for odd in ODD:
        for language in ("en", "zh", "xx"):
            assert isinstance(await search.find(odd, language, 3), list)
            assert isinstance(await search.search(odd, language, 3), list)
