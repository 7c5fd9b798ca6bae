"""Work as agents handle it: offers answered, conversations taken, passed on, finished and put away."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.changes import work as changes
from console.changes.conversations import check_text
from console.parts import Parts
from console.queries.assigning import assignables
from console.queries.summaries import summary_of
from console.wire import conversation as wire
from console.wire.errand import SendBot
from console.wire.presence import Assign
from core.agent import Agent
from core.errors import Conflict
from core.ids import AgentId, ConversationId, ReservationId
from core.store.tx import Tx
from core.web import client_address, json_response, read_json
from routing import ledger, reservations

P = ParamSpec("P")


class WorkHandlers:
    """What is done to ``/api/conversations/{id}`` and ``/api/reservations/{id}``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def take(self, request: web.Request, session: Signed) -> web.Response:
        return await self._done(request, session, _take)

    async def resolve(self, request: web.Request, session: Signed) -> web.Response:
        return await self._done(request, session, changes.resolve)

    async def reopen(self, request: web.Request, session: Signed) -> web.Response:
        return await self._done(request, session, changes.reopen)

    async def wait(self, request: web.Request, session: Signed) -> web.Response:
        return await self._done(request, session, changes.wait)

    async def snooze(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Snooze)
        return await self._done(request, session, changes.snooze, ask.until)

    async def transfer(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Transfer)
        if ask.note is not None:
            check_text(ask.note, self._parts.settings.text_bytes)
        offer_s = self._parts.routing.offer_s
        return await self._done(request, session, changes.transfer, ask, offer_s)

    async def send_bot(self, request: web.Request, session: Signed) -> web.Response:
        """Back to the bot, with what it shall ask for."""
        ask, errands = await read_json(request, SendBot), self._parts.errands
        if errands is None:
            raise Conflict("there is no bot here", code="no_bot")
        return await self._done(request, session, changes.send_bot, errands, ask.ask, ask.question)

    async def assignables(self, request: web.Request, session: Signed) -> web.Response:
        """To whom it may be given by hand, and what that would set aside."""
        conversation = ConversationId(request.match_info["id"])
        return json_response(await self._parts.db.read(assignables, conversation))

    async def assign(self, request: web.Request, session: Signed) -> web.Response:
        """A supervisor gives it to somebody, whatever routing thinks of that."""
        ask = await read_json(request, Assign)
        answer = await self._done(request, session, _assign, AgentId(ask.agent))
        conversation = request.match_info["id"]
        audit.record(
            "conversation assigned",
            by=session.agent.id,
            address=client_address(request),
            conversation=conversation,
            agent=ask.agent,
        )
        return answer

    async def accept(self, request: web.Request, session: Signed) -> web.Response:
        reservation = ReservationId(request.match_info["id"])
        conversation = await self._parts.db.run(_accept, session.agent.id, reservation)
        return json_response(wire.Accepted(conversation))

    async def decline(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.OfferAnswer) if request.can_read_body else wire.OfferAnswer()
        reservation = ReservationId(request.match_info["id"])
        conversation = await self._parts.db.run(_decline, session.agent.id, reservation, ask.reason)
        return json_response(wire.Accepted(conversation))

    async def _done(
        self,
        request: web.Request,
        session: Signed,
        work: Callable[Concatenate[Tx, Agent, ConversationId, P], None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> web.Response:
        """Do it, and answer with what the conversation has become."""
        conversation = ConversationId(request.match_info["id"])

        def all_of_it(tx: Tx) -> wire.ConversationSummary:
            work(tx, session.agent, conversation, *args, **kwargs)
            return summary_of(tx, conversation)

        return json_response(await self._parts.db.run(all_of_it))


def _take(tx: Tx, agent: Agent, conversation: ConversationId) -> None:
    ledger.take(tx, agent.id, conversation)


def _assign(tx: Tx, supervisor: Agent, conversation: ConversationId, agent: AgentId) -> None:
    ledger.override(tx, conversation, agent, supervisor.id)


def _accept(tx: Tx, agent: AgentId, reservation: ReservationId) -> ConversationId:
    return ledger.accept(tx, agent, reservation).id


def _decline(tx: Tx, agent: AgentId, reservation: ReservationId, why: str | None) -> ConversationId:
    ledger.decline(tx, agent, reservation, why)
    found = reservations.find(tx, reservation)
    assert found is not None  # noqa: S101 - it was there a moment ago, in this transaction
    return found.conversation
