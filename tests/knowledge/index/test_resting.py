"""Snippets and variables in what is found: the bot says what they say, and what they say now."""

from core.store.tx import Tx
from knowledge import library
from knowledge.article import Content
from knowledge.rendering.values import Kind
from knowledge.search import Search
from knowledge.writing import reusables
from knowledge.writing.settings import ReusableSettings
from tests.builders import World

USUAL = ReusableSettings()


def begun(tx: Tx) -> None:
    reusables.add(tx, "hours", Kind.VARIABLE, {"en": "nine to five"}, USUAL)
    reusables.add(tx, "visit", Kind.SNIPPET, {"en": "We are open {{hours}}."}, USUAL)
    for title, body in (("Visiting the shop", "{{visit}}"), ("Lamps", "They shine {{gone}}.")):
        made = library.create(tx, "en", Content(title, body), category="Shop")
        library.publish(tx, made.id, "en", 1)


async def said(search: Search) -> str:
    (answer, *_) = await search.find("visiting the shop", "en", 1)
    return answer.text


async def test_a_change_of_a_snippet_changes_what_the_bot_says(world: World, search: Search) -> None:
    await world.db.run(begun)
    await search.refresh()
    assert await said(search) == "We are open nine to five."
    await world.db.run(reusables.change, "hours", {"en": "around the clock"}, 1, USUAL)
    assert await search.refresh()
    assert await said(search) == "We are open around the clock."
    (found, *_) = await search.find("open around the clock", "en", 1)
    assert found.title == "Visiting the shop"
    assert not await search.refresh()


async def test_what_a_name_stands_for_no_more_is_said_no_more(world: World, search: Search) -> None:
    await world.db.run(begun)
    await search.refresh()
    (lamps, *_) = await search.find("lamps shine", "en", 1)
    assert lamps.text == "They shine ."
    await world.db.run(reusables.add, "gone", Kind.VARIABLE, {"en": "brightly"}, USUAL)
    await search.refresh()
    (lamps, *_) = await search.find("lamps shine", "en", 1)
    assert lamps.text == "They shine brightly."
