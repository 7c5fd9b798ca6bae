"""What is known of a conversation when the rules are asked; the words that were written are looked at and never kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.ids import QueueId
from routing.calendar import BusinessHours
from routing.rulebook.conditions import UNKNOWN_LANGUAGE
from routing.rulebook.words import spaced

NO_BOT = "no_bot"
REOPENED = "reopened"
_MOMENT = timedelta(seconds=1)
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Facts:
    """``home``: the queue of its inbox, or the one it was in when it is reopened. ``said``: its subject and what the
    contact wrote, as it was written.

    ``reason`` is the bot's code, ``no_bot`` or ``reopened``. Names of attributes and of context in lower case.
    """

    home: QueueId
    at: datetime
    channel: str
    inbox: str
    reason: str
    language: str | None = None
    contact: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    intent: str | None = None
    mood: str | None = None
    confidence: float | None = None
    said: str = field(default="", repr=False)
    _kept: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

    @property
    def words(self) -> str:
        """What was said, as ``routing.rulebook.words.spaced`` has it; worked out once, when a rule asks."""
        found = self._kept.get("words")
        if not isinstance(found, str):
            found = self._kept["words"] = spaced(self.said)
        return found

    @property
    def languages(self) -> frozenset[str]:
        """The language and all wider forms of it, in lower case."""
        return language_and_wider(self.language)

    def wall(self, zone: str) -> tuple[int, int]:
        """The weekday (0 is Monday) and the minute of the day that a clock in the zone shows."""
        found = self._kept.get(zone)
        if not isinstance(found, tuple):
            local = self.at.astimezone(ZoneInfo(zone))
            found = self._kept[zone] = (local.weekday(), local.hour * _MINUTES + local.minute)
        return found

    def open(self, name: str, hours: BusinessHours) -> bool:
        """Whether these business hours, known by ``name``, are open at that moment."""
        key = ("hours", name)
        found = self._kept.get(key)
        if not isinstance(found, bool):
            found = self._kept[key] = hours.between(self.at, self.at + _MOMENT) > 0
        return found


@lru_cache(maxsize=1024)
def language_and_wider(language: str | None) -> frozenset[str]:
    """``zh-hans`` and ``zh`` for ``zh-Hans``; ``und`` when it is not known."""
    if language is None:
        return frozenset({UNKNOWN_LANGUAGE})
    parts = language.replace("_", "-").lower().split("-")
    return frozenset("-".join(parts[: at + 1]) for at in range(len(parts)))
