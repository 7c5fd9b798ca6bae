"""When the bot hands over by itself, beyond what was asked for and what failed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandingSettings:
    """``moods`` lead to a person at once, ``restless`` ones with the first failure; ``unhappy_in_a_row`` messages that are
    not calm lead there too.

    ``unsure_below`` (0 to 1): an engine less sure than that counts as unsure, ``unsure_in_a_row`` times without an answer and
    a person takes over. ``same_step``: so often one step of a form may be asked for without getting further.
    ``tier_attribute`` of the contact (or of what the site told) is the tier: ``straight_tiers`` go to people at once,
    ``eager_tiers`` with the first failure. ``zone_attributes``: where their time zone (IANA) stands. ``quotes`` of at most ``quoted`` characters are shown to the agent, and ``steps``
    of what the bot did. What an agent sends the bot for is asked ``errand_tries`` times, and given up after ``errand_s`` seconds.
    """

    moods: tuple[str, ...] = ("angry",)
    restless: tuple[str, ...] = ("unhappy", "urgent")
    unhappy_in_a_row: int = 2
    unsure_below: float = 0.4
    unsure_in_a_row: int = 3
    same_step: int = 3
    tier_attribute: str = "tier"
    straight_tiers: tuple[str, ...] = ()
    eager_tiers: tuple[str, ...] = ()
    zone_attributes: tuple[str, ...] = ("timezone", "time_zone")
    quotes: int = 3
    quoted: int = 200
    steps: int = 6
    errand_tries: int = 2
    errand_s: float = 4 * 3600.0
