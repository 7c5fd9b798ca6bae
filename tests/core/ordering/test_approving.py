"""A person grants or declines a refund once, within what they may, and the customer hears of it where they asked."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from core.errors import Forbidden, NotFound
from core.ids import AgentId, ConversationId, OrderRequestId
from core.lifecycle import close
from core.merging import prove_point
from core.order import AwaitsApproval, OrderState, Refund
from core.ordering.approving import Told, Verdict, decide
from core.ordering.changing import carry_out
from core.ordering.importing import put_orders
from core.receive import receive_message
from core.store.conversations import get_conversation, peek_conversation
from core.store.tables.conversation import message
from core.store.tables.orders import order_request, order_step
from core.store.tx import Tx
from tests.builders import World, an_inbound
from tests.core.ordering.shop import NUMBER, OLIVE, SETTINGS, an_order, asks, who

pytestmark = pytest.mark.served

GRANTED = Verdict(True, "Sorry for the trouble", AgentId("bob"), administers=False)
DECLINED = replace(GRANTED, accepted=False, reason="It is older than two years")


async def asked(
    world: World, *, amount: int | None = 5000, by: str | None = None, proven: bool = True
) -> tuple[OrderRequestId, ConversationId]:
    """Olive writes in the widget, proves her address, and asks for money back."""
    await world.db.run(put_orders, [an_order(state=OrderState.DELIVERED)])
    conversation = (await world.db.run(receive_message, an_inbound())).conversation
    contact = (await world.db.read(peek_conversation, conversation)).contact
    if proven:
        await world.db.run(lambda tx: prove_point(tx, contact, "email", OLIVE, how="code"))
    agent = None if by is None else AgentId(by)
    instruction = asks(conversation=conversation, by=agent)
    customer = who(contact) if proven else None
    wish = Refund("It flickers", amount)
    result = await world.db.run(carry_out, NUMBER, customer, instruction, wish, SETTINGS)
    assert result == AwaitsApproval()
    request = await world.db.read(lambda tx: tx.conn.execute(select(order_request.c.id)).scalar_one())
    return OrderRequestId(request), conversation


def words(told: Told, language: str | None) -> str:
    return f"{told.number} {'yes' if told.accepted else 'no'} {told.amount} {told.currency} {told.reason}"


def said(tx: Tx) -> list[tuple[str, str]]:
    rows = select(message.c.author, message.c.text).where(message.c.kind == "reply").order_by(message.c.n)
    return [(row.author, row.text) for row in tx.conn.execute(rows)]


def states(tx: Tx) -> list[tuple[str, str | None]]:
    return [
        (row.state, row.decided_by_id)
        for row in tx.conn.execute(select(order_request.c.state, order_request.c.decided_by_id))
    ]


@pytest.mark.parametrize(
    ("verdict", "state", "step", "text"),
    [
        (GRANTED, "accepted", "refund_accepted", "LL-10234 yes 5000 EUR Sorry for the trouble"),
        (DECLINED, "declined", "refund_declined", "LL-10234 no 5000 EUR It is older than two years"),
    ],
)
async def test_the_customer_is_told_what_was_decided(
    world: World, verdict: Verdict, state: str, step: str, text: str
) -> None:
    request, _ = await asked(world)
    assert await world.db.run(decide, request, verdict, SETTINGS, words)
    assert await world.db.read(states) == [(state, "bob")]
    assert await world.db.read(said) == [("system", text)]
    kinds = await world.db.read(lambda tx: tx.conn.execute(select(order_step.c.kind)).scalars().all())
    assert kinds[-1] == step


async def test_it_is_decided_once(world: World) -> None:
    request, _ = await asked(world)
    results = await asyncio.gather(
        *(world.db.run(decide, request, verdict, SETTINGS, words) for verdict in (GRANTED, DECLINED) * 3),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in results) == ["Conflict"] * 5 + ["bool"]
    assert len(await world.db.read(said)) == 1


async def test_nobody_grants_what_they_asked_for_themselves(world: World) -> None:
    request, _ = await asked(world, by="bob")
    with pytest.raises(Forbidden) as refused:
        await world.db.run(decide, request, GRANTED, SETTINGS, words)
    assert refused.value.code == "own_request"
    assert await world.db.read(states) == [("waiting", None)]
    alone = replace(SETTINGS, two_persons=False)
    assert await world.db.run(decide, request, GRANTED, alone, words)


async def test_who_asked_may_take_it_back(world: World) -> None:
    request, _ = await asked(world, by="bob")
    assert await world.db.run(decide, request, DECLINED, SETTINGS, words)


async def test_beyond_the_limit_an_administrator_grants(world: World) -> None:
    request, _ = await asked(world, amount=5001)
    settings = replace(SETTINGS, approve_up_to=5000)
    with pytest.raises(Forbidden) as refused:
        await world.db.run(decide, request, GRANTED, settings, words)
    assert refused.value.code == "above_limit"
    assert await world.db.run(decide, request, replace(GRANTED, administers=True), settings, words)


async def test_a_limit_is_not_passed_in_parts(world: World) -> None:
    request, _ = await asked(world, amount=3000)
    settings = replace(SETTINGS, approve_up_to=5000)
    assert await world.db.run(decide, request, GRANTED, settings, words)
    again, rest = asks("k2"), Refund("It flickers still", 2001)
    assert await world.db.run(carry_out, NUMBER, None, again, rest, SETTINGS) == AwaitsApproval()
    waits = select(order_request.c.id).where(order_request.c.state == "waiting")
    second = OrderRequestId(await world.db.read(lambda tx: tx.conn.execute(waits).scalar_one()))
    with pytest.raises(Forbidden) as refused:
        await world.db.run(decide, second, GRANTED, settings, words)
    assert refused.value.code == "above_limit"
    assert not await world.db.run(decide, second, replace(DECLINED, administers=True), settings, words)


async def test_up_to_the_limit_others_grant(world: World) -> None:
    request, _ = await asked(world, amount=5000)
    assert await world.db.run(decide, request, GRANTED, replace(SETTINGS, approve_up_to=5000), words)


async def test_where_nobody_may_write_any_more_it_is_decided_without_a_word(world: World) -> None:
    request, conversation = await asked(world)
    await world.db.run(lambda tx: close(tx, get_conversation(tx, conversation)))
    assert not await world.db.run(decide, request, GRANTED, SETTINGS, words)
    assert await world.db.read(states) == [("accepted", "bob")]
    assert await world.db.read(said) == []


async def test_nothing_is_said_in_a_conversation_of_somebody_whom_the_order_is_not_proven_to_be(
    world: World,
) -> None:
    request, _ = await asked(world, by="ada", proven=False)
    assert not await world.db.run(decide, request, GRANTED, SETTINGS, words)
    assert await world.db.read(said) == []


async def test_what_was_never_asked_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await world.db.run(decide, OrderRequestId("made-up"), GRANTED, SETTINGS, words)
