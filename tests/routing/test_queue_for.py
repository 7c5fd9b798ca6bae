"""Where the bot's hand-over goes, from the queues as they are set up."""

import pytest
from sqlalchemy import update

from core.answer import Handoff
from core.conversation import InQueue
from core.ids import AgentId, QueueId
from core.lifecycle import hand_off
from core.receive import receive_message
from core.store.conversations import get_conversation
from core.store.tables import people
from core.store.tx import Tx
from routing.route import choice_for, queue_for
from tests.builders import a_queue, an_inbound
from tests.routing.center import ADA, Center, join

HOME, CHINESE = QueueId("general"), QueueId("chinese")


def two_languages(tx: Tx) -> None:
    """The inbox's queue speaks English, another one Chinese."""
    tx.conn.execute(update(people.queue).where(people.queue.c.id == HOME).values(languages=("en",)))
    a_queue(tx, CHINESE, languages=("zh",))
    join(tx, ADA, CHINESE)
    tx.conn.execute(update(people.inbox).values(bot=True))


@pytest.mark.parametrize(
    ("language", "queue"), [("zh", CHINESE), ("zh-Hans", CHINESE), ("en", HOME), ("fi", HOME), (None, HOME)]
)
async def test_a_hand_over_goes_where_its_language_is_spoken(
    center: Center, language: str | None, queue: QueueId
) -> None:
    await center.db.run(two_languages)
    conversation = (await center.db.run(receive_message, an_inbound())).conversation
    handoff = Handoff("asked_for_person", "Wants a person.", language=language)

    def work(tx: Tx) -> None:
        turn = get_conversation(tx, conversation).turn
        hand_off(tx, conversation, turn, handoff, queue=queue_for(tx, conversation, handoff))

    await center.db.run(work)
    assert (await center.conversation(conversation)).handler == InQueue(queue)
    await center.settle()
    offer = await center.offer()
    assert queue == HOME or offer.agent == AgentId("ada")


async def test_the_rule_that_decided_is_named(center: Center) -> None:
    await center.db.run(two_languages)
    conversation = (await center.db.run(receive_message, an_inbound())).conversation
    choice = await center.db.read(choice_for, conversation, Handoff("asked", "", language="zh"))
    assert (choice.queue, choice.rule) == (CHINESE, "language:Chinese")
