"""Where an installation has a Redis, everything that counts or stands in line is put together so that all processes share it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from app.build import Addresses, Built, Clients, build
from app.runtime import opened
from app.settings import EngineSettings, Settings
from channels.contract import Outgoing
from channels.pacing import AskFirst
from core.ids import ConversationId, InboxId, MessageId, QueueId
from core.inbox import BotMode, Inbox
from core.limits import InProcessRateLimits
from core.message import Text
from core.outbound import Outbound, OutboundSettings
from core.redis import RedisSettings
from core.shared_limits import SharedRateLimits
from tests.contracts.mail import CONFIG

pytestmark = pytest.mark.served
TELEGRAM = {"token": "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"}


@asynccontextmanager
async def put_together(folder: Path, redis: RedisSettings) -> AsyncIterator[Built]:
    """Nothing of it runs."""
    settings = Settings(folder=folder, redis=redis, engine=EngineSettings("scripted"))
    async with AsyncExitStack() as stack:
        runtime = await stack.enter_async_context(opened(settings))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        clients = Clients(session, session, session, Outbound(OutboundSettings()))
        yield await build(runtime, clients, Addresses("http://us.example", "http://inside.example"))


def replies() -> Sequence[Outgoing]:
    """One by each kind of channel whose provider takes only so much."""
    configured = {"email": CONFIG, "telegram": TELEGRAM}
    inboxes = [
        Inbox(InboxId(kind), kind, kind, enabled=True, queue=QueueId("q"), bot=BotMode.OFF, config=config)
        for kind, config in configured.items()
    ]
    known = MessageId("m"), ConversationId("c")
    return [Outgoing(*known, inbox, "12345", "ann@example.net", (Text("Hi"),)) for inbox in inboxes]


async def test_with_a_redis_limits_are_shared_and_senders_stand_in_one_line(tmp_path: Path) -> None:
    async with put_together(tmp_path, RedisSettings(url="unix:///nowhere/at/all")) as built:
        assert isinstance(built.console_parts.limits, SharedRateLimits)
        for outgoing in replies():
            with pytest.raises(AskFirst):
                built.channels.channels[outgoing.inbox.kind].wait_s(outgoing)


async def test_without_one_the_process_asks_nobody(tmp_path: Path) -> None:
    async with put_together(tmp_path, RedisSettings()) as built:
        assert isinstance(built.console_parts.limits, InProcessRateLimits)
        for outgoing in replies():
            assert built.channels.channels[outgoing.inbox.kind].wait_s(outgoing) == 0
