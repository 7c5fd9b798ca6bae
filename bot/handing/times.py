"""Puts a time into words: on the clock of whoever reads it, with its day, and with its place where that is not theirs."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import get_timezone_location

from core.locales import locale_of


class Catalogue(Protocol):
    """``core.texts.Texts``."""

    def say(self, key: str, language: str | None, /, **values: str | float) -> str: ...


_WEEK, _NEAR = 6, ("bot-weekday-today", "bot-weekday-tomorrow")


def zone_of(name: str | None) -> ZoneInfo | None:
    """None for what is no zone that there is."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def when(texts: Catalogue, language: str, at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """``tomorrow at 09:00``, ``on Monday at 09:00``; after a week with its date. Names no place."""
    local = at.astimezone(zone)
    days = (local.date() - now.astimezone(zone).date()).days
    if 0 <= days < len(_NEAR):
        day = texts.say(_NEAR[days], language)
    elif days <= _WEEK:
        day = texts.say(f"bot-weekday-{local.isoweekday()}", language)
    else:
        month = texts.say(f"routing-month-{local.month}", language)
        weekday = texts.say(f"routing-weekday-{local.isoweekday()}", language)
        date = texts.say("routing-date", language, weekday=weekday, day=str(local.day), month=month)
        day = texts.say("bot-on-date", language, date=date)
    return texts.say("bot-at", language, day=day, time=f"{local:%H:%M}")


def place_of(zone: ZoneInfo, language: str) -> str:
    """``Berlin`` of ``Europe/Berlin``, 柏林 in Chinese."""
    if "/" not in zone.key:
        return zone.key
    return get_timezone_location(zone, locale=locale_of(language), return_city=True).rpartition("/")[2]
