"""A scenario as JSON: every form that is understood, long and short; docs/simulation.schema.json is made from this."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

Above0 = Annotated[float, Meta(gt=0)]
From0 = Annotated[float, Meta(ge=0)]
Whole0 = Annotated[int, Meta(ge=0)]
Whole1 = Annotated[int, Meta(ge=1)]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Level = Annotated[int, Meta(extra_json_schema={"minimum": 1, "maximum": 5})]


class Deterministic(Struct, tag="deterministic", tag_field="law", forbid_unknown_fields=True):
    """Always `mean` seconds."""

    mean: From0


class Exponential(Struct, tag="exponential", tag_field="law", forbid_unknown_fields=True):
    """`mean` in seconds."""

    mean: From0


class Lognormal(Struct, tag="lognormal", tag_field="law", forbid_unknown_fields=True):
    """`cv`: the standard deviation over the mean."""

    mean: Above0
    cv: Above0 = 1.0


class Erlang(Struct, tag="erlang", tag_field="law", forbid_unknown_fields=True):
    """The sum of `phases` equal exponential times."""

    mean: Above0
    phases: Whole1 = 2


class Hyperexponential(Struct, tag="hyperexponential", tag_field="law", forbid_unknown_fields=True):
    """Either `mean` and `cv` (1 or more; two branches with balanced means), or `shares` and `means` of the branches."""

    mean: Above0 | UnsetType = UNSET
    cv: Annotated[float, Meta(ge=1)] | UnsetType = UNSET
    shares: list[Above0] | UnsetType = UNSET
    means: list[Above0] | UnsetType = UNSET


class Empirical(Struct, tag="empirical", tag_field="law", forbid_unknown_fields=True):
    """One of `values` (seconds), each as likely as the next."""

    values: Annotated[list[From0], Meta(min_length=1)]


LawForm = Deterministic | Exponential | Lognormal | Erlang | Hyperexponential | Empirical
Seconds = From0 | LawForm
"""A number is the mean of an exponential time."""


class Need(Struct, forbid_unknown_fields=True):
    """A skill at `level` at least; after `drop_after` seconds of waiting it no longer counts."""

    level: Level = 1
    drop_after: Whole1 | None = None


class Step(Struct, forbid_unknown_fields=True):
    """Whoever has all skills of one of the alternatives, or is named; until `until` seconds after it came."""

    any_of: list[dict[str, Level]] | UnsetType = UNSET
    agents: list[Name] = []
    until: Whole1 | None = None


class Type(Struct, forbid_unknown_fields=True):
    """One stream of conversations; `rate` an hour, times in seconds."""

    rate: From0
    name: Name | None = None
    handle: Seconds = 300.0
    patience: Seconds | None = None
    profile: list[From0] = []
    skills: list[Name] | dict[str, Level | Need] = []
    steps: list[Step] | UnsetType = UNSET
    exclude: list[Name] = []
    queue: Name = "main"
    priority: Whole0 = 0
    target: Above0 | None = None
    weight: From0 = 1.0
    units: Whole1 = 1
    channel: str = ""
    interruptible: bool = False
    estimate: Above0 | None = None


class Tier(Struct, forbid_unknown_fields=True):
    """A part of every type, with a promise of its own."""

    name: Name
    share: Above0
    target: Above0 | None = None
    weight: From0 = 1.0
    priority: Whole0 = 0


class Shift(Struct, rename={"from_": "from"}, forbid_unknown_fields=True):
    """`"HH:MM"` for every day, or hours from the start for once."""

    from_: str | From0
    until: str | From0


class Agents(Struct, forbid_unknown_fields=True):
    """So many who are alike. `speed` 2: needs half the time; as an object: for single types."""

    count: Whole0 = 1
    name: Name | None = None
    skills: list[Name] | dict[str, Level] = []
    speed: Above0 | dict[str, Above0] = 1.0
    capacity: Whole1 = 1
    queues: list[Name] | None = None
    channels: list[str] | None = None
    delays: dict[str, From0] = {}
    shifts: list[str | Shift] = []


class Rules(Struct, forbid_unknown_fields=True):
    """How one queue, or all, are worked off. Without a guard given: 6 times the target for `index`, none for others."""

    policy: str = "index"
    name: Name | None = None
    choice: str | UnsetType = UNSET
    guard: Above0 | UnsetType | None = UNSET
    parameters: dict[str, float] = {}
    reserve: Whole0 = 0
    queues: "dict[str, str | Rules]" = {}


class Burst(Struct, rename={"from_": "from"}, forbid_unknown_fields=True):
    """From so many hours after the start until so many, `factor` times as many come; of `types`, or of all."""

    from_: From0
    until: From0
    factor: From0
    types: list[Name] = []


class Ringing(Struct, forbid_unknown_fields=True):
    """How offers are answered: `accept` seconds until then; a share `missed` by everybody, for `offer` seconds.

    Who missed `missed_offers` in a row is away for `away` seconds; who declined is asked again after `retry`.
    """

    accept: Seconds | None = None
    missed: Annotated[float, Meta(ge=0, lt=1)] = 0.0
    offer: Above0 = 30.0
    missed_offers: Whole1 = 1
    away: From0 = 120.0
    retry: From0 = 30.0


Recorded = tuple[From0, str, From0, From0 | None]
"""When it came (seconds from the start), its type, how long it took, and when who wrote it gave up, or null."""


class Scenario(Struct, forbid_unknown_fields=True):
    """All of it; see docs/simulation.md."""

    types: Annotated[list[Type], Meta(min_length=1)]
    agents: Whole1 | Annotated[list[Agents], Meta(min_length=1)]
    name: str = ""
    tiers: list[Tier] = []
    targets: dict[str, Above0] = {}
    weights: dict[str, From0] = {}
    policy: str | Rules | UnsetType = UNSET
    policies: list[str | Rules] | UnsetType = UNSET
    seeds: Whole1 | Annotated[list[int], Meta(min_length=1)] = 10
    hours: Above0 = 100.0
    warm_up: From0 | UnsetType = UNSET
    skills: list[Name] | UnsetType = UNSET
    bursts: list[Burst] = []
    ringing: Ringing = msgspec.field(default_factory=Ringing)
    slowdown: From0 = 0.0
    estimate_error: Annotated[float, Meta(ge=0, lt=1)] = 0.0
    recorded: list[Recorded] = []


Schema = dict[str, object]


def schema() -> Schema:
    """JSON Schema of a scenario."""
    made = msgspec.json.schema(Scenario)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario for parley simulate",
        **made,
    }


def decode(text: bytes) -> Scenario:
    """Raises msgspec.DecodeError, and msgspec.ValidationError for what has the wrong form."""
    return msgspec.json.decode(text, type=Scenario)
