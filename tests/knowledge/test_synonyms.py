"""Groups of words that mean the same: kept by publishers, checked, and used by the next question."""

import pytest

from core.answer import PUBLIC_READER
from core.errors import Conflict, Invalid, NotFound
from core.store.tx import Tx
from knowledge import library, synonyms
from knowledge.article import Content
from knowledge.search import Search
from knowledge.synonyms import SynonymGroup, checked_words
from tests.builders import World


def published(tx: Tx, title: str) -> None:
    article = library.create(tx, "en", Content(title, "Text."), category="Products")
    library.publish(tx, article.id, "en", 1)


@pytest.mark.parametrize(
    "words",
    [(), ("sofa",), ("sofa", " "), ("sofa", "Sofas"), ("sofa", "!?"), ("sofa", "x" * 61), ("sofa", "a\0b")],
)
def test_words_that_a_search_could_not_use_are_refused_by_the_field(words: tuple[str, ...]) -> None:
    with pytest.raises(Invalid) as refused:
        checked_words(words)
    assert refused.value.field == "words"


def test_too_many_words_are_refused() -> None:
    with pytest.raises(Invalid):
        checked_words([f"word{number}" for number in range(21)])


def test_words_are_kept_on_one_line_each_and_once() -> None:
    assert checked_words([" gift   card", "voucher", "", "Vouchers"]) == ("gift card", "voucher")


async def test_a_group_is_used_by_the_next_question_and_no_longer_when_removed(
    world: World, search: Search
) -> None:
    await world.db.run(published, "Sofas and chairs")
    await search.refresh()
    assert await search.find("couch", "en", 3) == []
    group = await world.db.run(synonyms.save, None, "en", ("sofa", "couch"))
    assert await search.refresh()
    finding = await search.look("couch", "en", 3, PUBLIC_READER)
    assert [hit.document.title for hit in finding.hits] == ["Sofas and chairs"]
    assert finding.synonyms == (("couch", ("sofa",)),)
    await world.db.run(synonyms.remove, group)
    assert await search.refresh()
    assert await search.find("couch", "en", 3) == []


async def test_a_group_is_not_saved_over_somebody_elses_newer_one(world: World) -> None:
    group = await world.db.run(synonyms.save, None, "en", ("sofa", "couch"))
    await world.db.run(synonyms.save, group, "en", ("sofa", "settee"), 1)
    with pytest.raises(Conflict):
        await world.db.run(synonyms.save, group, "en", ("sofa", "divan"), 1)
    assert await world.db.read(synonyms.list_groups) == (SynonymGroup(group, "en", ("sofa", "settee"), 2),)


async def test_what_is_not_there_cannot_be_changed_or_removed(world: World) -> None:
    with pytest.raises(NotFound):
        await world.db.run(synonyms.save, "nowhere", "en", ("sofa", "couch"))
    with pytest.raises(NotFound):
        await world.db.run(synonyms.remove, "nowhere")
