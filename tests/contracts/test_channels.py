"""What every channel passes, without exception; see channels/contract.py for the same in words."""

import inspect
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from channels.contract import Outgoing
from core.errors import Invalid, Unavailable, Undeliverable
from core.ids import ConversationId, InboxId, MessageId
from core.message import Buttons, DeliveryState, Option, Text
from core.store.conversations import get_inbox, peek_conversation
from core.store.messages import get_message
from core.store.tables.conversation import message as message_table
from core.store.tx import Tx
from tests.channels.shop import Shop, a_shop
from tests.contracts.channels import DRIVERS, Driver, channel_of


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """The channels on a database of their own, served on loopback."""
    async with a_shop(tmp_path) as made:
        yield made


@pytest.fixture(params=sorted(DRIVERS))
def driver(request: pytest.FixtureRequest, shop: Shop) -> Driver:
    """Each channel in turn."""
    return DRIVERS[request.param](shop)


def inbound(tx: Tx) -> list[tuple[str, str]]:
    """Conversation and text of everything that came in, in order."""
    rows = tx.conn.execute(
        select(message_table).where(message_table.c.kind == "inbound").order_by(message_table.c.id)
    )
    return [(row.conversation_id, row.text) for row in rows]


async def stored(shop: Shop) -> list[tuple[str, str]]:
    return await shop.world.db.read(inbound)


async def state_of(shop: Shop, message: MessageId) -> DeliveryState | None:
    found = await shop.world.db.read(get_message, message)
    return None if found.delivery is None else found.delivery.state


async def test_a_message_from_outside_is_stored_when_it_is_confirmed(shop: Shop, driver: Driver) -> None:
    await driver.deliver("first")
    assert [text for _, text in await stored(shop)] == ["Where is my parcel?"]


async def test_the_same_message_again_changes_nothing(shop: Shop, driver: Driver) -> None:
    await driver.deliver("first")
    await driver.deliver("first")
    assert len(await stored(shop)) == 1


async def test_one_persons_messages_are_one_conversation_and_anothers_are_not(
    shop: Shop, driver: Driver
) -> None:
    for name in ("first", "second", "other_person"):
        await driver.deliver(name)
    first, second, other = (conversation for conversation, _ in await stored(shop))
    assert first == second != other


async def test_what_cannot_be_taken_is_refused_with_the_field_and_not_stored(
    shop: Shop, driver: Driver
) -> None:
    with pytest.raises(Invalid) as refused:
        await driver.deliver("malformed")
    assert refused.value.field
    assert refused.value.expected
    assert await stored(shop) == []


async def test_a_reply_reaches_the_person_and_is_marked_as_sent(shop: Shop, driver: Driver) -> None:
    await driver.deliver("first")
    conversation = (await stored(shop))[0][0]
    reply = await shop.answer(conversation, "On its way.")
    assert await driver.seen(1) == ["On its way."]
    assert await state_of(shop, reply.id) is DeliveryState.SENT


async def test_a_repeat_is_harmless_where_the_channel_says_so(shop: Shop, driver: Driver) -> None:
    channel = channel_of(shop, driver)
    await driver.deliver("first")
    conversation = (await stored(shop))[0][0]
    reply = await shop.answer(conversation, "Once.")
    assert await driver.seen(1) == ["Once."]

    def again(tx: Tx) -> Outgoing:
        known = peek_conversation(tx, ConversationId(conversation))
        inbox = get_inbox(tx, known.inbox)
        return Outgoing(reply.id, known.id, inbox, known.thread_key, known.thread_key, (Text("Once."),))

    if channel.capabilities.repeats_harmless:
        await channel.send(await shop.world.db.read(again))
    await shop.answer(conversation, "Twice.", key="r2")
    assert await driver.seen(2) == ["Once.", "Twice."]


async def test_choices_reach_the_person_in_a_form_that_the_channel_has(shop: Shop, driver: Driver) -> None:
    await driver.deliver("first")
    conversation = (await stored(shop))[0][0]
    await shop.answer(conversation, "Which?", Buttons((Option("a", "This", "/a"), Option("b", "That", "/b"))))
    if channel_of(shop, driver).capabilities.buttons:
        assert await driver.seen(2) == ["Which?", "buttons"]
    else:
        assert await driver.seen(1) == ["Which?\n\n1. This\n2. That"]


async def test_a_reply_waits_while_the_provider_is_down_and_fails_when_it_says_never(
    shop: Shop, driver: Driver
) -> None:
    await driver.deliver("first")
    conversation = (await stored(shop))[0][0]
    for key, error, state in (
        ("r1", Unavailable("down"), DeliveryState.QUEUED),
        ("r2", Undeliverable("never"), DeliveryState.FAILED),
    ):
        expected = state if driver.fail_with(error) else DeliveryState.SENT
        reply = await shop.answer(conversation, key, key=key)
        assert await state_of(shop, reply.id) is expected
        driver.fail_with(None)
        shop.world.clock.forward(20)
        await shop.world.relay.drain()


async def test_a_configuration_is_checked_with_the_field_named(shop: Shop, driver: Driver) -> None:
    channel = channel_of(shop, driver)
    channel.check(driver.config)
    field, config = driver.bad_config
    with pytest.raises(Invalid) as refused:
        channel.check(config)
    assert refused.value.field == field


async def test_an_inbox_that_is_switched_off_sends_nothing(shop: Shop, driver: Driver) -> None:
    await driver.deliver("first")
    conversation = (await stored(shop))[0][0]
    reply = await shop.queue(conversation, "Hello?")
    await shop.switch_off(InboxId(driver.inbox))
    await shop.world.relay.drain()
    assert await state_of(shop, reply.id) is DeliveryState.FAILED


def test_the_folder_holds_what_every_channels_folder_holds(shop: Shop, driver: Driver) -> None:
    folder = Path(inspect.getfile(type(channel_of(shop, driver)))).parent
    assert {"README.md", "adapter.py", "wire.py"} <= {path.name for path in folder.iterdir()}


def test_every_channel_is_in_the_suite(shop: Shop) -> None:
    assert set(shop.part.channels) == set(DRIVERS)
    assert all(kind == channel.kind for kind, channel in shop.part.channels.items())
