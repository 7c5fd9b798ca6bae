"""The public holidays of Berlin, for the sample company's business hours."""

from datetime import date, timedelta

from core.store.forms import StoredHoliday

_FIXED = (
    (1, 1, "New Year's Day"),
    (3, 8, "Women's Day"),
    (5, 1, "Labour Day"),
    (10, 3, "Day of German Unity"),
    (12, 25, "Christmas Day"),
    (12, 26, "Second day of Christmas"),
)
_AFTER_EASTER = ((-2, "Good Friday"), (1, "Easter Monday"), (39, "Ascension Day"), (50, "Whit Monday"))


def holidays_of(year: int) -> list[StoredHoliday]:
    """In the order of the year."""
    easter = easter_sunday(year)
    days = [(date(year, month, day), name) for month, day, name in _FIXED]
    days += [(easter + timedelta(days=after), name) for after, name in _AFTER_EASTER]
    return [StoredHoliday(day.isoformat(), name) for day, name in sorted(days)]


def easter_sunday(year: int) -> date:
    """In the Gregorian calendar. Source: the anonymous algorithm, Nature, 20 April 1876."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
