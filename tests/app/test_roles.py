"""Which role runs what: every listener has one role, and a process is told at once when its roles make no sense."""

import ast
import gc
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import FunctionType, ModuleType

import aiohttp
import pytest

from app.build import Addresses, Clients, build
from app.roles import (
    ALL,
    BACKGROUND,
    BOT,
    HANDLERS,
    RELAY,
    ROUTER,
    WEB,
    ProcessRole,
    roles_of,
    runs,
    worked_on,
)
from app.runtime import opened
from app.settings import Settings
from core.errors import Invalid
from core.events import TimerFired
from core.outbound import Outbound
from core.outbox import Exclusive, TxHandler
from tests.house.tree import nodes
from tests.test_docs import ACTORS

NAMES = frozenset({*ACTORS, "webhooks"})
HANDLERS_THERE = [TxHandler(name, (TimerFired,), lambda tx, recorded: None) for name in sorted(NAMES)]


def test_each_listener_is_worked_on_by_one_role() -> None:
    worked = [each.name for role in ProcessRole for each in worked_on(HANDLERS_THERE, frozenset({role}))]
    assert sorted(worked) == sorted(NAMES)
    assert frozenset().union(*HANDLERS.values()) <= NAMES


def test_a_process_with_every_role_works_on_everything() -> None:
    assert worked_on(HANDLERS_THERE, ALL) == HANDLERS_THERE


def test_a_process_without_work_from_the_outbox_runs_no_relay() -> None:
    for role in ProcessRole:
        assert bool(worked_on(HANDLERS_THERE, frozenset({role}))) == (role in BACKGROUND["relay"]), role


def test_a_process_runs_in_the_background_what_one_of_its_roles_needs() -> None:
    assert runs("router", frozenset({ROUTER, WEB}))
    assert not runs("router", ALL - {ROUTER})
    assert not any(runs(name, frozenset({ROUTER})) for name in ("relay", "console", "mail", "rasa", "search"))


def reached(start: object, beyond: Iterable[object]) -> frozenset[int]:
    """The ids of all that it could ever ask, but for what only leads to everything else."""
    seen, waiting = {id(each) for each in beyond}, [start]
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, ModuleType | type):
            continue
        seen.add(id(each))
        waiting += each.__closure__ or () if isinstance(each, FunctionType) else gc.get_referents(each)
    return frozenset(seen)


async def test_what_a_listener_could_ask_in_memory_is_kept_up_wherever_it_runs(tmp_path: Path) -> None:
    outdated = set()
    async with opened(Settings(folder=tmp_path)) as runtime, aiohttp.ClientSession() as session:
        clients = Clients(session, session, session, Outbound(runtime.settings.email.outbound))
        built = await build(runtime, clients, Addresses("http://parley.test", "http://inside.test"))
        kept = {"hours": built.hours, "search": built.search, "webhooks": built.channels.webhooks}
        beyond = [runtime.db, runtime.bus, runtime.supervisor, runtime.metrics, session]
        asked = set()
        for handler in built.handlers:
            if isinstance(handler, Exclusive):
                continue
            can = reached(handler.run, beyond)
            needs = {name for name, each in kept.items() if id(each) in can}
            asked |= needs
            roles = [role for role in ProcessRole if worked_on([handler], frozenset({role}))]
            outdated |= {
                (handler.name, name, role)
                for name in needs
                for role in roles
                if not runs(name, frozenset({role}))
            }
    assert asked == set(kept)
    assert not outdated


def test_the_table_names_what_the_program_runs_and_nothing_else() -> None:
    words = {
        node.value
        for file in ("app/wiring.py", "app/sharing.py")
        for node in nodes(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(BACKGROUND) <= words


@pytest.mark.parametrize("names", [(), ("web", "rooter")])
def test_words_that_are_no_roles_are_refused_with_those_that_are(names: tuple[str, ...]) -> None:
    with pytest.raises(Invalid, match="web, relay, router, channels, bot"):
        roles_of(names, alone=False)


def test_where_there_is_one_process_it_has_every_role() -> None:
    with pytest.raises(Invalid, match="PostgreSQL"):
        _ = Settings(folder=Path("var"), roles=("web",)).served
    shared = Settings(database_url="postgresql://db/parley", roles=("web", "bot"))
    assert shared.served == {WEB, BOT}
    assert replace(shared, roles=("relay", "router")).served == {RELAY, ROUTER}
    assert Settings().served == ALL
