"""Telegram makes two calls at once: what the first has not committed yet counts for the second; only PostgreSQL has two writers."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import create_async_engine

from channels.telegram.receiving.boxes import Box
from channels.telegram.receiving.desk import Desk
from channels.telegram.receiving.intake import Intake
from channels.telegram.receiving.reader import Reader
from channels.telegram.receiving.words import Us
from channels.telegram.wire import telegram_config
from core.store.tables.conversation import message
from core.store.tables.intake import payload
from core.store.tables.people import inbox as inboxes
from core.store.tx import Tx
from tests.builders import a_company, a_world, an_inbox
from tests.channels.shop import TEXTS
from tests.channels.telegram.receiving.line import ANN, INBOX, document
from tests.servers.telegram import TOKEN, FakeBot

pytestmark = pytest.mark.postgres

Update = dict[str, Any]
_WAITS_FOR_A_LOCK = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def a_file_and_words(bot: FakeBot) -> tuple[Update, Update]:
    return bot.writes(ANN, **document(bot)), bot.says(ANN, "that was it")


def words_and_their_edit(bot: FakeBot) -> tuple[Update, Update]:
    said = bot.says(ANN, "Hallo")
    return said, bot.edits(said, text="Hello")


@pytest.mark.parametrize(
    ("updates", "messages", "waiting"), [(a_file_and_words, [], 2), (words_and_their_edit, ["Hello"], 0)]
)
async def test_the_second_call_waits_for_the_first_of_its_chat(
    postgres_url: str,
    updates: Callable[[FakeBot], tuple[Update, Update]],
    messages: list[str],
    waiting: int,
) -> None:
    first, second = updates(FakeBot(TOKEN, "parley_bot", time.time))
    intake = Intake(Reader(TEXTS, 1000), Desk(lambda _tx, _files: None), b"key")
    config = telegram_config({"token": TOKEN})
    box = Box(INBOX, config, Us(config.bot_id))
    async with a_world(postgres_url) as world:
        await world.db.run(a_company)
        await world.db.run(an_inbox, INBOX, kind="telegram")
        await world.db.run(lambda tx: tx.conn.execute(update(inboxes).values(config={"token": TOKEN})))
        engine = create_async_engine(postgres_url)
        async with engine.begin() as other:

            def take(conn: Any) -> None:
                tx = Tx(conn, world.clock.now(), world.ids, {})
                intake.take(tx, box, [first])
                tx.flush()

            await other.run_sync(take)
            arriving = asyncio.create_task(world.db.run(intake.take, box, [second]))
            async with asyncio.timeout(30):
                while not (arriving.done() or (await other.exec_driver_sql(_WAITS_FOR_A_LOCK)).scalar_one()):
                    pass
        await arriving
        await engine.dispose()
        assert (
            list(await world.db.read(lambda tx: list(tx.conn.execute(select(message.c.text)).scalars())))
            == messages
        )
        states = await world.db.read(lambda tx: list(tx.conn.execute(select(payload.c.state)).scalars()))
        assert states.count("waiting") == waiting
