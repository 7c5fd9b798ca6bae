"""A message that only says where somebody can be reached is noted, and gives the bot nothing to answer."""

import pytest
from sqlalchemy import insert, select, update

from core.events import MessageReceived, conversation_topic
from core.ids import ConversationId
from core.store.messages import read_events
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.conversation import message as message_table
from core.store.tx import Tx
from tests.channels.shop import Shop
from tests.contracts.mail import CONFIG


@pytest.fixture
async def goes_on(shop: Shop) -> Shop:
    """The bot answers, and there is a mailbox."""
    await shop.configure("post", **CONFIG)
    await shop.configure("web", mail="post")
    return shop


async def heard(shop: Shop, conversation: str) -> list[bool]:
    """For each message of the visitor, whether the bot has something to answer."""

    def read(tx: Tx) -> list[bool]:
        told = read_events(tx, conversation_topic(ConversationId(conversation)), 0, 100)
        return [not each.event.quiet for each in told if isinstance(each.event, MessageReceived)]

    return await shop.world.db.read(read)


async def test_the_bot_does_not_hear_who_only_leaves_an_address(goes_on: Shop) -> None:
    visitor = await goes_on.visit()
    known = (await visitor.say("Is it in stock?", "k1"))["conversation"]
    await visitor.say("My e-mail is ann@example.net, thanks", "k2")
    await visitor.say("Is ann@example.net the shop's address?", "k3")
    assert await heard(goes_on, known) == [True, False, True]


async def test_the_bot_hears_what_it_asked_for(goes_on: Shop) -> None:
    visitor = await goes_on.visit()
    stored = await visitor.say("Where is my order?", "k1")
    await goes_on.world.db.run(_asks, stored["conversation"], stored["message"])
    await visitor.say("ann@example.net", "k2")
    assert await heard(goes_on, stored["conversation"]) == [True, True]


async def test_what_the_bot_asked_for_is_no_address_to_write_to_unless_people_have_it_meanwhile(
    goes_on: Shop,
) -> None:
    visitor = await goes_on.visit()
    stored = await visitor.say("Cancel my order", "k1")
    known = stored["conversation"]
    await goes_on.world.db.run(_asks, known, stored["message"])
    await visitor.say("ann@example.net", "k2")
    assert await noted(goes_on, known) == []
    here = conversation_table.c.id == known
    await goes_on.world.db.run(
        lambda tx: tx.conn.execute(update(conversation_table).where(here).values(handler="queue"))
    )
    await visitor.say("ann@example.net", "k3")
    assert await noted(goes_on, known) == [
        "We have noted ann@example.net. If you leave, you get our answer there."
    ]


async def test_where_nothing_goes_on_by_mail_the_bot_hears_everything(shop: Shop) -> None:
    visitor = await shop.visit()
    known = (await visitor.say("ann@example.net", "k1"))["conversation"]
    assert await heard(shop, known) == [True]


async def noted(shop: Shop, conversation: str) -> list[str]:
    """What the system said."""
    said = select(message_table.c.text).where(
        message_table.c.conversation_id == conversation, message_table.c.author == "system"
    )
    return await shop.world.db.read(lambda tx: list(tx.conn.execute(said).scalars()))


def _asks(tx: Tx, conversation: str, message: str) -> None:
    tx.conn.execute(
        insert(bot_turn).values(
            id="t1",
            conversation_id=conversation,
            message_id=message,
            turn=1,
            engine="rasa",
            active_form="address_form",
            slots={},
            articles=(),
            outcome="asked",
            failures=0,
            milliseconds=1,
            created_at=tx.now,
        )
    )
