"""Routing rules as supervisors change them: read into values, checked as a whole, stored with the next version."""

from typing import Any

import msgspec
from sqlalchemy import delete, func, insert, select, update

from console.changes.rows import Noun, check_version, told
from console.wire import routing as wire
from core.errors import Conflict, Invalid, NotFound
from core.ids import AgentId
from core.store.tables.routing import routing_rule as table
from core.store.tx import Tx
from routing.rulebook.codec import from_rule, to_rule
from routing.rulebook.conditions import check_group
from routing.rulebook.outcome import Known, missing
from routing.rulebook.rule import Rule, check_gives
from routing.rulebook.store import all_known

RULE = Noun("rule", table, ())


def save_rule(tx: Tx, id: str | None, ask: wire.RoutingRuleAsk, by: AgentId, most: int) -> str:
    """New, and last, for None. Raises Invalid with the place of what is wrong, Conflict ``newer_version``, NotFound."""
    rule = read_rule(ask, id or "", all_known(tx))
    values: dict[str, Any] = {
        "name": rule.name,
        "enabled": rule.enabled,
        "rule": from_rule(rule),
        "changed_by_id": by,
        "changed_at": tx.now,
    }
    if id is None:
        return _add(tx, values, most)
    check_version(tx, RULE, id, ask.version)
    changed = update(table).where(table.c.id == id).values(version=table.c.version + 1, **values)
    tx.conn.execute(changed)
    return told(tx, RULE, id)


def read_rule(ask: wire.RoutingRuleAsk, id: str, known: Known | None) -> Rule:
    """As a value. Raises Invalid with the place of what is wrong; ``known``: what it may name (None: whatever it likes)."""
    try:
        form = msgspec.to_builtins(ask)
        rule = to_rule(id, ask.name, form, enabled=ask.enabled, version=ask.version or 1)
    except Invalid as problem:
        raise Invalid(_place(problem.field), problem.expected) from None
    check_group(rule.when)
    check_gives(rule.gives)
    if known is not None:
        for place, kind, named in missing(rule, known):
            raise Invalid(place, f"{kind}, not {named}")
    return rule


def remove_rule(tx: Tx, id: str) -> None:
    """Raises NotFound."""
    if tx.conn.execute(delete(table).where(table.c.id == id)).rowcount != 1:
        raise NotFound(f"there is no rule {id}")
    told(tx, RULE, id)


def order_rules(tx: Tx, ask: wire.RuleOrder) -> None:
    """Raises Invalid unless every rule is named once: somebody may have added or removed one."""
    there = set(tx.conn.execute(select(table.c.id).with_for_update()).scalars())
    if len(set(ask.ids)) != len(ask.ids) or set(ask.ids) != there:
        raise Invalid("ids", "the ids of all rules that there are, each once")
    for at, each in enumerate(ask.ids):
        tx.conn.execute(update(table).where(table.c.id == each).values(position=at))
    if ask.ids:
        told(tx, RULE, ask.ids[0])


def _add(tx: Tx, values: dict[str, Any], most: int) -> str:
    tx.alone("routing rules")
    count, last = tx.conn.execute(select(func.count(), func.max(table.c.position)).select_from(table)).one()
    if count >= most:
        raise Conflict(f"there are {count} rules, and no more than {most} are asked", code="too_many")
    row = {"id": tx.ids.new(), "position": 0 if last is None else last + 1, **values}
    tx.conn.execute(insert(table).values(row))
    return told(tx, RULE, row["id"])


def _place(field: str) -> str:
    """Where it stands in what was sent."""
    if field.startswith("requirements"):
        return "gives.skills" + field.removeprefix("requirements")
    return f"gives.{field}" if field.startswith(("ladder", "level")) else field
