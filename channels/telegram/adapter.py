"""The Telegram channel: replies become messages of a bot; what people write to it comes in elsewhere in this folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from telegram import Bot

from channels.basic import BasicChannel
from channels.contract import Capabilities, Outgoing, ProbeStep, Receipt
from channels.fields import only_known
from channels.telegram.probe import probe
from channels.telegram.sending.sender import Sender
from channels.telegram.sending.typing import Typing
from channels.telegram.wire import KIND, SECRETS, TelegramConfig, clashes, telegram_config
from core.contact import Sender as Person
from core.errors import Invalid
from core.web import Route


@dataclass(frozen=True, slots=True)
class TelegramGiven:
    """``bot`` makes calls for a token; ``address`` is our own public one; ``file_bytes`` go out as a file at most."""

    bot: Callable[[str], Bot]
    sender: Sender
    typing: Typing
    address: str
    file_bytes: int
    routes: Sequence[Route] = ()


class Telegram(BasicChannel):
    """One a process."""

    def __init__(self, given: TelegramGiven) -> None:
        self._given = given
        can = Capabilities(
            buttons=True,
            articles=True,
            attachments=True,
            typing=True,
            starts=True,
            by_stream=False,
            repeats_harmless=False,
            text_characters=1_000_000,
            attachment_bytes=given.file_bytes,
        )
        super().__init__(KIND, can)

    @property
    def secrets(self) -> Sequence[str]:
        return SECRETS

    def check(self, config: Mapping[str, object]) -> None:
        telegram_config(config)
        only_known(config, TelegramConfig)

    def clashes(self, config: Mapping[str, object], other: Mapping[str, object]) -> str | None:
        return clashes(config, other)

    def owns(self, config: Mapping[str, object], address: str) -> bool:
        try:
            return address == str(telegram_config(config).bot_id)
        except Invalid:
            return False

    async def probe(self, config: Mapping[str, object]) -> Sequence[ProbeStep]:
        return await probe(telegram_config(config), self._given.bot, self._given.address)

    def person(self, address: str, name: str | None = None) -> Person:
        number = address.strip()
        if not number.isascii() or not number.isdigit():
            raise Invalid("address", "the number of somebody on Telegram", code="number")
        return Person(KIND, number, verified=False, name=name)

    def wait_s(self, outgoing: Outgoing) -> float:
        return self._given.sender.wait_s(outgoing)

    async def send(self, outgoing: Outgoing) -> Receipt:
        return await self._given.sender.send(outgoing)

    def routes(self) -> Sequence[Route]:
        return self._given.routes

    def close(self) -> None:
        """Before the server stops: nobody is shown as typing any more."""
        self._given.typing.close()
