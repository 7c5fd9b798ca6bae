"""Published articles are compared once each; what is dismissed stays so until one of the two changes."""

from collections.abc import Sequence

import pytest
from sqlalchemy import delete, update

from core.answer import AGENT_READER, Answer, Reader
from core.errors import Invalid, NotFound
from core.ids import AgentId, ArticleId
from core.store.tables.knowledge import article as articles
from core.store.tables.knowledge import published
from core.store.tables.loop import article_compared
from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library
from knowledge.article import Content
from knowledge.loop.comparing import Comparer, Finding, findings, settle
from tests.builders import World

ADA = AgentId("ada")
THIRTY = "You can return any item within 30 days of delivery."
FOURTEEN = "You can return any item within 14 days of delivery."


class Everything:
    """A search that finds every published article, and remembers for whom."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.readers: set[Reader] = set()

    async def __call__(self, question: str, language: str, limit: int, reader: Reader) -> Sequence[Answer]:
        self.readers.add(reader)

        def read(tx: Tx) -> list[Answer]:
            rows = tx.conn.execute(published.select().where(published.c.language == language))
            return [Answer(ArticleId(row.article_id), row.number, language, "", "", "", 0.5) for row in rows]

        return await self._world.db.read(read)


@pytest.fixture
def search(world: World) -> Everything:
    return Everything(world)


@pytest.fixture
def comparer(world: World, workers: Workers, search: Everything) -> Comparer:
    return Comparer(world.db, workers, search)


async def _publish(world: World, title: str, body: str) -> ArticleId:
    def publish(tx: Tx) -> ArticleId:
        made = library.create(tx, "en", Content(title, body), author=ADA)
        library.publish(tx, made.id, "en", 1)
        return made.id

    return await world.db.run(publish)


async def _anew(world: World, article: ArticleId, body: str) -> None:
    def publish(tx: Tx) -> None:
        edition = library.get(tx, article).editions["en"]
        assert edition.published is not None
        edit = library.Edit(Content(edition.published.content.title, body), edition.newest)
        library.publish(tx, article, "en", library.edit(tx, article, "en", edit).editions["en"].newest)

    await world.db.run(publish)


async def _found(world: World, state: str = "open") -> list[Finding]:
    return await world.db.read(findings, state)


async def test_each_revision_is_compared_once_with_what_all_may_read(
    world: World, comparer: Comparer, search: Everything
) -> None:
    await _publish(world, "Returns", THIRTY)
    await _publish(world, "Sending back", FOURTEEN)
    assert await comparer.step() == 2
    assert await comparer.step() == 0
    (found,) = await _found(world)
    assert {found.first_says, found.second_says} == {THIRTY, FOURTEEN}
    assert search.readers == {AGENT_READER}


async def test_what_is_dismissed_stays_so_until_one_of_the_two_changes(
    world: World, comparer: Comparer
) -> None:
    await _publish(world, "Returns", THIRTY)
    other = await _publish(world, "Sending back", FOURTEEN)
    await comparer.step()
    (found,) = await _found(world)
    await world.db.run(settle, found.id, "dismissed", ADA)
    await _publish(world, "Plants", "Water them twice a week and never in the sun.")
    await comparer.step()
    await world.db.run(lambda tx: tx.conn.execute(delete(article_compared)).rowcount)
    await comparer.step()
    assert await _found(world) == []
    assert [each.id for each in await _found(world, "dismissed")] == [found.id]
    await _anew(world, other, f"{FOURTEEN} Thank you.")
    await comparer.step()
    assert [each.id for each in await _found(world)] == [found.id]


async def test_a_contradiction_that_was_put_right_is_gone(world: World, comparer: Comparer) -> None:
    await _publish(world, "Returns", f"{THIRTY} We pay for the parcel.")
    other = await _publish(world, "Sending back", FOURTEEN)
    await comparer.step()
    await _anew(world, other, "Ask us for a label, print it and take the parcel to any shop.")
    assert await _found(world) == []
    await comparer.step()
    assert await _found(world) == []


async def test_only_what_readers_see_is_shown(world: World, comparer: Comparer) -> None:
    one = await _publish(world, "Returns", THIRTY)
    await _publish(world, "Sending back", FOURTEEN)
    await comparer.step()
    assert len(await _found(world)) == 1

    def archive(tx: Tx) -> None:
        tx.conn.execute(update(articles).where(articles.c.id == one).values(archived_at=tx.now))

    await world.db.run(archive)
    assert await _found(world) == []


async def test_a_state_or_finding_that_is_none_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        await world.db.run(settle, "x", "odd", ADA)
    with pytest.raises(NotFound):
        await world.db.run(settle, "x", "dismissed", ADA)
