"""What those who wait want to know: their place in the line, and how long it may take."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Float, cast, extract, func, select

from core.ids import ConversationId, QueueId
from core.store.tables.conversation import conversation
from core.store.tables.routing import queue_item, reservation
from core.store.tx import Tx
from core.store.types import word
from routing.pace import Departure, rounded_s, seconds_each
from routing.reservations import State
from routing.settings import RoutingSettings

_AT_ONCE = 500
"""So many ids in one statement."""


@dataclass(frozen=True, slots=True)
class Place:
    """The ``position``-th in line, 1 for next; ``expected_wait_s`` None where too little is known."""

    position: int
    expected_wait_s: int | None


@dataclass(frozen=True, slots=True)
class _Line:
    """How many wait in a queue, and seconds from one departure to the next."""

    waiting: int
    each_s: float | None

    def expected_s(self, position: int) -> int | None:
        return None if self.each_s is None else rounded_s(self.each_s * position)


@dataclass(frozen=True, slots=True)
class _Known:
    at: datetime
    lines: Mapping[str, _Line]


class WaitingLine:
    """Satisfies ``channels.live.service.Waiting``. How fast queues move is read again after ``pace_fresh_s``."""

    def __init__(self, settings: RoutingSettings) -> None:
        self._settings = settings
        self._known: _Known | None = None

    def places(self, tx: Tx, conversations: Collection[ConversationId]) -> Mapping[ConversationId, Place]:
        """Of those among them that wait: in the order in which the router takes them, of the whole queue."""
        if not conversations:
            return {}
        lines = self._lines(tx)
        nobody = _Line(0, None)
        return {
            ConversationId(row.conversation_id): Place(
                row.position, lines.get(row.queue_id, nobody).expected_s(row.position)
            )
            for row in self._positions(tx, sorted(conversations))
        }

    def expected_s(self, tx: Tx, queue: QueueId) -> int | None:
        """For who comes now, behind everybody else."""
        line = self._lines(tx).get(queue)
        return None if line is None else line.expected_s(line.waiting + 1)

    def _positions(self, tx: Tx, wanted: Sequence[ConversationId]) -> Sequence[Any]:
        order = (queue_item.c.priority.desc(), self._due(tx), queue_item.c.entered_at)
        place = func.row_number().over(partition_by=queue_item.c.queue_id, order_by=order)
        line = select(queue_item.c.conversation_id, queue_item.c.queue_id, place.label("position")).subquery()
        return [
            row
            for at in range(0, len(wanted), _AT_ONCE)
            for row in tx.conn.execute(
                select(line).where(line.c.conversation_id.in_(wanted[at : at + _AT_ONCE]))
            )
        ]

    def _due(self, tx: Tx) -> Any:
        """As ``policies.ordered.EarliestDeadline`` has it, in seconds: what has no target is due some time after it came."""

        def seconds(column: Any) -> Any:
            if tx.conn.dialect.name == "sqlite":
                return func.julianday(column, type_=Float) * 86_400.0
            return cast(extract("epoch", column), Float)

        came = seconds(queue_item.c.entered_at) + self._settings.untargeted_s
        return func.coalesce(seconds(queue_item.c.deadline), came)

    def _lines(self, tx: Tx) -> Mapping[str, _Line]:
        fresh = timedelta(seconds=self._settings.pace_fresh_s)
        known = self._known
        if known is None or not known.at <= tx.now < known.at + fresh:
            # Two readers at once do the same work and come to the same.
            known = self._known = _Known(tx.now, self._read(tx))
        return known.lines

    def _read(self, tx: Tx) -> Mapping[str, _Line]:
        since, departures = self._departures(tx)
        counts = select(
            queue_item.c.queue_id, func.count().label("waiting"), func.min(queue_item.c.entered_at)
        )
        waiting = {
            row[0]: (row[1], row[2]) for row in tx.conn.execute(counts.group_by(queue_item.c.queue_id))
        }
        lines = {}
        for queue in waiting.keys() | departures.keys():
            count, oldest = waiting.get(queue, (0, None))
            fewest = self._settings.pace_fewest
            each_s = seconds_each(departures.get(queue, ()), oldest, since, tx.now, fewest=fewest)
            lines[queue] = _Line(count, each_s)
        return lines

    def _departures(self, tx: Tx) -> tuple[datetime, Mapping[str, list[Departure]]]:
        """Since when they are known, and for each queue those who left it for an agent."""
        since = tx.now - timedelta(seconds=self._settings.pace_s)
        rows = tx.conn.execute(
            select(reservation.c.conversation_id, reservation.c.ended_at, _queue_id, _queued_at)
            .join(conversation, conversation.c.id == reservation.c.conversation_id)
            .where(reservation.c.state == word(State.ACCEPTED.value), reservation.c.ended_at >= since)
            .order_by(reservation.c.ended_at.desc())
            .limit(self._settings.pace_most)
        ).all()
        if len(rows) == self._settings.pace_most:
            since = rows[-1].ended_at
        first: dict[str, tuple[str, Departure]] = {}
        for row in rows:
            if row.queued_at is not None and row.queued_at <= row.ended_at:
                # Who was passed on from one agent to another left the line when the first one had them.
                first[row.conversation_id] = (row.queue_id, Departure(row.queued_at, row.ended_at))
        found: dict[str, list[Departure]] = {}
        for queue, departure in first.values():
            found.setdefault(queue, []).append(departure)
        return since, found


_queue_id = conversation.c.queue_id
_queued_at = conversation.c.queued_at
