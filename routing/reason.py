"""Why this agent: a decision in the compact form that is stored with the offer, and read back to be decided again.

Version 2, as JSON: what was asked for, the agents that were compared with their levels in it, and under ``decided`` the
conversations that were compared and the rules; rows of values in the order of ``AGENT`` and ``WORK``. What takes most
room is bounded: so many agents and conversations, so many skills. Version 1 named the agents and nothing else.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.ids import AgentId, SkillId
from routing.decision import Decision, PoolRule, Trigger
from routing.facts import Offer
from routing.ladder import EVERYBODY, Ladder, Term, meets, skills_of, step_at
from routing.matching.evidence import seen_agent, seen_work
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.skill import Skills
from routing.why import Why

Form = dict[str, object]

VERSION = 2
AGENT = ("agent", "load", "capacity", "idle_s", "cost_s", "declined", "previous", "joined", "levels")
"""``levels`` in the order of the form's ``skills``."""
WORK = (
    *("conversation", "queue", "pool", "index", "phase", "worth", "priority", "waited_s", "slack_s"),
    *("target_s", "handle_s", "speed", "rate", "ahead", "arrival"),
)
"""``queue`` as a place in ``queues``, ``pool`` as one in ``rules``."""
MOST_SKILLS = 12


def of_offer(offer: Offer, most: int) -> Form:
    """``most`` agents and conversations at most are kept, the chosen ones first; ``considered`` says how many agents there were.

    Times and figures are kept as they were compared, to the last digit, so that deciding again cannot come out otherwise.
    """
    most = max(1, most)
    evidence, candidates, item = offer.evidence, offer.candidates, offer.item
    skills, pools, queues = _skills(item.ladder), evidence.pools(), [item.queue]
    work = evidence.work_rows(candidates[0].speeds, pools, queues, most)
    agents = evidence.agent_rows(candidates, most)
    for row, each in zip(agents, candidates, strict=False):
        row.append(_levels(each.skills, skills))
    return {
        "v": VERSION,
        "code": offer.why.value,
        **_asked(item, candidates[0], offer.decided_at, skills),
        "considered": offer.considered,
        "agents": agents,
        "decided": {
            "trigger": evidence.trigger.value,
            "choice": evidence.choice.value,
            "rules": [[each.policy.name, dict(each.parameters)] for each in pools],
            "queues": queues,
            "works": evidence.works,
            "work": work,
        },
    }


def by_hand(why: Why, item: QueueItem | None, agent: AgentState, by: AgentId, at: datetime) -> Form:
    """``overridden`` names what the router would have minded: skills, queue, channel."""
    form: Form = {"v": VERSION, "code": why.value, "by": by, "considered": 1}
    if item is None:
        return form
    lacking = missing(agent, item, at)
    form |= _alone(item, agent, at)
    return {**form, "overridden": lacking} if lacking else form


def of_standby(item: QueueItem, agent: AgentState, at: datetime, *, after: AgentId) -> Form:
    """They stood by when it was offered to ``after``, who did not accept."""
    form: Form = {"v": VERSION, "code": Why.STANDBY.value, "after": after, "considered": 1}
    return form | _alone(item, agent, at)


def missing(agent: AgentState, item: QueueItem, at: datetime) -> list[str]:
    """What the agent lacks for the conversation: ``queue`` (not a member), ``channel``, and skills by their ids."""
    lacking = [] if item.queue in agent.queues else ["queue"]
    lacking += [] if agent.channels is None or item.channel in agent.channels else ["channel"]
    wanted = (*item.ladder.required, *_nearest(item.ladder, _step(item, at), agent))
    return lacking + [
        f"skill:{each.skill}" for each in wanted if agent.skills.get(each.skill, 0) < each.level
    ]


def decision_of(form: Mapping[str, Any]) -> Decision | None:
    """What was decided, as the engine saw it; None where nothing was, or in a form that does not tell."""
    decided = form.get("decided")
    if form.get("v") != VERSION or not decided:
        return None
    queues: Sequence[str] = decided["queues"]
    return Decision(
        Trigger(decided["trigger"]),
        tuple(PoolRule(policy, parameters) for policy, parameters in decided["rules"]),
        decided["choice"],
        tuple(seen_work(row, queues) for row in decided["work"]),
        tuple(seen_agent(row[:-1]) for row in form["agents"]),
        decided["works"],
        form["considered"],
    )


def _asked(item: QueueItem, agent: AgentState, at: datetime, skills: list[SkillId]) -> Form:
    """``step``: the number of the step, from 0, and how many there are. ``by_name``: only because the ladder names them."""
    ladder, waited = item.ladder, at - item.entered_at
    form: Form = {
        "queue": item.queue,
        "waited_s": max(0, round(waited.total_seconds())),
        "due_s": None if item.deadline is None else round((item.deadline - at).total_seconds()),
        "skills": skills,
    }
    met: tuple[Term, ...] = ()
    if ladder.steps != EVERYBODY.steps:
        step = step_at(ladder, waited)
        met = _nearest(ladder, step, agent)
        if len(ladder.steps) > 1:
            form["step"] = [step, len(ladder.steps)]
        if _is_named(ladder, step, agent):
            form["by_name"] = True
    form["asked"] = [[each.skill, each.level] for each in (*ladder.required, *met)][:MOST_SKILLS]
    return form


def _alone(item: QueueItem, agent: AgentState, at: datetime) -> Form:
    idle_s = max(0, round((at - agent.idle_since).total_seconds()))
    row = [agent.id, agent.load, agent.capacity, idle_s, 0, 0, int(agent.id == item.preferred), 0]
    skills = _skills(item.ladder)
    return _asked(item, agent, at, skills) | {"agents": [[*row, _levels(agent.skills, skills)]]}


def _step(item: QueueItem, at: datetime) -> int:
    return step_at(item.ladder, at - item.entered_at)


def _nearest(ladder: Ladder, step: int, agent: AgentState) -> tuple[Term, ...]:
    """The first alternative that they meet; else the first of the step, of which they lack something."""
    alternatives = [terms for each in ladder.steps[: step + 1] for terms in each.any_of]
    met = next((terms for terms in alternatives if meets(agent.skills, terms)), None)
    if met is None:
        return () if _is_named(ladder, step, agent) or not alternatives else alternatives[-1]
    return met


def _is_named(ladder: Ladder, step: int, agent: AgentState) -> bool:
    so_far = ladder.steps[: step + 1]
    if any(meets(agent.skills, terms) for each in so_far for terms in each.any_of):
        return False
    return any(agent.id in each.agents for each in so_far)


def _skills(ladder: Ladder) -> list[SkillId]:
    return sorted(skills_of(ladder))[:MOST_SKILLS]


def _levels(held: Skills, skills: Sequence[SkillId]) -> list[int]:
    return [held.get(each, 0) for each in skills]
