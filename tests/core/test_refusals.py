"""What is told of a database that refused."""

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, StatementError

from core.store.interrupted import Interrupted
from core.store.refusals import said, unreachable


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            DBAPIError(
                None, None, Exception("<class 'asyncpg.InvalidPasswordError'>: authentication failed")
            ),
            "authentication failed",
        ),
        (
            DBAPIError("INSERT INTO agent", None, Exception("duplicate key\nDETAIL: ada@example.com exists")),
            "duplicate key [SQL: INSERT INTO agent]",
        ),
        (
            DBAPIError(
                "SELECT 1",
                None,
                Exception("<class 'asyncpg.DataError'>: invalid input for query argument $12: 'Ada' (a str)"),
            ),
            "invalid input for query argument $12 [SQL: SELECT 1]",
        ),
        (
            DBAPIError("SELECT 1", None, Exception('invalid input syntax for type integer: "Ada"')),
            "invalid input syntax for type integer [SQL: SELECT 1]",
        ),
        (
            StatementError("no such value", "SELECT 2", None, ValueError("naive")),
            "no such value [SQL: SELECT 2]",
        ),
        (Interrupted("deadlock detected"), "deadlock detected"),
        (ValueError(), "ValueError"),
    ],
)
def test_only_what_went_wrong_is_told_and_no_value(error: Exception, told: str) -> None:
    assert said(error) == told


def test_a_detail_stands_before_the_statement() -> None:
    error = DBAPIError(None, None, Exception("authentication failed"))
    error.add_detail("PARLEY_DATABASE_URL")
    assert said(error) == "authentication failed (PARLEY_DATABASE_URL)"


@pytest.mark.parametrize(
    ("address", "error", "told"),
    [
        (
            "parley:secret@db.example:5433/parley",
            ConnectionRefusedError(111, "refused"),
            "db.example:5433 {}: refused",
        ),
        ("parley:secret@db.example/parley", TimeoutError(), "db.example {}: it does not answer"),
        ("parley:secret@/parley?host=one:1&host=two:2", OSError("gone"), "one:1, two:2 {}: gone"),
    ],
)
def test_where_nobody_answered_is_told_without_the_password(address: str, error: OSError, told: str) -> None:
    said_so = told.format("cannot be reached (PARLEY_DATABASE_URL)")
    assert unreachable(make_url(f"postgresql+asyncpg://{address}"), error) == f"the database at {said_so}"
