"""How long an offer rings: as long as there is time, shorter when a second agent must still be able to answer."""

from datetime import datetime

from routing.settings import RoutingSettings


def seconds(deadline: datetime | None, now: datetime, settings: RoutingSettings, *, standby: bool) -> float:
    """For an offer made ``now``.

    Where somebody stands by, only a share of the time that is left until the deadline, within bounds: whoever
    does not answer should not use it all up. Where nobody else could take it, cutting it short helps nobody.
    """
    if deadline is None or not standby:
        return settings.offer_s
    slack_s = (deadline - now).total_seconds()
    least = min(settings.offer_least_s, settings.offer_s)
    return min(settings.offer_s, max(least, slack_s * settings.offer_slack_share))
