"""Our whole turn with Rasa against Rasa's own REST webhook: same texts, same model, same action server, same run.

A turn of ours: load it from SQLite, ask Rasa, decide, commit record, reply and events. Rasa's own: the one POST. Both
take turns text by text, each in a conversation of its own, so that trackers are equally long and the machine equally busy.
"""

import asyncio
import os
import secrets
import socket
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import msgspec
from aiohttp import web

from app.runtime import Runtime, opened
from app.sample.company import seed
from app.sample.inboxes import WEB
from app.settings import ROOT, Settings
from bench.harness import Aim, Options, Result
from bot.actions import PATH
from bot.assembly import Bot, Knowing, RasaSide, assemble
from bot.contract import BotState, Progress, Turn
from bot.handlers import Given
from bot.orders.store import StoredOrders
from bot.probe import HttpProbe
from bot.process import RasaProcess, Surroundings
from bot.program import ChildPrograms
from bot.rasa_files import RasaConfig
from core.contact import Sender
from core.events import Recorded, conversation_topic
from core.ids import ContactId, ConversationId, MessageId, TurnId
from core.message import Exact, Inbound, Text
from core.receive import receive_message
from core.store.messages import read_event
from core.store.tx import Tx
from core.texts import Texts
from deploy.setup.places import RASA_PYTHON
from knowledge.search import Search

DIALOGUES = (
    ("hello", "how do I return a lamp?", "where is my order?", "10234", "thanks"),
    (
        "how can I pay?",
        "how long does shipping take?",
        "do you ship abroad?",
        "where is order LL-20871?",
        "bye",
    ),
    ("你好", "怎么退货", "我的订单到哪了", "LL-10234", "谢谢"),
    ("可以用支付宝付款吗", "发货一般需要多久", "怎么开发票", "查一下订单LL-20871", "再见"),
)
ROUNDS, QUICK_ROUNDS, WARM_UP = 30, 6, 2
START_S = 300
OVERHEAD_SHARE, OVERHEAD_MS = 0.15, 6.0


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that runs: a server's inner parts without its pages, and Rasa beside it."""

    runtime: Runtime
    session: aiohttp.ClientSession
    bot: Bot
    rasa: RasaProcess
    run: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds: our turns, Rasa's own, and ours from before the message was stored."""

    ours: list[float]
    theirs: list[float]
    stored: list[float]


def measure(options: Options) -> Result:
    return asyncio.run(_measure(options))


async def _measure(options: Options) -> Result:
    rounds = QUICK_ROUNDS if options.quick else ROUNDS
    taken = Taken([], [], [])
    async with _ground() as ground:
        for number in range(WARM_UP + rounds):
            kept = taken if number >= WARM_UP else Taken([], [], [])
            for place, texts in enumerate(DIALOGUES):
                for step, text in enumerate(texts):
                    await _pair(ground, f"{number}-{place}", (step, text), kept)
        scripted = (await ground.runtime.db.read(_engines)).count("scripted")
    if scripted:
        raise RuntimeError(f"{scripted} turns were answered without Rasa: nothing to compare")
    return _result(rounds, taken)


async def _pair(ground: Ground, key: str, said: tuple[int, str], taken: Taken) -> None:
    """The same text to Rasa alone and to us."""
    step, text = said
    began = time.perf_counter()
    await _direct(ground, key, text)
    between = time.perf_counter()
    recorded = await _received(ground, key, step, text)
    loaded = time.perf_counter()
    await ground.bot.messages.answer(recorded)
    ended = time.perf_counter()
    taken.theirs.append((between - began) * 1000)
    taken.ours.append((ended - loaded) * 1000)
    taken.stored.append((ended - between) * 1000)


def _result(rounds: int, taken: Taken) -> Result:
    ours, theirs = taken.ours, taken.theirs
    overhead = statistics.median(ours) - statistics.median(theirs)
    limit = max(OVERHEAD_MS, OVERHEAD_SHARE * statistics.median(theirs))
    return Result(
        config={"rounds": rounds, "turns": len(ours), "database": "sqlite", "rasa": "3.6.21"},
        figures={
            "rasa_ms": _spread(theirs),
            "turn_ms": _spread(ours),
            "received_to_answered_ms": _spread(taken.stored),
            "overhead_ms": round(overhead, 2),
            "overhead_share": round(overhead / statistics.median(theirs), 3),
        },
        aims={
            "overhead_ms": Aim.at_most(overhead, round(limit, 2), " ms (15 % of Rasa's own turn, or 6 ms)")
        },
    )


