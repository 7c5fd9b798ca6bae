"""The rows of an offer and its acceptance, byte by byte, in plain statements: no reads, no checks, nothing built anew."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from core.ids import AgentId, ConversationId, Ids
from core.store.database import Database
from core.store.tx import Tx


class Bare:
    """Clients beside the ledger's, on the same database and with as many transactions."""

    def __init__(self, db: Database, ids: Ids, reason: Mapping[str, object], offer_s: float) -> None:
        self._db = db
        self._ids = ids
        self._reason = json.dumps(reason, separators=(",", ":"), ensure_ascii=False)
        self._offer_s = offer_s

    async def client(
        self, agent: AgentId, standby: AgentId, n: int, waiting: Sequence[ConversationId]
    ) -> None:
        """``n``: how many events the agent's topic has."""
        for conversation in waiting:
            reservation, n = self._ids.new(), n + 2
            await self._db.run(self._offer, agent, standby, conversation, reservation, n - 1)
            await self._db.run(_accept, agent, conversation, reservation, n)

    def _offer(
        self,
        tx: Tx,
        agent: AgentId,
        standby: AgentId,
        conversation: ConversationId,
        reservation: str,
        n: int,
    ) -> None:
        expires_at = tx.now + timedelta(seconds=self._offer_s)
        now, ends = _instant(tx, tx.now), _instant(tx, expires_at)
        _write(tx, _LOAD, agent)
        row = (reservation, conversation, agent, 1, 1, 1, self._reason, standby, False, now, ends)
        _write(tx, _RESERVATION, *row)
        _write(tx, _TIMER, f"agent:{agent}", reservation, ends)
        made = (
            f'{{"agent":"{agent}","conversation":"{conversation}","reservation":"{reservation}",'
            f'"expires_at":"{expires_at.isoformat().replace("+00:00", "Z")}"}}'
        )
        _write(tx, _EVENT, f"agent:{agent}", n, None, "OfferMade", made, now)


def _accept(tx: Tx, agent: AgentId, conversation: ConversationId, reservation: str, n: int) -> None:
    now, mine, theirs = _instant(tx, tx.now), f"agent:{agent}", f"conversation:{conversation}"
    _write(tx, _ACCEPTED, now, reservation)
    _write(tx, _IDLE, now, agent)
    _write(tx, _NO_TIMER, mine, reservation)
    _write(tx, _HELD, agent, agent, now, conversation)
    _write(tx, _NO_ITEM, conversation)
    ended = f'{{"agent":"{agent}","conversation":"{conversation}","reservation":"{reservation}","how":"accepted"}}'
    changed = (
        f'{{"conversation":"{conversation}","handler":"agent","queue":null,"agent":"{agent}",'
        f'"previous_agent":null,"turn":2,"cause":"offer_accepted","by":"{agent}"}}'
    )
    events = ((mine, n, None, "OfferEnded", ended, now), (theirs, 3, 2, "HandlerChanged", changed, now))
    _write_all(tx, _EVENT, events)
    told = (("routing", mine, n), ("routing", theirs, 3), ("sla", theirs, 3))
    _write_all(tx, _OUTBOX, [(*each, now, now) for each in told])


def _instant(tx: Tx, at: datetime) -> Any:
    """As the driver wants it."""
    return f"{at:%Y-%m-%d %H:%M:%S.%f}" if tx.conn.dialect.name == "sqlite" else at


def _write(tx: Tx, statement: str, *values: object) -> None:
    _cursor(tx).execute(_IN[tx.conn.dialect.name][statement], values)


def _write_all(tx: Tx, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    _cursor(tx).executemany(_IN[tx.conn.dialect.name][statement], rows)


def _cursor(tx: Tx) -> Any:
    return tx.conn.connection.cursor()


_LOAD = "UPDATE agent SET load = load + 1, version = version + 1, n = n + 1 WHERE id = ?"
_RESERVATION = (
    "INSERT INTO reservation (id, conversation_id, agent_id, state, weight, generation, epoch, reason, standby,"
    " interruptible, created_at, expires_at) VALUES (?, ?, ?, 'offered', ?, ?, ?, ?, ?, ?, ?, ?)"
)
_TIMER = "INSERT INTO timer (topic, kind, ref, due_at) VALUES (?, 'offer', ?, ?)"
_EVENT = "INSERT INTO event (topic, n, visible_n, type, data, at) VALUES (?, ?, ?, ?, ?, ?)"
_OUTBOX = "INSERT INTO outbox (handler, topic, n, created_at, due_at) VALUES (?, ?, ?, ?, ?)"
_ACCEPTED = "UPDATE reservation SET state = 'accepted', ended_at = ? WHERE id = ?"
_IDLE = "UPDATE agent SET idle_since = ?, version = version + 1, n = n + 1 WHERE id = ?"
_NO_TIMER = "DELETE FROM timer WHERE topic = ? AND kind = 'offer' AND ref = ?"
_HELD = (
    "UPDATE conversation SET status = 'open', snoozed_until = NULL, handler = 'agent', agent_id = ?,"
    " last_agent_id = ?, turn = turn + 1, generation = generation + 1, n = n + 1, visible_n = visible_n + 1,"
    " updated_at = ? WHERE id = ?"
)
_NO_ITEM = "DELETE FROM queue_item WHERE conversation_id = ?"
_ALL = (_LOAD, _RESERVATION, _TIMER, _EVENT, _OUTBOX, _ACCEPTED, _IDLE, _NO_TIMER, _HELD, _NO_ITEM)


def _numbered(statement: str) -> str:
    """With the placeholders of asyncpg."""
    parts = statement.split("?")
    return "".join(f"{part}${at}" for at, part in enumerate(parts[:-1], 1)) + parts[-1]


_IN = {
    "sqlite": {each: each for each in _ALL},
    "postgresql": {each: _numbered(each) for each in _ALL},
}
