"""Small makers of routing's values; what a test does not name is unremarkable."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.agent import PresenceState
from core.ids import AgentId, ConversationId, QueueId, SkillId
from routing.ladder import relaxing
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.skill import Requirement, proficiency

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    """So many seconds after nine."""
    return NINE + timedelta(seconds=seconds)


def needs(skill: str, level: int = 1, drop_after_s: int | None = None) -> Requirement:
    return Requirement(SkillId(skill), proficiency(level), drop_after_s)


def an_item(name: str = "c1", *requirements: Requirement, **values: Any) -> QueueItem:
    item = QueueItem(
        conversation=ConversationId(name),
        queue=QueueId("general"),
        priority=0,
        weight=1,
        ladder=relaxing(requirements),
        entered_at=NINE,
        generation=1,
    )
    return replace(item, **values)


def somebody(name: str = "ada", skills: Mapping[str, int] | None = None, **values: Any) -> AgentState:
    agent = AgentState(
        id=AgentId(name),
        presence=PresenceState.AVAILABLE,
        active=True,
        skills={SkillId(skill): proficiency(level) for skill, level in (skills or {}).items()},
        queues=frozenset({QueueId("general")}),
        capacity=3,
        load=0,
        idle_since=NINE,
        version=0,
    )
    return replace(agent, **values)
