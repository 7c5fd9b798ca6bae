"""The codes of reasons: what decided for an agent, as it is stored with each offer and said in words by the console."""

from enum import StrEnum


class Why(StrEnum):
    """The code of a reason."""

    ONLY_ONE = "only_one"
    PREVIOUS_AGENT = "previous_agent"
    LEAST_COST = "least_cost"
    LEAST_LOADED = "least_loaded"
    LONGEST_IDLE = "longest_idle"
    OFFERED_AGAIN = "offered_again"
    TAKEN = "taken"
    TRANSFERRED = "transferred"
    ASSIGNED = "assigned"
    STANDBY = "standby"
