"""Rasa's action server: one POST on the internal listener, by which Rasa has us look things up in the midst of a turn.

Nothing in the tracker is believed: contact, text and record come from our own live turn, found by the turn id.
"""

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from aiohttp import web

from bot.contract import Turn
from bot.findings import Findings
from bot.forms.going import Forms, Progress
from bot.forms.kinds import CONFIRMED, FORMS, Form, values_of
from bot.live import MISTAKES, LiveTurn, LiveTurns
from bot.phrases import unwished
from bot.proposals import Complains, NotProven, Proposal, WantsPerson
from bot.rasa_wire import ActionAnswer, ActionCall, ActionResponse, Happened, LoopSet, Ref, SlotSet
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
        self._forms = Forms(findings)
        self._turns = turns
        self._settings = settings
        self._decode = msgspec.json.Decoder(ActionCall).decode
        self._actions: Mapping[str, Action] = {
            "action_ask_knowledge": self._ask_knowledge,
            "action_not_helped": self._not_helped,
            "action_hand_over": self._hand_over,
            "action_complaint": self._complaint,
        } | {
            name: action
            for form in FORMS.values()
            for name, action in (
                (f"validate_{form.name}", self._going_on(form)),
                (f"action_{form.intent.value}", self._full),
            )
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
        live = self._live(call)
        try:
            return json_response(await action(live, call))
        except MISTAKES as mistake:
            live.mistake = mistake
            raise

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
        return _say(live, WantsPerson(), events=[LoopSet(None)])

    async def _complaint(self, live: LiveTurn, call: ActionCall) -> ActionAnswer:
        return _say(live, Complains(), events=[LoopSet(None)])

    def _going_on(self, form: Form) -> Action:
        """What Rasa asks when the form starts or continues, and again after an interruption."""

        async def go_on(live: LiveTurn, call: ActionCall) -> ActionAnswer:
            turn = live.turn
            if not turn.proven:
                live.progress = Progress((NotProven(),), None, turn.slots)
            elif live.progress is None:
                intent = call.tracker.latest_message.intent
                live.progress = await self._rather_an_article(turn, intent.name, intent.confidence) or (
                    await self._forms.go_on(turn, intent.name)
                )
            if live.progress is None:
                # None of the form's business: rules answer it, and Rasa has the form ask again.
                return ActionAnswer()
            said = [_ref(live, each) for each in live.progress.proposals]
            return ActionAnswer(_events(form, live), said)

        return go_on

    async def _rather_an_article(self, turn: Turn, intent: str | None, confidence: float) -> Progress | None:
        """Before a form is opened on a doubtful guess (an order's number is no question), or on what only speaks of a wish."""
        if turn.active_form is not None:
            return None
        if intent is not None and unwished(turn.text, intent):
            return Progress((await self._findings.articles(turn),), None, turn.slots)
        if self._findings.numbers.numbers_in(turn.text):
            return None
        found = await self._findings.sure_article(turn, confidence)
        return None if found is None else Progress((found,), None, turn.slots)

    async def _full(self, live: LiveTurn, call: ActionCall) -> ActionAnswer:
        """A form is full, or was left: said is what it came to in this turn, whatever the tracker says."""
        if not live.turn.proven:
            return _say(live, NotProven())
        if live.progress is None:
            raise Forbidden("no form went on in this turn", code="made_up_tracker")
        return _say(live, live.progress.proposals[-1])


def _events(form: Form, live: LiveTurn) -> list[Happened]:
    """What Rasa's form holds from now on; one that is left for another, or for good, ends."""
    progress = live.progress
    if progress is None:
        return []
    values = values_of(form, progress.slots, verified=live.turn.verified)
    if progress.form is None:
        values[CONFIRMED] = "yes"
    slots: list[Happened] = [SlotSet(slot, values.get(slot)) for slot in form.needs]
    ended = progress.form is None and any(values.get(slot) is None for slot in form.needs)
    return [*slots, LoopSet(None)] if ended else slots


def _say(live: LiveTurn, finding: Proposal, events: list[Happened] | None = None) -> ActionAnswer:
    return ActionAnswer(events or [], [_ref(live, finding)])


def _ref(live: LiveTurn, finding: Proposal) -> ActionResponse:
    return ActionResponse(Ref("finding", live.keep(finding)))
