"""Every limit of what comes in from Telegram."""

from dataclasses import dataclass

from core.limits import Rate


@dataclass(frozen=True, slots=True)
class ReceiveSettings:
    """How Telegram is read.

    A question for news waits up to ``poll_s`` for some, Telegram's most is 50; about ``batch`` updates are stored in one
    transaction. After a failure it is asked again in ``first_pause_s``, later each time, up to ``longest_pause_s``.
    ``webhook_connections``: calls of Telegram at once; every ``webhook_look_s`` it is asked how they go. An album is
    taken as one message once nothing more of it came for ``album_quiet_s``. A larger file than ``file_bytes`` is not
    fetched (Telegram hands out 20 MB at most); messages with files are worked on ``downloads`` at a time, each for
    ``work_s`` at most, and tried again for ``horizon_s``: then a note says what could not be fetched. What came is
    remembered for ``keep_days``, so that it is not taken twice; what was given up can be replayed for as long. ``lease_s``: a process that stops renewing its claim on
    the bots loses it after so long. ``look_s``: how often the configuration is looked at when nobody says that it
    changed; ``hear_s``: how often the database is asked whether another process changed it. Who opens links that prove an
    account is answered ``codes_burst`` times at once in one chat and ``codes_per_minute`` in the long run, then not at all.
    """

    poll_s: float = 50.0
    batch: int = 25
    first_pause_s: float = 1.0
    longest_pause_s: float = 60.0
    webhook_connections: int = 20
    webhook_look_s: float = 300.0
    album_quiet_s: float = 1.0
    file_bytes: int = 20 * 1024 * 1024
    downloads: int = 4
    work_s: float = 300.0
    horizon_s: float = 900.0
    keep_days: int = 14
    lease_s: float = 30.0
    look_s: float = 30.0
    hear_s: float = 1.0
    codes_burst: int = 5
    codes_per_minute: float = 1.0

    @property
    def codes(self) -> Rate:
        return Rate(self.codes_burst, self.codes_per_minute / 60)
