"""New questions get into clusters in the background, once, in bounded steps, and stay where editors put them."""

import pytest
from sqlalchemy import select, update

from core.errors import Conflict, Invalid
from core.store.tables.loop import gap, gap_cluster
from core.store.tx import Tx
from core.tasks import Workers
from knowledge.loop import cluster as use
from knowledge.loop.gathering import Gatherer, write
from knowledge.loop.keeping import forget_old
from knowledge.loop.settings import LoopSettings
from tests.builders import World
from tests.knowledge.loop.asking import Themes, ask, clusters, gather, labels, reading

ENGRAVING = ("Can you engrave it?", "Engraving?", "Who engraves my lamp")


@pytest.fixture
def model() -> Themes:
    return Themes()


@pytest.fixture
def gatherer(world: World, workers: Workers, model: Themes) -> Gatherer:
    return Gatherer(world.db, workers, LoopSettings(at_once=2), reading(model))


async def test_near_questions_are_one_cluster_for_each_language(world: World, gatherer: Gatherer) -> None:
    await ask(world, *ENGRAVING, "Gift wrap?")
    await ask(world, "可以刻字吗", "刻字多少钱", language="zh")
    await gather(world, gatherer)
    found = await world.db.read(clusters)
    assert sorted(map(sorted, found.values())) == sorted(
        [sorted(ENGRAVING), ["Gift wrap?"], sorted(("可以刻字吗", "刻字多少钱"))]
    )


async def test_a_question_that_comes_later_joins_and_others_stay(world: World, gatherer: Gatherer) -> None:
    await ask(world, *ENGRAVING)
    await gather(world, gatherer)
    (before,) = (await world.db.read(clusters)).keys()
    await ask(world, "engraving in gold")
    await gather(world, gatherer)
    assert await world.db.read(clusters) == {before: {*ENGRAVING, "engraving in gold"}}


async def test_vectors_are_made_once(world: World, gatherer: Gatherer, model: Themes) -> None:
    await ask(world, *ENGRAVING)
    await gather(world, gatherer)
    await ask(world, "Gift wrap?")
    await gather(world, gatherer)
    assert model.read == len(ENGRAVING) + 1


async def test_a_model_that_fails_leaves_words(world: World, workers: Workers) -> None:
    def broken(_language: str) -> None:
        raise RuntimeError("no weights")

    await ask(world, "Can you engrave it?", "Can you engrave it please?")
    await gather(world, Gatherer(world.db, workers, LoopSettings(), broken))
    assert len(await world.db.read(clusters)) == 1


async def test_what_another_process_placed_stays_where_it_is(world: World, gatherer: Gatherer) -> None:
    await ask(world, "Can you engrave it?")
    from knowledge.loop import store  # noqa: PLC0415

    held = await world.db.read(store.held, "en", LoopSettings())
    result = gatherer._place(held)
    assert await world.db.run(write, result) == 1
    assert await world.db.run(write, result) == 0
    assert len(await world.db.read(labels)) == 1


async def test_clusters_can_be_merged_and_split_by_hand_and_stay_so(world: World, gatherer: Gatherer) -> None:
    await ask(world, *ENGRAVING, "Gift wrap?")
    await gather(world, gatherer)
    found = await world.db.read(clusters)
    one, other = sorted(found, key=lambda each: -len(found[each]))
    await world.db.run(use.merge, one, (await world.db.read(use.find, one)).version, other)
    await gather(world, gatherer)
    assert await world.db.read(clusters) == {one: {*ENGRAVING, "Gift wrap?"}}

    def id_of(tx: Tx) -> list[str]:
        return [row.id for row in tx.conn.execute(select(gap).where(gap.c.text == "Gift wrap?"))]

    version = (await world.db.read(use.find, one)).version
    made = await world.db.run(use.split, one, version, await world.db.read(id_of))
    await ask(world, "wrapped as a gift")
    await gather(world, gatherer)
    await gatherer.step()
    assert (await world.db.read(clusters))[made] == {"Gift wrap?", "wrapped as a gift"}
    assert all((await world.db.read(labels)).values())


async def test_two_editors_do_not_change_one_cluster_at_once(world: World, gatherer: Gatherer) -> None:
    await ask(world, *ENGRAVING)
    await gather(world, gatherer)
    (one,) = await world.db.read(clusters)
    version = (await world.db.read(use.find, one)).version
    await world.db.run(use.ignore, one, version, "not ours to answer")
    with pytest.raises(Conflict):
        await world.db.run(use.ignore, one, version, "again")
    with pytest.raises(Invalid):
        await world.db.run(use.ignore, one, version + 1, "  ")
    with pytest.raises(Invalid):
        await world.db.run(use.split, one, version + 1, [])
    with pytest.raises(Invalid):
        await world.db.run(use.merge, one, version + 1, one)


async def test_what_is_ignored_takes_in_what_asks_the_same(world: World, gatherer: Gatherer) -> None:
    await ask(world, *ENGRAVING)
    await gather(world, gatherer)
    (one,) = await world.db.read(clusters)
    await world.db.run(use.ignore, one, (await world.db.read(use.find, one)).version, "never")
    await ask(world, "engrave!")
    await gather(world, gatherer)
    assert len(await world.db.read(clusters)) == 1
    assert (await world.db.read(use.find, one)).state is use.State.IGNORED


async def test_questions_are_forgotten_when_they_are_old_and_labels_that_quote_them(
    world: World, gatherer: Gatherer
) -> None:
    await ask(world, *ENGRAVING, "Gift wrap?")
    await gather(world, gatherer)

    def age(tx: Tx) -> None:
        old = tx.now.replace(year=tx.now.year - 2)
        tx.conn.execute(
            update(gap).where(gap.c.text.in_((ENGRAVING[0], "Gift wrap?"))).values(created_at=old)
        )

    await world.db.run(age)
    assert await world.db.run(forget_old) == 2
    assert list(await world.db.read(clusters)) == list(await world.db.read(labels))
    await gatherer.step()

    def quotes(tx: Tx) -> list[str]:
        return list(tx.conn.execute(select(gap_cluster.c.label)).scalars())

    (said,) = await world.db.read(quotes)
    assert said
    assert ENGRAVING[0] not in said
