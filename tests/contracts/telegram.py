"""The driver for Telegram: updates come by webhook, and a Bot API server of our own takes what we send."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import msgspec

from core.errors import Invalid
from core.ids import InboxId
from tests.channels.shop import Shop
from tests.servers.telegram import TOKEN, FakeBot, Fault, Person, TelegramServer, running_telegram

FIXTURES = Path(__file__).resolve().parents[1] / "channels" / "telegram" / "fixtures"
CONFIG: Mapping[str, object] = {"token": TOKEN, "mode": "webhook", "groups": True}
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class TelegramDriver:
    """A fixture is an update as Telegram posts it."""

    kind = "telegram"
    inbox = "tele"
    config: Mapping[str, object] = CONFIG
    bad_config: tuple[str, Mapping[str, object]] = ("token", {"token": "none"})

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self.server: TelegramServer | None = None

    @property
    def bot(self) -> FakeBot:
        """As Telegram has it."""
        assert self.server is not None
        return self.server.bot()

    async def deliver(self, name: str) -> None:
        if self.server is None:
            await self.ready()
        update = msgspec.json.decode((FIXTURES / f"{name}.json").read_bytes())
        if sender := update.get("message", {}).get("from"):
            self.bot.private(Person(sender["id"], sender["first_name"]))
        hook = self._shop.part.receiving.hooks.of(InboxId(self.inbox))
        assert hook is not None
        path = hook.url.removeprefix("https://parley.example")
        async with self._shop.client.post(path, json=update, headers={HEADER: hook.secret}) as answer:
            if answer.status != 200:
                refused = (await answer.json())["error"]
                raise Invalid(refused["field"], refused["expected"], code=refused["code"])
        await self._shop.world.relay.drain()

    async def seen(self, count: int) -> list[str]:
        while len(shown := self._shown()) < count:
            self._shop.world.clock.forward(1)
            await self._shop.world.relay.drain()
        return shown

    def fail_with(self, error: Exception | None) -> bool:
        self.bot.faults.clear()
        if error is not None:
            never = "never" in str(error)
            code, words = (
                (403, "Forbidden: bot was blocked by the user") if never else (429, "Too Many Requests")
            )
            after = {} if never else {"retry_after": 10}
            self.bot.faults.append(
                Fault("sendMessage", "error", -1, code=code, description=words, parameters=after)
            )
        return True

    def _shown(self) -> list[str]:
        shown: list[str] = []
        for message in self.bot.sent:
            shown.append(message.get("text") or message.get("caption") or "")
            if "reply_markup" in message:
                shown.append("buttons")
        return shown

    async def ready(self) -> None:
        """A server for as long as the shop is open, and an inbox that is its bot."""
        found: asyncio.Future[TelegramServer] = asyncio.get_running_loop().create_future()

        async def serve() -> None:
            async with running_telegram() as server:
                found.set_result(server)
                await asyncio.Event().wait()

        _ = self._shop.world.supervisor.start("telegram", serve())
        self.server = await found
        self._shop.part.telegram.api.lead_to(self.server.url)
        self.server.bot()
        await self._shop.configure(self.inbox, **CONFIG)
