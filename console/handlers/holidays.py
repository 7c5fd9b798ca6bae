"""``/api/holidays``: the countries whose holidays are known, and the holidays of one of them in a year."""

from aiohttp import web

from console.auth.sessions import Signed
from console.parts import Parts
from console.wire import promises as wire
from console.wire.base import Items
from core.errors import Invalid
from core.web import json_response
from routing import holiday_data

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class HolidayHandlers:
    """Reading the data takes more than a moment, so it is the workers' task."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def countries(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(Items(tuple(wire.Country(code) for code in holiday_data.countries())))

    async def holidays(self, request: web.Request, session: Signed) -> web.Response:
        country = request.match_info["country"]
        subdivision = request.query.get("subdivision") or None
        year = _year(request.query.get("year", str(self._parts.clock.now().year)))
        found = await self._parts.workers.run(_found, country, subdivision, year, session.agent.language)
        return json_response(found)


def _found(country: str, subdivision: str | None, year: int, language: str) -> wire.CountryHolidays:
    return wire.CountryHolidays(
        country,
        subdivision,
        year,
        tuple(wire.Subdivision(each.code, each.name) for each in holiday_data.subdivisions(country)),
        tuple(
            wire.CountryHoliday(each.day.isoformat(), each.name, each.called(language))
            for each in holiday_data.holidays_of(country, subdivision, [year])
        ),
    )


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR):
        raise Invalid("year", f"a year from {_FIRST_YEAR} to {_LAST_YEAR}, not {text!r}")
    return int(text)
