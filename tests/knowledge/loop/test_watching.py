"""After publishing: what the article settles is counted by revision, and the cluster closes or opens by that."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from core.events import Recorded, Topic
from core.ids import ArticleId
from core.knowledge_events import ArticlePublished
from core.store.tables.loop import gap
from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library
from knowledge.article import Content
from knowledge.loop import cluster as use
from knowledge.loop.cluster import State
from knowledge.loop.counting import versions
from knowledge.loop.deflection import Version
from knowledge.loop.drafting import answered_here, draft, sources, words_for
from knowledge.loop.gathering import Gatherer
from knowledge.loop.recording import AskedIn, Missed, record
from knowledge.loop.settings import LoopSettings
from knowledge.loop.watching import judge, published
from tests.builders import World
from tests.knowledge.loop.asking import (
    ADA,
    Themes,
    agent_replied,
    an_article,
    ask,
    ask_bot,
    asked_bot,
    clusters,
    gather,
    reading,
    watched,
)

DAY = 86_400.0


async def _versions(world: World, cluster: str) -> list[Version]:
    return await world.db.read(lambda tx: versions(tx, use.find(tx, cluster)))


@pytest.fixture
def gatherer(world: World, workers: Workers) -> Gatherer:
    return Gatherer(world.db, workers, LoopSettings(), reading(Themes()))


async def test_publishing_the_article_watches_its_cluster(world: World, gatherer: Gatherer) -> None:
    one, article = await watched(world, gatherer)
    found = await world.db.read(use.find, one)
    assert (found.state, found.article, found.number) == (State.WATCHING, article, 1)


async def test_a_question_counts_once_the_customer_had_time_to_come_back(
    world: World, gatherer: Gatherer
) -> None:
    one, article = await watched(world, gatherer)
    await world.db.run(ask_bot, "engraving please", "v1", article, 1, "answered")
    await gather(world, gatherer)
    (before,) = await _versions(world, one)
    assert (before.share.asked, before.waiting) == (0, 1)
    world.clock.forward(4 * DAY)
    (after,) = await _versions(world, one)
    assert (after.share.asked, after.share.helped, after.waiting) == (1, 1, 0)


async def test_who_is_handed_over_or_comes_back_was_not_helped(world: World, gatherer: Gatherer) -> None:
    one, article = await watched(world, gatherer)
    helped = await world.db.run(ask_bot, "engrave one", "v1", article, 1, "answered")
    taken = await world.db.run(ask_bot, "engrave two", "v2", article, 1, "answered")
    await world.db.run(agent_replied, taken, "Let me help")
    await world.db.run(ask_bot, "engrave three", "v3", article, 1, "handed_off")
    assert helped != taken
    world.clock.forward(4 * DAY)
    await gatherer.step()
    (found,) = await _versions(world, one)
    assert (found.share.asked, found.share.helped) == (3, 1)


async def test_other_questions_that_got_the_article_do_not_count(world: World, gatherer: Gatherer) -> None:
    one, article = await watched(world, gatherer)
    await world.db.run(ask_bot, "a plant in a gift", "v1", article, 1, "answered")
    world.clock.forward(4 * DAY)
    await gatherer.step()
    (found,) = await _versions(world, one)
    assert found.share.asked == 0


async def test_two_revisions_are_told_apart(world: World, gatherer: Gatherer) -> None:
    one, article = await watched(world, gatherer)
    await world.db.run(ask_bot, "engrave one", "v1", article, 1, "handed_off")
    world.clock.forward(4 * DAY)

    def again(tx: Tx) -> None:
        content = library.get(tx, article).editions["en"].published
        assert content is not None
        edit = library.Edit(replace(content.content, body="Better."), 1)
        library.edit(tx, article, "en", edit)
        library.publish(tx, article, "en", 2)
        event = ArticlePublished(article, "en", 2)
        published(tx, Recorded(Topic(f"article:{article}"), 1, None, tx.now, event))

    await world.db.run(again)
    await world.db.run(ask_bot, "engrave two", "v2", article, 2, "answered")
    world.clock.forward(4 * DAY)
    await gatherer.step()
    second, first = await _versions(world, one)
    assert [(each.number, each.share.helped, each.share.asked) for each in (second, first)] == [
        (2, 1, 1),
        (1, 0, 1),
    ]


async def test_what_does_not_work_is_opened_again_and_what_works_is_closed(
    world: World, gatherer: Gatherer
) -> None:
    one, article = await watched(world, gatherer)
    enough = LoopSettings().enough
    for at in range(enough):
        world.clock.forward(1)
        await world.db.run(ask_bot, f"engrave {at}", f"v{at}", article, 1, "answered")
    assert await world.db.run(judge) == 0
    world.clock.forward(4 * DAY)
    assert await world.db.run(judge) == 1
    assert (await world.db.read(use.find, one)).state is State.CLOSED
    for asked_in, state in ((AskedIn.HELP, State.CLOSED), (AskedIn.BOT, State.OPEN)):
        # Of what readers look for themselves only the failures are seen, so that they tell nothing.
        for at in range(4 * enough):
            await world.db.run(record, Missed(asked_in, "en", f"engrave this {at}"))
        await gather(world, gatherer)
        world.clock.forward(4 * DAY)
        await world.db.run(judge)
        assert (await world.db.read(use.find, one)).state is state


async def test_a_draft_has_the_best_answers_without_names(world: World, gatherer: Gatherer) -> None:
    def talk(tx: Tx) -> tuple[str, str]:
        here, message, _ = asked_bot(tx, "Can you engrave it?", "v1", {"outcome": "asked", "failures": 1})
        record(tx, Missed(AskedIn.BOT, "en", "Can you engrave it?", here, message=message))  # type: ignore[arg-type]
        best = agent_replied(tx, here, "Dear Mrs Jones,\nyes, for 5 euros. Write to ada@shop.example.")
        other, second, _ = asked_bot(tx, "Engraving?", "v2", {"outcome": "asked", "failures": 1})
        record(tx, Missed(AskedIn.BOT, "en", "Engraving?", other, message=second))  # type: ignore[arg-type]
        worse = agent_replied(
            tx, other, "No idea, sorry, but I shall ask somebody who might know.", status="open"
        )
        return best, worse

    best, worse = await world.db.run(talk)
    await gather(world, gatherer)
    (one,) = await world.db.read(clusters)
    made = await world.db.run(draft, await world.db.read(words_for, one), 1, ADA)
    article = await world.db.read(library.get, made)
    content = article.editions["en"].draft
    assert content is not None
    first, second = content.content.body.split("\n\n---\n\n")
    assert first == "Dear […],\nyes, for 5 euros. Write to [✉]."
    assert "No idea" in second
    found = await world.db.read(sources, made)
    assert {each.message for each in found["en"]} == {best, worse}


async def test_a_link_to_an_article_that_has_the_questions_is_watched_at_once(
    world: World, gatherer: Gatherer
) -> None:
    await ask(world, "Engraving?")
    await gather(world, gatherer)
    (one,) = await world.db.read(clusters)
    article = await world.db.run(an_article, "Engraving?")
    asked = await world.db.read(words_for, one)
    assert await world.db.run(answered_here, asked, 1, article, ADA) is None
    assert (await world.db.read(use.find, one)).state is State.WATCHING
    other = await world.db.run(an_article, "Something else")
    assert await world.db.run(answered_here, asked, 3, other, ADA) == 2

    def language(tx: Tx) -> ArticleId:
        return library.create(tx, "zh", Content("刻字", "可以。"), author=ADA).id

    from core.errors import Conflict  # noqa: PLC0415

    with pytest.raises(Conflict):
        await world.db.run(answered_here, asked, 4, await world.db.run(language), ADA)


async def test_what_was_asked_in_an_erased_conversation_goes(world: World, gatherer: Gatherer) -> None:
    from knowledge.loop.keeping import forget_conversations  # noqa: PLC0415

    one, article = await watched(world, gatherer)
    here = await world.db.run(ask_bot, "engrave mine", "v1", article, 1, "handed_off")
    await gather(world, gatherer)
    assert await world.db.run(forget_conversations, [here]) == 1
    texts = await world.db.read(lambda tx: list(tx.conn.execute(select(gap.c.text)).scalars()))
    assert "engrave mine" not in texts
    assert (await world.db.read(use.find, one)).label == ""
