"""What the bench of contention finds when a guard of the ledger is gone: else its zeros would say nothing."""

from functools import partial
from pathlib import Path

import pytest

from bench.ledger_contention import Weakened, contend
from core.store.tx import Tx
from routing import reservations
from tests.builders import sqlite_url

pytestmark = pytest.mark.server


@pytest.fixture
def address(tmp_path: Path) -> str:
    return sqlite_url(tmp_path)


def let_anything_be_offered_twice(tx: Tx) -> None:
    tx.conn.exec_driver_sql("DROP INDEX uq_reservation_live")


def let_agents_have_more_than_they_can() -> None:
    unguarded = partial(reservations._add_load.__wrapped__, above=True)

    def add_load(*guards: object, versioned: bool, above: bool, counted: bool = False) -> object:
        return unguarded(*guards, versioned=versioned, counted=counted)

    reservations._add_load = add_load  # type: ignore[assignment]


def test_with_all_guards_nothing_is_anybodys_twice_and_nobody_has_too_much(address: str) -> None:
    found = contend(address, 200, processes=2)
    assert found.made
    assert found.refused
    assert (found.verdict.double, found.verdict.over_capacity, found.verdict.wrong_loads) == (0, 0, 0)
    assert found.verdict.highest_load == 3
    assert found.verdict.entries > found.made


def test_without_the_index_of_open_offers_doubles_are_found(address: str) -> None:
    assert contend(address, 200, Weakened(database=let_anything_be_offered_twice), processes=2).verdict.double


def test_without_the_look_at_the_capacity_it_is_seen_that_it_is_exceeded(address: str) -> None:
    found = contend(address, 200, Weakened(process=let_agents_have_more_than_they_can), processes=2).verdict
    assert found.over_capacity
    assert found.highest_load > 3
