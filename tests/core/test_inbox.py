"""What the bot does in an inbox is read the same from what this version and the one before have written."""

import pytest
from sqlalchemy import insert, update

from core.ids import InboxId
from core.inbox import BotMode, stored_bot
from core.store.conversations import find_situation, get_inbox
from core.store.tables.people import inbox
from core.store.tx import Tx
from tests.builders import World, an_inbound


async def read(world: World) -> BotMode:
    place = await world.db.read(get_inbox, InboxId("web"))
    situation = await world.db.run(find_situation, an_inbound(), "no such thread")
    assert situation.inbox.bot is place.bot
    return place.bot


async def write(world: World, **values: object) -> None:
    def written(tx: Tx) -> None:
        tx.conn.execute(update(inbox).where(inbox.c.id == "web").values(**values))

    await world.db.run(written)


@pytest.mark.parametrize("mode", BotMode)
async def test_each_mode_is_read_as_it_was_stored(world: World, mode: BotMode) -> None:
    await write(world, **stored_bot(mode))
    assert await read(world) is mode


@pytest.mark.parametrize("mode", BotMode)
def test_the_version_before_sees_a_bot_only_where_it_answers(mode: BotMode) -> None:
    assert stored_bot(mode)["bot"] is (mode is BotMode.ANSWER)


@pytest.mark.parametrize("mode", BotMode)
@pytest.mark.parametrize(("bot", "expected"), [(True, BotMode.ANSWER), (False, BotMode.OFF)])
async def test_what_the_version_before_changes_counts(
    world: World, mode: BotMode, *, bot: bool, expected: BotMode
) -> None:
    await write(world, **stored_bot(mode))
    await write(world, bot=bot)
    kept = mode is BotMode.SUGGEST and not bot
    assert await read(world) is (BotMode.SUGGEST if kept else expected)


@pytest.mark.parametrize(("bot", "expected"), [(True, BotMode.ANSWER), (False, BotMode.OFF)])
async def test_an_inbox_that_the_version_before_adds_has_a_mode(
    world: World, *, bot: bool, expected: BotMode
) -> None:
    def added(tx: Tx) -> None:
        tx.conn.execute(
            insert(inbox).values(
                id="old",
                kind="widget",
                name="Old",
                enabled=True,
                queue_id="general",
                bot=bot,
                config={},
                created_at=tx.now,
            )
        )

    await world.db.run(added)
    assert (await world.db.read(get_inbox, InboxId("old"))).bot is expected
