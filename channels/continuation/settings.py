"""When conversations go on by mail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContinuationSettings:
    """Seconds. ``away_s``: how long a reply is unread, with nobody there, until it goes by mail.

    ``by_mail_s``: the same for who wrote by mail last, and has no need to come back. Who is there and does not read is
    looked at again, after twice the time each time, up to ``longest_s``. ``time_limit_s`` for one mail, and
    ``horizon_s`` is how long it is tried.
    """

    away_s: float = 300.0
    by_mail_s: float = 30.0
    longest_s: float = 3600.0
    time_limit_s: float = 240.0
    first_pause_s: float = 5.0
    longest_pause_s: float = 600.0
    horizon_s: float = 6 * 3600.0
