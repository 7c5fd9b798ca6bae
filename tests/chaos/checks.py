"""What must hold whatever happened: by the database's rows, by what triggers wrote down, and by what each client saw."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot import handlers as bot_handlers
from core.store.tables.bot import bot_turn
from core.store.tx import Tx
from tests.chaos.agents import Held
from tests.chaos.everywhere import pause
from tests.chaos.farm import CAPACITY
from tests.journeys.books import Books

_LOOK_EVERY_S = 0.2
_LONG_S = 3.0
"""Who waits for longer is looked at more closely."""
_STRANDED = text(
    "SELECT q.conversation_id FROM queue_item q WHERE NOT EXISTS"
    " (SELECT 1 FROM reservation r WHERE r.conversation_id = q.conversation_id AND r.state = 'offered')"
)
_FREE = text(
    "SELECT count(*) FROM agent WHERE id LIKE 'chaos%' AND presence = 'available' AND load < capacity"
)
_LEFT = text(
    "SELECT (SELECT count(*) FROM outbox WHERE dead_at IS NULL) + (SELECT count(*) FROM queue_item)"
    " + (SELECT count(*) FROM reservation WHERE state = 'offered')"
    " + (SELECT count(*) FROM conversation WHERE handler = 'agent' AND agent_id LIKE 'chaos%')"
)

_WHY = {
    "the event that routes it": "SELECT handler, n, due_at, claimed_until, attempts FROM outbox WHERE topic = 'conversation:' || :id",
    "it waits": "SELECT entered_at, requirements, excluded, declined, preferred, now() FROM queue_item WHERE conversation_id = :id",
    "its offers": "SELECT agent_id, state, created_at FROM reservation WHERE conversation_id = :id ORDER BY created_at",
    "free": "SELECT id, presence, load, capacity FROM agent WHERE id LIKE 'chaos%' AND presence = 'available' AND load < capacity LIMIT 5",
    "lease": "SELECT name, holder, epoch, expires_at FROM lease WHERE name LIKE 'rout%'",
    "outbox": "SELECT handler, count(*), min(created_at) FROM outbox WHERE dead_at IS NULL GROUP BY 1",
    "queue": "SELECT count(*), min(entered_at) FROM queue_item",
}
_STATE = {
    "conversations": "SELECT handler, status, count(*) FROM conversation WHERE created_at > now() - interval '1 hour' GROUP BY 1, 2",
    "waiting": "SELECT conversation_id, entered_at, declined FROM queue_item LIMIT 5",
    "offers": "SELECT state, count(*), max(created_at) FROM reservation GROUP BY 1",
    "agents": "SELECT id, presence, presence_reason, load FROM agent WHERE id LIKE 'chaos%' LIMIT 10",
    "outbox": "SELECT handler, count(*), min(due_at), max(claimed_until), max(attempts), max(error) FROM outbox GROUP BY 1",
    "lease": "SELECT name, holder, epoch, expires_at, now() FROM lease",
    "locks": "SELECT pid, state, wait_event, left(query, 80), now() - xact_start FROM pg_stat_activity WHERE xact_start IS NOT NULL",
}


@dataclass
class Watch:
    """Looks again and again for conversations that wait although somebody is free: ``longest_s``, by what was done ``during`` their first moment.

    What cannot be looked at, because the database is away, is not counted, and all counting begins anew when it is back.
    """

    database: str
    during: str = "before"
    longest_s: dict[str, float] = field(default_factory=dict)
    why: str = ""
    """How things stood when somebody had waited long for the first time."""
    looks: int = 0
    left: int = 0
    _since: dict[str, tuple[float, str]] = field(default_factory=dict)

    async def run(self) -> None:
        """For ever."""
        engine = create_async_engine(self.database, pool_size=1)
        try:
            while True:
                try:
                    async with engine.connect() as conn:
                        await self._look(conn)
                except (SQLAlchemyError, OSError):
                    self._since.clear()
                    self.left = -1
                await pause(_LOOK_EVERY_S)
        finally:
            await engine.dispose()

    async def _look(self, conn: AsyncConnection) -> None:
        now = asyncio.get_running_loop().time()
        free = (await conn.execute(_FREE)).scalar_one()
        waiting = (await conn.execute(_STRANDED)).scalars().all() if free else []
        self._since = {each: self._since.get(each, (now, self.during)) for each in waiting}
        _ = self.longest_s.setdefault(self.during, 0.0)
        for since, during in self._since.values():
            self.longest_s[during] = max(self.longest_s[during], now - since)
        if not self.why and any(now - since > _LONG_S for since, _ in self._since.values()):
            waits = {"id": min(self._since, key=lambda each: self._since[each])}
            rows = [f"{name}: {(await conn.execute(text(sql), waits)).all()}" for name, sql in _WHY.items()]
            self.why = "\n".join([str(waits), *rows])
        self.left = (await conn.execute(_LEFT)).scalar_one()
        self.looks += 1

    async def told(self) -> str:
        """What is there now, for whoever must find out why nothing moves."""
        engine = create_async_engine(self.database)
        try:
            async with engine.connect() as conn:
                rows = [f"{name}: {(await conn.execute(text(sql))).all()}" for name, sql in _STATE.items()]
        finally:
            await engine.dispose()
        return "\n".join(rows)

    async def settled(self) -> None:
        """Until nothing waits any more, twice in a row."""
        for _ in range(2):
            seen = self.looks
            while self.looks == seen or self.left:
                await pause(_LOOK_EVERY_S)


def read_clients(result: Path) -> tuple[list[Any], list[Held]]:
    """What the visitors and the agents saw."""
    told = json.loads(result.read_text())
    return [SimpleNamespace(**each) for each in told["visits"]], [Held(**each) for each in told["held"]]


def check(tx: Tx, visits: list[Any], held: list[Held]) -> dict[str, int]:
    """Raises AssertionError with the first thing that is wrong; how much of what there was."""
    books = Books(tx)
    for visit in visits:
        books.check_visit(visit)
    books.check_numbers()
    books.check_deliveries(bot_handlers.NAME)
    books.check_routing()
    _check_answers(tx, books)
    check_held(held)
    return {
        "visits": len(visits),
        "messages": len(books.inbound),
        "replies": len(books.replies),
        "held": len(held),
        "offers": _replayed(tx, set(books.conversations)),
        "repeats": sum(visit.repeats for visit in visits),
        "returns": sum(visit.returns for visit in visits),
    }


def _check_answers(tx: Tx, books: Books) -> None:
    """Each message has one answer of the bot, or its conversation one of an agent; nobody is left with an agent or waits."""
    keys = [(row.conversation_id, row.key) for row in books.replies]
    assert len(keys) == len(set(keys))
    with_agent = {row.conversation_id for row in books.replies if row.author == "agent"}
    answered = {row.key for row in books.replies}
    for row in books.inbound:
        assert f"bot:{row.id}" in answered or row.conversation_id in with_agent, (
            f"nobody answers {row.external_id}"
        )
    left = [row.id for row in books.conversations.values() if row.handler in {"queue", "agent"}]
    assert left == [], f"nobody has finished {left}"
    turns = tx.conn.execute(select(bot_turn.c.message_id)).scalars().all()
    assert len(turns) == len(set(turns))


def check_held(held: list[Held]) -> None:
    """Nobody had what somebody else had, and nobody more than they may have."""
    for conversation, theirs in _grouped(held, "conversation"):
        for one, other in pairwise(theirs):
            assert one.until <= other.since, f"{conversation} is {one.agent}'s and {other.agent}'s"
    for agent, theirs in _grouped(held, "agent"):
        for each in theirs:
            at_once = sum(one.since <= each.since < one.until for one in theirs)
            assert at_once <= CAPACITY, f"{agent} has {at_once}"


def _grouped(held: list[Held], by: str) -> Iterable[tuple[str, list[Held]]]:
    groups: dict[str, list[Held]] = defaultdict(list)
    for each in sorted(held, key=lambda one: one.since):
        groups[getattr(each, by)].append(each)
    return groups.items()


def _replayed(tx: Tx, conversations: set[str]) -> int:
    """Go through what the triggers wrote down, commit by commit: one holder a conversation, no load above capacity."""
    holder: dict[str, str] = {}
    loads: dict[str, int] = defaultdict(int)
    offers = 0
    for conversation, agent, what in tx.conn.execute(
        text("SELECT conversation, agent, what FROM history ORDER BY seq")
    ):
        if conversation not in conversations:
            continue
        if what == "offered":
            assert conversation not in holder, (
                f"{conversation} is {holder[conversation]}'s and offered to {agent}"
            )
            holder[conversation] = agent
            offers += 1
            loads[agent] += 1
            assert loads[agent] <= CAPACITY, f"{agent} has {loads[agent]}"
        elif what == "accepted":
            assert holder.get(conversation) == agent, f"{agent} accepted {conversation}"
        elif holder.get(conversation) == agent:
            del holder[conversation]
            loads[agent] -= 1
    assert holder == {}, f"somebody has still {holder}"
    return offers
