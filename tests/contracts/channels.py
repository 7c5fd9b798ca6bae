"""One driver a channel for the shared suite: how a provider reaches it, and what the person on the other side sees."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import msgspec

from channels.contract import Channel
from channels.loopback.adapter import Loopback
from core.errors import Invalid
from core.ids import InboxId
from core.message import Part, Text
from tests.channels.shop import Shop, Visitor
from tests.contracts.mail import EmailDriver
from tests.contracts.pager import PagerDriver
from tests.contracts.telegram import TelegramDriver

FIXTURES = Path(__file__).resolve().parents[1] / "channels"


class Driver(Protocol):
    """Brings recorded payloads (``tests/channels/<kind>/fixtures/<name>.json``) to a channel.

    Every kind has the fixtures ``first``, ``second`` (the same person again), ``other_person`` and ``malformed``.
    """

    kind: str
    inbox: str
    config: Mapping[str, object]
    """A configuration that the channel takes."""
    bad_config: tuple[str, Mapping[str, object]]
    """One that it does not, and the field that is wrong."""

    async def deliver(self, name: str) -> None:
        """As the provider does, and until it is told "received". Raises Invalid for what is refused."""
        ...

    async def seen(self, count: int) -> list[str]:
        """The texts of ours that the first person sees, once there are ``count``."""
        ...

    def fail_with(self, error: Exception | None) -> bool:
        """Let the provider fail; False where there is none between us and the person."""
        ...


class LoopbackDriver:
    """Memory on both ends."""

    kind = "loopback"
    inbox = "loop"
    config: Mapping[str, object] = {}
    bad_config: tuple[str, Mapping[str, object]] = ("colour", {"colour": "red"})

    def __init__(self, shop: Shop) -> None:
        channel = shop.part.channels[self.kind]
        assert isinstance(channel, Loopback)
        self._channel = channel

    async def deliver(self, name: str) -> None:
        await self._channel.deliver(InboxId(self.inbox), payload(self.kind, name))

    async def seen(self, count: int) -> list[str]:
        shown = [text for outgoing in self._channel.sent.values() for text in texts(outgoing.parts)]
        assert len(shown) >= count
        return shown

    def fail_with(self, error: Exception | None) -> bool:
        self._channel.fail_with = error
        return True


class WidgetDriver:
    """Sockets; a fixture is what one tab sends, frame by frame."""

    kind = "widget"
    inbox = "web"
    config: Mapping[str, object] = {
        "origins": ["https://shop.example"],
        "color": "#1f6f5c",
        "greeting": {"en": "Hi"},
    }
    bad_config: tuple[str, Mapping[str, object]] = ("origins", {"origins": ["https://shop.example/path"]})

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._people: dict[str, Visitor] = {}

    async def deliver(self, name: str) -> None:
        recorded = msgspec.json.decode(payload(self.kind, name))
        person = recorded["person"]
        if person not in self._people:
            self._people[person] = await self._shop.visit(inbox=self.inbox)
        visitor = self._people[person]
        await visitor.ws.send_json(recorded["frame"])
        answer = await visitor.until("stored", "error")
        if answer["type"] == "error":
            raise Invalid(answer["field"], answer["expected"], code=answer["code"])

    async def seen(self, count: int) -> list[str]:
        visitor = self._people["one"]
        while len(shown := self._ours(visitor)) < count:
            await visitor.event("message", len(visitor.texts) + 1)
        return shown

    def fail_with(self, error: Exception | None) -> bool:
        return False

    @staticmethod
    def _ours(visitor: Visitor) -> list[str]:
        said = [each["event"]["message"] for each in visitor.events if each["event"]["kind"] == "message"]
        return [
            part.get("text", part["type"])
            for message in said
            if message["author"]["kind"] != "contact"
            for part in message["parts"]
        ]


class ChatDriver:
    """Single requests, as an app's server sends them; a fixture is the body of one."""

    kind = "chat"
    inbox = "app"
    config: Mapping[str, object] = {
        "origins": ["https://app.example"],
        "identity": {"secrets": ["0123456789abcdef0123456789abcdef"], "required": True},
        "webhook": {"url": "https://app.example/parley", "secret": f"whsec_{'A' * 32}"},
    }
    bad_config: tuple[str, Mapping[str, object]] = ("identity.secrets", {"identity": {"secrets": ["short"]}})

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._sessions: dict[str, str] = {}

    async def deliver(self, name: str) -> None:
        recorded = msgspec.json.decode(payload(self.kind, name))
        person = recorded["person"]
        if person not in self._sessions:
            self._sessions[person] = (await self._ask("POST", "sessions", body={}))["session"]
        await self._ask("POST", "messages", person, recorded["body"])

    async def seen(self, count: int) -> list[str]:
        found = await self._ask("GET", "events", "one")
        said = [each["event"]["message"] for each in found["events"] if each["event"]["kind"] == "message"]
        shown = [
            part.get("text", part["type"])
            for message in said
            if message["author"]["kind"] != "contact"
            for part in message["parts"]
        ]
        assert len(shown) >= count
        return shown

    def fail_with(self, error: Exception | None) -> bool:
        return False

    async def _ask(self, method: str, what: str, person: str = "", body: object = None) -> Any:
        headers = {"Authorization": f"Bearer {self._sessions[person]}"} if person else {}
        path = f"/live/{self.inbox}/{what}"
        async with self._shop.client.request(method, path, headers=headers, json=body) as response:
            answer = await response.json()
        if "error" in answer:
            raise Invalid(answer["error"]["field"], answer["error"]["expected"], code=answer["error"]["code"])
        return answer


DRIVERS: Mapping[str, Callable[[Shop], Driver]] = {
    "chat": ChatDriver,
    "email": EmailDriver,
    "loopback": LoopbackDriver,
    "telegram": TelegramDriver,
    "pager": PagerDriver,
    "widget": WidgetDriver,
}
"""A new channel joins the suite with one line here."""


def payload(kind: str, name: str) -> bytes:
    return (FIXTURES / kind / "fixtures" / f"{name}.json").read_bytes()


def texts(parts: tuple[Part, ...]) -> list[str]:
    return [part.text if isinstance(part, Text) else type(part).__name__.lower() for part in parts]


def channel_of(shop: Shop, driver: Driver) -> Channel:
    return shop.part.channels[driver.kind]
