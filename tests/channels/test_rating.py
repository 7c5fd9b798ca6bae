"""How a conversation went, as its requester says it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from channels.live.history import Whose, own_conversations
from channels.live.rating import Rated, rate, rated
from core import lifecycle
from core.contact_events import ConversationRated
from core.conversation import AssignedTo, Conversation
from core.errors import Invalid
from core.events import conversation_topic
from core.ids import AgentId, ConversationId, InboxId
from core.receive import receive_message
from core.store.conversations import get_conversation, peek_conversation
from core.store.messages import read_events
from core.store.tables.conversation import rating
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, an_inbound, sqlite_url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    url = sqlite_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with a_world(url) as made:
        await made.db.run(a_company)
        yield made


async def answered_by_ada(world: World, visitor: str = "v1") -> ConversationId:
    """Ada had it, and it is resolved."""
    known = (await world.db.run(receive_message, an_inbound(visitor=visitor))).conversation
    await world.db.run(_resolve, known, AgentId("ada"))
    return known


async def test_a_score_is_kept_with_who_answered_and_told_once(world: World) -> None:
    known = await answered_by_ada(world)
    for _ in range(2):
        await world.db.run(rate, known, Rated(4, " Quick. "))
    [row] = await world.db.read(_ratings)
    assert (row.score, row.comment, row.agent_id) == (4, "Quick.", "ada")
    assert await world.db.read(_told, known) == [4]


async def test_somebody_may_change_their_mind(world: World) -> None:
    known = await answered_by_ada(world)
    await world.db.run(rate, known, Rated(4))
    await world.db.run(rate, known, Rated(2, "It broke again."))
    [row] = await world.db.read(_ratings)
    assert (row.score, row.comment) == (2, "It broke again.")
    assert await world.db.read(_told, known) == [4, 2]


async def test_what_goes_on_cannot_be_rated(world: World) -> None:
    known = (await world.db.run(receive_message, an_inbound())).conversation
    with pytest.raises(Invalid) as refused:
        await world.db.run(rate, known, Rated(5))
    assert refused.value.code == "not_over"
    assert await world.db.read(_ratings) == []


async def test_each_end_has_a_rating_of_its_own_and_closing_is_no_other_end(world: World) -> None:
    known = await answered_by_ada(world)
    await world.db.run(rate, known, Rated(5))
    await world.db.run(_close, known)
    await world.db.run(rate, known, Rated(4))
    assert [row.score for row in await world.db.read(_ratings)] == [4]

    other = await answered_by_ada(world, "v2")
    await world.db.run(rate, other, Rated(1))
    await world.db.run(receive_message, an_inbound("Still broken", key="again", visitor="v2"))
    assert await world.db.read(_rated, other) is None
    await world.db.run(_resolve, other, AgentId("bob"))
    await world.db.run(rate, other, Rated(3))
    scores = [(row.agent_id, row.score) for row in await world.db.read(_ratings)]
    assert scores == [("ada", 4), ("ada", 1), ("bob", 3)]
    assert await world.db.read(_rated, other) == 3


async def test_their_own_conversations_come_newest_first_on_every_database(world: World) -> None:
    for each in range(3):
        stored = await world.db.run(receive_message, an_inbound(f"No. {each}", key=str(each)))
        await world.db.run(_close, stored.conversation)
        world.clock.forward(60)
    whose = Whose(InboxId("web"), "v1")
    first = await world.db.read(own_conversations, whose, 1)
    second = await world.db.read(own_conversations, whose, 5, first.next)
    assert [each.text for each in (*first.items, *second.items)] == ["No. 2", "No. 1", "No. 0"]


@pytest.mark.parametrize("said", [Rated(0), Rated(6), Rated(3, "x" * 1001)])
async def test_a_score_is_from_1_to_5_and_a_comment_has_an_end(world: World, said: Rated) -> None:
    known = await answered_by_ada(world)
    with pytest.raises(Invalid):
        await world.db.run(rate, known, said)


def _resolve(tx: Tx, known: ConversationId, agent: AgentId) -> Conversation:
    held = lifecycle.change(tx, get_conversation(tx, known), handler=AssignedTo(agent))
    return lifecycle.resolve(tx, held, by=agent)


def _close(tx: Tx, known: ConversationId) -> Conversation:
    return lifecycle.close(tx, get_conversation(tx, known))


def _rated(tx: Tx, known: ConversationId) -> int | None:
    return rated(tx, peek_conversation(tx, known))


def _ratings(tx: Tx) -> list[Any]:
    return list(tx.conn.execute(select(rating).order_by(rating.c.conversation_id, rating.c.resolved_n)))


def _told(tx: Tx, known: ConversationId) -> list[int]:
    """What the requester's stream says of it."""
    told = read_events(tx, conversation_topic(known), 0, 100, visible_only=True)
    return [each.event.score for each in told if isinstance(each.event, ConversationRated)]
