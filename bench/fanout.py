"""One conversation that many agents watch: how long until each of them has what the visitor says."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import aiohttp
import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.harness import percentile
from bench.parley import Server

RATE = 5
"""Messages a second: as fast as a few people write in one conversation."""
_LATE_S = 120.0
_MARK = b'"text":"fan '
_EVENT = b'{"type":"event"'


@dataclass(slots=True)
class Watched:
    """When each message was said, and how long each took to each agent."""

    said: dict[int, float] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)

    def figures(self, agents: int) -> dict[str, object]:
        return {
            "agents": agents,
            "messages": len(self.said),
            "deliveries": len(self.latencies),
            "p50_ms": round(percentile(self.latencies, 0.5) * 1000, 1),
            "p99_ms": round(percentile(self.latencies, 0.99) * 1000, 1),
            "slowest_ms": round(max(self.latencies) * 1000, 1),
        }


class _Agent(WSListener):
    """One socket; ``ready`` once it follows the conversation."""

    def __init__(self, watched: Watched) -> None:
        super().__init__()
        self._watched = watched
        self.ready = asyncio.Event()

    def on_ws_frame(self, _transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        payload = frame.get_payload_as_bytes()
        if payload.startswith(b'{"type":"viewing"'):
            self.ready.set()
        if not payload.startswith(_EVENT) or (at := payload.find(_MARK)) < 0:
            return
        number = int(payload[at + len(_MARK) :].split(b'"', 1)[0])
        self._watched.latencies.append(time.perf_counter() - self._watched.said[number])


async def fan_out(server: Server, agents: int, messages: int) -> Watched:
    """``agents`` sockets, over the accounts of the sample company. Raises TimeoutError when one gets not all."""
    watched = Watched()
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(aiohttp.ClientSession())
        ws = await stack.enter_async_context(client.ws_connect(f"{server.address}/live/web/socket"))
        conversation = await _begin(ws)
        reading = asyncio.create_task(_drain(ws))
        stack.callback(reading.cancel)
        cookies = await _cookies(server)
        for number in range(agents):
            await _follow(server, watched, conversation, cookies[number % len(cookies)], stack)
        for number in range(messages):
            watched.said[number] = time.perf_counter()
            await ws.send_json({"type": "message", "key": f"f{number}", "text": f"fan {number}"})
            await asyncio.sleep(1 / RATE)
        async with asyncio.timeout(_LATE_S):
            while len(watched.latencies) < agents * messages:  # noqa: ASYNC110 - an event would cost each delivery
                await asyncio.sleep(0.05)
    return watched


async def _begin(ws: aiohttp.ClientWebSocketResponse) -> str:
    """A conversation that waits for a person."""
    await ws.send_json({"type": "hello", "session": None, "language": "en"})
    await ws.send_json({"type": "message", "key": "0", "text": "I want to talk to a person"})
    async with asyncio.timeout(_LATE_S):
        async for frame in ws:
            told = msgspec.json.decode(frame.data)
            if told["type"] == "event" and told["event"].get("handler") == "queue":
                return str(told["conversation"])
    raise RuntimeError("the visitor was hung up on")


async def _drain(ws: aiohttp.ClientWebSocketResponse) -> None:
    async for _ in ws:
        pass


async def _cookies(server: Server) -> Sequence[str]:
    """One of each account."""
    found = []
    for email, password in server.sign_ins.items():
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
            body = {"email": email, "password": password}
            async with client.post(f"{server.address}/api/session", json=body) as answer:
                answer.raise_for_status()
                found.append(answer.cookies["parley_session"].value)
    return found


async def _follow(
    server: Server, watched: Watched, conversation: str, cookie: str, stack: AsyncExitStack
) -> None:
    url = f"{server.address.replace('http', 'ws', 1)}/api/live?position=0"
    agent, headers = _Agent(watched), {"Cookie": f"parley_session={cookie}"}
    transport, _ = await ws_connect(lambda: agent, url, extra_headers=headers)
    stack.callback(transport.disconnect)
    follow = {"type": "subscribe", "topic": f"conversation:{conversation}", "n": 0}
    transport.send(WSMsgType.TEXT, msgspec.json.encode(follow))
    async with asyncio.timeout(_LATE_S):
        await agent.ready.wait()
