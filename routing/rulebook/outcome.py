"""What a conversation got from the rules: where it goes, and what goes with it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TypeVar

from core.ids import AgentId, QueueId, RuleId, SLAPolicyId
from routing.ladder import Ladder, relaxing, skills_of
from routing.queue import Queue
from routing.rulebook.asking import Asked, Rulebook
from routing.rulebook.conditions import HoursAre, InboxIs, leaves
from routing.rulebook.ladders import beside
from routing.rulebook.rule import Rule
from routing.rules import Choice

T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class Routed:
    """``ladder`` None: the queue's own; with ``ladder_adds`` it stands beside the queue's, else in its place.

    ``exclude`` must never have it, whichever queue it waits in.
    ``rules`` held, in order; ``fallback`` is the built-in rule that chose the queue where none of them did.
    """

    queue: QueueId
    priority: int = 0
    ladder: Ladder | None = None
    ladder_adds: bool = False
    sla_policy: SLAPolicyId | None = None
    work: str | None = None
    exclude: tuple[AgentId, ...] = ()
    rules: tuple[RuleId, ...] = ()
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that there are: what a rule names beside them it names in vain. Of ``people`` the active ones are ``agents``."""

    queues: frozenset[str]
    skills: frozenset[str]
    policies: frozenset[str]
    hours: frozenset[str] = frozenset()
    inboxes: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


def settle(asked: Asked, rulebook: Rulebook, fallback: Callable[[], Choice]) -> Routed:
    """With the fallback's queue where no rule gave one."""
    gives = asked.gives
    queue, by = gives.queue, None
    if queue is None:
        choice = fallback()
        queue, by = choice.queue, choice.rule or "home"
    adds = gives.ladder is None and bool(gives.skills)
    return Routed(
        queue=queue,
        priority=gives.priority,
        ladder=relaxing(gives.skills) if adds else gives.ladder,
        ladder_adds=adds,
        sla_policy=gives.sla_policy,
        work=gives.work,
        exclude=gives.exclude,
        rules=tuple(rulebook.rules[at].id for at in asked.held),
        fallback=by,
    )


def ladder_in(queue: Queue, routed: Routed) -> Ladder:
    """What a conversation asks for that waits there: the rule's own ladder counts only where the rule sent it."""
    if routed.ladder is None:
        return queue.ladder
    if routed.ladder_adds:
        return beside(queue.ladder, routed.ladder)
    return routed.ladder if queue.id == routed.queue else queue.ladder


def usable(rule: Rule, known: Known) -> Rule:
    """Without what it gives in vain, because it is no longer there."""
    gives = rule.gives
    kept = replace(
        gives,
        queue=_kept(gives.queue, known.queues),
        sla_policy=_kept(gives.sla_policy, known.policies),
        skills=tuple(each for each in gives.skills if each.skill in known.skills),
        ladder=gives.ladder if gives.ladder is None or skills_of(gives.ladder) <= known.skills else None,
    )
    return rule if kept == gives else replace(rule, gives=kept)


def missing(rule: Rule, known: Known) -> list[tuple[str, str, str]]:
    """The place, what should be there, and the id that stands there and is not that."""
    gives = rule.gives
    named: list[tuple[str, str, str | None, frozenset[str]]] = [
        ("gives.queue", "a queue that exists", gives.queue, known.queues),
        ("gives.sla_policy", "an SLA policy that exists", gives.sla_policy, known.policies),
        *(
            (f"gives.skills[{at}].skill", "a skill that exists", each.skill, known.skills)
            for at, each in enumerate(gives.skills)
        ),
        *(
            (f"gives.exclude[{at}]", "an agent that there is", each, known.people)
            for at, each in enumerate(gives.exclude)
        ),
    ]
    if gives.ladder is not None:
        agents = {agent for step in gives.ladder.steps for agent in step.agents}
        named += [
            ("gives.ladder", "a skill that exists", each, known.skills)
            for each in sorted(skills_of(gives.ladder))
        ]
        named += [("gives.ladder", "an active agent", each, known.agents) for each in sorted(agents)]
    for place, leaf in leaves(rule.when):
        if isinstance(leaf, HoursAre):
            named.append((f"{place}.hours", "business hours that exist", leaf.hours, known.hours))
        elif isinstance(leaf, InboxIs):
            named += [
                (f"{place}.any_of[{at}]", "an inbox that exists", each, known.inboxes)
                for at, each in enumerate(leaf.any_of)
            ]
    return [(place, kind, id) for place, kind, id, there in named if id is not None and id not in there]


def _kept(id: T | None, known: Collection[str]) -> T | None:
    return id if id in known else None
