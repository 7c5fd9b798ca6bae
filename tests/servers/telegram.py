"""A Bot API server for tests: bots with people on their other side, long polling, webhooks, files, and faults on demand."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
from aiohttp import web

from tests.servers.botapi.bot import Call, FakeBot, Limits
from tests.servers.botapi.faults import ApiError, Fault
from tests.servers.botapi.methods import Methods
from tests.servers.botapi.people import Chat, Person
from tests.servers.programs import LOOPBACK

__all__ = ["Call", "Chat", "FakeBot", "Fault", "Limits", "Person", "TelegramServer", "running_telegram"]

TOKEN = "123456789:AAEhBP0av28fjkdf8sdf9sdfjk3fjsdf8sA"
_SECRET = "X-Telegram-Bot-Api-Secret-Token"


class TelegramServer:
    """``url`` is what ``PARLEY_TELEGRAM_API_URL`` is set to.

    ``behind`` is where calls of webhooks go in truth: what stands before a public https address hands them on.
    ``first_retry_s`` doubles up to ``longest_retry_s`` while a webhook is not answered with success.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.url = ""
        self.behind: str | None = None
        self.first_retry_s = 1.0
        self.longest_retry_s = 60.0
        self.bots: dict[str, FakeBot] = {}
        self.refused = 0
        self._now = now
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._client: aiohttp.ClientSession | None = None
        self._over = asyncio.Event()

    def bot(self, token: str = TOKEN, username: str = "parley_bot") -> FakeBot:
        """The bot of this token, made when it is first asked for."""
        return self.bots.setdefault(token, FakeBot(token, username, self._now))

    # Serving ----------------------------------------------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call of a method."""
        method = request.match_info["method"]
        bot = self.bots.get(request.match_info["token"])
        if bot is None:
            self.refused += 1
            return _answer(ApiError(401, "Unauthorized"))
        given, files = await _parameters(request)
        plain = {name: content for name, (_, content) in files.items()}
        bot.calls.append(Call(method, given, plain, self._now()))
        fault = _fault(bot, method, _int(given.get("chat_id")))
        if fault is not None and not fault.done and fault.how != "delay":
            return await self._fail(request, fault, None)
        if fault is not None and fault.how == "delay":
            await self._pause(fault.seconds)
        try:
            result = await Methods(bot, self._webhook_set).call(method, given, files)
        except ApiError as error:
            return _answer(error)
        if fault is not None and fault.how != "delay":
            return await self._fail(request, fault, result)
        return web.json_response({"ok": True, "result": result})

    async def download(self, request: web.Request) -> web.StreamResponse:
        """One file."""
        bot = self.bots.get(request.match_info["token"])
        path = request.match_info["path"]
        content = None if bot is None else next((c for p, c in bot.files.values() if p == path), None)
        if bot is None or content is None:
            return _answer(ApiError(404, "Not Found"))
        bot.calls.append(Call("file", {"path": path}, {}, self._now()))
        fault = _fault(bot, "file", None)
        if fault is not None and fault.how == "delay":
            await self._pause(fault.seconds)
        elif fault is not None:
            return await self._fail(request, fault, None, content)
        return web.Response(body=content, content_type="application/octet-stream")

    async def _fail(
        self, request: web.Request, fault: Fault, result: Any, content: bytes | None = None
    ) -> web.StreamResponse:
        if fault.how == "error":
            return _answer(ApiError(fault.code, fault.description, **fault.parameters))
        if fault.how == "page":
            page = f"<html><head><title>{fault.code}</title></head><body>nginx</body></html>"
            return web.Response(status=fault.code, text=page, content_type="text/html")
        if fault.how == "garbage":
            return web.Response(text="{", content_type="application/json")
        if fault.how == "hang":
            await self._over.wait()
        if fault.how == "half":
            whole = content or json.dumps({"ok": True, "result": result}).encode()
            half = web.StreamResponse(headers={"Content-Length": str(len(whole))})
            await half.prepare(request)
            await half.write(whole[: len(whole) // 2])
        if request.transport is None:
            return web.Response()
        request.transport.abort() if hasattr(request.transport, "abort") else request.transport.close()
        return web.Response()

    # Webhooks ---------------------------------------------------------------------------------------------------

    def _webhook_set(self, bot: FakeBot) -> None:
        before = self._sending.pop(bot.token, None)
        if before is not None:
            before.cancel()
        bot.asking.set()
        if bot.webhook is not None:
            self._sending[bot.token] = asyncio.create_task(self._deliver(bot))

    async def _deliver(self, bot: FakeBot) -> None:
        """In the order of each chat; a chat whose update is not taken waits, the others go on."""
        chats: dict[object, deque[dict[str, Any]]] = {}
        tasks: dict[object, asyncio.Task[None]] = {}
        hook = bot.webhook
        assert hook is not None
        places = asyncio.Semaphore(hook.max_connections)
        # Held, so that no other is ever taken for one of them.
        seen: dict[int, dict[str, Any]] = {}
        try:
            while True:
                bot.news.clear()
                for update in bot.queue:
                    if id(update) in seen:
                        continue
                    seen[id(update)] = update
                    chat = chat_of(update)
                    chats.setdefault(chat, deque()).append(update)
                    if chat not in tasks or tasks[chat].done():
                        tasks[chat] = asyncio.create_task(self._deliver_chat(bot, chats[chat], places))
                await bot.news.wait()
        finally:
            for task in tasks.values():
                task.cancel()

    async def _deliver_chat(
        self, bot: FakeBot, updates: deque[dict[str, Any]], places: asyncio.Semaphore
    ) -> None:
        pause = self.first_retry_s
        while updates:
            async with places:
                taken = await self._post(bot, updates[0])
            if taken:
                done = updates.popleft()
                bot.queue = [each for each in bot.queue if each is not done]
                bot.asking.set()
                pause = self.first_retry_s
            else:
                bot.asking.set()
                await self._pause(pause)
                pause = min(self.longest_retry_s, pause * 2)

    async def _post(self, bot: FakeBot, update: dict[str, Any]) -> bool:
        hook = bot.webhook
        if hook is None:
            return False
        assert self._client is not None
        headers = {} if hook.secret is None else {_SECRET: hook.secret}
        try:
            async with self._client.post(
                self.seen_from_here(hook.url), json=update, headers=headers
            ) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            hook.error = f"Connection failed: {type(error).__name__}"
            return False
        if not 200 <= answer.status < 300:
            hook.error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
            return False
        with suppress(ValueError):
            wanted = json.loads(body or b"null")
            if isinstance(wanted, dict) and "method" in wanted:
                await Methods(bot, self._webhook_set).call(wanted.pop("method"), wanted, {})
        return True

    def seen_from_here(self, url: str) -> str:
        """Where a public address leads."""
        if self.behind is None:
            return url
        return self.behind + "/" + url.split("/", 3)[3]

    # Life -------------------------------------------------------------------------------------------------------

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._over.wait()

    async def open(self) -> None:
        self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))

    async def close(self) -> None:
        self._over.set()
        for task in self._sending.values():
            task.cancel()
        if self._client is not None:
            await self._client.close()


