"""Tells a code to who opened a link that proves an account: in the bot's pace, and to one chat only so often."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from channels.telegram.receiving.boxes import Box
from channels.telegram.receiving.told import Said
from channels.telegram.sending.pace import Pace, Ticket
from channels.telegram.sending.pace import Rate as ChatRate
from channels.telegram.transport import TooMany
from core.clock import Clock
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
    """One a process. ``pace`` is that of the replies, in which codes take their place; ``most`` for each chat."""

    db: Database
    clock: Clock
    bot: Callable[[str], Bot]
    pace: Pace
    chat_rate: ChatRate
    limits: RateLimits
    opened: Opened
    most: Rate

    async def tell(self, box: Box, said: Said) -> None:
        """What cannot be said to them is nobody's to know. Raises Unavailable to be asked again."""
        bot, chat = box.config.bot_id, said.where.chat
        key = f"telegram code {bot}:{chat}"
        if self.limits.wait_s(key, self.most) > 0:
            log.info("somebody opens links to the bot of inbox %s too often to be answered", box.inbox)
            return
        wait_s = self.pace.wait_s(Ticket(bot, chat, said.external, 1, self.chat_rate), self._now())
        if wait_s > 0:
            raise Unavailable("it is not its turn yet", retry_after_s=wait_s)
        _ = self.limits.allow(key, self.most)
        await self._say(box, said)

    async def _say(self, box: Box, said: Said) -> None:
        person = said.person
        language = box.config.language_of(person.language)
        words = await self.db.run(self.opened, box.inbox, said.start or "", str(person.id), language)
        try:
            await self.bot(box.config.token).send_message(said.where.chat, words)
        except TooMany as error:
            wait_s = error.retry_after.total_seconds()
            self.pace.rest(box.config.bot_id, said.where.chat, wait_s, self._now())
            raise Unavailable("Telegram wants us to wait", retry_after_s=wait_s) from None
        except (Forbidden, BadRequest) as error:
            log.info("a code could not be told on Telegram: %s", type(error).__name__)
        except TelegramError as error:
            raise Unavailable(f"a code could not be told: {type(error).__name__}") from None

    def _now(self) -> float:
        return self.clock.now().timestamp()
