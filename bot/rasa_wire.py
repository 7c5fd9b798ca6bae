"""What travels between us and Rasa: its answers, the events that restore a conversation, and its calls of actions."""

from typing import Any

import msgspec

from bot.contract import ORDER_FORM, ORDER_NUMBER, PastTurn


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
    active_form: str | None = None


class Item(msgspec.Struct, frozen=True):
    custom: Custom


class Metadata(msgspec.Struct, frozen=True):
    """What we gave with the message; ``after`` is the turn that our record has last."""

    turn: str
    after: str | None


class Ask(msgspec.Struct, frozen=True):
    """One turn for Rasa."""

    sender: str
    message: str
    metadata: Metadata


class ActionMetadata(msgspec.Struct, frozen=True):
    turn: str | None = None


class LatestMessage(msgspec.Struct, frozen=True):
    metadata: ActionMetadata = ActionMetadata()


class Tracker(msgspec.Struct, frozen=True):
    """The little of it that is read; nothing of it is believed but the turn id, and that is looked up."""

    slots: dict[str, Any] = msgspec.field(default_factory=dict)
    latest_message: LatestMessage = LatestMessage()


class ActionCall(msgspec.Struct, frozen=True):
    """Rasa asks for an action."""

    next_action: str
    sender_id: str
    tracker: Tracker


class SlotSet(msgspec.Struct, tag="slot", tag_field="event", frozen=True):
    name: str
    value: str | None


class Ref(msgspec.Struct, frozen=True):
    """A finding of the live turn, by its place; Rasa passes it on."""

    kind: str
    ref: int = -1


class ActionResponse(msgspec.Struct, frozen=True):
    custom: Ref


class ActionAnswer(msgspec.Struct, frozen=True):
    events: list[SlotSet] = msgspec.field(default_factory=list)
    responses: list[ActionResponse] = msgspec.field(default_factory=list)


def tracker_events(last: PastTurn | None) -> list[dict[str, Any]]:
    """The shortest list of events that puts a tracker where our record left the conversation."""
    events: list[dict[str, Any]] = [
        {"event": "action", "name": "action_session_start"},
        {"event": "session_started"},
        {"event": "action", "name": "action_listen"},
    ]
    if last is None:
        return events
    in_form = last.active_form == ORDER_FORM
    intent = "order_status" if in_form else "ask_knowledge"
    heard = {
        "event": "user",
        "text": "",
        "parse_data": {"intent": {"name": intent, "confidence": 1.0}, "entities": []},
        "metadata": {"turn": last.id},
    }
    did: list[dict[str, Any]] = [{"event": "action", "name": "action_ask_knowledge"}]
    if in_form:
        did = [
            {"event": "action", "name": ORDER_FORM},
            {"event": "active_loop", "name": ORDER_FORM},
            {"event": "slot", "name": "requested_slot", "value": ORDER_NUMBER},
        ]
    return [*events, heard, *did, {"event": "action", "name": "action_listen"}]
