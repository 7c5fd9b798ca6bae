"""Watches one bot: asks Telegram for news, or lets Telegram call us; after a failure again, later each time."""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from telegram.error import TelegramError

from channels.telegram.receiving import boxes
from channels.telegram.receiving.batches import batches
from channels.telegram.receiving.boxes import Box
from channels.telegram.receiving.intake import Intake, Taken
from channels.telegram.receiving.problems import problem_of
from channels.telegram.receiving.reader import Raw, number_of
from channels.telegram.receiving.reading import ASKED_FOR
from channels.telegram.receiving.settings import ReceiveSettings
from channels.telegram.receiving.telling import Telling
from channels.telegram.receiving.words import Us
from channels.telegram.transport import Api, TooMany
from channels.telegram.wire import TelegramConfig
from core.errors import Invalid, ParleyError, Rejected, Unavailable
from core.ids import InboxId
from core.store.database import Database
from core.store.tx import Tx

log = logging.getLogger(__name__)

_MOST = 100  # Telegram's


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram calls us, and what it shows us then."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class WatchGiven:
    """What every watcher of a process is given. ``hook`` None where Telegram cannot call us: without a public https address."""

    db: Database
    api: Api
    intake: Intake
    telling: Telling
    hook: Callable[[InboxId], Hook | None]
    jitter: random.Random
    settings: ReceiveSettings
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Watcher:
    """One bot as it is configured now; a changed configuration gets a new one."""

    def __init__(self, inbox: InboxId, config: TelegramConfig, given: WatchGiven) -> None:
        self._inbox = inbox
        self._config = config
        self._given = given
        self._failures = 0
        self._works = False
        self._us = Us(config.bot_id)

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            pause_s: float | None = None
            try:
                await self._watch()
            except (TelegramError, ParleyError) as error:
                if isinstance(error, TooMany):
                    pause_s = error.retry_after.total_seconds()
                await self._failed(problem_of(error))
            except Exception as error:
                log.exception("watching the bot of inbox %s failed", self._inbox)
                await self._failed(problem_of(error))
            await self._given.sleep(self._pause_s() if pause_s is None else pause_s)

    async def take_down(self) -> None:
        """Telegram calls no more, and keeps for a day what comes; best effort."""
        if self._config.mode == "webhook":
            with suppress(TelegramError):
                await self._given.api.bot(self._config.token).delete_webhook()

    async def _watch(self) -> None:
        bot = self._given.api.bot(self._config.token)
        me = await bot.get_me()
        self._us = Us(me.id, me.username)
        await self._given.db.run(boxes.begin, self._inbox, me.id, me.username)
        hook = self._given.hook(self._inbox) if self._config.mode == "webhook" else None
        if hook is None:
            await bot.delete_webhook()
            await self._poll()
        else:
            await self._be_called(hook)

    async def _poll(self) -> None:
        settings = self._given.settings
        asked: dict[str, str | int] = {"limit": _MOST, "allowed_updates": json.dumps(ASKED_FOR)}
        wait_s = 0.0
        while True:
            after = await self._given.db.read(boxes.next_number, self._inbox)
            if after:
                asked["offset"] = after
            else:
                asked.pop("offset", None)
            news = await self._given.api.updates(self._config.token, asked, wait_s)
            await self._working()
            await self._take(news)
            # Only what has been answered once is worth waiting for: a wrong token shows at once.
            wait_s = settings.poll_s

    async def _take(self, news: Sequence[Raw]) -> None:
        """A batch and how far it goes commit together."""
        for batch in batches(news, self._given.settings.batch, _MOST):
            taken = await self._given.db.run(self._store, batch)
            self._given.telling.tell(self._box, taken)

    @property
    def _box(self) -> Box:
        return Box(self._inbox, self._config, self._us)

    def _store(self, tx: Tx, news: Sequence[Raw]) -> Taken:
        """Raises Unavailable when the inbox was switched off in the meantime: Telegram keeps it."""
        try:
            taken = self._given.intake.take(tx, self._box, news)
            boxes.read_up_to(tx, self._inbox, number_of(news[-1]))
        except Invalid:
            raise Unavailable("Telegram sent what is no update") from None
        except Rejected as error:
            raise Unavailable(str(error)) from None
        return taken

    async def _be_called(self, hook: Hook) -> None:
        """Told to Telegram at each start, and looked at from time to time."""
        bot, settings = self._given.api.bot(self._config.token), self._given.settings
        await bot.set_webhook(
            hook.url,
            secret_token=hook.secret,
            allowed_updates=ASKED_FOR,
            max_connections=settings.webhook_connections,
        )
        await self._working()
        while True:
            await self._given.sleep(settings.webhook_look_s)
            info = await bot.get_webhook_info()
            if info.url != hook.url:
                raise Unavailable("somebody else told Telegram where to call for this bot")
            if info.pending_update_count and info.last_error_message:
                problem = f"Telegram cannot call us: {info.last_error_message[:200]}"
                await self._note(problem)
            else:
                await self._working()

    def _pause_s(self) -> float:
        settings = self._given.settings
        pause = min(settings.longest_pause_s, settings.first_pause_s * 2.0 ** min(self._failures - 1, 20))
        return pause * (0.5 + self._given.jitter.random())

    async def _working(self) -> None:
        self._failures = 0
        if not self._works:
            self._works = True
            await self._note(None)

    async def _failed(self, problem: str) -> None:
        self._failures += 1
        self._works = False
        with suppress(Unavailable):
            await self._note(problem)

    async def _note(self, problem: str | None) -> None:
        """Logged when it begins, not each time."""
        if not await self._given.db.run(boxes.note_problem, self._inbox, self._config.bot_id, problem):
            return
        self._works = problem is None
        if problem is None:
            log.info("the bot of inbox %s can be read again", self._inbox)
        else:
            log.warning("the bot of inbox %s cannot be read: %s", self._inbox, problem)
