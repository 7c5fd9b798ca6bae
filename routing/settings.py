"""Routing's settings, each with its unit."""

from dataclasses import dataclass, field

from routing.handling import HandlingSettings
from routing.queue import ComingBackSettings
from routing.rulebook.settings import RuleSettings


@dataclass(frozen=True, slots=True)
class RoutingSettings:
    """Seconds unless said otherwise.

    ``offer_s``: how long an offer rings at most. Where somebody else stands by it rings for ``offer_slack_share`` of the
    time that is left until the deadline, but never less than ``offer_least_s``. ``missed_offers``: after so many unanswered ones in a row an agent counts as
    not responding; 0: never. ``retry_s``: pause before those who declined are asked again when nobody else is left.
    ``untargeted_s``: what has no target is ordered as if due after so long. ``lease_s``, ``renew_s``: the router's
    lease and how often it is renewed. ``sweep_s``: the safety net below the signals. ``batch``: at most so many events in one
    transaction, fewer where that takes longer than ``renew_s``. ``rebuild_s``: reading all that waits may take so long, before another process has a try. ``line_batch``: after a change of settings so many who wait are put in line anew at a time. ``attempts``: after so many failures an event is given up. ``candidates``: how many agents a stored
    reason names. How long one waits is worked out from those who left the line in the last ``pace_s``, at most
    ``pace_most`` and at least ``pace_fewest`` of them, anew after ``pace_fresh_s``. ``measure_batch``: after a change of
    policies or hours, so many conversations at a time are measured anew. ``calendar_s``: how often it is looked whether
    time zones, holidays or the year have changed. ``holiday_years``: so many years of holidays are worked out ahead.
    """

    offer_s: float = 30.0
    offer_least_s: float = 10.0
    offer_slack_share: float = 0.5
    missed_offers: int = 1
    retry_s: float = 30.0
    untargeted_s: float = 600.0
    lease_s: float = 2.0
    renew_s: float = 0.5
    sweep_s: float = 1.0
    rebuild_s: float = 30.0
    batch: int = 256
    line_batch: int = 200
    attempts: int = 5
    candidates: int = 5
    pace_s: float = 3600.0
    pace_most: int = 1000
    pace_fewest: int = 3
    pace_fresh_s: float = 5.0
    measure_batch: int = 100
    calendar_s: float = 3600.0
    holiday_years: int = 5
    rules: RuleSettings = field(default_factory=RuleSettings)
    handling: HandlingSettings = field(default_factory=HandlingSettings)
    coming_back: ComingBackSettings = field(default_factory=ComingBackSettings)
