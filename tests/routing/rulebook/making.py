"""Small makers of rules and of what is known of a conversation."""

from datetime import UTC, datetime

from sqlalchemy import insert

from core.ids import QueueId, RuleId
from core.store.tables.routing import routing_rule
from core.store.tx import Tx
from routing.rulebook.codec import from_rule
from routing.rulebook.conditions import Condition, Group
from routing.rulebook.facts import Facts
from routing.rulebook.rule import Gives, Rule

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
VIP = QueueId("vip")


def a_rule(
    name: str, *of: Condition, match: str = "all", gives: Gives | None = None, go_on: bool = False
) -> Rule:
    return Rule(RuleId(name), name, Group(match, of), gives or Gives(queue=VIP), go_on)


def some_facts(said: str = "", **values: object) -> Facts:
    known = {"home": QueueId("general"), "at": MONDAY, "channel": "email", "inbox": "web", "reason": "no_bot"}
    return Facts(**{**known, "said": said, **values})  # type: ignore[arg-type]


def add_rules(tx: Tx, *rules: Rule) -> None:
    for at, rule in enumerate(rules):
        row = {
            "id": rule.id,
            "position": at,
            "name": rule.name,
            "enabled": rule.enabled,
            "rule": from_rule(rule),
            "changed_at": tx.now,
        }
        tx.conn.execute(insert(routing_rule).values(row))
