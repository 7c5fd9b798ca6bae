"""Finding by meaning: by words at once, by vectors when they are there, and never past the audience."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.answer import AGENT_READER, PUBLIC_READER
from core.errors import Unavailable
from core.ids import ArticleId
from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library
from knowledge.article import Content
from knowledge.embedding import store
from knowledge.index import Filed, Index, Meanings
from knowledge.library import Edit
from knowledge.search import Search
from tests.builders import World
from tests.knowledge.index.builders import AGENTS, article, found
from tests.knowledge.index.models import Grouped, OneModel

pytestmark = pytest.mark.served

ALIKE = "sofa couch settee"


def published(tx: Tx, title: str, language: str = "en") -> ArticleId:
    made = library.create(tx, language, Content(title, "Text."), category="Products")
    library.publish(tx, made.id, language, 1)
    return made.id


def a_search(world: World, workers: Workers, model: Grouped | None, folder: Path | None = None) -> Search:
    return Search(world.db, workers, None, folder, OneModel(model))


async def titles(search: Search, question: str, language: str = "en") -> list[str]:
    return [answer.title for answer in await search.find(question, language, 3, PUBLIC_READER)]


async def test_what_is_published_is_found_by_words_at_once_and_by_meaning_when_the_model_is_there(
    world: World, workers: Workers
) -> None:
    search = a_search(world, workers, Grouped(ALIKE))
    await world.db.run(published, "Sofa")
    await search.refresh()
    assert await titles(search, "sofa") == ["Sofa"]
    assert await titles(search, "couch") == []
    await search.take_vectors()
    assert await search.without_vectors(10) == {"en": ["Sofa", "Sofa\nText."]}
    await world.db.run(store.save, "grouped-1", _stored(Grouped(ALIKE), "Sofa", "Sofa\nText."))
    await search.take_vectors()
    assert await titles(search, "couch") == ["Sofa"]
    assert await search.without_vectors(10) == {}


async def test_a_publication_has_its_vectors_with_it_once_the_model_is_there(
    world: World, workers: Workers
) -> None:
    search = a_search(world, workers, Grouped(ALIKE))
    await search.refresh()
    first = await world.db.run(published, "Sofa")
    await search.refresh()
    await search.take_vectors()
    await world.db.run(published, "Lamp")
    await world.db.run(library.edit, first, "en", Edit(Content("Settee", "Text."), 1))
    await world.db.run(library.publish, first, "en", 2)
    await search.refresh()
    assert (await titles(search, "couch"))[0] == "Settee"
    await world.db.run(library.unpublish, first, "en")
    await search.refresh()
    assert "Settee" not in await titles(search, "couch")


async def test_without_a_model_words_alone_find(world: World, workers: Workers) -> None:
    search = a_search(world, workers, None)
    await world.db.run(published, "Sofa")
    await search.refresh()
    await search.take_vectors()
    assert await titles(search, "sofa") == ["Sofa"]
    assert await search.without_vectors(10) == {}


async def test_when_the_model_does_not_answer_words_alone_find(
    world: World, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Grouped(ALIKE)
    search = a_search(world, workers, model)
    await search.refresh()
    await world.db.run(published, "Lamp")
    await search.refresh()
    await search.take_vectors()
    await world.db.run(published, "Sofa")
    await search.refresh()
    assert (await titles(search, "couch"))[0] == "Sofa"

    def silent(texts: object) -> None:
        raise Unavailable("no answer")

    monkeypatch.setattr(model, "questions", silent)
    assert await titles(search, "couch") == []
    await world.db.run(published, "Chair")
    await search.refresh()
    assert await titles(search, "chair") == ["Chair"]


async def test_a_start_takes_the_vectors_from_disk(world: World, workers: Workers, tmp_path: Path) -> None:
    folder = tmp_path / "search"
    search = a_search(world, workers, Grouped(ALIKE), folder)
    await world.db.run(published, "Lamp")
    await search.refresh()
    await search.take_vectors()
    await world.db.run(published, "Sofa")
    await search.refresh()
    await search.rebuild()
    search.close()
    await world.db.run(store.forget, "grouped-1", 100)
    again = a_search(world, workers, Grouped(ALIKE), folder)
    await again.open()
    assert await titles(again, "couch") == []
    await again.take_vectors()
    assert (await titles(again, "couch"))[0] == "Sofa"
    again.close()


async def test_vectors_of_another_model_are_not_compared(
    world: World, workers: Workers, tmp_path: Path
) -> None:
    folder = tmp_path / "search"
    search = a_search(world, workers, Grouped(ALIKE), folder)
    await search.refresh()
    await world.db.run(published, "Sofa")
    await search.take_vectors()
    await search.rebuild()
    search.close()
    other = a_search(world, workers, Grouped(ALIKE, fingerprint="grouped-2"), folder)
    await other.open()
    await other.take_vectors()
    assert await other.without_vectors(10) == {"en": ["Sofa", "Sofa\nText."]}
    other.close()


async def test_a_question_in_a_language_without_articles_meets_the_meaning_of_the_others(
    world: World, workers: Workers
) -> None:
    model = Grouped("sofa 沙发")
    search = a_search(world, workers, model)
    await world.db.run(published, "沙发", "zh")
    await world.db.run(published, "Lamp")
    await search.refresh()
    await search.take_vectors()
    texts = ("沙发", "沙发\nText.", "Lamp", "Lamp\nText.")
    await world.db.run(store.save, "grouped-1", _stored(model, *texts))
    await search.take_vectors()
    assert (await titles(search, "sofa", "de"))[0] == "沙发"


def _stored(model: Grouped, *texts: str) -> dict[str, NDArray[np.float32]]:
    return {store.digest(text): model.questions([text])[0] for text in texts}


def test_how_a_text_begins_counts_beside_its_title() -> None:
    model = Grouped(ALIKE)
    some = [
        article(name, "New this week", body) for name, body in (("lamp", "A lamp."), ("sofa", "A settee."))
    ]
    vectors = {text: model.questions([text])[0] for each in some for text in each.meant}
    of = Index({each.key: each for each in some}, vectors={"en": Meanings(vectors, 0.0)})
    hits = of.find("couch", "en", 2, vector=model.questions(["couch"])[0])
    assert [hit.document.article for hit in hits] == ["sofa", "lamp"]


def test_vectors_of_what_a_reader_may_not_read_are_never_compared() -> None:
    model = Grouped(ALIKE)
    shown, hidden = article("shown", "Lamp"), article("hidden", "Sofa", filed=AGENTS)
    acme = article("acme", "Settee", filed=Filed(brands=("acme",)))
    texts = [text for each in (shown, hidden, acme) for text in each.meant]
    vectors = {text: model.questions([text])[0] for text in texts}
    of = Index({each.key: each for each in (shown, hidden, acme)}, vectors={"en": Meanings(vectors, 0.0)})
    asked = model.questions(["couch"])[0]

    def seen(reader: object) -> set[str]:
        hits = of.find("couch", "en", 10, reader=reader, vector=asked)  # type: ignore[arg-type]
        return {hit.document.article for hit in hits}

    assert seen(AGENT_READER) == {"shown", "hidden", "acme"}
    assert seen(PUBLIC_READER) == {"shown"}
    assert found(of, "couch", PUBLIC_READER) == []
