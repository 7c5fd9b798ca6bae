"""Interruptible work yields: what is not interruptible does not see it."""

import pytest

from core import lifecycle
from core.agent import PresenceState
from core.errors import Conflict
from core.ids import ConversationId
from core.receive import receive_message
from core.store.conversations import get_conversation
from core.store.tables import people
from core.store.tx import Tx
from routing import ledger
from tests.builders import an_inbound, an_inbox
from tests.routing.center import ADA, BOB, Center


async def test_mail_fills_what_chats_leave_but_a_chat_comes_through_beside_it(center: Center) -> None:
    await center.presence(BOB, PresenceState.OFFLINE)
    await center.change_agent(ADA, capacity=2)
    await center.db.run(mail_yields)
    for number in (1, 2):
        await center.accept_only(await mailed(center, number))
    third = await mailed(center, 3)
    assert await center.offers() == [], "mail sees the load of mail"
    chats = [await center.write(f"v{number}") for number in range(3)]
    for chat in chats[:2]:
        await center.db.run(ledger.take, ADA, chat)
    with pytest.raises(Conflict) as refused:
        await center.db.run(ledger.take, ADA, chats[2])
    assert refused.value.code == "at_capacity", "chats see the load of chats"
    assert await both(center) == (4, 2)
    await center.db.run(lambda tx: lifecycle.resolve(tx, get_conversation(tx, chats[0])))
    assert await both(center) == (3, 2)
    with pytest.raises(Conflict):
        await center.db.run(ledger.take, ADA, third)


async def test_declined_expired_and_cancelled_offers_give_back_the_part_that_yields(center: Center) -> None:
    await center.presence(BOB, PresenceState.OFFLINE)
    await center.db.run(mail_yields)
    await mailed(center, 1)
    assert await both(center) == (1, 1)
    await center.decline(await center.offer())
    assert await both(center) == (0, 0)
    await center.presence(ADA, PresenceState.OFFLINE)
    await center.presence(ADA, PresenceState.AVAILABLE)
    second = await mailed(center, 2)
    assert await both(center) == (1, 1)
    await center.presence(ADA, PresenceState.OFFLINE)
    assert await both(center) == (0, 0)
    await center.presence(ADA, PresenceState.BUSY)
    await center.db.run(ledger.take, ADA, second)
    assert await both(center) == (1, 1)
    await center.wait_for_customer(second)
    assert await both(center) == (0, 0)


async def both(center: Center) -> tuple[int, int]:
    row = await center.agent(ADA)
    return row.load, row.yielding


def mail_yields(tx: Tx) -> None:
    an_inbox(tx, "post", bot=False)
    row = people.inbox.c.id == "post"
    tx.conn.execute(people.inbox.update().where(row).values(interruptible=True))


async def mailed(center: Center, number: int) -> ConversationId:
    inbound = an_inbound("Dear all", visitor=f"m{number}", inbox="post")
    conversation = (await center.db.run(receive_message, inbound)).conversation
    await center.settle()
    return conversation
