"""Why this agent: a decision in the compact form that is stored with the offer and said in words by the console."""

from collections.abc import Mapping
from datetime import datetime

from core.ids import AgentId
from routing.engine import Offer
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.skill import in_force
from routing.strategy import Why

Form = dict[str, object]


def of_offer(offer: Offer, most: int) -> Form:
    """``most`` candidates at most are named, the chosen one first; ``considered`` says how many there were.

    ``index`` is the share of the candidate's capacity that was taken, ``skills`` their levels in what was asked for.
    """
    item, at = offer.item, offer.decided_at
    return {
        **_asked(item, at),
        "code": offer.why.value,
        "considered": len(offer.candidates),
        "candidates": [_candidate(each, item, at) for each in offer.candidates[:most]],
    }


def by_hand(why: Why, item: QueueItem | None, agent: AgentState, by: AgentId, at: datetime) -> Form:
    """``overridden`` names what the router would have minded: skills, queue."""
    asked = {} if item is None else _asked(item, at)
    candidates = [] if item is None else [_candidate(agent, item, at)]
    overridden = [] if item is None else missing(agent, item, at)
    form: Form = {**asked, "code": why.value, "by": by, "considered": 1, "candidates": candidates}
    return {**form, "overridden": overridden} if overridden else form


def missing(agent: AgentState, item: QueueItem, at: datetime) -> list[str]:
    """What the agent lacks for the conversation: ``queue`` (not a member), and the skills by their ids."""
    lacking = [] if item.queue in agent.queues else ["queue"]
    return lacking + [
        f"skill:{each.skill}"
        for each in in_force(item.requirements, at - item.entered_at)
        if agent.skills.get(each.skill, 0) < each.level
    ]


def _asked(item: QueueItem, at: datetime) -> Mapping[str, object]:
    return {
        "v": 1,
        "queue": item.queue,
        "waited_s": max(0, round((at - item.entered_at).total_seconds())),
        "due_s": None if item.deadline is None else round((item.deadline - at).total_seconds()),
        "requirements": [
            {"skill": each.skill, "level": each.level}
            for each in in_force(item.requirements, at - item.entered_at)
        ],
    }


def _candidate(agent: AgentState, item: QueueItem, at: datetime) -> Form:
    return {
        "agent": agent.id,
        "index": round(agent.share, 3),
        "idle_s": max(0, round((at - agent.idle_since).total_seconds())),
        "skills": {each.skill: agent.skills.get(each.skill, 0) for each in item.requirements},
    }