def chat_of(update: dict[str, Any]) -> object:
    """What keeps its order."""
    for kind in ("message", "edited_message", "my_chat_member", "channel_post"):
        if kind in update:
            return update[kind]["chat"]["id"]
    if "callback_query" in update:
        return update["callback_query"].get("message", {}).get("chat", {}).get("id")
    return None


def _fault(bot: FakeBot, method: str, chat: int | None) -> Fault | None:
    for fault in bot.faults:
        if fault.meets(method, chat):
            fault.times -= 1
            return fault
    return None


def _answer(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
    if "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return web.json_response(body, status=error.code, headers=headers)


async def _parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    given: dict[str, Any] = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        given |= await request.json() if request.can_read_body else {}
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                given[name] = str(value)
    return given, files


def _int(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


@asynccontextmanager
async def running_telegram(
    port: int = 0, now: Callable[[], float] = time.time
) -> AsyncIterator[TelegramServer]:
    """In this test's loop, on loopback."""
    server = TelegramServer(now)
    application = web.Application(client_max_size=64 * 1024 * 1024)
    for path in ("/bot{token:[^/]+}/{method}",):
        application.router.add_route("*", path, server.handle)
    application.router.add_get("/file/bot{token:[^/]+}/{path:.+}", server.download)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port, reuse_address=True).start()
        server.url = f"http://{LOOPBACK}:{runner.addresses[0][1]}"
        await server.open()
        yield server
    finally:
        await server.close()
        await runner.cleanup()
