"""What travels between us and Rasa: its answers, the events that restore a conversation, and its calls of actions."""

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.contract import ORDER_NUMBER, Turn
from bot.forms.kinds import Form, form_of, pending, values_of


class Named(msgspec.Struct, frozen=True):
    """An intent with its confidence."""

    name: str | None = None
    confidence: float = 0.0


class Custom(msgspec.Struct, frozen=True):
    """One item of an answer; ``kind`` says which fields count. ``bot/project/README.md`` describes them."""

    kind: str
    key: str = ""
    slot: str = ""
    ref: int = -1
    reason: str | None = None
    turn: str | None = None
    failed: str | None = None
    intent: Named | None = None
    ranking: tuple[Named, ...] = ()
    in_scope: float | None = None
    active_form: str | None = None


class Item(msgspec.Struct, frozen=True):
    custom: Custom


class Metadata(msgspec.Struct, frozen=True):
    """What we gave with the message; ``after`` is the turn that our record has last.

    ``events`` put a tracker that is elsewhere there before the turn, and with ``anew`` any. ``actions``: where this
    process answers Rasa's actions, None where Rasa was told at its start.
    """

    turn: str
    after: str | None
    events: list[dict[str, Any]]
    anew: bool
    actions: str | None = None


class Ask(msgspec.Struct, frozen=True):
    """One turn for Rasa."""

    sender: str
    message: str
    metadata: Metadata


class ActionMetadata(msgspec.Struct, frozen=True):
    turn: str | None = None


class LatestMessage(msgspec.Struct, frozen=True):
    metadata: ActionMetadata = ActionMetadata()
    intent: Named = Named()


class Tracker(msgspec.Struct, frozen=True):
    """The little of it that is read; nothing of it is believed but what the text means, and the turn id, which is looked up."""

    latest_message: LatestMessage = LatestMessage()


class ActionCall(msgspec.Struct, frozen=True):
    """Rasa asks for an action."""

    next_action: str
    sender_id: str
    tracker: Tracker


class SlotSet(msgspec.Struct, tag="slot", tag_field="event", frozen=True):
    name: str
    value: str | None


class LoopSet(msgspec.Struct, tag="active_loop", tag_field="event", frozen=True):
    """``name`` None: the form ends."""

    name: str | None


Happened = SlotSet | LoopSet


class Ref(msgspec.Struct, frozen=True):
    """A finding of the live turn, by its place; Rasa passes it on."""

    kind: str
    ref: int = -1


class ActionResponse(msgspec.Struct, frozen=True):
    custom: Ref


class ActionAnswer(msgspec.Struct, frozen=True):
    events: list[Happened] = msgspec.field(default_factory=list)
    responses: list[ActionResponse] = msgspec.field(default_factory=list)


def tracker_events(turn: Turn) -> list[dict[str, Any]]:
    """The shortest list of events that puts a tracker where our record left the conversation before this turn."""
    events: list[dict[str, Any]] = [
        {"event": "action", "name": "action_session_start"},
        {"event": "session_started"},
        {"event": "action", "name": "action_listen"},
    ]
    last = turn.last
    if last is None:
        return events
    form = form_of(last.active_form)
    intent = "ask_knowledge" if form is None else form.intent.value
    heard = {
        "event": "user",
        "text": "",
        "parse_data": {"intent": {"name": intent, "confidence": 1.0}, "entities": []},
        "metadata": {"turn": last.id},
    }
    did: list[dict[str, Any]] = [{"event": "action", "name": "action_ask_knowledge"}]
    if form is not None:
        did = _opened(form, last.slots, verified=turn.verified)
    return [*events, heard, *did, {"event": "action", "name": "action_listen"}]


def _opened(form: Form, slots: Mapping[str, str], *, verified: bool) -> list[dict[str, Any]]:
    """The form asks for what is missing, and holds the rest."""
    filled = values_of(form, slots, verified=verified)
    slot = pending(form, slots, verified=verified)
    # A proof that this form does not know of: to Rasa the number is not accepted yet.
    asked = {"requested_slot": slot if slot is None or slot in form.needs else ORDER_NUMBER}
    return [
        {"event": "action", "name": form.name},
        {"event": "active_loop", "name": form.name},
        *({"event": "slot", "name": name, "value": value} for name, value in (filled | asked).items()),
    ]
