"""Tells a code to who opened a link that proves an account: in the bot's pace, and to one chat only so often."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from channels.telegram.receiving.boxes import Box
from channels.telegram.receiving.told import Said
from channels.telegram.sending.pace import Rate as ChatRate
from channels.telegram.sending.pace import Ticket
from channels.telegram.sending.turns import Turns
from channels.telegram.transport import TooMany
from core.errors import Unavailable
from core.ids import InboxId
from core.limits import Rate, RateLimits
from core.store.database import Database
from core.store.tx import Tx

log = logging.getLogger(__name__)

Opened = Callable[[Tx, InboxId, str, str, str | None], str]
"""What the bot says to who opened a link with this payload, by inbox, payload, address and language."""


@dataclass(frozen=True, slots=True)
class Codes:
    """One a process. ``turns`` are those of the replies, in which codes take theirs; ``most`` for each chat."""

    db: Database
    bot: Callable[[str], Bot]
    turns: Turns
    chat_rate: ChatRate
    limits: RateLimits
    opened: Opened
    most: Rate

    async def tell(self, box: Box, said: Said) -> None:
        """What cannot be said to them is nobody's to know. Raises Unavailable to be asked again."""
        bot, chat = box.config.bot_id, said.where.chat
        key = f"telegram code {bot}:{chat}"
        if await self.limits.wait_s((key, self.most)) > 0:
            log.info("somebody opens links to the bot of inbox %s too often to be answered", box.inbox)
            return
        wait_s = await self.turns.ask_s(Ticket(bot, chat, said.external, 1, self.chat_rate))
        if wait_s > 0:
            raise Unavailable("it is not its turn yet", retry_after_s=wait_s)
        _ = await self.limits.take((key, self.most))
        await self._say(box, said)

    async def _say(self, box: Box, said: Said) -> None:
        person = said.person
        language = box.config.language_of(person.language)
        words = await self.db.run(self.opened, box.inbox, said.start or "", str(person.id), language)
        try:
            await self.bot(box.config.token).send_message(said.where.chat, words)
        except TooMany as error:
            wait_s = error.retry_after.total_seconds()
            await self.turns.rest(box.config.bot_id, said.where.chat, wait_s)
            raise Unavailable("Telegram wants us to wait", retry_after_s=wait_s) from None
        except (Forbidden, BadRequest) as error:
            log.info("a code could not be told on Telegram: %s", type(error).__name__)
        except TelegramError as error:
            raise Unavailable(f"a code could not be told: {type(error).__name__}") from None