def _spread(values: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(values, n=100)
    return {name: round(cuts[place], 2) for name, place in (("p50", 49), ("p90", 89), ("p99", 98))}


async def _direct(ground: Ground, key: str, text: str) -> None:
    """What somebody would do who spoke with Rasa alone; the turn is live so that actions are answered."""
    address = ground.rasa.address
    if address is None:
        raise RuntimeError("Rasa went away")
    turn = Turn(
        TurnId(ground.runtime.ids.new()),
        ConversationId(f"{ground.run}-{key}"),
        ContactId("nobody"),
        MessageId("none"),
        1,
        text,
    )
    ask = {"sender": turn.conversation, "message": text, "metadata": {"turn": turn.id}}
    with ground.bot.turns.during(turn):
        async with ground.session.post(
            f"{address.url}/webhooks/rest/webhook",
            data=msgspec.json.encode(ask),
            headers={"X-Parley-Secret": address.secret, "Content-Type": "application/json"},
        ) as response:
            items = msgspec.json.decode(await response.read())
    if items[-1]["custom"].get("failed"):
        raise RuntimeError(f"Rasa failed at {text!r}: {items}")


async def _received(ground: Ground, key: str, step: int, text: str) -> Recorded:
    inbound = Inbound(
        WEB,
        f"{key}-{step}",
        Sender("widget", f"visitor-{key}", verified=False),
        (Text(text),),
        Exact(f"visitor-{key}"),
        ground.runtime.clock.now(),
    )
    received = await ground.runtime.db.run(receive_message, inbound)
    topic = conversation_topic(received.conversation)
    recorded = await ground.runtime.db.read(read_event, topic, received.n)
    if recorded is None:
        raise RuntimeError("the message has no event")
    return recorded


def _engines(tx: Tx) -> list[str]:
    return list(tx.conn.exec_driver_sql("SELECT engine FROM bot_turn").scalars())


@asynccontextmanager
async def _ground() -> AsyncIterator[Ground]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="parley-bench-")))
        runtime = await stack.enter_async_context(opened(replace(Settings(), folder=folder)))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        search = Search(runtime.db, runtime.workers)
        await runtime.db.run(seed, lambda password: password, lambda: secrets.token_hex(8))
        await search.refresh()
        bound = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        action_url = f"http://127.0.0.1:{bound.getsockname()[1]}{PATH}"
        ready, secret = asyncio.Event(), secrets.token_hex(16)
        rasa = _rasa(runtime, session, (action_url, secret), ready)
        bot = assemble(
            Given(runtime.db, runtime.bus, runtime.clock, runtime.ids),
            Knowing(Texts(ROOT / "web" / "locales"), search, StoredOrders(runtime.db)),
            RasaSide(session, rasa, secret),
        )
        await _serve(stack, bot, bound)
        running = runtime.supervisor.start("rasa", rasa.run())
        stack.callback(running.cancel)
        async with asyncio.timeout(START_S):
            await ready.wait()
        yield Ground(runtime, session, bot, rasa, runtime.ids.new())


async def _serve(stack: AsyncExitStack, bot: Bot, bound: socket.socket) -> None:
    """The internal listener: actions only."""
    if bot.actions is None:
        raise RuntimeError("there are no actions to serve")
    app = web.Application()
    for route in bot.actions.routes():
        app.router.add_route(route.method, route.path, route.handler)
    runner = web.AppRunner(app)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.SockSite(runner, bound).start()


def _rasa(
    runtime: Runtime, session: aiohttp.ClientSession, actions: tuple[str, str], ready: asyncio.Event
) -> RasaProcess:
    """As the server runs it; its model is kept in ``var/bench`` from one run to the next."""
    python = Path(os.environ.get("PARLEY_TEST_RASA_PYTHON", str(RASA_PYTHON)))
    config = RasaConfig(
        root=ROOT,
        folder=ROOT / "var" / "bench",
        action_url=actions[0],
        action_secret=actions[1],
        secret=secrets.token_hex(16),
        python=python if python.exists() else None,
        environment={name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
    )
    around = Surroundings(
        tasks=runtime.supervisor,
        programs=ChildPrograms(runtime.supervisor),
        probe=HttpProbe(session),
        clock=runtime.clock,
        jitter=runtime.jitter,
    )

    def follow(state: BotState) -> None:
        if state.state is Progress.READY:
            ready.set()

    return RasaProcess(config, around, follow)
