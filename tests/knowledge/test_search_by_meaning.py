"""From publishing to being found by meaning, in the article's language and in another, with the models installed."""

import random
from collections.abc import AsyncIterator

import pytest

from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library
from knowledge.embedding.backfill import Backfill
from knowledge.embedding.models import Models
from knowledge.embedding.settings import EmbeddingSettings
from knowledge.search import Search
from tests.builders import World
from tests.knowledge.questions import CHINESE
from tests.knowledge.sample import read_sample

pytestmark = pytest.mark.served  # loads the real models, for seconds

MODELS = Models(EmbeddingSettings())


def everything(tx: Tx, language: str) -> None:
    for source in read_sample():
        if source.language == language:
            article = library.create(tx, language, source.content, category="All", slug=source.slug)
            library.publish(tx, article.id, language, 1)


@pytest.fixture
async def search(world: World, workers: Workers) -> AsyncIterator[Search]:
    """Over the sample company's English articles, with their vectors."""
    await world.db.run(everything, "en")
    made = Search(world.db, workers, models=MODELS)
    await made.refresh()
    keeper = Backfill(world.db, workers, MODELS, made, random.Random(1))
    await made.take_vectors()
    while await keeper.step():
        pass
    yield made
    made.close()


async def first(search: Search, question: str, language: str) -> str:
    answers = await search.find(question, language, 3)
    return answers[0].slug if answers else ""


async def test_a_question_that_shares_no_word_finds_its_article(search: Search) -> None:
    assert await first(search, "my pup nibbles on everything green", "en") == "pet-safe-plants"


async def test_where_the_customers_language_has_no_article_another_ones_is_found(search: Search) -> None:
    right = [await first(search, question, "zh") == slug for question, slug in CHINESE]
    assert sum(right) >= 0.75 * len(right)
    assert await first(search, "Wie kann ich meine Bestellung stornieren?", "de") == "cancel-order"
    assert await first(search, "¿Cómo puedo devolver un artículo?", "es") == "returns"


async def test_another_search_over_the_same_database_has_the_vectors_at_once(
    world: World, workers: Workers, search: Search
) -> None:
    assert not any((await search.without_vectors(100)).values())
    other = Search(world.db, workers, models=MODELS)
    await other.refresh()
    await other.take_vectors()
    assert not any((await other.without_vectors(100)).values())
    assert await first(other, "怎么取消订单", "zh") == "cancel-order"
    other.close()
