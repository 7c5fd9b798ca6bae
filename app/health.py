"""Whether this process lives, and whether it can do its work: what load balancers and ``parley doctor`` ask."""

import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from aiohttp import web

from channels.email.fetching.boxes import configured, troubles
from channels.telegram.receiving import boxes
from console.queries.checks import nobody_serves
from console.wire.routing import NobodyServes
from core.agent import Permission
from core.errors import ParleyError
from core.store.database import Database
from core.store.schema import newer, pending
from core.store.tx import Tx
from core.web import Route, json_response
from knowledge.embedding.models import Models
from routing.rulebook.settings import RuleSettings

_LEAST_FREE_BYTES = 500 * 2**20


class Check(msgspec.Struct, frozen=True):
    """One thing looked at, and what was seen."""

    name: str
    ok: bool
    detail: str


Look = Callable[[], Awaitable[Check]]


@dataclass(frozen=True, slots=True)
class Health:
    """The looks that decide whether the server is ready, and others that people should know of."""

    looks: Sequence[Look]
    others: Sequence[Look] = ()

    async def checks(self) -> list[Check]:
        """For people."""
        return [await look() for look in (*self.looks, *self.others)]

    def routes(self) -> list[Route]:
        return [
            Route("GET", "/healthz", self._alive, Permission.PUBLIC),
            Route("GET", "/readyz", self._ready, Permission.PUBLIC),
        ]

    async def _alive(self, _request: web.Request) -> web.StreamResponse:
        return json_response({"ok": True})

    async def _ready(self, _request: web.Request) -> web.StreamResponse:
        checks = [await look() for look in self.looks]
        failed = [check.name for check in checks if not check.ok]
        return json_response({"ok": not failed, "failed": failed}, 503 if failed else 200)


def database_look(db: Database) -> Look:
    """It answers, and its schema is the newest."""

    def behind(tx: Tx) -> tuple[list[str], str | None]:
        return pending(tx.conn), newer(tx.conn)

    async def look() -> Check:
        try:
            waiting, ahead = await db.read(behind)
        except ParleyError as error:
            return Check("database", False, str(error))
        if waiting:
            said = f"{len(waiting)} migrations have not run, {waiting[0]} is the first: run `parley migrate`"
            return Check("database", False, said)
        if ahead is not None:
            said = f"answers, its schema is that of a newer version ({ahead}): this process can work with it until it is brought up to it"
            return Check("database", True, said)
        return Check("database", True, "answers, its schema is the newest")

    return look


def disk_look(folder: Path) -> Look:
    """There is room for what is written."""

    async def look() -> Check:
        free = shutil.disk_usage(folder).free
        return Check("disk", free >= _LEAST_FREE_BYTES, f"{free // 2**20} MiB free in {folder}")

    return look


def mail_look(db: Database) -> Look:
    """Each mailbox can be read. One that cannot is its administrator's to mend, and no reason to send visitors away."""

    async def look() -> Check:
        try:
            failing, boxes = await db.read(troubles), await db.read(configured)
        except ParleyError as error:
            return Check("mail", False, str(error))
        if failing:
            said = "; ".join(
                f"{each.name} since {each.since:%Y-%m-%d %H:%M} UTC: {each.problem}" for each in failing
            )
            return Check("mail", False, f"mailboxes that cannot be read: {said}")
        return Check("mail", True, f"{len(boxes)} mailboxes are read")

    return look


def bots_look(db: Database) -> Look:
    """Each bot can be read. One that cannot is its administrator's to mend."""

    async def look() -> Check:
        try:
            failing, found = await db.read(boxes.troubles), await db.read(boxes.configured)
        except ParleyError as error:
            return Check("bots", False, str(error))
        if failing:
            said = "; ".join(
                f"{each.name} since {each.since:%Y-%m-%d %H:%M} UTC: {each.problem}" for each in failing
            )
            return Check("bots", False, f"bots that cannot be read: {said}")
        return Check("bots", True, f"{len(found)} bots are read")

    return look


def meaning_look(models: Models) -> Look:
    """What compares meanings is there. Without it articles are found by words, which is no reason to send anybody away."""

    async def look() -> Check:
        states = models.states()
        if not states:
            return Check("meaning", True, "articles are found by words alone, as settings say")
        said = "; ".join(f"{each.name}: {each.detail}" for each in states)
        ok = all(each.ok for each in states)
        return Check("meaning", ok, said if ok else f"articles are found by words alone: {said}")

    return look


def serving_look(db: Database, settings: RuleSettings) -> Look:
    """There is nobody's work. What there is, is a supervisor's to mend: nobody else is kept waiting for it."""

    async def look() -> Check:
        try:
            found = await db.large.read(nobody_serves, settings)
        except ParleyError as error:
            return Check("routing", False, str(error))
        if not found:
            return Check("routing", True, "whatever may come, somebody can take it")
        return Check("routing", False, f"work that nobody can take: {'; '.join(map(_said, found))}")

    return look


def _said(found: NobodyServes) -> str:
    where = "" if found.queue_name is None else f" in {found.queue_name}"
    skills = ", ".join(f"{each.name} {each.level} (the best has {each.best})" for each in found.lacking)
    return f"{found.source.partition(':')[0]} {found.name}{where}: {skills or f'{found.members} agents'}"
