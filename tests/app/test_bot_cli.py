"""`parley bot recount` on a database in which somebody talked to the bot."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.__main__ import main
from core.receive import receive_message
from core.store.tables.bot import bot_turn
from core.store.tables.deflection import deflection
from core.store.tx import Tx
from tests.builders import a_company, a_world, an_inbound, sqlite_url


def fill(tx: Tx) -> None:
    """One question and its answer, of which nobody has kept what became of it."""
    a_company(tx)
    received = receive_message(tx, an_inbound())
    turn = {"id": "t1", "conversation_id": received.conversation, "message_id": received.message, "turn": 1}
    said = {"engine": "scripted", "slots": {}, "articles": (), "outcome": "answered", "failures": 0}
    tx.conn.execute(insert(bot_turn).values(**turn, **said, milliseconds=1, created_at=tx.now))


def kept(tx: Tx) -> list[Any]:
    return [(row.outcome, row.settled) for row in tx.conn.execute(select(deflection))]


def test_what_became_of_every_conversation_is_worked_out_from_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def run(work: Any) -> Any:
        async with a_world(sqlite_url(tmp_path)) as world:
            return await world.db.run(work)

    asyncio.run(run(fill))
    monkeypatch.setenv("PARLEY_DATABASE_URL", sqlite_url(tmp_path))
    monkeypatch.setenv("PARLEY_FOLDER", str(tmp_path))
    assert main(["bot", "recount"]) == 0
    assert capsys.readouterr().out == "1 conversations with the bot judged anew\n"
    assert asyncio.run(run(kept)) == [("assumed", True)]
