"""What became of the bot's conversations: the report, the same as a file, and what is set for measuring."""

import csv
import io
from collections.abc import Iterator
from typing import get_args

from aiohttp import hdrs, web

from console.auth import audit
from console.auth.sessions import Signed
from console.changes import measuring as changes
from console.parts import Parts
from console.queries import held_out
from console.queries.chosen import Period, period_from
from console.queries.measuring import costs_by_inbox, measuring, saved
from console.queries.outcomes import counted, days_of, hours_of, outcomes_of, tables_of
from console.settings import ReportSettings
from console.wire import outcomes as wire
from core.store.tx import Tx
from core.web import client_address, json_response, read_json

_COLUMNS = (
    *("by", "key", "name", "conversations", "confirmed", "assumed", "escalated", "abandoned"),
    *("came_again", "deflected_share", "deflected_low", "deflected_high"),
)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_ALL = 1_000_000


class OutcomeHandlers:
    """``/api/bot/outcomes`` and ``/api/bot/measuring``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(await self._report(request, self._parts.settings.report.lines))

    async def file(self, request: web.Request, session: Signed) -> web.Response:
        """All lines of all tables, as CSV."""
        report = await self._report(request, _ALL)
        text = io.StringIO()
        csv.writer(text).writerows(_rows(report))
        name = f"bot-{report.since}-{report.until}.csv"
        headers = {hdrs.CONTENT_DISPOSITION: f'attachment; filename="{name}"', hdrs.CACHE_CONTROL: "no-store"}
        return web.Response(text=text.getvalue(), content_type="text/csv", charset="utf-8", headers=headers)

    async def measuring(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(await self._parts.db.read(measuring))

    async def measure(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.MeasuringAsk)
        where = client_address(request)
        for each in await self._parts.db.run(changes.save, ask):
            audit.record(
                each.what,
                by=session.agent.id,
                address=where,
                id=each.about,
                before=each.before,
                after=each.after,
            )
        return json_response(await self._parts.db.read(measuring))

    async def _report(self, request: web.Request, lines: int) -> wire.BotReport:
        period = period_from(request.query, self._parts.clock.now().date())
        inbox = request.query.get("inbox") or None
        window_s, settings = self._parts.window_s, self._parts.settings.report
        return await self._parts.db.large.read(_report, period, inbox, window_s, settings, lines)


def _report(
    tx: Tx, period: Period, inbox: str | None, window_s: float, settings: ReportSettings, lines: int
) -> wire.BotReport:
    found, known = counted(tx, period, inbox), measuring(tx)
    groups = held_out.groups_of(tx, period, inbox, window_s)
    return wire.BotReport(
        since=period.since,
        until=period.until,
        zone=period.zone.key,
        inbox=inbox,
        window_s=window_s,
        outcomes=outcomes_of(found.all),
        waiting=found.waiting,
        reasons={name: dict(found.reasons.get(name, {})) for name in get_args(wire.OutcomeName)},
        tables=tables_of(tx, found, lines),
        days=days_of(found, period),
        hours=hours_of(found, period),
        saved=saved(known, found),
        hold_out=held_out.lines_of(tx, groups, costs_by_inbox(tx, known), settings.enough),
        enough=settings.enough,
    )


def _rows(report: wire.BotReport) -> Iterator[tuple[object, ...]]:
    yield _COLUMNS
    yield ("all", "", "", *_figures(report.outcomes))
    for table in report.tables:
        for line in table.lines:
            yield (table.by, _plain(line.key), _plain(line.name or ""), *_figures(line.outcomes))
    for hour in report.hours:
        yield ("hour", f"{hour.weekday + 1} {hour.hour:02}:00", "", *_figures(hour.outcomes))


def _plain(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _figures(of: wire.Outcomes) -> tuple[object, ...]:
    part = round(of.deflected.count / of.conversations, 4) if of.conversations else ""
    bounds = (round(of.deflected.low, 4), round(of.deflected.high, 4))
    counts = (of.confirmed.count, of.assumed.count, of.escalated.count, of.abandoned.count)
    return (of.conversations, *counts, of.came_again.count, part, *bounds)
