"""Reports know how long the first answer took, whoever gave it."""

from datetime import timedelta

from sqlalchemy import update

from core.ids import MessageId
from core.message import Text
from core.reply import add_note
from core.store.tables.conversation import message
from core.store.tx import Tx
from routing.first_answers import FirstAnswer, first_answers
from tests.builders import MORNING
from tests.routing.center import ADA, Center

DAY = timedelta(days=1)


def change(tx: Tx, said: MessageId, column: str, value: str) -> None:
    tx.conn.execute(update(message).where(message.c.id == said).values({column: value}))


async def found(center: Center) -> list[tuple[float | None, str | None]]:
    answers = await center.db.read(first_answers, MORNING, MORNING + DAY)
    return [(each.seconds(), each.by) for each in answers]


async def test_the_first_answer_counts_whoever_gave_it_and_a_note_is_none(center: Center) -> None:
    one, two = await center.given("v1"), await center.given("v2")
    conversation, other = one.conversation, two.conversation
    center.world.clock.forward(5)
    await center.db.run(add_note, conversation, ADA, (Text("Who is this?"),), "n1")
    center.world.clock.forward(5)
    await center.reply(one.agent, conversation)
    center.world.clock.forward(5)
    await center.reply(one.agent, conversation)
    assert await found(center) == [(10, "agent"), (None, None)]
    center.world.clock.forward(5)
    said = await center.reply(two.agent, other)
    await center.db.run(change, said.id, "author", "bot")
    assert await found(center) == [(10, "agent"), (20, "bot")]


async def test_what_never_left_is_no_answer(center: Center) -> None:
    given = await center.given("v1")
    center.world.clock.forward(5)
    failed = await center.reply(given.agent, given.conversation)
    await center.db.run(change, failed.id, "delivery", "failed")
    center.world.clock.forward(5)
    assert await found(center) == [(None, None)]
    await center.reply(given.agent, given.conversation)
    assert await found(center) == [(10, "agent")]


async def test_only_conversations_that_began_in_that_time_are_told(center: Center) -> None:
    conversation = await center.write("v1")
    for since, until, told in (
        (MORNING, MORNING + DAY, 1),
        (MORNING - DAY, MORNING, 0),
        (MORNING + DAY, MORNING + DAY * 2, 0),
    ):
        answers = await center.db.read(first_answers, since, until)
        assert [each.conversation for each in answers] == [conversation] * told
    assert FirstAnswer(conversation, MORNING, None, None).seconds() is None
