"""A message that arrives while somebody else changes its conversation; only PostgreSQL has two writers."""

import asyncio

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import create_async_engine

from core.conversation import Open
from core.receive import receive_message
from core.store.conversations import get_conversation
from core.store.tables.conversation import conversation, message
from core.store.tx import Tx
from tests.builders import a_company, a_world, an_inbound

pytestmark = pytest.mark.postgres

_WAITS_FOR_A_LOCK = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


async def test_what_arrives_while_its_conversation_is_closed_begins_a_new_one(postgres_url: str) -> None:
    async with a_world(postgres_url) as world:
        await world.db.run(a_company)
        first = await world.db.run(receive_message, an_inbound(key="1"))
        engine = create_async_engine(postgres_url)
        async with engine.begin() as other:
            await other.execute(
                update(conversation)
                .where(conversation.c.id == first.conversation)
                .values(status="closed", handler="nobody", generation=conversation.c.generation + 1)
            )
            arriving = asyncio.create_task(world.db.run(receive_message, an_inbound(key="2")))
            async with asyncio.timeout(30):
                while not (await other.exec_driver_sql(_WAITS_FOR_A_LOCK)).scalar_one():
                    pass
        second = await arriving
        await engine.dispose()

        def of_the_closed(tx: Tx) -> int:
            statement = select(message.c.id).where(message.c.conversation_id == first.conversation)
            return len(tx.conn.execute(statement).all())

        assert second.conversation != first.conversation
        assert isinstance((await world.db.run(get_conversation, second.conversation)).status, Open)
        assert await world.db.read(of_the_closed) == 1
