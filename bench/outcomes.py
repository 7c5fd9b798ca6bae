"""The bot's report over 100,000 conversations on SQLite: what became of them, the hold-out, and the list behind a number."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, insert

from bench.harness import Aim, Options, Result, percentile
from console.queries import held_out
from console.queries.chosen import Chosen, Period
from console.queries.lists import STATUSES, Wanted, page
from console.queries.outcomes import counted
from core.ids import AgentId, TimeOrderedIds
from core.slots import slot_of
from core.store.database import Database, Given
from core.store.schema import migrate
from core.store.sqlite import SqliteDatabase
from core.store.tables.conversation import conversation
from core.store.tables.deflection import deflection, hold_out
from core.store.tables.people import contact, contact_point, inbox, queue
from core.store.tx import Tx

CONVERSATIONS, QUICK = 100_000, 10_000
DAYS, RUNS, PEOPLE = 60, 5, 2
AIM_S = 2.0
_AT_ONCE = 5_000
_BEGAN = datetime(2026, 3, 2, tzinfo=UTC)
_WINDOW_S = 72 * 3600.0
_INTENTS = ("order_status", "invoice", "password", "delivery_problem", "ask_knowledge", "price", None)
_ENDS = (
    ("confirmed", "said"),
    ("assumed", "answered"),
    ("escalated", "asked_for_person"),
    ("escalated", "no_answer"),
    ("abandoned", "came_again"),
    ("abandoned", "suggested"),
)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """The clock of this bench: after everything."""

    def now(self) -> datetime:
        return _BEGAN + timedelta(days=DAYS + 30)


def measure(options: Options) -> Result:
    """CPU seconds of the median of several, since the machine is shared."""
    size = QUICK if options.quick else CONVERSATIONS
    with TemporaryDirectory() as folder:
        path = Path(folder) / "parley.db"
        asyncio.run(migrate(f"sqlite:///{path}"))
        _fill(path, size)
        seconds = asyncio.run(_asked(path))
    figures = {f"{name}_cpu_s": round(percentile(each, 0.5), 3) for name, each in seconds.items()}
    report = figures["outcomes_cpu_s"]
    aim = None if options.quick else Aim.at_most(report, AIM_S, " s of CPU")
    return Result({"conversations": size, "days": DAYS}, figures, {} if aim is None else {"report": aim})


async def _asked(path: Path) -> dict[str, list[float]]:
    first = _BEGAN.date()
    period = Period(first, first + timedelta(days=DAYS), ZoneInfo("Europe/Berlin"))
    wanted = Wanted(AgentId("nobody"), statuses=STATUSES, bot=Chosen(period, outcomes=("assumed",)))
    work: dict[str, Callable[[Tx], object]] = {
        "outcomes": lambda tx: counted(tx, period, None),
        "hold_out": lambda tx: held_out.groups_of(tx, period, None, _WINDOW_S),
        "list": lambda tx: page(tx, wanted),
    }
    clock = _Fixed()
    db = SqliteDatabase(
        str(path), Given(clock, TimeOrderedIds(clock, lambda bits: 0), {}, lambda outcome: None)
    )
    try:
        return {name: [await _once(db, each) for _ in range(RUNS)] for name, each in work.items()}
    finally:
        await db.close()


async def _once(db: Database, work: Callable[[Tx], object]) -> float:
    began = time.process_time()
    await db.large.read(work)
    return time.process_time() - began


def _fill(path: Path, size: int) -> None:
    random, people = Random(1), size // PEOPLE
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as conn:
        conn.execute(insert(queue).values(id="q", name="General", priority=0, requirements=(), languages=()))
        conn.execute(insert(inbox), [_inbox(name) for name in ("web", "mail", "phone")])
        for some in _pages(range(people)):
            conn.execute(insert(contact), [_contact(n) for n in some])
            conn.execute(insert(contact_point), [_point(n) for n in some])
        for some in _pages(range(size)):
            made = [_conversation(random, n, people) for n in some]
            conn.execute(insert(conversation), [each for each, _, _ in made])
            conn.execute(insert(hold_out), [each for _, each, _ in made])
            conn.execute(insert(deflection), [each for _, _, each in made if each is not None])
    engine.dispose()


def _pages(of: range) -> Iterator[range]:
    return (of[at : at + _AT_ONCE] for at in range(0, len(of), _AT_ONCE))


def _inbox(name: str) -> dict[str, Any]:
    own = {"id": name, "kind": name, "name": name, "enabled": True, "queue_id": "q"}
    return {**own, "bot": True, "bot_mode": "answer", "config": {}, "created_at": _BEGAN}


def _contact(n: int) -> dict[str, Any]:
    return {"id": f"p{n}", "name": None, "attributes": {}, "created_at": _BEGAN}


def _point(n: int) -> dict[str, Any]:
    known = {"id": f"a{n}", "contact_id": f"p{n}", "kind": "widget", "address": str(n)}
    return {**known, "verified": True, "created_at": _BEGAN}


def _conversation(
    random: Random, n: int, people: int
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None]:
    """The conversation, its lot, and what became of it with the bot."""
    person, place = random.randrange(people), random.choice(("web", "mail", "phone"))
    at = _BEGAN + timedelta(seconds=random.randrange(DAYS * 86_400))
    outcome, reason = random.choice(_ENDS)
    held = random.random() < 1 / 10
    where = {"id": f"c{n}", "inbox_id": place, "contact_id": f"p{person}", "contact_point_id": f"a{person}"}
    stands = {"thread_key": str(n), "status": "closed", "handler": "nobody", "queue_id": "q", "last_text": ""}
    counts = {"priority": 0, "weight": 1, "turn": 1, "generation": 1, "n": 0, "visible_n": 0}
    row = {**where, **stands, **counts, "last_author": "contact", "created_at": at, "updated_at": at}
    lot = {"conversation_id": f"c{n}", "inbox_id": place, "held_out": held, "share": 0.1, "slot": slot_of(at)}
    article = random.randrange(300) if outcome in {"confirmed", "assumed"} else None
    became = {
        "conversation_id": f"c{n}",
        "inbox_id": place,
        "channel": place,
        "language": random.choice(("en", "zh")),
        "intent": random.choice(_INTENTS),
        "article_id": None if article is None else f"article {article}",
        "article_language": None if article is None else "en",
        "article_number": None if article is None else 1 + article % 4,
        "outcome": outcome,
        "reason": reason,
        "slot": slot_of(at),
        "began_at": at,
        "last_at": at,
        "settles_at": at,
        "settled": True,
    }
    return row, lot, None if held else became
