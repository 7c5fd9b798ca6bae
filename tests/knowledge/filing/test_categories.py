"""Categories: found by their names, made, named in more languages, on both databases."""

from pathlib import Path

import pytest

from core.errors import Invalid
from core.events import KNOWLEDGE_TOPIC
from core.knowledge_events import KnowledgeChanged
from core.store.messages import read_events
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Article, Content
from knowledge.filing import categories
from knowledge.filing.categories import list_categories
from knowledge.filing.category import checked_names, name_in
from knowledge.transfer.apply import Given, store_import
from knowledge.transfer.markdown_files import read_markdown
from knowledge.transfer.reading import read
from knowledge.transfer.settings import Rules
from tests.builders import World

SAMPLE = Path(__file__).parents[3] / "app/sample/articles"
RETURNS = {
    "en/returns.md": b"---\ncategory: Returns\n---\n30 days.",
    "zh/returns.md": "---\ncategory: 退货\n---\n30 天。".encode(),
}


def written(tx: Tx, category: str, language: str = "en") -> Article:
    return library.create(tx, language, Content("Lamps", "They shine."), category=category)


async def names(world: World) -> list[dict[str, str]]:
    return [dict(each.names) for each in await world.db.read(list_categories)]


async def test_a_name_finds_its_category_whatever_its_capitals_and_spaces(world: World) -> None:
    first = await world.db.run(written, "Returns and refunds")
    second = await world.db.run(written, " returns  AND refunds ")
    assert first.category_id == second.category_id
    assert await names(world) == [{"en": "Returns and refunds"}]


async def test_a_name_in_another_language_finds_it_too_and_its_own_language_goes_first(world: World) -> None:
    german = await world.db.run(categories.find_or_make, "Post", "de")
    await world.db.run(categories.name_also, german, "Mail", "en")
    english = await world.db.run(written, "Post", "en")
    assert english.category_id == german


async def test_a_new_category_comes_last_and_everybody_is_told(world: World) -> None:
    for name in ("Lamps", "Plants", "Lamps"):
        await world.db.run(written, name)
    assert [each.position for each in await world.db.read(list_categories)] == [0, 1]
    told = await world.db.read(read_events, KNOWLEDGE_TOPIC, 0, 10)
    assert [each.event for each in told] == [KnowledgeChanged("categories")] * 2


async def test_categories_have_addresses_that_differ(world: World) -> None:
    for name in ("Lamps!", "Lamps?", "灯具", "植物"):
        await world.db.run(written, name, "zh")
    slugs = [each.slug for each in await world.db.read(list_categories)]
    assert slugs == ["lamps", "lamps-2", "category-1", "category-2"]


async def test_what_a_translation_calls_its_category_becomes_its_name(world: World) -> None:
    await world.db.run(store_import, read_markdown(RETURNS), Given())
    assert await names(world) == [{"en": "Returns", "zh": "退货"}]


async def test_a_category_that_is_here_learns_its_name_in_another_language(world: World) -> None:
    await world.db.run(written, "退货", "zh")
    await world.db.run(store_import, read_markdown(RETURNS), Given())
    assert await names(world) == [{"zh": "退货", "en": "Returns"}]


@pytest.mark.served
async def test_the_sample_has_nine_categories_each_with_two_names(world: World) -> None:
    await world.db.run(store_import, read(SAMPLE, Rules()), Given())
    assert {tuple(sorted(each)) for each in await names(world)} == {("en", "zh")}
    assert len(await names(world)) == 9


def test_a_name_is_shown_in_the_readers_language_else_in_english_else_in_any() -> None:
    assert name_in({"en": "Lamps", "zh": "灯具"}, "zh") == "灯具"
    assert name_in({"en": "Lamps", "zh": "灯具"}, "fr") == "Lamps"
    assert name_in({"zh": "灯具", "ja": "ランプ"}, "fr") == "ランプ"
    assert name_in({}, "en") == ""


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "names"),
        ({"en": " "}, "names"),
        ({"English": "Lamps"}, "names.English"),
        ({"en": "x" * 81}, "names.en"),
    ],
)
def test_a_bad_name_is_refused_by_its_language(given: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_names(given)
    assert refused.value.field == field
