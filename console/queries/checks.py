"""What is wrong with the rules, and work that nobody can serve, as the pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from console.queries.rules import queue_names
from console.wire import routing as wire
from core.ids import SkillId
from core.store.tables.people import agent, agent_skill, queue_member, skill
from core.store.tables.routing import routing_rule
from core.store.tx import Tx
from routing.rulebook.outcome import Known, missing
from routing.rulebook.reach import unreachable
from routing.rulebook.rule import Rule
from routing.rulebook.serving import Unserved
from routing.rulebook.settings import RuleSettings
from routing.rulebook.store import all_known, stored_rules
from routing.serving import find_unserved, since


@dataclass(frozen=True, slots=True)
class Found:
    """What the database says; the rest is worked out beside the event loop."""

    rules: Sequence[Rule]
    known: Known
    nobody: tuple[wire.NobodyServes, ...]


def read_checks(tx: Tx, settings: RuleSettings) -> Found:
    """As things are at this moment."""
    return Found(stored_rules(tx), all_known(tx), nobody_serves(tx, settings))


def checks(found: Found, settings: RuleSettings) -> wire.RoutingChecks:
    """In the order of the rules; takes long where there are many."""
    problems = [*_unreachable(found, settings), *_missing(found)]
    place = {rule.id: at for at, rule in enumerate(found.rules)}
    problems.sort(key=lambda each: place[each.rule])  # type: ignore[index]
    return wire.RoutingChecks(tuple(problems), found.nobody)


def nobody_serves(tx: Tx, settings: RuleSettings) -> tuple[wire.NobodyServes, ...]:
    """The oldest first; what was not told yet last."""
    found = find_unserved(tx, settings)
    if not found:
        return ()
    names, told = _Names(tx), since(tx)
    shown = [_nobody(tx, each, names, told.get(each.work.source)) for each in found]
    return tuple(sorted(shown, key=lambda each: (each.since is None, each.since or tx.now, each.source)))


class _Names:
    def __init__(self, tx: Tx) -> None:
        self.queues = queue_names(tx)
        self.skills = {row.id: row.name for row in tx.conn.execute(select(skill))}
        self.rules = {
            row.id: row.name for row in tx.conn.execute(select(routing_rule.c.id, routing_rule.c.name))
        }

    def of(self, source: str) -> str:
        kind, _, id = source.partition(":")
        known: Mapping[str, str] = {"queue": self.queues, "rule": self.rules}.get(kind, {})
        return known.get(id, id)


def _nobody(tx: Tx, found: Unserved, names: _Names, told: datetime | None) -> wire.NobodyServes:
    work = found.work
    members = select(agent.c.id).where(agent.c.active)
    if work.queue is not None:
        belongs = select(queue_member.c.agent_id).where(queue_member.c.queue_id == work.queue)
        members = members.where(agent.c.id.in_(belongs))
    best = _best(tx, members, found.lacking)
    return wire.NobodyServes(
        source=work.source,
        name=names.of(work.source),
        queue=work.queue,
        queue_name=None if work.queue is None else names.queues.get(work.queue, ""),
        lacking=tuple(
            wire.LackingSkill(each, names.skills.get(each, each), level, best.get(each, 0))
            for each, level in found.lacking.items()
        ),
        members=len(tx.conn.execute(members).scalars().all()),
        since=told,
        excluded=len(work.excluded),
    )


def _best(tx: Tx, members: Select[Any], lacking: Mapping[SkillId, int]) -> Mapping[str, int]:
    rows = tx.conn.execute(
        select(agent_skill).where(agent_skill.c.skill_id.in_(lacking), agent_skill.c.agent_id.in_(members))
    )
    best: dict[str, int] = {}
    for row in rows:
        best[row.skill_id] = max(row.level, best.get(row.skill_id, 0))
    return best


def _unreachable(found: Found, settings: RuleSettings) -> list[wire.RuleProblem]:
    names = {rule.id: rule.name for rule in found.rules}
    return [
        wire.RuleProblem(
            rule=each.rule,
            name=names[each.rule],
            code="unreachable" if each.by else "impossible",
            by=each.by,
            field=None,
            detail=(
                f"decided before by {', '.join(names[other] for other in each.by)}"
                if each.by
                else "its conditions can never hold together"
            ),
        )
        for each in unreachable(found.rules, found.known.hours, settings.searched)
    ]


def _missing(found: Found) -> list[wire.RuleProblem]:
    return [
        wire.RuleProblem(rule.id, rule.name, "missing", (), place, f"{id} is not {kind}")
        for rule in found.rules
        for place, kind, id in missing(rule, found.known)
    ]
