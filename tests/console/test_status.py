"""The status page: the bot, what waits, what was given up, and giving it another try."""

from sqlalchemy import insert

from core.store.tables.conversation import outbox
from core.store.tx import Tx
from tests.console.conftest import Office


def _given_up(tx: Tx) -> None:
    row = {"topic": "conversation:c1", "created_at": tx.now, "due_at": tx.now, "attempts": 9}
    dead = row | {"handler": "send", "n": 3, "dead_at": tx.now, "error": "Undeliverable: gone"}
    tx.conn.execute(insert(outbox).values(dead))
    tx.conn.execute(insert(outbox).values(row | {"handler": "bot", "n": 4}))


async def test_the_status_shows_the_bot_and_what_was_given_up_and_replays_it(office: Office) -> None:
    sue = await office.browser("sue")
    await office.world.db.run(_given_up)
    office.world.clock.forward(5)
    status = await sue.get("/api/status")
    assert status["bot"]["engine"] == "rasa"
    assert (status["outbox"]["waiting"], status["outbox"]["oldest_s"]) == (1, 5.0)
    dead = status["outbox"]["dead"][0]
    assert (dead["handler"], dead["seq"], dead["error"]) == ("send", 3, "Undeliverable: gone")
    assert (status["sockets"], status["uptime_s"]) == (0, 5.0)
    await sue.call("POST", "/api/outbox/send/conversation:c1/3/replay")
    assert (await sue.get("/api/status"))["outbox"]["dead"] == []
    assert (await sue.call("POST", "/api/outbox/send/conversation:c1/3/replay")).status == 404
