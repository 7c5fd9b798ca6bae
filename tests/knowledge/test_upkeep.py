"""What nobody has used for long goes, a little at a time; what somebody uses stays."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import select

from core.ids import AgentId
from core.store.tables.knowledge import embedding_model
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Content
from knowledge.embedding import store
from knowledge.embedding.models import Models
from knowledge.embedding.settings import EmbeddingSettings
from knowledge.settings import KeepingSettings
from knowledge.upkeep import Gone, tend
from knowledge.writing.working import Desk, Draft, copies, keep
from tests.builders import World
from tests.knowledge.embedding.test_models import Fake, Far

DAY = 86_400.0
SETTINGS = KeepingSettings(copies_days=90, vectors_days=30, at_once=2)


async def tended(world: World, at_work: Sequence[str] | None = None) -> Gone:
    return await tend(world.db, world.clock, at_work, SETTINGS)


def vectors(tx: Tx, model: str) -> None:
    store.save(tx, model, {f"digest {number}": np.ones(3, np.float32) for number in range(5)})


async def test_unsaved_text_goes_when_nobody_types_in_it_for_long(world: World) -> None:
    article = (await world.db.run(library.create, "en", Content("Lamp", "A lamp."))).id

    async def type_in(agent: str, *languages: str) -> None:
        for language in languages:
            await world.db.run(keep, Desk(article, language, AgentId(agent)), 1, Draft("Lamp", "A new lamp."))

    await type_in("ada", "en", "zh", "de", "fr", "it")
    world.clock.forward(60 * DAY)
    await type_in("ada", "en")
    await type_in("bob", "en")
    world.clock.forward(60 * DAY)
    assert (await tended(world)).copies == 4
    kept = await world.db.read(copies, article, "en")
    assert {each.agent for each in kept} == {"ada", "bob"}
    assert await world.db.read(copies, article, "zh") == []


async def test_vectors_go_when_no_process_has_had_their_model_at_work_for_long(world: World) -> None:
    for model in ("mine", "theirs", "former"):
        await world.db.run(vectors, model)
    assert (await tended(world, ["mine"])).vectors == 0
    world.clock.forward(20 * DAY)
    await tended(world, ["theirs"])
    world.clock.forward(20 * DAY)
    assert (await tended(world, ["mine"])).vectors == 5
    assert await world.db.read(store.models) == ["mine", "theirs"]
    known = await world.db.read(lambda tx: set(tx.conn.execute(select(embedding_model.c.model)).scalars()))
    assert known == {"mine", "theirs"}


async def test_none_go_while_a_model_that_settings_ask_for_is_not_at_work(world: World) -> None:
    """As after a long holiday: nobody has used anything, and the service is not there yet."""
    far = Far("minilm")
    models = Models(EmbeddingSettings(other="none"), {"minilm": lambda: far})
    await world.db.run(vectors, far.fingerprint)
    await tended(world, [far.fingerprint])
    world.clock.forward(400 * DAY)
    assert models.at_work() is None
    assert models.of("en") is None
    assert models.at_work() is None
    assert (await tended(world, models.at_work())).vectors == 0
    far.there = True
    assert models.of("en") is far
    assert models.at_work() == [far.fingerprint]
    assert (await tended(world, models.at_work())).vectors == 0
    assert await world.db.read(store.models) == [far.fingerprint]


def test_without_models_every_vector_is_unused() -> None:
    assert Models(EmbeddingSettings(english="none", other="none"), {"x": lambda: Fake("x")}).at_work() == []
