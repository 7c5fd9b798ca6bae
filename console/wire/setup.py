"""What supervisors and administrators set up: skills, queues, inboxes, SLA policies, business hours."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from console.wire.base import Answer, Ask, Count, Language, Level, Name, Seconds
from console.wire.ladder import Ladder

TimeOfDay = Annotated[
    str, msgspec.Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", description="a time such as 09:00")
]


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


class QueueRouting(msgspec.Struct, frozen=True):
    """How a queue's work is ordered and given out; see docs/routing.md.

    ``parameters`` are the policy's own, those left out keep their defaults (``Policy``). ``guard``: past so many times
    its target a conversation goes before all others (null: never). ``choice`` and ``guard`` left out are as usual for the
    policy (``Policy``). ``reserve``: so many members are kept free for it.
    ``previous_agent_s``: whoever had it before is the only one asked for so long. ``wrap_up_s``: its weight is held so
    long after it was resolved, or until the agent is done.
    """

    policy: str = "index"
    parameters: dict[str, float] = msgspec.field(default_factory=dict)
    choice: str | msgspec.UnsetType = msgspec.UNSET
    guard: float | msgspec.UnsetType | None = msgspec.UNSET
    reserve: int = 0
    previous_agent_s: int = 0
    wrap_up_s: int = 0


class Policy(Answer, frozen=True):
    """A way to order what waits, with what goes with it unless somebody says otherwise; parameters have units in their names."""

    name: str
    parameters: dict[str, float]
    choice: str
    guard: float | None


class Policies(Answer, frozen=True):
    """What a queue's routing may name; the default comes first."""

    policies: tuple[Policy, ...]
    choices: tuple[str, ...]


class Queue(Answer, frozen=True):
    """``members`` are agents' ids; ``waiting`` and ``oldest_s`` (seconds) are of this moment.

    ``requirements`` is the short form of ``ladder``, empty where it was given as a ladder. ``delays``: seconds that a
    conversation must have waited before it comes to that member.
    """

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
    ladder: Ladder
    delays: dict[str, int]
    routing: QueueRouting
    version: int


class QueueAsk(Ask, frozen=True):
    """``ladder`` or its short form ``requirements``, not both; ``delays`` by member.

    ``version``: the one that was changed; somebody else's newer one is not overwritten.
    """

    name: Name
    priority: int = 0
    sla_policy: str | None = None
    hours: str | None = None
    requirements: tuple[Requirement, ...] = ()
    members: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    ladder: Ladder | None = None
    delays: dict[str, int] = msgspec.field(default_factory=dict)
    routing: QueueRouting = QueueRouting()
    version: Count | None = None


BotMode = Literal["off", "suggest", "answer"]
"""Whether the bot keeps silent, suggests answers to the agent, or answers by itself."""


Caution = Literal["bold", "usual", "careful"]
Persona = Annotated[
    str,
    msgspec.Meta(pattern=r"^[^\x00-\x1f\x7f]{0,40}$", description="one line"),
]


class BotProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``engine``: one of the session's ``engines``, null: the installation's. ``persona``: what the bot calls itself.

    ``languages`` that it answers in; empty: all that it has.
    """

    engine: str | None
    persona: Persona
    languages: tuple[Language, ...]
    caution: Caution


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
    weight: int
    interruptible: bool
    profile: BotProfile


class InboxAsk(Ask, frozen=True):
    """``kind`` cannot change later. A secret in ``config`` that is left out, null or true stays what it was.

    In a list of secrets a number stands for the one that it was shown for. ``weight``: what one of its conversations
    loads an agent with; ``interruptible``: it weighs only beside other work that is. Left out: as they were, or as the
    channel has it.
    """

    kind: Name
    name: Name
    queue: str
    enabled: bool = True
    bot: BotMode = "answer"
    config: dict[str, Any] = msgspec.field(default_factory=dict)
    weight: int | UnsetType = UNSET
    interruptible: bool | UnsetType = UNSET
    profile: BotProfile | UnsetType = UNSET


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
