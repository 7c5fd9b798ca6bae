"""The read models on both databases, and how many statements they take."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event, insert, update

from console.auth.sessions import find_session, open_session, revoke_sessions
from console.queries.agents import list_agents
from console.queries.contacts import find_contacts
from console.queries.detail import detail
from console.queries.lists import Wanted, page
from console.queries.setup import list_queues
from console.queries.summaries import mark_seen
from console.settings import PageSettings, SessionSettings
from core.ids import AgentId, ConversationId, MediaId
from core.receive import receive_message
from core.store.tables.conversation import conversation
from core.store.tables.people import queue_member
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, an_inbound, sqlite_url

ADA = AgentId("ada")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """A company without a bot."""
    sqlite = request.param == "sqlite"
    address = sqlite_url(tmp_path) if sqlite else request.getfixturevalue("postgres_url")
    async with a_world(address) as made:
        await made.db.run(a_company, bot=False)
        yield made


async def _conversations(world: World, count: int) -> list[ConversationId]:
    made = []
    for number in range(count):
        world.clock.forward(1)
        said = an_inbound(f"Parcel {number} is LOST", visitor=f"visitor{number}", key=f"m{number}")
        made.append((await world.db.run(receive_message, said)).conversation)
    return made


def _link(media: MediaId) -> str:
    return media


async def test_lists_pages_and_search_are_the_same_on_both(world: World) -> None:
    made = await _conversations(world, 5)
    first = await world.db.read(page, Wanted(ADA, limit=3))
    assert [item.id for item in first.items] == made[:1:-1]
    second = await world.db.read(page, Wanted(ADA, limit=3, after=first.next))
    assert [item.id for item in second.items] == made[1::-1]
    assert (second.next, second.counts.queue) == (None, 5)
    found = await world.db.read(page, Wanted(ADA, text="parcel 3 is lost"))
    assert [item.id for item in found.items] == [made[3]]
    assert (await world.db.read(page, Wanted(ADA, text="VISITOR4"))).items[0].id == made[4]


async def test_a_conversation_its_contact_and_its_queue_are_the_same_on_both(world: World) -> None:
    made = await _conversations(world, 1)
    shown = await world.db.read(detail, made[0], PageSettings(), _link, {})
    assert shown.summary.unread == 1
    assert shown.summary.last is not None
    assert shown.summary.last.at == world.clock.now()
    assert [each.kind for each in shown.events] == ["started", "handler"]
    assert await world.db.run(mark_seen, made) == made
    assert await world.db.run(mark_seen, made) == []
    assert (await world.db.read(find_contacts, "visitor0", 5))[0].id == shown.contact.id
    assert (await world.db.read(list_queues))[0].waiting == 1


async def test_the_target_that_falls_due_first_is_the_one_that_is_shown(world: World) -> None:
    made = await _conversations(world, 1)
    soon = world.clock.now()

    def promise(tx: Tx) -> None:
        tx.conn.execute(update(conversation).values(first_due_at=soon, resolution_due_at=soon))

    await world.db.run(promise)
    line = (await world.db.read(page, Wanted(ADA))).items[0]
    assert (line.id, line.due_kind, line.due_at) == (made[0], "first", soon)


async def test_sessions_are_the_same_on_both(world: World) -> None:
    opened = await world.db.run(open_session, ADA, "127.0.0.1", SessionSettings())
    key = opened.session.key
    assert await world.db.read(find_session, key) == opened.session
    assert opened.secret not in key
    assert await world.db.run(revoke_sessions, agent_id=ADA) == [key]
    found = await world.db.read(find_session, key)
    assert found is not None
    assert found.revoked


def _statements(tx: Tx, conversations: list[ConversationId]) -> list[int]:
    """How many statements the list, one conversation and the agents take."""
    counted: list[str] = []

    def count(*args: object) -> None:
        if args[2] != "BEGIN":
            counted.append(str(args[2]))

    taken = []
    event.listen(tx.conn, "before_cursor_execute", count)
    try:
        for work in (
            lambda: page(tx, Wanted(ADA)),
            lambda: detail(tx, conversations[0], PageSettings(), _link, {}),
            lambda: list_agents(tx),
        ):
            counted.clear()
            work()
            taken.append(len(counted))
    finally:
        event.remove(tx.conn, "before_cursor_execute", count)
    return taken


async def test_longer_lists_take_no_more_statements(world: World) -> None:
    few = await _conversations(world, 2)
    before = await world.db.read(_statements, few)

    def grow(tx: Tx) -> None:
        tx.conn.execute(
            insert(queue_member), [{"queue_id": "general", "agent_id": a} for a in ("ada", "bob")]
        )

    await world.db.run(grow)
    many = await _conversations(world, 20)
    assert await world.db.read(_statements, many) == before
    assert before[0] == 2
    assert before[1] <= 22
    assert before[2] == 3
