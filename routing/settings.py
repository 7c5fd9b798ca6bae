"""Routing's settings, each with its unit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoutingSettings:
    """Seconds unless said otherwise.

    ``offer_s``: how long an offer rings. ``missed_offers``: after so many unanswered ones in a row an agent counts as
    not responding. ``retry_s``: pause before those who declined are asked again when nobody else is left.
    ``untargeted_s``: what has no target is ordered as if due after so long. ``lease_s``, ``renew_s``: the router's
    lease and how often it is renewed. ``sweep_s``: the safety net below the signals. ``batch``: events in one
    transaction. ``attempts``: after so many failures an event is given up. ``candidates``: how many agents a stored
    reason names. How long one waits is worked out from those who left the line in the last ``pace_s``, at most
    ``pace_most`` and at least ``pace_fewest`` of them, anew after ``pace_fresh_s``.
    """

    offer_s: float = 30.0
    missed_offers: int = 1
    retry_s: float = 30.0
    untargeted_s: float = 600.0
    lease_s: float = 2.0
    renew_s: float = 0.5
    sweep_s: float = 1.0
    batch: int = 256
    attempts: int = 5
    candidates: int = 5
    pace_s: float = 3600.0
    pace_most: int = 1000
    pace_fewest: int = 3
    pace_fresh_s: float = 5.0
