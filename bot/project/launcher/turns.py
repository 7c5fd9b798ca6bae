"""Mends how Rasa takes a turn: never an empty answer, never a command from a customer, and a record of what was understood."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_SLOT_NAMES
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from launcher.actions import ASKS, ActionFailed

if TYPE_CHECKING:
    from rasa.core.processor import MessageProcessor

log = logging.getLogger("parley.turns")

_NOTHING = "…"
# Rasa takes a text with a leading slash as a command; the full-width one only looks alike.
_SLASH, _HARMLESS_SLASH = "/", "\uff0f"


class Refused(Exception):
    """The turn is not taken; the argument is the reason that the answer carries."""


def mend(text_limit: int) -> None:
    """Puts our way to take a turn into Rasa."""

    async def handle(self: Agent, message: UserMessage) -> list[dict[str, Any]]:
        said = message.output_channel
        if not isinstance(said, CollectingOutputChannel):
            raise TypeError("only the REST channel without ?stream is served")
        turn = Turn(message, text_limit)
        ASKS.set(turn.asks)
        turn.failed = await turn.attempt(self)
        if turn.failed is not None:
            said.messages.clear()
            await said.send_custom_json(message.sender_id, {"kind": "unavailable", "reason": turn.failed})
        await said.send_custom_json(message.sender_id, turn.record())
        return said.messages

    Agent.handle_message = handle


def tame(text: str, limit: int) -> str:
    """Cuts what takes the classifier too long, makes a command a text, and nothing something that can be classified."""
    text = text.strip()[:limit] or _NOTHING
    return _HARMLESS_SLASH + text[1:] if text.startswith(_SLASH) else text


class Turn:
    """One message of a customer on its way through Rasa."""

    def __init__(self, message: UserMessage, text_limit: int) -> None:
        """Takes the message as it came in."""
        self.failed: str | None = None
        self._message = message
        self._text_limit = text_limit
        self._metadata = dict(message.metadata) if isinstance(message.metadata, dict) else {}
        self._events, self._anew = self._metadata.pop("events", None), self._metadata.pop("anew", False)
        self.asks = self._metadata.pop("actions", None)
        # What is said to us alone is kept in no tracker.
        message.metadata = self._metadata
        self._model: str | None = None
        self._last_turn: str | None = None
        self._before: dict[str, Any] = {}
        self._tracker: DialogueStateTracker | None = None

    async def attempt(self, agent: Agent) -> str | None:
        """Takes the turn; gives the reason when that failed."""
        try:
            self._check(agent)
            async with agent.lock_store.lock(self._message.sender_id):
                await self._take(agent.processor)
        except Refused as refusal:
            return str(refusal)
        except ActionFailed as failure:
            log.error("action failed: %s", failure)  # noqa: TRY400 - where in Rasa it was called tells nothing
            return "action_failed"
        except Exception:
            log.exception("turn failed")
            return "failed"
        return None if self._message.output_channel.messages else "nothing_said"

    def _check(self, agent: Agent) -> None:
        """Refuses what cannot be a turn, and makes the text harmless."""
        if not agent.is_ready():
            raise Refused("not_ready")
        self._message.text = tame(self._message.text, self._text_limit)

    async def _take(self, processor: MessageProcessor) -> None:
        """Does what Rasa's `handle_message` does, and keeps what the record tells.

        Nothing is saved before the end: a turn that fails leaves the conversation as it was.
        """
        message, channel = self._message, self._message.output_channel
        self._model = processor.model_filename
        tracker = await self._found(processor)
        await processor._handle_message_with_tracker(message, tracker)
        self._tracker = tracker
        await processor.run_action_extract_slots(channel, tracker)
        await processor._run_prediction_loop(channel, tracker)
        if channel.messages:
            await processor.save_tracker(tracker)

    async def _found(self, processor: MessageProcessor) -> DialogueStateTracker:
        """Gives the tracker that is kept, or one where Parley's record left the conversation."""
        sender, tracker = self._message.sender_id, None
        if self._events is None or not self._anew:
            tracker = await processor.fetch_tracker_and_update_session(sender, self._message.output_channel)
            self._note(tracker)
        if tracker is None or self._metadata.get("after", self._last_turn) != self._last_turn:
            if self._events is None:
                raise Refused("out_of_step")
            tracker = DialogueStateTracker.from_dict(sender, self._events, processor.domain.slots)
            self._note(tracker)
        return tracker

    def _note(self, tracker: DialogueStateTracker) -> None:
        self._last_turn = last_turn(tracker)
        self._before = state(tracker)

    def record(self) -> dict[str, Any]:
        """Gives the last item of the answer."""
        failed = self.failed is not None
        after = self._before if failed or self._tracker is None else state(self._tracker)
        return {
            "kind": "turn",
            "turn": self._metadata.get("turn"),
            "failed": self.failed,
            **understood(self._tracker),
            **after,
            "last_turn": self._last_turn,
            "model": (self._model or "").removesuffix(".tar.gz"),
        }


def understood(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """Tells what the customer meant and which actions followed; empty when the turn was not taken."""
    latest = tracker.latest_message if tracker else None
    if tracker is None or latest is None:
        nothing: dict[str, Any] = {"intent": None, "ranking": [], "in_scope": None}
        return {**nothing, "entities": [], "language": None, "actions": []}
    parsed = latest.parse_data
    ranking = parsed.get("intent_ranking", [])[:3]
    entities = [{"entity": found["entity"], "value": found["value"]} for found in latest.entities]
    return {
        "intent": named(latest.intent),
        "ranking": [named(intent) for intent in ranking],
        "in_scope": in_scope(parsed),
        "entities": [found for found in entities if found["entity"] != "lang"],
        "language": tracker.get_slot("lang"),
        "actions": actions_since_message(tracker),
    }


def in_scope(parsed: dict[str, Any]) -> float | None:
    """How sure it is that the text is one that the bot is for; None where the pipeline does not tell."""
    found = parsed.get("scope", {}).get("in_scope")
    return None if found is None else round(float(found), 4)


def named(intent: dict[str, Any]) -> dict[str, Any]:
    """Leaves an intent its name and its confidence."""
    return {"name": intent.get("name"), "confidence": round(float(intent.get("confidence", 0)), 4)}


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Tells where the conversation stands."""
    slots = tracker.current_slot_values()
    return {
        "slots": {name: value for name, value in slots.items() if name not in DEFAULT_SLOT_NAMES},
        "active_form": tracker.active_loop_name,
        "requested_slot": slots.get("requested_slot"),
        "events": len(tracker.events),
    }


def last_turn(tracker: DialogueStateTracker) -> str | None:
    """Gives our id of the last turn that this tracker went through.

    All events count: among the "applied" ones Rasa leaves out the message that filled a form.
    """
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return event.metadata.get("turn")
    return None


def actions_since_message(tracker: DialogueStateTracker) -> list[str]:
    """Gives the names of the actions that answered the last message, in order."""
    names: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name != ACTION_LISTEN_NAME:
            names.insert(0, event.action_name)
    return names
