"""What a visitor began at another server opens in their tabs here when it is found or told, and in nobody else's."""

import asyncio

from channels.live.begun import Begun
from channels.live.following import BEGAN, visitor_topic
from core.bus import Transient
from core.events import KNOWLEDGE_TOPIC, Topic, conversation_topic
from core.ids import ConversationId
from core.lifecycle import close
from core.receive import receive_message
from core.store.conversations import get_conversation
from core.store.tx import Tx
from tests.builders import an_inbound
from tests.channels.shop import Shop, Visitor


async def began_elsewhere(shop: Shop, visitor: Visitor, text: str) -> Topic:
    """No tab is told."""
    inbound = an_inbound(text, key=text, visitor=str(visitor.welcome["visitor"]))
    return conversation_topic((await shop.world.db.run(receive_message, inbound)).conversation)


async def shown(tab: Visitor) -> None:
    """Until it has a message. There is always something else to hear."""
    async with asyncio.timeout(60):
        await tab.event("message")


def begun(shop: Shop) -> Begun:
    return Begun(shop.world.db, shop.world.bus, shop.part.live.followers, shop.world.supervisor)


async def test_it_opens_in_every_tab_of_theirs_and_in_nobody_elses(shop: Shop) -> None:
    one, stranger = await shop.visit(), await shop.visit()
    other = await shop.visit(session=one.session)
    topic = await began_elsewhere(shop, one, "Hello")
    assert await one.silent()
    await begun(shop).look([KNOWLEDGE_TOPIC, topic])
    for tab in (one, other):
        await shown(tab)
        assert tab.texts == ["Hello"]
    assert await stranger.silent()


async def test_what_is_over_already_opens_nowhere_and_the_next_one_does(shop: Shop) -> None:
    visitor = await shop.visit()
    over = await began_elsewhere(shop, visitor, "Hello")

    def end(tx: Tx) -> None:
        close(tx, get_conversation(tx, ConversationId(over.partition(":")[2])))

    await shop.world.db.run(end)
    await begun(shop).look([over])
    assert await visitor.silent()
    await begun(shop).look([over, await began_elsewhere(shop, visitor, "Hello again")])
    await shown(visitor)
    assert visitor.texts == ["Hello again"]


def told(shop: Shop, visitor: Visitor, **data: object) -> None:
    """By whoever can write to Redis."""
    shop.world.bus.hear(Transient(visitor_topic(str(visitor.welcome["visitor"])), BEGAN, data))


async def test_what_another_server_tells_opens_where_it_is_theirs(shop: Shop) -> None:
    visitor, listens = await shop.visit(), begun(shop)
    topic = await began_elsewhere(shop, visitor, "Hello")
    told(shop, visitor, conversation=topic.partition(":")[2])
    await shown(visitor)
    assert visitor.texts == ["Hello"]
    assert listens is not None


async def test_a_forged_signal_opens_nobodys_conversation(shop: Shop) -> None:
    victim, thief, listens = await shop.visit(), await shop.visit(), begun(shop)
    said = await victim.say("Private")
    own = await thief.say("Mine", key="k2")
    await thief.event("message")
    for data in ({"conversation": said["conversation"]}, {"conversation": 7}, {}):
        told(shop, thief, **data)
    await listens.look([conversation_topic(ConversationId(said["conversation"]))])
    await victim.say("More", key="k3")
    await victim.event("message", 2)
    assert await thief.silent()
    assert thief.texts == ["Mine"]
    assert own["conversation"] != said["conversation"]
