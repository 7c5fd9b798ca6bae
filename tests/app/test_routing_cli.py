"""`parley routing replay` on a database that has seen decisions."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from app.__main__ import main
from core.receive import receive_message
from core.store.tables.routing import reservation
from core.store.tx import Tx
from routing.engine import AgentChanged, Arrived, Engine
from routing.reason import by_hand, of_offer
from routing.why import Why
from tests.builders import a_company, a_world, an_inbound, sqlite_url
from tests.routing.values import after, an_item, somebody


def decided() -> dict[str, Any]:
    engine = Engine()
    engine.feed([Arrived(after(0), an_item(name, worth=worth)) for name, worth in (("c1", 4.0), ("c2", 1.0))])
    (offer,) = engine.feed([AgentChanged(after(5), somebody("ada", capacity=1))])
    return of_offer(offer, 5)


def fill(tx: Tx) -> None:
    a_company(tx)
    received = receive_message(tx, an_inbound())
    own: dict[str, Any] = {
        "conversation_id": received.conversation,
        "agent_id": "ada",
        "state": "accepted",
        "weight": 1,
    }
    own |= {"generation": 1, "epoch": 1, "expires_at": tx.now, "ended_at": tx.now}
    taken = by_hand(Why.TAKEN, an_item(), somebody("ada"), somebody("ada").id, after(0))
    for at, (id, reason) in enumerate((("r1", decided()), ("r2", decided()), ("r3", taken))):
        tx.conn.execute(
            insert(reservation).values(**own, id=id, reason=reason, created_at=tx.now + timedelta(seconds=at))
        )


def turn_round(tx: Tx) -> None:
    """As if the policy had changed since: the other one would go first."""
    reason = tx.conn.execute(select(reservation.c.reason).where(reservation.c.id == "r2")).scalar_one()
    work = reason["decided"]["work"]
    changed = reason | {"decided": reason["decided"] | {"work": [work[1], work[0]]}}
    tx.conn.execute(update(reservation).where(reservation.c.id == "r2").values(reason=changed))


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    run(tmp_path, fill)
    monkeypatch.setenv("PARLEY_DATABASE_URL", sqlite_url(tmp_path))
    monkeypatch.setenv("PARLEY_FOLDER", str(tmp_path))
    return tmp_path


def run(folder: Path, work: Any) -> None:
    async def now() -> None:
        async with a_world(sqlite_url(folder)) as world:
            await world.db.run(work)

    asyncio.run(now())


def test_decisions_that_would_be_the_same_are_counted(
    stored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["routing", "replay", "--since", "2000-01-01"]) == 0
    assert capsys.readouterr().out.startswith(
        "2 decisions decided once more: 2 the same, 0 otherwise; 1 offers"
    )


def test_one_that_would_be_otherwise_is_named(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(stored, turn_round)
    assert main(["routing", "replay", "--since", "2000-01-01"]) == 1
    said = capsys.readouterr().out
    assert "conversation c1 would go before c2" in said
    assert "1 the same, 1 otherwise" in said


def test_a_conversation_that_nobody_was_offered_is_refused(
    stored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["routing", "replay", "--conversation", "c9"]) == 1
    assert "nobody was ever offered a conversation c9" in capsys.readouterr().err


def test_a_time_that_is_none_is_refused(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["routing", "replay", "--since", "yesterday"]) == 1
    assert "--since: expected 30m, 24h, 7d" in capsys.readouterr().err
