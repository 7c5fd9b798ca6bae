"""What supervisors and administrators set up: skills, queues, inboxes, SLA policies, business hours."""

from typing import Annotated, Any, Literal

import msgspec

from console.wire.base import Answer, Ask, Language, Level, Name, Seconds

Priority = Annotated[int, msgspec.Meta(ge=-100, le=100)]
TimeOfDay = Annotated[
    str, msgspec.Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", description="a time such as 09:00")
]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="a date such as 2026-12-25")]
Intervals = tuple[tuple[TimeOfDay, TimeOfDay], ...]
Week = Annotated[tuple[Intervals, ...], msgspec.Meta(min_length=7, max_length=7)]


class Skill(Answer, frozen=True):
    id: str
    name: str


class SkillAsk(Ask, frozen=True):
    name: Name


class Requirement(Answer, frozen=True):
    """``skill`` is an id; after ``drop_after_s`` seconds in the queue it no longer counts (null: never)."""

    skill: str
    level: Level
    drop_after_s: Seconds | None


class Queue(Answer, frozen=True):
    """``members`` are agents' ids; ``waiting`` and ``oldest_s`` (seconds) are of this moment."""

    id: str
    name: str
    priority: int
    sla_policy: str | None
    hours: str | None
    requirements: tuple[Requirement, ...]
    members: tuple[str, ...]
    languages: tuple[str, ...]
    waiting: int
    oldest_s: int | None


class QueueAsk(Ask, frozen=True):
    name: Name
    priority: Priority = 0
    sla_policy: str | None = None
    hours: str | None = None
    requirements: tuple[Requirement, ...] = ()
    members: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()


BotMode = Literal["off", "suggest", "answer"]
"""Whether the bot keeps silent, suggests answers to the agent, or answers by itself."""


class Inbox(Answer, frozen=True):
    """``snippet`` is what a web site puts into its pages, for inboxes that have such a thing.

    A secret in ``config`` is shown as true when there is one, and never itself; several as their numbers, from 0.
    """

    id: str
    kind: str
    name: str
    enabled: bool
    queue: str
    bot: BotMode
    config: dict[str, Any]
    snippet: str | None


class InboxAsk(Ask, frozen=True):
    """``kind`` cannot change later. A secret in ``config`` that is left out, null or true stays what it was.

    In a list of secrets a number stands for the one that it was shown for.
    """

    kind: Name
    name: Name
    queue: str
    enabled: bool = True
    bot: BotMode = "answer"
    config: dict[str, Any] = msgspec.field(default_factory=dict)


class InboxCheck(Ask, frozen=True):
    """Try a configuration before it is saved; ``inbox`` lends the secrets that are left out."""

    kind: Name
    config: dict[str, Any]
    inbox: str | None = None


class ProbeStep(Answer, frozen=True):
    """``name`` such as imap.tls; ``detail`` in the other side's words."""

    name: str
    state: Literal["ok", "failed", "not_tried"]
    code: str
    detail: str


class Probed(Answer, frozen=True):
    """In the order in which they were tried."""

    steps: tuple[ProbeStep, ...]


class SlaPolicy(Answer, frozen=True):
    """Seconds of working time; null: no such target."""

    id: str
    name: str
    first_response_s: int | None
    next_response_s: int | None
    resolution_s: int | None
    hours: str | None


class SlaPolicyAsk(Ask, frozen=True):
    name: Name
    first_response_s: Seconds | None = None
    next_response_s: Seconds | None = None
    resolution_s: Seconds | None = None
    hours: str | None = None


class Holiday(Answer, frozen=True):
    """A local date on which nobody works."""

    date: Day
    name: Annotated[str, msgspec.Meta(max_length=200)]


class Hours(Answer, frozen=True):
    """``zone`` is an IANA zone; ``week`` has intervals of local time for each day, Monday first."""

    id: str
    name: str
    zone: str
    week: tuple[Intervals, ...]
    holidays: tuple[Holiday, ...]


class HoursAsk(Ask, frozen=True):
    name: Name
    zone: str
    week: Week
    holidays: tuple[Holiday, ...] = ()
