"""Suggests answers to agents: the outbox handler ``bot.suggest`` leaves a note that no customer sees.

The conversation waits for a person all the same, from the moment it came in: whatever fails here, nobody waits for it.
"""

import logging

from bot.contract import Turn
from bot.handlers import AnswerSettings, Given
from bot.record import Thought, load_suggestion, not_owed, suggestion_key
from bot.reply import Nothing
from bot.thinking import Thinker
from bot.wording import Wording
from core.attempts import Retry
from core.events import Event, MessageReceived, Recorded
from core.ids import TurnId
from core.message import ByBot
from core.outbox import IoHandler
from core.reply import add_note
from core.store.conversations import get_conversation
from core.store.tx import Tx

log = logging.getLogger(__name__)

NAME = "bot.suggest"


class SuggestAnswers:
    """One note for the first of a customer's messages that nobody answered yet, where the bot has an answer."""

    def __init__(
        self, given: Given, thinker: Thinker, wording: Wording, settings: AnswerSettings | None = None
    ) -> None:
        self._given = given
        self._thinker = thinker
        self._wording = wording
        self._settings = settings or AnswerSettings()

    def handler(self) -> IoHandler:
        """Its line in the table of subscriptions; what fails to the end is only logged, by the relay."""
        settings = self._settings
        return IoHandler(
            NAME,
            (MessageReceived,),
            self.suggest,
            time_limit_s=settings.attempt_s,
            wants=_asked_for,
            retry=Retry(settings.first_retry_s, settings.horizon_s, settings.horizon_s),
        )

    async def suggest(self, recorded: Recorded) -> None:
        received = recorded.event
        if not isinstance(received, MessageReceived):
            raise TypeError(f"{NAME} has nothing to do with {type(received).__name__}")
        db, turn_id = self._given.db, TurnId(self._given.ids.new())
        turn = await db.read(load_suggestion, received, turn_id, self._settings.record)
        if isinstance(turn, Nothing):
            log.info("nothing to suggest: %s", turn.why, extra={"conversation": received.conversation})
            return
        thought = await self._thinker.think(turn)
        await db.run(self._commit, received, turn, thought)

    def _commit(self, tx: Tx, received: MessageReceived, turn: Turn, thought: Thought) -> None:
        parts = self._wording.suggestion(thought.reply, thought.language)
        conversation = get_conversation(tx, turn.conversation)
        if parts and not_owed(conversation) is None:
            add_note(tx, turn.conversation, ByBot(conversation.turn), parts, suggestion_key(received))


def _asked_for(event: Event) -> bool:
    return isinstance(event, MessageReceived) and event.suggest
