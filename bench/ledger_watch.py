"""What a database itself keeps of a contention, and what it says at the end: who had what, commit by commit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from core.store.tx import Tx

_PAGE = 20_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """``double``: conversations that were somebody's twice; ``over_capacity``, ``wrong_loads``: commits that left an agent so.

    ``highest_load`` is what the rows of the history add up to at the most; ``entries``: how many they are.
    """

    double: int
    over_capacity: int
    wrong_loads: int
    highest_load: int
    entries: int


def watch(tx: Tx) -> None:
    """From now on triggers write down every offer, what became of it, and whoever lets a conversation go.

    All of that happens under the lock of the conversation's row, so that its entries are in the order of its commits.
    """
    for statement in _TABLES[tx.conn.dialect.name]:
        tx.conn.exec_driver_sql(statement)


def look(tx: Tx) -> None:
    """To be called last in every transaction: what is wrong in the rows as they are about to be committed is written down.

    One statement sees what all others have committed and this transaction has done, and nothing by halves.
    """
    tx.conn.exec_driver_sql(_LOOK)


def judge(tx: Tx) -> Verdict:
    """Go through all that was written down, and once more through the rows as they are now."""
    look(tx)
    rows = tx.conn.exec_driver_sql("SELECT what, count(*) FROM broken GROUP BY what")
    broken = {str(row[0]): int(row[1]) for row in rows}
    again = _replayed(_entries(tx))
    left = _left_over(tx, again.holders)
    return Verdict(
        double=broken.get("double", 0) + again.double + left,
        over_capacity=broken.get("over_capacity", 0),
        wrong_loads=broken.get("wrong_load", 0),
        highest_load=again.highest,
        entries=again.entries,
    )


@dataclass(slots=True)
class _Again:
    holders: dict[str, set[str]]
    double: int = 0
    highest: int = 0
    entries: int = 0


def _replayed(entries: Iterable[Any]) -> _Again:
    """Nobody may have a conversation, or be offered it, that is somebody's already."""
    again = _Again(defaultdict(set))
    loads: dict[str, int] = defaultdict(int)
    for conversation, agent, what in entries:
        again.entries += 1
        holders = again.holders[conversation]
        if what == "offered":
            again.double += bool(holders)
            holders.add(agent)
            loads[agent] += 1
            again.highest = max(again.highest, loads[agent])
        elif what == "accepted":
            again.double += holders != {agent}
        else:
            again.double += agent not in holders
            holders.discard(agent)
            loads[agent] -= 1
    return again


def _entries(tx: Tx) -> Iterator[Any]:
    last = 0
    page = text(
        "SELECT seq, conversation, agent, what FROM history WHERE seq > :last ORDER BY seq LIMIT :most"
    )
    while rows := tx.conn.execute(page, {"last": last, "most": _PAGE}).all():
        yield from (row[1:] for row in rows)
        last = rows[-1][0]


def _left_over(tx: Tx, holders: dict[str, set[str]]) -> int:
    """Conversations of which the rows say otherwise than what was written down adds up to."""
    now: dict[str, set[str]] = defaultdict(set)
    for conversation, agent in tx.conn.exec_driver_sql(_HAS):
        now[conversation].add(agent)
    return sum(now[each] != holders[each] for each in {*now, *holders})


_HAS = (
    "SELECT conversation_id, agent_id FROM reservation WHERE state = 'offered'"
    " UNION ALL SELECT id, agent_id FROM conversation WHERE agent_id IS NOT NULL"
)
_WORK = (
    "(SELECT coalesce(sum(r.weight), 0) FROM reservation r WHERE r.agent_id = a.id AND r.state = 'offered')"
    " + (SELECT coalesce(sum(c.weight), 0) FROM conversation c WHERE c.agent_id = a.id AND c.status = 'open')"
)
_LOOK = (
    f"INSERT INTO broken SELECT CASE WHEN work <> load THEN 'wrong_load' ELSE 'over_capacity' END"  # noqa: S608 (all of it from here)
    f" FROM (SELECT a.load, a.capacity, {_WORK} AS work FROM agent a) loads WHERE work <> load OR work > capacity"
    f" UNION ALL SELECT 'double' FROM ({_HAS}) had GROUP BY conversation_id HAVING count(*) > 1"
)
_LET_GO = "OLD.agent_id IS NOT NULL AND (NEW.agent_id IS NULL OR NEW.agent_id <> OLD.agent_id)"
_OFFER_ENTRY = (
    "INSERT INTO history (conversation, agent, what) VALUES (NEW.conversation_id, NEW.agent_id, NEW.state);"
)
_LEFT_ENTRY = "INSERT INTO history (conversation, agent, what) VALUES (OLD.id, OLD.agent_id, 'left');"
_COLUMNS = "conversation TEXT NOT NULL, agent TEXT NOT NULL, what TEXT NOT NULL"
_TABLES = {
    "sqlite": (
        "CREATE TABLE broken (what TEXT NOT NULL)",
        f"CREATE TABLE history (seq INTEGER PRIMARY KEY, {_COLUMNS})",
        f"CREATE TRIGGER offered AFTER INSERT ON reservation BEGIN {_OFFER_ENTRY} END",
        (
            "CREATE TRIGGER ended AFTER UPDATE ON reservation WHEN NEW.state <> OLD.state"
            f" BEGIN {_OFFER_ENTRY} END"
        ),
        f"CREATE TRIGGER let_go AFTER UPDATE ON conversation WHEN {_LET_GO} BEGIN {_LEFT_ENTRY} END",
    ),
    "postgresql": (
        "CREATE TABLE broken (what TEXT NOT NULL)",
        f"CREATE TABLE history (seq BIGSERIAL PRIMARY KEY, {_COLUMNS})",
        (
            "CREATE FUNCTION note_offer() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN {_OFFER_ENTRY} RETURN NULL; END $$"
        ),
        (
            "CREATE FUNCTION note_left() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN {_LEFT_ENTRY} RETURN NULL; END $$"
        ),
        "CREATE TRIGGER offered AFTER INSERT ON reservation FOR EACH ROW EXECUTE FUNCTION note_offer()",
        (
            "CREATE TRIGGER ended AFTER UPDATE ON reservation FOR EACH ROW"
            " WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION note_offer()"
        ),
        (
            "CREATE TRIGGER let_go AFTER UPDATE ON conversation FOR EACH ROW"
            f" WHEN ({_LET_GO}) EXECUTE FUNCTION note_left()"
        ),
    ),
}
