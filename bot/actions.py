"""Rasa's action server: one POST on the internal listener, by which Rasa has us look things up in the midst of a turn.

Nothing in the tracker is believed: contact, text and record come from our own live turn, found by the turn id.
"""

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from aiohttp import web

from bot.contract import ORDER_NUMBER, Complains, LookupFailed, NotProven, OrderTold, Proposal, WantsPerson
from bot.findings import Findings
from bot.live import LiveTurn, LiveTurns
from bot.rasa_wire import ActionAnswer, ActionCall, ActionResponse, Ref, SlotSet
from core.agent import Permission
from core.errors import Forbidden, Invalid, NotFound
from core.web import Route, json_response

log = logging.getLogger(__name__)

PATH = "/rasa/webhook"
_SECRET = "X-Parley-Secret"  # noqa: S105 - the name of a header

Action = Callable[[LiveTurn, ActionCall], Awaitable[ActionAnswer]]


@dataclass(frozen=True, slots=True)
class ActionSettings:
    """``secret`` is what Rasa must send; ``body_bytes``: a whole tracker travels with each call (up to some 200 kB)."""

    secret: str
    body_bytes: int = 4_194_304


class RasaActions:
    """Our side of Rasa's action protocol; ``bot/project/README.md`` says what each action must return."""

    def __init__(self, findings: Findings, turns: LiveTurns, settings: ActionSettings) -> None:
        if not settings.secret:
            raise Invalid("secret", "a secret that Rasa's calls carry")
        self._findings = findings
        self._turns = turns
        self._settings = settings
        self._decode = msgspec.json.Decoder(ActionCall).decode
        self._actions: Mapping[str, Action] = {
            "action_ask_knowledge": self._ask_knowledge,
            "action_not_helped": self._not_helped,
            "action_hand_over": self._hand_over,
            "action_complaint": self._complaint,
            "action_order_status": self._order_status,
            "validate_order_form": self._validate_order,
        }

    def routes(self) -> Sequence[Route]:
        """For the internal listener only."""
        return (Route("POST", PATH, self.handle, Permission.INTERNAL),)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        given = request.headers.get(_SECRET, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._settings.secret.encode()):
            log.warning("an action was called without the right secret")
            raise Forbidden("the secret is wrong", code="wrong_secret")
        call = self._read(await self._body(request))
        action = self._actions.get(call.next_action)
        if action is None:
            raise NotFound(f"there is no action {call.next_action!r}")
        return json_response(await action(self._live(call), call))

    async def _body(self, request: web.Request) -> bytes:
        """The whole body, past the application's own limit; raises 413 beyond ours."""
        body = bytearray()
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > self._settings.body_bytes:
                raise web.HTTPRequestEntityTooLarge(self._settings.body_bytes, len(body))
        return bytes(body)

    def _read(self, body: bytes) -> ActionCall:
        try:
            return self._decode(body)
        except msgspec.MsgspecError as error:
            raise Invalid("body", f"a call of an action ({error})", code="malformed") from None

    def _live(self, call: ActionCall) -> LiveTurn:
        """The turn under way that this call belongs to."""
        turn_id = call.tracker.latest_message.metadata.turn
        live = None if turn_id is None else self._turns.find(turn_id)
        if live is None:
            raise Forbidden("no such turn is under way", code="unknown_turn")
        if live.turn.conversation != call.sender_id:
            log.warning("a tracker names a turn of another conversation")
            raise Forbidden("the turn is another conversation's", code="made_up_tracker")
        return live

    async def _ask_knowledge(self, live: LiveTurn, call: ActionCall) -> ActionAnswer:
        return _say(live, await self._findings.articles(live.turn))

    async def _not_helped(self, live: LiveTurn, call: ActionCall) -> ActionAnswer:
        return _say(live, await self._findings.other_articles(live.turn))

    async def _hand_over(self, live: LiveTurn, call: ActionCall) -> ActionAnswer:
        return _say(live, WantsPerson())

    async def _complaint(self, live: LiveTurn, call: ActionCall) -> ActionAnswer:
        return _say(live, Complains())

    async def _order_status(self, live: LiveTurn, call: ActionCall) -> ActionAnswer:
        """The form is filled: with the number that we accepted in this turn, whatever the tracker says."""
        emptied = [SlotSet(ORDER_NUMBER, None)]
        if not live.turn.proven:
            return _say(live, NotProven(), events=emptied)
        if live.number is None:
            raise Forbidden("no order number was accepted in this turn", code="made_up_tracker")
        told = await self._findings.order(live.turn, live.number)
        return _say(live, told, events=emptied)

    async def _validate_order(self, live: LiveTurn, call: ActionCall) -> ActionAnswer:
        """Accepts only a number that the customer wrote in this turn and that an order has."""
        written = call.tracker.slots.get(ORDER_NUMBER)
        if written is None:
            return ActionAnswer()
        if not live.turn.proven:
            return _say(live, NotProven(), events=[SlotSet(ORDER_NUMBER, None)])
        if not isinstance(written, str) or not self._findings.said(live.turn, written):
            log.warning("a tracker holds a number that nobody wrote")
            raise Forbidden("the customer wrote no such number", code="made_up_tracker")
        found = await self._findings.order(live.turn, written)
        if isinstance(found, OrderTold):
            live.number = found.order.number
            return ActionAnswer([SlotSet(ORDER_NUMBER, live.number)])
        if isinstance(found, LookupFailed):
            log.warning("orders could not be asked in a form")
        return _say(live, found, events=[SlotSet(ORDER_NUMBER, None)])


def _say(live: LiveTurn, finding: Proposal, events: list[SlotSet] | None = None) -> ActionAnswer:
    return ActionAnswer(events or [], [ActionResponse(Ref("finding", live.keep(finding)))])
