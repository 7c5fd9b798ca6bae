"""A server that is told to stop: whoever is at work has what they need until the end."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from app.settings import EngineSettings, Settings
from app.wiring import running
from core.outbox import Relay


async def test_the_relay_comes_to_its_end_first_then_all_other_work_and_only_then_clients_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    stop, close = Relay.stop, aiohttp.ClientSession.close

    async def stopped(relay: Relay, within_s: float) -> None:
        await stop(relay, within_s)
        order.append("relay")

    async def closed(session: aiohttp.ClientSession) -> None:
        order.append("client")
        await close(session)

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            order.append("work")

    monkeypatch.setattr(Relay, "stop", stopped)
    monkeypatch.setattr(aiohttp.ClientSession, "close", closed)
    settings = Settings(folder=tmp_path, port=0, internal_port=0, engine=EngineSettings("scripted"))
    async with running(settings) as parley:
        _ = parley.runtime.supervisor.start("work", work())
        await asyncio.sleep(0)
    assert order[:2] == ["relay", "work"]
    assert "client" in order[2:]
