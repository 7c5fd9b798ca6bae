"""Shows on Telegram that the bot or an agent types, for as long as they do. Best effort, never stored."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from channels.telegram.place import where
from channels.telegram.sending.settings import SendSettings
from channels.telegram.wire import KIND, telegram_config
from core.bus import Bus, Transient
from core.errors import ParleyError
from core.store.database import Database
from core.store.tables.conversation import conversation
from core.store.tables.people import inbox
from core.store.tx import Tx
from core.tasks import Supervisor

log = logging.getLogger(__name__)

_OURS = frozenset({"bot", "agent"})
_PLACE = (
    select(conversation.c.thread_key, inbox.c.config)
    .join_from(conversation, inbox)
    .where(conversation.c.id == bindparam("key"), inbox.c.kind == KIND, inbox.c.enabled)
)


@dataclass(frozen=True, slots=True)
class TypingGiven:
    """``bot`` makes calls for a token."""

    db: Database
    bus: Bus
    supervisor: Supervisor
    bot: Callable[[str], Bot]
    settings: SendSettings


class Typing:
    """One a process, from its making until ``close``."""

    def __init__(self, given: TypingGiven) -> None:
        self._given = given
        self._shown: dict[str, asyncio.Task[None]] = {}
        # Each process hears of it; one shows it.
        self._unlisten = given.bus.listen(Transient, self._heard, own=True)

    def close(self) -> None:
        """Nobody is shown any more."""
        self._unlisten()
        for task in tuple(self._shown.values()):
            task.cancel()

    def _heard(self, signal: Transient) -> None:
        kind, _, key = signal.topic.partition(":")
        if kind != "conversation" or signal.kind != "typing" or signal.data.get("who") not in _OURS:
            return
        if not signal.data.get("on"):
            task = self._shown.pop(key, None)
            if task is not None:
                task.cancel()
        elif key not in self._shown and len(self._shown) < self._given.settings.typing_chats:
            task = self._given.supervisor.start("telegram typing", self._show(key))
            self._shown[key] = task
            task.add_done_callback(lambda _: self._ended(key, task))

    def _ended(self, key: str, task: asyncio.Task[None]) -> None:
        if self._shown.get(key) is task:
            del self._shown[key]

    async def _show(self, key: str) -> None:
        """Not at once: a bot that answers in a moment needs no second call for each answer."""
        settings = self._given.settings
        try:
            async with asyncio.timeout(settings.typing_most_s):
                await asyncio.sleep(settings.typing_after_s)
                found = await self._given.db.read(_place, key)
                while found is not None:
                    token, chat = found
                    await self._given.bot(token).send_chat_action(chat, ChatAction.TYPING)
                    await asyncio.sleep(settings.typing_s)
        except TimeoutError:
            pass
        except (TelegramError, ParleyError) as error:
            log.debug("typing in conversation %s is not shown: %s", key, error)


def _place(tx: Tx, key: str) -> tuple[str, int] | None:
    """The bot's token and the chat; None where the conversation is elsewhere."""
    row = tx.conn.execute(_PLACE, {"key": key}).one_or_none()
    place = None if row is None else where(row.thread_key)
    if row is None or place is None:
        return None
    return telegram_config(row.config).token, place.chat
