"""Telegram put together: the channel as the program has it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

from channels.render import ArticleAddress
from channels.telegram.adapter import Telegram, TelegramGiven
from channels.telegram.sending.presses import Presses
from channels.telegram.sending.sender import Sender, SendingGiven
from channels.telegram.sending.turns import Turns
from channels.telegram.sending.typing import Typing, TypingGiven
from channels.telegram.settings import TelegramSettings
from channels.telegram.transport import Api
from core.bus import Bus
from core.clock import Clock
from core.ids import MediaId
from core.scripts import Scripts
from core.store.database import Database
from core.tasks import Supervisor
from core.texts import Texts


@dataclass(frozen=True, slots=True)
class TelegramParts:
    """``session`` is for the Bot API; ``content`` gives the bytes of a stored file; ``address`` is our own public one."""

    db: Database
    bus: Bus
    clock: Clock
    supervisor: Supervisor
    texts: Texts
    session: Callable[[], aiohttp.ClientSession]
    content: Callable[[MediaId], Awaitable[bytes]]
    article_url: ArticleAddress
    address: str
    scripts: Scripts | None = None


@dataclass(frozen=True, slots=True)
class TelegramSide:
    """``presses`` is told of each button that was pressed; ``turns`` are asked for before anything is sent."""

    channel: Telegram
    presses: Presses
    api: Api
    turns: Turns


def telegram_side(parts: TelegramParts, settings: TelegramSettings) -> TelegramSide:
    """One a process."""
    send = settings.send
    turns = Turns(send.bot_rate, parts.clock, parts.scripts)
    api = Api(parts.session, settings.api_url, settings.calls)
    sender = Sender(
        SendingGiven(
            db=parts.db,
            clock=parts.clock,
            texts=parts.texts,
            bot=api.bot,
            content=parts.content,
            article_url=parts.article_url,
            settings=send,
        ),
        turns,
    )
    typing = Typing(TypingGiven(parts.db, parts.bus, parts.supervisor, api.bot, send))
    return TelegramSide(
        channel=Telegram(TelegramGiven(api.bot, sender, typing, parts.address, send.file_bytes)),
        presses=Presses(api.bot, parts.texts, parts.supervisor, send.answering),
        api=api,
        turns=turns,
    )
