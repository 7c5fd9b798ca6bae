"""Vectors are made once for each text, kept for all processes, and made anew for another model."""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import pytest

from core.errors import Unavailable
from core.tasks import Workers
from knowledge.embedding import store
from knowledge.embedding.backfill import Backfill
from knowledge.embedding.models import Models
from knowledge.embedding.settings import EmbeddingSettings
from tests.builders import World
from tests.knowledge.embedding.test_models import Fake

TEXTS = tuple(f"question {'x' * number}" for number in range(20))
SETTINGS = EmbeddingSettings(batch=4)


class Shelf:
    """Articles' texts, and which of them were looked up last."""

    def __init__(self, missing: Mapping[str, Sequence[str]]) -> None:
        self.missing = dict(missing)
        self.taken = 0

    async def without_vectors(self, limit: int) -> Mapping[str, Collection[str]]:
        return {language: texts[:limit] for language, texts in self.missing.items()}

    async def take_vectors(self) -> None:
        self.taken += 1


@pytest.fixture
def workers() -> Iterator[Workers]:
    pool = Workers(1)
    yield pool
    pool.close()


def keeper(world: World, workers: Workers, shelf: Shelf, model: Fake) -> Backfill:
    models = Models(SETTINGS, {"minilm": lambda: model, "use": lambda: model})
    return Backfill(world.db, workers, models, shelf, random.Random(1), SETTINGS)


async def stored(world: World, fingerprint: str) -> Mapping[str, object]:
    return await world.db.read(store.load, fingerprint, [store.digest(text) for text in TEXTS])


async def test_what_is_missing_is_made_in_batches_kept_and_told(world: World, workers: Workers) -> None:
    model, shelf = Fake("minilm"), Shelf({"en": TEXTS})
    made = await keeper(world, workers, shelf, model).step()
    assert (made, shelf.taken) == (len(TEXTS), 1)
    kept = await stored(world, model.fingerprint)
    first = kept[store.digest(TEXTS[0])]
    assert isinstance(first, np.ndarray)
    assert first == pytest.approx(model.questions(TEXTS[:1])[0], abs=1e-3)
    assert len(kept) == len(TEXTS)


async def test_another_process_makes_nothing_that_is_there(world: World, workers: Workers) -> None:
    await keeper(world, workers, Shelf({"en": TEXTS}), Fake("minilm")).step()
    second, shelf = Fake("minilm"), Shelf({"en": TEXTS})
    assert await keeper(world, workers, shelf, second).step() == 0
    assert second.asked == []
    assert shelf.taken == 1


async def test_a_changed_model_has_vectors_of_its_own_and_the_old_ones_stay(
    world: World, workers: Workers
) -> None:
    old, new = Fake("minilm"), Fake("other")
    await keeper(world, workers, Shelf({"en": TEXTS}), old).step()
    await keeper(world, workers, Shelf({"en": TEXTS}), new).step()
    assert len(await stored(world, old.fingerprint)) == len(TEXTS)
    assert len(await stored(world, new.fingerprint)) == len(TEXTS)
    assert await world.db.read(store.models) == ["minilm-1", "other-1"]
    assert await world.db.run(store.forget, old.fingerprint, len(TEXTS) + 1) == len(TEXTS)
    assert await world.db.read(store.models) == ["other-1"]


async def test_a_service_that_fails_is_asked_again_later(world: World, workers: Workers) -> None:
    class Failing(Fake):
        fails = True

        def questions(self, texts: Sequence[str]) -> object:  # type: ignore[override]
            if self.fails:
                raise Unavailable("no")
            return super().questions(texts)

    model = Failing("service")
    one = keeper(world, workers, Shelf({"en": TEXTS}), model)
    assert await one.step() == 0
    model.fails = False
    assert await one.step() == len(TEXTS)


async def test_two_processes_may_keep_the_same_vector_at_once(world: World) -> None:
    vectors = {store.digest("a"): np.array([1.0, 0.0], np.float32)}
    await world.db.run(store.save, "m", vectors)
    await world.db.run(store.save, "m", vectors)
    assert await world.db.read(store.missing, "m", [*vectors, "b"]) == {"b"}


def test_a_text_as_a_passage_has_another_name() -> None:
    assert store.digest("a") != store.digest("a", passage=True)
    assert store.digest("\ud800") != store.digest("a")


async def test_it_looks_again_and_again_for_languages_and_services_that_come_later(
    world: World, workers: Workers
) -> None:
    class Enough(Exception):
        """Three times is enough."""

    class Empty(Shelf):
        async def take_vectors(self) -> None:
            self.taken += 1
            if self.taken == 3:
                raise Enough

    settings = EmbeddingSettings(start_s=0, poll_s=0, look_polls=2)
    one = Backfill(world.db, workers, Models(settings), Empty({}), random.Random(1), settings)
    with pytest.raises(Enough):
        await one.run()
