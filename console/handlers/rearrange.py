"""Conversations rearranged, and what is on their outside: people, subject, deliveries."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from aiohttp import web

from console.auth.sessions import Signed
from console.changes import outside, rearrange
from console.parts import Parts
from console.queries.messages import shown_message
from console.queries.outside import participants
from console.queries.summaries import summary_of
from console.wire import conversation as wire
from console.wire.base import Items
from console.wire.message import DeliveryDecision
from core.agent import Agent
from core.ids import ContactPointId, ConversationId, MessageId, RearrangementId
from core.store.tx import Tx
from core.web import json_response, read_json

P = ParamSpec("P")


class RearrangeHandlers:
    """Split, merge, move and undo; ``…/participants``, ``…/subject`` and ``…/delivery``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def split(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Split)
        source = ConversationId(request.match_info["id"])
        return await self._done(session, rearrange.split, source, ask, self._parts.channels)

    async def merge(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Merge)
        source, most = ConversationId(request.match_info["id"]), self._parts.settings.merged
        return await self._done(session, rearrange.merge, source, ask, self._parts.channels, most)

    async def move(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Move)
        message = MessageId(request.match_info["id"])
        return await self._done(session, rearrange.move, message, ask, self._parts.channels)

    async def undo(self, request: web.Request, session: Signed) -> web.Response:
        rearrangement = RearrangementId(request.match_info["id"])
        return await self._done(session, rearrange.undo, rearrangement, self._parts.channels)

    async def _done(
        self,
        session: Signed,
        work: Callable[Concatenate[Tx, Agent, P], ConversationId],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> web.Response:
        conversation = await self._parts.db.run(work, session.agent, *args, **kwargs)
        return json_response(wire.Rearranged(conversation))

    async def add_participant(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.NewParticipant)
        conversation = ConversationId(request.match_info["id"])
        channels, most = self._parts.channels, self._parts.settings.participants
        run = self._parts.db.run
        await run(outside.add_participant, session.agent, conversation, ask, channels, most)
        return json_response(Items(await self._parts.db.read(participants, conversation)), 201)

    async def remove_participant(self, request: web.Request, session: Signed) -> web.Response:
        conversation = ConversationId(request.match_info["id"])
        point = ContactPointId(request.match_info["point"])
        await self._parts.db.run(outside.remove_participant, session.agent, conversation, point)
        return web.Response(status=web.HTTPNoContent.status_code)

    async def subject(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.SubjectAsk)
        conversation = ConversationId(request.match_info["id"])
        run, channels = self._parts.db.run, self._parts.channels
        await run(outside.set_subject, session.agent, conversation, ask, channels)
        return json_response(await self._parts.db.read(summary_of, conversation))

    async def decide(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, DeliveryDecision)
        message = MessageId(request.match_info["id"])
        run, decide = self._parts.db.run, self._parts.decide
        await run(outside.decide_delivery, session.agent, message, ask, decide)
        return json_response(await self._parts.db.read(shown_message, message, self._parts.library.url))
