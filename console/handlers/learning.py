"""What the bot misunderstood, labelled by editors; and models trained, looked at and rolled out."""

from aiohttp import web

from bot.improving.contract import Improving
from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.queries import learning as show
from console.wire import learning as wire
from core.agent import Permission
from core.errors import Unavailable
from core.web import client_address, json_response, read_json


class LearningHandlers:
    """``/api/bot/turns``, ``/api/bot/labels`` and ``/api/bot/models``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @property
    def _desk(self) -> Improving:
        if self._parts.improving is None:
            raise Unavailable("the bot is not improved here")
        return self._parts.improving

    async def turns(self, request: web.Request, session: Signed) -> web.Response:
        page = await self._desk.misread(show.wanted_from(request.query))
        intents = tuple(await self._desk.intents())
        return json_response(show.texts(page, intents, whole=session.may(Permission.ANSWER)))

    async def label(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.LabelAsk)
        key = request.match_info["key"]
        made = await self._desk.label(key, ask.intent, session.agent.id)
        self._audit("bot text labelled", request, session, key)
        return json_response(show.label(made))

    async def undo(self, request: web.Request, session: Signed) -> web.Response:
        label = request.match_info["id"]
        left = await self._desk.undo(label, session.agent.id)
        self._audit("bot label taken back", request, session, label)
        return json_response(wire.LabelUndone(show.label(left)))

    async def models(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(show.models(await self._desk.models()))

    async def model(self, request: web.Request, session: Signed) -> web.Response:
        found = await self._desk.model(request.match_info["id"])
        return json_response(show.detail(found, await self._desk.models()))

    async def train(self, request: web.Request, session: Signed) -> web.Response:
        made = await self._desk.train(session.agent.id)
        self._audit("bot training begun", request, session, made)
        return json_response(wire.TrainingBegun(made), web.HTTPAccepted.status_code)

    async def roll_out(self, request: web.Request, session: Signed) -> web.Response:
        model = request.match_info["id"]
        begun = await self._desk.roll_out(model, session.agent.id)
        self._audit("bot model rolled out", request, session, model)
        return json_response(show.rollout(begun), web.HTTPAccepted.status_code)

    def _audit(self, what: str, request: web.Request, session: Signed, key: str) -> None:
        audit.record(what, by=session.agent.id, address=client_address(request), about=key)
