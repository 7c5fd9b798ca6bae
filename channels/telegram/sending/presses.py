"""Answers pressed buttons: the waiting mark on them ends, and the message shows what was chosen. Best effort."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError

from channels.telegram.callback import CHOSEN
from core.tasks import Supervisor
from core.texts import Texts

log = logging.getLogger(__name__)


class Fate(StrEnum):
    """What became of a press."""

    CHOSEN = "chosen"
    """It was taken as a choice, now or the first time."""
    REFUSED = "refused"
    """Nobody waits for it any more, or it was never offered here."""
    NOTHING = "nothing"
    """It only shows what was chosen."""


@dataclass(frozen=True, slots=True)
class Press:
    """``query`` is Telegram's number of the press; ``chat`` and ``message`` say where the button is, if that is known.

    ``label`` is that of what was chosen.
    """

    token: str
    query: str
    fate: Fate
    chat: int | None = None
    message: int | None = None
    label: str = ""
    language: str | None = None


class Presses:
    """One a process; ``at_once`` are answered, what comes beyond stays unanswered."""

    def __init__(self, bot: Callable[[str], Bot], texts: Texts, supervisor: Supervisor, at_once: int) -> None:
        self._bot = bot
        self._texts = texts
        self._supervisor = supervisor
        self._free = at_once

    def answer(self, press: Press) -> None:
        """Returns at once. Call it when the choice is committed, or refused for good."""
        if self._free > 0:
            self._free -= 1
            _ = self._supervisor.start("telegram press", self._answer(press))

    async def _answer(self, press: Press) -> None:
        bot = self._bot(press.token)
        try:
            # First, because Telegram forgets a press within seconds.
            await _tried(bot.answer_callback_query(press.query, text=self._words(press)))
            if press.fate is Fate.CHOSEN and press.chat is not None and press.message is not None:
                shown = InlineKeyboardButton(f"✓ {press.label}", callback_data=CHOSEN)
                keyboard = InlineKeyboardMarkup([[shown]])
                await _tried(bot.edit_message_reply_markup(press.chat, press.message, reply_markup=keyboard))
        finally:
            self._free += 1

    def _words(self, press: Press) -> str | None:
        if press.fate is not Fate.REFUSED:
            return None
        return self._texts.say("bot-choice-gone", press.language)


async def _tried(call: Awaitable[object]) -> None:
    """Without harm: "message is not modified" after a repeat, "query is too old" after an outage: nothing is lost by it."""
    try:
        await call
    except TelegramError as error:
        log.debug("a press was not answered: %s", error.message)
