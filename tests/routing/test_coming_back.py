"""What the bot brings back goes to the agent who wanted it, while they are at work and have room."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import delete, select, update

from core import lifecycle
from core.agent import PresenceState
from core.answer import Handoff
from core.conversation import AssignedTo, Cause, InQueue
from core.ids import ConversationId, QueueId
from core.store.conversations import get_conversation, peek_conversation
from core.store.forms import StoredRequirement
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.handing import bot_errand
from core.store.tables.people import agent, queue, queue_member
from core.store.tx import Tx
from routing import ledger
from routing.queue import ComingBackSettings
from tests.routing.center import ADA, BOB, Center, a_center, learn


async def came_back(center: Center, **ada: object) -> tuple[ConversationId, bool]:
    """A conversation that ada sent to the bot, with ada as they are now."""
    conversation = await center.waits()

    def work(tx: Tx) -> bool:
        held = ledger.take(tx, ADA, conversation)
        away = lifecycle.to_bot(tx, held, by=ADA)
        tx.conn.execute(update(agent).where(agent.c.id == ADA).values(**ada))
        told = Handoff("errand_done", "")
        lifecycle.hand_off(tx, conversation, away.turn, told, queue=QueueId("general"), cause=Cause.CAME_BACK)
        return ledger.come_back(tx, conversation, ADA)

    return conversation, await center.db.run(work)


@pytest.mark.parametrize("presence", ["available", "busy"])
async def test_whoever_is_at_work_and_has_room_holds_it_again(center: Center, presence: str) -> None:
    conversation, back = await came_back(center, presence=presence)
    assert back
    await center.settle()
    assert (await center.conversation(conversation)).handler == AssignedTo(ADA)
    assert (await center.db.read(lambda tx: peek_conversation(tx, conversation))).last_agent == ADA


@pytest.mark.parametrize("ada", [{"presence": "away"}, {"presence": "offline"}, {"capacity": 0}])
async def test_for_whoever_is_away_or_full_it_waits_in_the_queue(
    center: Center, ada: dict[str, object]
) -> None:
    conversation, back = await came_back(center, **ada)
    assert not back
    assert (await center.conversation(conversation)).handler == InQueue(QueueId("general"))


async def brought_back(center: Center, meanwhile: Callable[[Tx], None] = lambda _: None) -> ConversationId:
    """What the bot got for ada comes back while she has no room: others came to her meanwhile."""
    conversation = await center.waits("errand")
    await center.accept_only(conversation)
    sent = await center.db.run(_sent, conversation)
    for number in range(3):
        await center.waits(f"other{number}")
        await center.accept(await center.offer())
    await center.pass_time(600)
    await center.db.run(meanwhile)
    await center.db.run(_brought, conversation, sent)
    await center.settle()
    assert (await center.conversation(conversation)).handler == InQueue(QueueId("general"))
    return conversation


def _sent(tx: Tx, conversation: ConversationId) -> int:
    turn = lifecycle.to_bot(tx, get_conversation(tx, conversation), by=ADA).turn
    row = {"id": "e1", "conversation_id": conversation, "turn": turn, "kind": "photo", "question": None}
    row |= {"by_id": ADA, "queue_id": "general", "created_at": tx.now}
    tx.conn.execute(bot_errand.insert().values(**row))
    return turn


def _brought(tx: Tx, conversation: ConversationId, turn: int) -> None:
    told = Handoff("errand_done", "")
    lifecycle.hand_off(tx, conversation, turn, told, queue=QueueId("general"), cause=Cause.CAME_BACK)
    tx.conn.execute(update(bot_errand).values(ended="errand_done", ended_at=tx.now))
    assert not ledger.come_back(tx, conversation, ADA)


@pytest.fixture
async def alone(sqlite_address: str) -> AsyncIterator[Center]:
    """Ada is the only one at work; Bob comes later."""
    async with a_center(sqlite_address) as center:
        await center.presence(BOB, PresenceState.AWAY)
        yield center


async def test_for_whoever_is_full_it_is_kept_until_they_have_room_again(alone: Center) -> None:
    conversation = await brought_back(alone)
    await alone.presence(BOB, PresenceState.AVAILABLE)
    assert await alone.offers() == []
    held = next(each for each in await alone.db.read(_held) if each != conversation)
    await alone.resolve(held)
    offer = await alone.offer()
    assert (offer.agent, offer.conversation) == (ADA, conversation)


async def test_after_its_head_start_anybody_may_have_it(alone: Center) -> None:
    conversation = await brought_back(alone)
    await alone.presence(BOB, PresenceState.AVAILABLE)
    await alone.pass_time(ComingBackSettings().head_start_s - 1)
    assert await alone.offers() == []
    await alone.pass_time(2)
    offer = await alone.offer()
    assert (offer.agent, offer.conversation) == (BOB, conversation)


@pytest.mark.parametrize("left", ["her queue", "for a break", "the skill", "all her room"])
async def test_it_is_kept_for_nobody_who_could_not_be_offered_it(alone: Center, left: str) -> None:
    def leave(tx: Tx) -> None:
        match left:
            case "her queue":
                tx.conn.execute(delete(queue_member).where(queue_member.c.agent_id == ADA))
            case "for a break":
                tx.conn.execute(update(agent).where(agent.c.id == ADA).values(presence="away"))
            case "the skill":
                learn(tx, BOB, "lamps", 5)
                asked = (StoredRequirement("lamps", 3, None),)
                tx.conn.execute(update(queue).where(queue.c.id == "general").values(requirements=asked))
            case _:
                tx.conn.execute(update(agent).where(agent.c.id == ADA).values(capacity=0))

    conversation = await brought_back(alone, leave)
    await alone.presence(BOB, PresenceState.AVAILABLE)
    offer = await alone.offer()
    assert (offer.agent, offer.conversation) == (BOB, conversation)


def _held(tx: Tx) -> list[ConversationId]:
    held = select(conversation_table.c.id).where(conversation_table.c.agent_id == ADA)
    return [ConversationId(each) for each in tx.conn.execute(held).scalars()]
