"""Keeping categories: two levels, versions, order, and where the articles of a removed one go, on both databases."""

import pytest

from core.errors import Conflict, Invalid, NotFound
from core.ids import CategoryId
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Article, Content
from knowledge.filing import keeping
from knowledge.filing.categories import list_categories
from knowledge.filing.category import Category
from knowledge.filing.keeping import Wanted
from tests.builders import World

MOST = 20


async def made(world: World, name: str, parent: Category | None = None) -> Category:
    above = None if parent is None else parent.id
    return await world.db.run(keeping.add, Wanted({"en": name}, {}), above, MOST)


async def names(world: World) -> list[str]:
    found = await world.db.read(list_categories)
    return [f"{'' if each.parent is None else '- '}{each.name_in('en')}" for each in found]


def filed_in(tx: Tx, category: Category) -> Article:
    return library.create(tx, "en", Content("Lamps", "They shine."), category=category)


async def test_categories_stand_in_two_levels_in_the_order_they_are_moved_to(world: World) -> None:
    lamps, plants = await made(world, "Lamps"), await made(world, "Plants")
    care, pests = await made(world, "Care", plants), await made(world, "Pests", plants)
    assert await names(world) == ["Lamps", "Plants", "- Care", "- Pests"]
    await world.db.run(keeping.place, pests.id, 1, plants.id, care.id)
    await world.db.run(keeping.place, plants.id, 1, None, lamps.id)
    assert await names(world) == ["Plants", "- Pests", "- Care", "Lamps"]
    await world.db.run(keeping.place, care.id, 1, lamps.id, None)
    assert await names(world) == ["Plants", "- Pests", "Lamps", "- Care"]


async def test_there_is_no_third_level(world: World) -> None:
    plants, lamps = await made(world, "Plants"), await made(world, "Lamps")
    care = await made(world, "Care", plants)
    for moved, parent in ((lamps, care), (plants, lamps), (plants, plants)):
        with pytest.raises(Invalid) as refused:
            await world.db.run(keeping.place, moved.id, 1, parent.id, None)
        assert (refused.value.field, refused.value.code) == ("parent", "too_deep")
    with pytest.raises(Invalid, match="parent"):
        await made(world, "Leaves", care)
    with pytest.raises(Invalid, match="parent: expected a category that exists"):
        await world.db.run(keeping.place, lamps.id, 1, CategoryId("nope"), None)


async def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused(world: World) -> None:
    lamps = await made(world, "Lamps")
    changed = await world.db.run(keeping.change, lamps.id, 1, Wanted({"en": "Lights", "zh": "灯具"}, {}))
    assert (changed.version, changed.slug) == (2, "lamps")
    for attempt in (
        world.db.run(keeping.change, lamps.id, 1, Wanted({"en": "Lanterns"}, {})),
        world.db.run(keeping.place, lamps.id, 1, None, None),
        world.db.run(keeping.remove, lamps.id, 1, None, alone=True),
    ):
        with pytest.raises(Conflict) as refused:
            await attempt
        assert refused.value.code == "newer_version"
    assert await names(world) == ["Lights"]


async def test_two_beside_each_other_have_names_and_all_have_addresses_of_their_own(world: World) -> None:
    lamps, plants = await made(world, "Lamps"), await made(world, "Plants")
    await made(world, "Lamps", plants)
    with pytest.raises(Invalid) as refused:
        await made(world, "lamps ")
    assert (refused.value.field, refused.value.code) == ("names.en", "name_taken")
    with pytest.raises(Invalid) as taken:
        await world.db.run(keeping.change, plants.id, 1, Wanted({"en": "Plants"}, {}, lamps.slug))
    assert (taken.value.field, taken.value.code) == ("slug", "slug_taken")
    with pytest.raises(Invalid, match="slug"):
        await world.db.run(keeping.change, plants.id, 1, Wanted({"en": "Plants"}, {}, "No Slug"))


async def test_removing_one_with_articles_asks_where_they_go(world: World) -> None:
    lamps, plants = await made(world, "Lamps"), await made(world, "Plants")
    filed = await world.db.run(filed_in, lamps)
    with pytest.raises(Conflict, match="1 in all") as refused:
        await world.db.run(keeping.remove, lamps.id, 1, None, alone=True)
    assert refused.value.code == "in_use"
    for nowhere in (lamps.id, CategoryId("nope")):
        with pytest.raises(Invalid, match="to"):
            await world.db.run(keeping.remove, lamps.id, 1, nowhere, alone=False)
    await world.db.run(keeping.remove, lamps.id, 1, plants.id, alone=False)
    moved = await world.db.read(library.get, filed.id)
    assert (moved.category_id, moved.version, await names(world)) == (plants.id, 2, ["Plants"])
    await world.db.run(keeping.remove, plants.id, 1, None, alone=False)
    assert (await world.db.read(library.get, filed.id)).category == {}


async def test_one_with_categories_under_it_is_not_removed(world: World) -> None:
    plants = await made(world, "Plants")
    await made(world, "Care", plants)
    with pytest.raises(Conflict) as refused:
        await world.db.run(keeping.remove, plants.id, 1, None, alone=False)
    assert refused.value.code == "has_children"
    with pytest.raises(NotFound):
        await world.db.run(keeping.remove, CategoryId("nope"), 1, None, alone=False)


async def test_there_are_only_so_many(world: World) -> None:
    await made(world, "Lamps")
    with pytest.raises(Invalid, match="no more than 1 categories"):
        await world.db.run(keeping.add, Wanted({"en": "Plants"}, {}), None, 1)
