"""One bot as Telegram keeps it: its chats, its files, the updates that wait for it, and what it sent."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.servers.botapi.faults import ApiError, Fault
from tests.servers.botapi.people import Chat, Person

_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class Call:
    """One call as it came: ``files`` are the bytes of what was uploaded, by field."""

    method: str
    parameters: dict[str, Any]
    files: dict[str, bytes]
    at: float


@dataclass(slots=True)
class Webhook:
    """As ``setWebhook`` was told; ``error`` is what the last delivery that failed was answered."""

    url: str
    secret: str | None
    max_connections: int
    error: str | None = None


@dataclass(slots=True)
class Limits:
    """What Telegram takes a second, and in groups a minute; None anywhere: as much as comes."""

    per_second: int | None = None
    per_chat_second: int | None = None
    per_group_minute: int | None = None


class FakeBot:
    """What a test lets people do is a method here; each returns the update that tells the bot of it."""

    def __init__(self, token: str, username: str, now: Callable[[], float]) -> None:
        self.token = token
        self.username = username
        self.now = now
        self.me = Person(int(token.partition(":")[0]), "Parley", username=username, is_bot=True)
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.calls: list[Call] = []
        self.sent: list[dict[str, Any]] = []
        self.actions: list[tuple[int, str]] = []
        self.answered: list[dict[str, Any]] = []
        self.callbacks: set[str] = set()
        self.faults: list[Fault] = []
        self.hands_out_anything = False
        self.limits = Limits()
        self.sent_at: list[float] = []
        self.webhook: Webhook | None = None
        self.allowed: frozenset[str] | None = None
        self.queue: list[dict[str, Any]] = []
        self.news = asyncio.Event()
        self.asking = asyncio.Event()
        self.poller = 0
        self._update = 1000
        self._message = 0
        self._numbers = 0

    # What people do ---------------------------------------------------------------------------------------------

    def private(self, person: Person) -> Chat:
        """The chat of a person with the bot; it begins when it is asked for."""
        return self.chats.setdefault(person.id, Chat(person.id, "private", person=person))

    def group(self, id: int, title: str = "A group", *, supergroup: bool = True) -> Chat:
        """``id`` is below zero, as groups' are."""
        return self.chats.setdefault(id, Chat(id, "supergroup" if supergroup else "group", title))

    def says(
        self, person: Person, text: str, chat: Chat | None = None, reply_to: int | None = None, **more: Any
    ) -> dict[str, Any]:
        """A text; a command at its beginning is marked as one."""
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            content["entities"] = [
                {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
            ]
        return self.writes(person, chat, reply_to, **content, **more)

    def writes(
        self, person: Person, chat: Chat | None = None, reply_to: int | None = None, **content: Any
    ) -> dict[str, Any]:
        """Any message; ``content`` are its fields as an update has them."""
        where = chat or self.private(person)
        if reply_to is not None:
            before = where.messages[reply_to]
            content["reply_to_message"] = {
                key: value for key, value in before.items() if key != "reply_to_message"
            }
        return self.update(message=self.keep(where, {"from": person.shown(), **content}))

    def album(
        self, person: Person, contents: Sequence[dict[str, Any]], chat: Chat | None = None
    ) -> list[dict[str, Any]]:
        """Several messages that are one to people."""
        group = str(13_000_000_000 + self.number())
        return [self.writes(person, chat, media_group_id=group, **content) for content in contents]

    def edits(self, update: dict[str, Any], **content: Any) -> dict[str, Any]:
        """The message of an update, changed; its fields in ``content`` are new."""
        before = update["message"]
        message = before | {"edit_date": int(self.now())} | content
        self.chats[message["chat"]["id"]].messages[message["message_id"]] = message
        return self.update(edited_message=message)

    def presses(self, person: Person, message: dict[str, Any], data: str) -> dict[str, Any]:
        """A button below a message of the bot."""
        query = str(4_382_000_000_000 + self.number())
        self.callbacks.add(query)
        told = {"id": query, "from": person.shown(), "message": message, "chat_instance": "1", "data": data}
        return self.update(callback_query=told)

    def blocks(self, person: Person, *, unblocks: bool = False) -> dict[str, Any]:
        """Whoever blocks a bot gets nothing more from it."""
        chat = self.private(person)
        chat.refuses = None if unblocks else "blocked"
        return self._membership(person, chat, "member" if unblocks else "kicked")

    def removes(self, person: Person, chat: Chat) -> dict[str, Any]:
        """Somebody puts the bot out of a group."""
        chat.refuses = "kicked"
        return self._membership(person, chat, "left")

    def _membership(self, person: Person, chat: Chat, status: str) -> dict[str, Any]:
        before = "member" if status in {"kicked", "left"} else "kicked"
        change = {
            "chat": chat.shown(),
            "from": person.shown(),
            "date": int(self.now()),
            "old_chat_member": self._member(before),
            "new_chat_member": self._member(status),
        }
        return self.update(my_chat_member=change)

    def _member(self, status: str) -> dict[str, Any]:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.me.shown(), "status": status, **until}

    def upgrades(self, person: Person, group: Chat, new_id: int) -> list[dict[str, Any]]:
        """A group becomes a supergroup under another number."""
        group.moved_to = new_id
        new = self.group(new_id, group.title or "A group")
        said = self.writes(person, group, migrate_to_chat_id=new_id)
        return [said, self.writes(person, new, migrate_from_chat_id=group.id)]

    def file(self, content: bytes, name: str = "file.bin") -> dict[str, Any]:
        """Something that can be downloaded: the fields that every kind of file has."""
        number = self.number()
        id = f"BQACAgIAAxkBAAI{number:06d}"
        self.files[id] = (f"documents/file_{number}{name[name.rfind('.') :] if '.' in name else ''}", content)
        return {"file_id": id, "file_unique_id": f"AgAD{number:06d}", "file_size": len(content)}

    # Its insides ------------------------------------------------------------------------------------------------

    def number(self) -> int:
        self._numbers += 1
        return self._numbers

    def keep(self, chat: Chat, fields: dict[str, Any]) -> dict[str, Any]:
        """A message gets its number and is remembered in its chat."""
        if chat.type == "supergroup":
            chat.last_id += 1
            id = chat.last_id
        else:
            self._message += 1
            id = self._message
        message = {"message_id": id, "chat": chat.shown(), "date": int(self.now()), **fields}
        chat.messages[id] = message
        return message

    def update(self, **kind: Any) -> dict[str, Any]:
        """Put news before the bot."""
        self._update += 1
        update = {"update_id": self._update, **kind}
        name = next(iter(kind))
        wanted = name not in _NOT_BY_DEFAULT if not self.allowed else name in self.allowed
        if wanted:
            self.again(update)
        return update

    def renumber(self, after: int) -> None:
        """The next update has the number behind this one."""
        self._update = after

    def hook(self, url: str) -> None:
        """As somebody told Telegram before."""
        self.webhook = Webhook(url, None, 40)

    def again(self, *updates: dict[str, Any]) -> None:
        """The same updates once more, as it may happen."""
        self.queue.extend(dict(each) for each in updates)
        self.news.set()

    async def updates(self, offset: int, limit: int, timeout_s: float) -> list[dict[str, Any]]:
        """``getUpdates``; whoever asked before is turned away."""
        if self.webhook is not None:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        self.poller += 1
        mine = self.poller
        self.news.set()
        self.asking.set()
        if offset < 0:
            self.queue = self.queue[offset:]
        elif offset > 0:
            self.queue = [each for each in self.queue if each["update_id"] >= offset]
        until = asyncio.get_running_loop().time() + timeout_s
        while True:
            if self.poller != mine:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
            if self.queue:
                return self.queue[:limit]
            self.news.clear()
            try:
                async with asyncio.timeout_at(until):
                    await self.news.wait()
            except TimeoutError:
                return []

    async def asked(self, times: int, within_s: float = 30.0) -> None:
        """Until so many have asked for updates."""
        await self._until(lambda: self.poller >= times, within_s)

    async def confirmed(self, within_s: float = 30.0) -> None:
        """Until it has taken all its updates."""
        await self._until(lambda: not self.queue, within_s)

    async def hooked(self, within_s: float = 30.0) -> None:
        """Until it has said where it is to be called."""
        await self._until(lambda: self.webhook is not None, within_s)

    async def hook_failed(self, within_s: float = 30.0) -> None:
        """Until a call of its webhook was not answered with success."""
        await self._until(lambda: self.webhook is not None and self.webhook.error is not None, within_s)

    async def _until(self, true: Callable[[], bool], within_s: float) -> None:
        async with asyncio.timeout(within_s):
            while not true():
                self.asking.clear()
                await self.asking.wait()

    def texts(self) -> list[str]:
        """What the bot wrote so far, in order."""
        return [message.get("text") or message.get("caption") or "" for message in self.sent]
