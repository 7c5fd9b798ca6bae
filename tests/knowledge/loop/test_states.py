"""Each way from one state of a cluster to another, by what editors do and by what becomes of its article."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.events import Event, Recorded, Topic
from core.ids import ArticleId
from core.knowledge_events import ArticlePublished, ArticleUnpublished
from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library
from knowledge.loop import cluster as use
from knowledge.loop.cluster import Cluster, State
from knowledge.loop.counting import before, versions
from knowledge.loop.drafting import answered_here, draft, words_for
from knowledge.loop.gathering import Gatherer
from knowledge.loop.settings import LoopSettings
from knowledge.loop.watching import judge, published
from tests.builders import World
from tests.knowledge.loop.asking import (
    ADA,
    Themes,
    an_article,
    ask,
    ask_bot,
    clusters,
    gather,
    reading,
    watched,
)

pytestmark = pytest.mark.served
DAY = 86_400.0
ENOUGH = LoopSettings().enough


@pytest.fixture
def gatherer(world: World, workers: Workers) -> Gatherer:
    return Gatherer(world.db, workers, LoopSettings(), reading(Themes()))


async def state(world: World, cluster: str) -> State:
    return (await world.db.read(use.find, cluster)).state


def told(tx: Tx, event: Event) -> None:
    """The outbox brings what the library emitted."""
    published(tx, Recorded(Topic("article:x"), 1, None, tx.now, event))


def better(tx: Tx, article: ArticleId) -> int:
    """The article says something else from now on; the number of that revision."""
    edition = library.get(tx, article).editions["en"]
    now = edition.draft or edition.published
    assert now is not None
    content = replace(now.content, body=f"Better than {edition.newest}.")
    number = library.edit(tx, article, "en", library.Edit(content, edition.newest)).editions["en"].newest
    library.publish(tx, article, "en", number)
    told(tx, ArticlePublished(article, "en", number))
    return number


async def given(world: World, article: ArticleId, number: int, outcome: str, name: str) -> None:
    """As many conversations as decide, long enough ago."""
    for at in range(ENOUGH):
        world.clock.forward(1)
        await world.db.run(ask_bot, f"engrave {name} {at}", f"{name} {at}", article, number, outcome)
    world.clock.forward(4 * DAY)


async def test_what_was_opened_again_is_watched_anew_and_judged_by_its_new_revision_alone(
    world: World, gatherer: Gatherer
) -> None:
    one, article = await watched(world, gatherer)
    for round_, (outcome, comes_to) in enumerate(
        [("handed_off", State.OPEN), ("handed_off", State.OPEN), ("answered", State.CLOSED)], 1
    ):
        await given(world, article, round_, outcome, f"round {round_}")
        await gather(world, gatherer)
        assert await world.db.run(judge) == 1
        assert await state(world, one) is comes_to
        assert await world.db.run(judge) == 0
        if comes_to is State.OPEN:
            kept = await world.db.read(use.find, one)
            assert kept.article == article
            assert await world.db.run(better, article) == round_ + 1
            watching = await world.db.read(use.find, one)
            assert (watching.state, watching.number) == (State.WATCHING, round_ + 1)
            assert watching.watched_since == kept.watched_since
    found = await world.db.read(lambda tx: versions(tx, use.find(tx, one)))
    assert [(each.number, each.share.helped, each.share.asked) for each in found] == [
        (3, ENOUGH, ENOUGH),
        (2, 0, ENOUGH),
        (1, 0, ENOUGH),
    ]


async def test_what_its_article_does_while_a_cluster_is_open_again_still_counts(
    world: World, gatherer: Gatherer
) -> None:
    one, article = await watched(world, gatherer)
    await given(world, article, 1, "handed_off", "first")
    assert await world.db.run(judge) == 1
    await given(world, article, 1, "answered", "second")
    (found,) = await world.db.read(lambda tx: versions(tx, use.find(tx, one)))
    assert (found.share.helped, found.share.asked) == (ENOUGH, 2 * ENOUGH)


async def test_a_closed_cluster_is_watched_again_with_the_next_revision(
    world: World, gatherer: Gatherer
) -> None:
    one, article = await watched(world, gatherer)
    await given(world, article, 1, "answered", "first")
    assert await world.db.run(judge) == 1
    assert await state(world, one) is State.CLOSED
    await world.db.run(better, article)
    assert await state(world, one) is State.WATCHING


@pytest.mark.parametrize("closed", [False, True])
async def test_without_its_article_a_cluster_waits_until_it_is_published_again(
    world: World, gatherer: Gatherer, *, closed: bool
) -> None:
    one, article = await watched(world, gatherer)
    if closed:
        await world.db.run(_by_hand, one, use.close)
    await world.db.run(library.unpublish, article, "en")
    await world.db.run(told, ArticleUnpublished(article, "en"))
    assert await state(world, one) is State.DRAFTING
    assert await world.db.run(judge) == 0
    await world.db.run(told, ArticlePublished(article, "en", 1))
    assert await state(world, one) is State.WATCHING


async def test_what_is_published_elsewhere_or_ignored_is_nobodys_business(
    world: World, gatherer: Gatherer
) -> None:
    one, article = await watched(world, gatherer)
    await world.db.run(told, ArticleUnpublished(article, "zh"))
    assert await state(world, one) is State.WATCHING
    await world.db.run(lambda tx: use.ignore(tx, one, use.find(tx, one).version, "we never will"))
    await world.db.run(better, article)
    assert await state(world, one) is State.IGNORED
    assert await world.db.run(judge) == 0


def _by_hand(tx: Tx, cluster: str, step: Callable[[Tx, str, int], None]) -> Cluster:
    step(tx, cluster, use.find(tx, cluster).version)
    return use.find(tx, cluster)


async def test_an_editor_closes_lets_go_and_begins_anew(world: World, gatherer: Gatherer) -> None:
    one, article = await watched(world, gatherer)
    assert (await world.db.run(_by_hand, one, use.close)).state is State.CLOSED
    opened = await world.db.run(_by_hand, one, use.reopen)
    assert (opened.state, opened.article, opened.number, opened.watched_since) == (
        State.OPEN,
        None,
        None,
        None,
    )
    await world.db.run(better, article)
    assert await state(world, one) is State.OPEN
    await world.db.run(draft, await world.db.read(words_for, one), opened.version, ADA)
    assert await state(world, one) is State.DRAFTING


async def test_an_article_that_was_there_before_is_not_blamed_for_what_was_asked_before_it_was_linked(
    world: World, gatherer: Gatherer
) -> None:
    article = await world.db.run(an_article, "Engraving?")
    world.clock.forward(DAY)
    await ask(world, "Engraving?")
    for at in range(2 * ENOUGH):
        await world.db.run(ask_bot, "Engraving?", f"v{at}", article, 1, "handed_off")
    await gather(world, gatherer)
    (one,) = await world.db.read(clusters)
    world.clock.forward(30 * DAY)
    version = (await world.db.read(use.find, one)).version
    assert (
        await world.db.run(answered_here, await world.db.read(words_for, one), version, article, ADA) is None
    )
    assert await state(world, one) is State.WATCHING
    assert await world.db.run(judge) == 0
    (found,) = await world.db.read(lambda tx: versions(tx, use.find(tx, one)))
    assert (found.number, found.share.asked, found.waiting) == (1, 0, 0)
    world.clock.forward(40 * DAY)
    earlier = await world.db.read(lambda tx: before(tx, use.find(tx, one), found.since))
    assert earlier == 2 * ENOUGH


async def test_a_conversation_counts_once_however_often_it_asks(world: World, gatherer: Gatherer) -> None:
    one, article = await watched(world, gatherer)
    here = await world.db.run(ask_bot, "engrave mine", "v1", article, 1, "answered")
    for text, number, outcome in (
        ("engraving, please", 1, "answered"),
        ("so, engrave it!", 1, "handed_off"),
    ):
        world.clock.forward(60)
        assert await world.db.run(ask_bot, text, "v1", article, number, outcome) == here
    await world.db.run(ask_bot, "engrave hers", "v2", article, 1, "answered")
    await gather(world, gatherer)
    world.clock.forward(4 * DAY)
    await world.db.run(better, article)
    assert await world.db.run(ask_bot, "engrave mine too", "v1", article, 2, "answered") == here
    world.clock.forward(4 * DAY)
    await gather(world, gatherer)
    new, old = await world.db.read(lambda tx: versions(tx, use.find(tx, one)))
    assert (old.share.helped, old.share.asked) == (1, 2)
    assert (new.share.asked, new.waiting) == (0, 0)
