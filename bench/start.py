"""From `parley serve` to the first answered widget message, with the scripted bot and a company that is there already."""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import msgspec

from bench.harness import Aim, Options, Result, percentile
from bench.parley import parley

RUNS, QUICK_RUNS = 9, 3
AIM_S = 2.0
_ANSWER_S = 30.0


def measure(options: Options) -> Result:
    """The median of several starts; the first, which makes the company, is told apart."""
    runs = QUICK_RUNS if options.quick else RUNS
    with TemporaryDirectory() as folder:
        first = _one(Path(folder))
        seconds = [_one(Path(folder)) for _ in range(runs)]
    median = percentile(seconds, 0.5)
    figures = {
        "first_start_s": round(first, 3),
        "start_s": [round(one, 3) for one in seconds],
        "median_s": round(median, 3),
    }
    return Result({"runs": runs}, figures, {"start_to_first_answer": Aim.at_most(median, AIM_S, " s")})


def _one(folder: Path) -> float:
    began = time.monotonic()
    with parley(folder) as server:
        asyncio.run(_answered(server.address))
        return time.monotonic() - began


async def _answered(address: str) -> None:
    """Ask one question and wait for what the bot says. Raises RuntimeError when nothing comes."""
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{address}/live/web/socket") as ws:
        await ws.send_json({"type": "hello", "session": None, "language": "en"})
        await ws.send_json({"type": "message", "key": "1", "text": "How long does shipping take?"})
        try:
            async with asyncio.timeout(_ANSWER_S):
                async for frame in ws:
                    told = msgspec.json.decode(frame.data)
                    message = told.get("event", {}).get("message")
                    if message is not None and message["author"]["kind"] == "bot":
                        return
        except TimeoutError as error:
            raise RuntimeError("the bot did not answer") from error
    raise RuntimeError("the server hung up")
