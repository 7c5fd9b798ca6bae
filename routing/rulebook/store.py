"""The rules in the database, made ready to be asked; read as text so that what did not change is not made ready again."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec
from sqlalchemy import Text, select, type_coerce

from core.errors import Invalid
from core.ids import RuleId
from core.store.tables import people
from core.store.tables.routing import routing_rule as table
from core.store.tx import Tx
from routing.calendar import BusinessHours
from routing.rulebook.asking import Rulebook
from routing.rulebook.codec import to_rule
from routing.rulebook.outcome import Known, usable
from routing.rulebook.rule import Rule
from routing.sla_store import to_business_hours

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A row, with what is in it still as text."""

    id: str
    name: str
    enabled: bool
    version: int
    form: str


_ROWS = select(
    table.c.id, table.c.name, table.c.enabled, table.c.version, type_coerce(table.c.rule, Text).label("form")
).order_by(table.c.position, table.c.id)


def rulebook(tx: Tx) -> Rulebook:
    """All rules in their order; what they give that is no longer there is left out."""
    rows = _rows(tx)
    if not rows:
        return _EMPTY
    return _ready(rows, tuple(sorted(hours_there_are(tx).items())), known(tx))


def stored_rules(tx: Tx) -> list[Rule]:
    """In their order, as they were written; one that this version cannot read is left out, and logged."""
    return [rule for row in _rows(tx) if (rule := _rule(row)) is not None]


def known(tx: Tx) -> Known:
    """The ids that rules may give."""
    return Known(
        queues=frozenset(tx.conn.execute(select(people.queue.c.id)).scalars()),
        skills=frozenset(tx.conn.execute(select(people.skill.c.id)).scalars()),
        policies=frozenset(tx.conn.execute(select(people.sla_policy.c.id)).scalars()),
    )


def all_known(tx: Tx) -> Known:
    """The same with what conditions, ladders and exclusions may name."""
    everybody = tx.conn.execute(select(people.agent.c.id, people.agent.c.active)).all()
    return replace(
        known(tx),
        hours=frozenset(tx.conn.execute(select(people.business_hours.c.id)).scalars()),
        inboxes=frozenset(tx.conn.execute(select(people.inbox.c.id)).scalars()),
        agents=frozenset(row.id for row in everybody if row.active),
        people=frozenset(row.id for row in everybody),
    )


def hours_there_are(tx: Tx) -> dict[str, BusinessHours]:
    """By id; those that make no sense are left out."""
    found: dict[str, BusinessHours] = {}
    for row in tx.conn.execute(select(people.business_hours)):
        try:
            found[row.id] = to_business_hours(row.zone, row.week, row.holidays)
        except Invalid as problem:
            log.warning("business hours %s are left out: %s", row.id, problem)
    return found


def _rows(tx: Tx) -> tuple[StoredRule, ...]:
    return tuple(
        StoredRule(row.id, row.name, row.enabled, row.version, row.form) for row in tx.conn.execute(_ROWS)
    )


@lru_cache(maxsize=4)
def _ready(rows: Sequence[StoredRule], hours: Sequence[tuple[str, BusinessHours]], there: Known) -> Rulebook:
    rules = [usable(rule, there) for row in rows if (rule := _rule(row)) is not None]
    return Rulebook(rules, dict(hours))


def _rule(row: StoredRule) -> Rule | None:
    try:
        form = msgspec.json.decode(row.form)
        return to_rule(row.id, row.name, form, enabled=row.enabled, version=row.version)
    except (Invalid, msgspec.MsgspecError, KeyError, TypeError) as problem:
        log.warning("rule %s of a version that is not ours is left out: %s", RuleId(row.id), problem)
        return None


_EMPTY = Rulebook((), {})
