"""Decisions that are stored, decided once more: which of them would be otherwise today, and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from core.ids import AgentId, ConversationId, ReservationId
from core.store.tables.routing import reservation
from core.store.tx import Tx
from routing.reason import decision_of
from routing.replay import differences

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which decisions: of one conversation, or from a time on; all of them with neither."""

    conversation: ConversationId | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """One offer; ``differences`` in plain words, None where nothing was decided (by hand, or in an older form)."""

    reservation: ReservationId
    conversation: ConversationId
    agent: AgentId
    at: datetime
    differences: tuple[str, ...] | None


def replay(tx: Tx, chosen: Chosen) -> Iterator[Replayed]:
    """In the order in which they were made; read some at a time."""
    last: tuple[object, str] = ("", "")
    while True:
        found = _page(tx, chosen, last)
        yield from (one for _, one in found)
        if len(found) < _PAGE:
            return
        last = found[-1][0]


def _page(tx: Tx, chosen: Chosen, last: tuple[object, str]) -> list[tuple[tuple[object, str], Replayed]]:
    at, id = reservation.c.created_at, reservation.c.id
    statement = select(reservation).order_by(at, id).limit(_PAGE)
    if chosen.conversation is not None:
        statement = statement.where(reservation.c.conversation_id == chosen.conversation)
    if chosen.since is not None:
        statement = statement.where(at >= chosen.since)
    if last[1]:
        statement = statement.where((at > last[0]) | ((at == last[0]) & (id > last[1])))
    return [((row.created_at, row.id), _again(row)) for row in tx.conn.execute(statement)]


def _again(row: Row[Any]) -> Replayed:
    decision = decision_of(row.reason)
    return Replayed(
        ReservationId(row.id),
        ConversationId(row.conversation_id),
        AgentId(row.agent_id),
        row.created_at,
        None if decision is None else tuple(differences(decision)),
    )
