"""Telegram put together: the channel as the program has it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

from channels.render import ArticleAddress
from channels.telegram.adapter import Telegram, TelegramGiven
from channels.telegram.sending.pace import Pace
from channels.telegram.sending.presses import Presses
from channels.telegram.sending.sender import Sender, SendingGiven
from channels.telegram.sending.typing import Typing, TypingGiven
from channels.telegram.settings import TelegramSettings
from channels.telegram.transport import Api
from core.bus import Bus
from core.clock import Clock
from core.ids import MediaId
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


@dataclass(frozen=True, slots=True)
class TelegramSide:
    """``presses`` is told of each button that was pressed; ``pace`` is asked before anything is sent."""

    channel: Telegram
    presses: Presses
    api: Api
    pace: Pace


def telegram_side(parts: TelegramParts, settings: TelegramSettings) -> TelegramSide:
    """One a process."""
    send = settings.send
    pace = Pace(send.bot_rate)
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
        pace,
    )
    typing = Typing(TypingGiven(parts.db, parts.bus, parts.supervisor, api.bot, send))
    return TelegramSide(
        channel=Telegram(TelegramGiven(api.bot, sender, typing, parts.address, send.file_bytes)),
        presses=Presses(api.bot, parts.texts, parts.supervisor, send.answering),
        api=api,
        pace=pace,
    )
