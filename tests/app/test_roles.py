"""Which role runs what: every listener has one role, and a process is told at once when its roles make no sense."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

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
from app.settings import Settings
from core.errors import Invalid
from core.events import TimerFired
from core.outbox import TxHandler
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
