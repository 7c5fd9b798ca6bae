"""Skills, queues, inboxes, SLA policies, business hours and canned replies: read by agents, changed by who may."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.changes import promises, queues
from console.changes import setup as changes
from console.changes.rows import Noun, remove
from console.changes.secrets import masked
from console.parts import Parts
from console.queries import promises as promised
from console.queries import setup as queries
from console.queries.known import known_values
from console.wire import setup as wire
from console.wire.base import Items
from console.wire.message import CannedAsk
from console.wire.promises import HoursAsk, SlaPolicyAsk
from core.errors import Invalid, NotFound, TooOften, Unavailable
from core.inbox import BotProfile, Inbox
from core.store.tx import Tx
from core.web import client_address, json_response, read_json

A = TypeVar("A")
Save = Callable[[Tx, str | None, A], str]
Remove = Callable[[Tx, str], None]
List = Callable[[Tx], Sequence[Any]]


class Collection:
    """One kind of setting under one address: list, add, replace, remove; each change is in the audit log."""

    def __init__(
        self, parts: Parts, what: str, listed: List, ask: type[A], save: Save[A], drop: Remove | None = None
    ) -> None:
        self._parts = parts
        self._what = what
        self._listed = listed
        self._ask: type[Any] = ask
        self._save: Save[Any] = save
        self._drop = drop

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(Items(tuple(await self._parts.db.read(self._listed))))

    async def add(self, request: web.Request, session: Signed) -> web.Response:
        return await self._saved(request, session, None)

    async def put(self, request: web.Request, session: Signed) -> web.Response:
        return await self._saved(request, session, request.match_info["id"])

    async def remove(self, request: web.Request, session: Signed) -> web.Response:
        if self._drop is None:
            raise NotFound(f"{self._what} is not removed")
        id = request.match_info["id"]
        await self._parts.db.run(self._drop, id)
        self._audit("removed", request, session, id)
        return web.Response(status=web.HTTPNoContent.status_code)

    async def _saved(self, request: web.Request, session: Signed, id: str | None) -> web.Response:
        ask = await read_whole(request, self._ask)
        saved = await self._parts.db.run(self._save_and_show, id, ask)
        self._audit("added" if id is None else "changed", request, session, saved.id)
        return json_response(saved, 201 if id is None else 200)

    def _save_and_show(self, tx: Tx, id: str | None, ask: object) -> Any:
        saved = self._save(tx, id, ask)
        return next(each for each in self._listed(tx) if each.id == saved)

    def _audit(self, did: str, request: web.Request, session: Signed, id: str) -> None:
        address = client_address(request)
        audit.record(f"{self._what} {did}", by=session.agent.id, address=address, **{self._what: id})


class SetupHandlers:
    """The collections that the route table names."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.skills = Collection(
            parts, "skill", queries.list_skills, wire.SkillAsk, changes.save_skill, changes.remove_skill
        )
        self.queues = Collection(
            parts, "queue", queries.list_queues, wire.QueueAsk, queues.save_queue, queues.remove_queue
        )
        self.inboxes = Collection(parts, "inbox", self._inboxes, wire.InboxAsk, self._save_inbox)
        self.policies = Collection(
            parts,
            "sla_policy",
            promised.list_policies,
            SlaPolicyAsk,
            promises.save_policy,
            promises.remove_policy,
        )
        self.hours = Collection(
            parts, "hours", promised.list_hours, HoursAsk, self._save_hours, _removing(promises.HOURS)
        )
        self.canned = Collection(
            parts, "canned", queries.list_canned, CannedAsk, changes.save_canned, _removing(changes.CANNED)
        )

    async def known(self, request: web.Request, session: Signed) -> web.Response:
        """What rules can be offered to ask about."""
        return json_response(await self._parts.db.read(known_values, self._parts.settings.known))

    async def check_inbox(self, request: web.Request, session: Signed) -> web.Response:
        """Try a configuration; what it connects to is the channel's to allow."""
        ask = await read_whole(request, wire.InboxCheck)
        settings = self._parts.settings.probe
        wait_s = await self._parts.limits.take((f"probe:{session.agent.id}", settings.per_person))
        if wait_s > 0:
            self._parts.count("rate")
            raise TooOften(wait_s)
        channel = self._parts.channels.get(ask.kind)
        if channel is None:
            raise Invalid("kind", f"one of {', '.join(sorted(self._parts.channels))}")
        whole = changes.whole_config
        config = await self._parts.db.read(whole, ask.inbox, ask.kind, ask.config, channel)
        channel.check(config)
        try:
            async with asyncio.timeout(settings.time_limit_s):
                steps = await channel.probe(config)
        except TimeoutError:
            raise Unavailable(f"no answer within {settings.time_limit_s:g} s") from None
        shown = (wire.ProbeStep(each.name, each.state, each.code, each.detail) for each in steps)
        return json_response(wire.Probed(tuple(shown)))

    def _inboxes(self, tx: Tx) -> tuple[wire.Inbox, ...]:
        return tuple(self._shown(each) for each in queries.list_inboxes(tx))

    def _shown(self, inbox: Inbox) -> wire.Inbox:
        channel = self._parts.channels.get(inbox.kind)
        snippet = None if channel is None else channel.snippet(inbox, self._parts.settings.public_url)
        return wire.Inbox(
            inbox.id,
            inbox.kind,
            inbox.name,
            inbox.enabled,
            inbox.queue,
            inbox.bot.value,
            masked(inbox.config, channel),
            snippet,
            inbox.weight,
            inbox.interruptible,
            _profile(inbox.profile),
        )

    def _save_hours(self, tx: Tx, id: str | None, ask: HoursAsk) -> str:
        return promises.save_hours(tx, id, ask, self._parts.routing.holiday_years)

    def _save_inbox(self, tx: Tx, id: str | None, ask: wire.InboxAsk) -> str:
        parts = self._parts
        return changes.save_inbox(tx, id, ask, parts.channels, parts.installation.engines, parts.texts.spoken)


def _profile(profile: BotProfile) -> wire.BotProfile:
    return wire.BotProfile(profile.engine, profile.persona, profile.languages, profile.caution.value)


async def read_whole(request: web.Request, shape: type[A]) -> A:
    """Nothing is left out of it silently: an address without its NUL is another address."""
    ask = await read_json(request, shape, as_it_is=True)
    whole = msgspec.to_builtins(ask)
    # A channel names the fields of its configuration as they are called inside it.
    for part in (whole.pop("config", {}), whole):
        field = _with_nul(part)
        if field is not None:
            raise Invalid(field or "body", "no control characters")
    return ask


def _with_nul(value: object) -> str | None:
    """Where a text, or a field's name, has a NUL: dotted, empty for ``value`` itself."""
    match value:
        case str():
            return "" if "\x00" in value else None
        case dict():
            inside = [(name, "" if "\x00" in name else _with_nul(each)) for name, each in value.items()]
        case list() | tuple():
            inside = [(str(index), _with_nul(each)) for index, each in enumerate(value)]
        case _:
            return None
    found = ((name.replace("\x00", ""), path) for name, path in inside if path is not None)
    return next((f"{name}.{path}" if path else name for name, path in found), None)


def _removing(noun: Noun) -> Remove:
    return lambda tx, id: remove(tx, noun, id)
