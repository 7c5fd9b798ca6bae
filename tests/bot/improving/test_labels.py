"""Misunderstood texts are kept redacted, shown once each, and labelled by somebody who can take it back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.improving.contract import Kept, MisreadPage, Wanted
from bot.improving.exchange import bring_in
from bot.improving.labels import examples, label, labels_of, undo
from bot.improving.misread import Why
from bot.improving.sameness import key_of
from bot.improving.turns import forget_old, page
from core.errors import Conflict, NotFound
from core.ids import AgentId
from core.store.tables.improving import bot_label, bot_misread
from core.store.tx import Tx
from tests.bot.improving.test_examples import an_example
from tests.bot.improving.turns import hear, misread
from tests.builders import World

pytestmark = pytest.mark.served

ADA, BOB = AgentId("ada"), AgentId("bob")


async def shown(world: World, wanted: Wanted | None = None) -> MisreadPage:
    return await world.db.read(page, wanted or Wanted())


async def test_a_misunderstood_text_is_kept_redacted_with_what_was_guessed(world: World) -> None:
    event = await misread(world, "Where is 12345678?")
    (kept,) = (await shown(world)).items
    assert (kept.text, kept.language, kept.times, kept.why) == ("Where is [#]?", "en", 1, Why.UNSURE)
    assert (kept.intent, kept.confidence, kept.conversation) == ("ask_knowledge", 0.4, event.conversation)
    assert [each.intent for each in kept.ranking] == ["ask_knowledge", "greet"]


async def test_what_was_understood_is_not_kept(world: World) -> None:
    await misread(world, "How do I pay?", confidence=0.9)
    assert (await shown(world)).total == 0


async def test_the_same_text_is_shown_once_with_how_often_it_came(world: World) -> None:
    for text in ("Where is 12345678?", "where is 87654321", "Engrave it?"):
        await misread(world, text)
    found = await shown(world)
    assert found.total == 2
    assert sorted(each.times for each in found.items) == [1, 2]


async def test_a_turn_is_kept_once_and_what_comes_later_only_weighs_more(world: World) -> None:
    first = await misread(world, "Engrave it?", visitor="v")
    await hear(world, first)
    await misread(world, "No", visitor="v", intent="not_helped", outcome="asked", failures=1, confidence=0.9)
    (kept,) = (await shown(world)).items
    assert (kept.times, kept.why) == (1, Why.NOT_HELPED)


async def test_what_says_nothing_once_redacted_is_not_kept(world: World) -> None:
    await misread(world, "12345678")
    assert (await shown(world)).total == 0


async def test_they_are_narrowed_and_paged(world: World) -> None:
    await misread(world, "Engrave it?")
    await misread(world, "能刻字吗？", language="zh", intent="nlu_fallback")
    assert (await shown(world, Wanted(language="zh"))).total == 1
    assert (await shown(world, Wanted(why=Why.FALLBACK))).total == 1
    assert (await shown(world, Wanted(intent="ask_knowledge"))).total == 1
    first, second = (await shown(world, Wanted(limit=1))), (await shown(world, Wanted(limit=1, offset=1)))
    assert (first.total, len(first.items), len(second.items)) == (2, 1, 1)
    assert first.items[0].key != second.items[0].key
    assert (first.intents, first.languages) == (("ask_knowledge", "nlu_fallback"), ("en", "zh"))


async def test_a_labelled_text_is_an_example_and_no_longer_open(world: World) -> None:
    await misread(world, "Engrave it?")
    key = key_of("Engrave it?") or ""
    made = await world.db.run(label, key, "price", ADA)
    assert (made.intent, made.by) == ("price", "Ada")
    assert (await shown(world)).total == 0
    (kept,) = (await shown(world, Wanted(kept=Kept.LABELLED))).items
    assert kept.label == made
    (learned,) = await world.db.read(examples, 10)
    assert (learned.text, learned.intent) == ("Engrave it?", "price")


async def test_not_for_training_is_a_label_and_no_example(world: World) -> None:
    await misread(world, "Engrave it?")
    await world.db.run(label, key_of("Engrave it?") or "", None, ADA)
    assert (await shown(world)).total == 0
    assert await world.db.read(examples, 10) == []


async def test_a_label_is_taken_back_to_what_it_was_before(world: World) -> None:
    await misread(world, "Engrave it?")
    key = key_of("Engrave it?") or ""
    first = await world.db.run(label, key, "price", ADA)
    second = await world.db.run(label, key, "greet", BOB)
    back = await world.db.run(undo, second.id or "", BOB)
    assert back == first
    assert await world.db.run(undo, first.id or "", BOB) is None
    assert (await shown(world)).total == 1
    assert await world.db.read(labels_of, [key]) == {}


async def test_who_labelled_it_since_is_not_undone_by_mistake(world: World) -> None:
    await misread(world, "Engrave it?")
    key = key_of("Engrave it?") or ""
    first = await world.db.run(label, key, "price", ADA)
    await world.db.run(label, key, "greet", BOB)
    with pytest.raises(Conflict):
        await world.db.run(undo, first.id or "", BOB)
    with pytest.raises(NotFound):
        await world.db.run(undo, "nobody", BOB)


async def test_who_labelled_and_when_stays_known(world: World) -> None:
    await misread(world, "Engrave it?")
    made = await world.db.run(label, key_of("Engrave it?") or "", "price", ADA)
    await world.db.run(undo, made.id or "", BOB)

    def history(tx: Tx) -> list[tuple[str, str]]:
        rows = tx.conn.execute(select(bot_label)).all()
        return [(row.labelled_by_id, row.undone_by_id) for row in rows]

    assert await world.db.read(history) == [("ada", "bob")]


async def test_a_text_that_nobody_kept_cannot_be_labelled(world: World) -> None:
    with pytest.raises(NotFound):
        await world.db.run(label, "nothing", "price", ADA)


async def test_old_texts_are_forgotten_and_their_examples_stay(world: World) -> None:
    await misread(world, "Engrave it?")
    await world.db.run(label, key_of("Engrave it?") or "", "price", ADA)
    world.clock.forward(timedelta(days=366).total_seconds())
    assert await world.db.run(forget_old, 365, 10) == 1
    assert await world.db.read(lambda tx: tx.conn.execute(select(bot_misread)).all()) == []
    assert len(await world.db.read(examples, 10)) == 1


async def test_brought_examples_do_not_change_what_is_here(world: World) -> None:
    await misread(world, "Engrave it?")
    await world.db.run(label, key_of("Engrave it?") or "", "price", ADA)
    new = [an_example("engrave IT", "greet"), an_example("hello", "greet"), an_example("hello", "thank")]
    new += [an_example("bye", "goodbye")]
    tried = await world.db.run(bring_in, new, trial=True)
    assert len(await world.db.read(examples, 10)) == 1
    done = await world.db.run(bring_in, new, trial=False)
    assert done == tried
    assert (done.new, done.known) == (1, 0)
    assert {(each.text, each.ours, each.theirs) for each in done.clashes} == {
        ("hello", "greet", "thank"),
        ("engrave IT", "price", "greet"),
    }
    assert {each.intent for each in await world.db.read(examples, 10)} == {"price", "goodbye"}
    assert (await world.db.run(bring_in, new, trial=False)).known == 1
