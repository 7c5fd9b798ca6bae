"""`python -m tests.chaos.drive FILE`: visitors and agents in a process of their own; what each saw is written down at the end.

FILE holds the orders as JSON. How much has arrived is told line by line on standard output. A line on standard input
closes the doors: whoever is there finishes, nobody comes any more. Another one sends the agents home.
"""

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any, cast

import aiohttp

from tests.chaos.agents import Worker
from tests.chaos.everywhere import AnyOf, Everywhere, pause, sessions
from tests.journeys.visits import FOR_A_PERSON, Crowd, Visit
from tests.servers.parley import Server

_TOLD_EVERY_S = 0.2
_LONG_QUIET = 100
"""So often told in vain."""
_FOR_A_PERSON_SHARE = 0.4
LATER = frozenset({"unavailable", "rate"})
"""Refusals after which a client tries again."""


@dataclass(frozen=True, slots=True)
class Orders:
    """``agents``: e-mail address and password of each; ``result`` is the file to be written at the end."""

    addresses: tuple[str, ...]
    visitors: int
    agents: tuple[tuple[str, str], ...]
    seed: int
    result: str


class Patient(Visit):
    """Who is told "later" comes back a little later, and says again what was not confirmed."""

    async def hear(self, ws: aiohttp.ClientWebSocketResponse, frame: dict[str, Any]) -> None:
        if frame["type"] == "error" and frame["code"] in LATER:
            raise aiohttp.ClientError(str(frame))
        await super().hear(ws, frame)


class Visitors(Crowd):
    """Many ask for a person in the end, when all they said before is answered."""

    def _new_visit(self) -> Visit:
        made = super()._new_visit()
        rounds = [[each for each in said if each not in FOR_A_PERSON.values()] for said in made.rounds]
        if self.random.random() < _FOR_A_PERSON_SHARE:
            rounds.append([FOR_A_PERSON[made.language]])
        return Patient(self.line, made.name, made.language, [each for each in rounds if each])


async def drive(orders: Orders) -> dict[str, Any]:
    """Until everybody has got what they came for, and it is over; what all of them saw."""
    random = Random(orders.seed)
    async with sessions() as http:
        line = Everywhere(cast("Server", AnyOf(orders.addresses, random)), http)
        agents = [Worker(line, email, random=random) for email, _ in orders.agents]
        for agent, (_, password) in zip(agents, orders.agents, strict=True):
            await agent.sign_in(password)
        crowd = Visitors(line, random, orders.visitors)
        tasks = [asyncio.create_task(each.work()) for each in agents]
        over = asyncio.Event()
        beside = [asyncio.create_task(_tell(crowd)), asyncio.create_task(_close(crowd, over))]
        coming = asyncio.create_task(_until(crowd, over))
        try:
            await asyncio.wait({coming, *tasks}, return_when=asyncio.FIRST_COMPLETED)
            for task in (coming, *tasks):
                if task.done():
                    task.result()
        finally:
            for task in (coming, *tasks, *beside):
                task.cancel()
            await asyncio.gather(coming, *tasks, *beside, return_exceptions=True)
        return {
            "visits": [_as_json(each) for each in crowd.visits],
            "held": [asdict(held) for agent in agents for held in agent.held],
        }


async def _until(crowd: Crowd, over: asyncio.Event) -> None:
    await crowd.run()
    await over.wait()


def _as_json(visit: Visit) -> dict[str, Any]:
    names = ("name", "conversation", "said", "confirmed", "events", "repeats", "returns")
    return {name: getattr(visit, name) for name in names}


async def _tell(crowd: Crowd) -> None:
    """How much there is; and once nothing has come for a while, where everybody stands."""
    last = quiet = 0
    while True:
        left = sum(not each.over for each in crowd.visits)
        print(crowd.line.progress, len(crowd.visits), left, flush=True)
        last, quiet = crowd.line.progress, quiet + 1 if left and last == crowd.line.progress else 0
        if quiet == _LONG_QUIET:
            print(*crowd.unfinished(), sep="\n", file=sys.stderr)
            for task in asyncio.all_tasks():
                task.print_stack(limit=3, file=sys.stderr)
        await pause(_TOLD_EVERY_S)


async def _close(crowd: Crowd, over: asyncio.Event) -> None:
    told = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(told), sys.stdin)
    await told.readline()
    crowd.open = False
    await told.readline()
    over.set()


def main(file: str) -> None:
    given = json.loads(Path(file).read_text())
    orders = Orders(
        tuple(given["addresses"]),
        given["visitors"],
        tuple((email, password) for email, password in given["agents"]),
        given["seed"],
        given["result"],
    )
    with suppress(KeyboardInterrupt):
        Path(orders.result).write_text(json.dumps(asyncio.run(drive(orders))))


if __name__ == "__main__":
    main(sys.argv[1])
