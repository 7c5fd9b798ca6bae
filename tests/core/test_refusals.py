"""What is told of a database that refused."""

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from core.store.refusals import said, unreachable


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            DBAPIError(
                None, None, Exception("<class 'asyncpg.InvalidPasswordError'>: authentication failed")
            ),
            "authentication failed (PARLEY_DATABASE_URL)",
        ),
        (
            DBAPIError("INSERT INTO agent", None, Exception("duplicate key\nDETAIL: ada@example.com exists")),
            "duplicate key [SQL: INSERT INTO agent]",
        ),
        (TimeoutError(), "TimeoutError (PARLEY_DATABASE_URL)"),
    ],
)
def test_only_what_went_wrong_is_told_and_no_value(error: Exception, told: str) -> None:
    assert said(error) == told


def test_where_nobody_answered_is_told_without_the_password() -> None:
    url = make_url("postgresql+asyncpg://parley:secret@db.example:5433/parley")
    refused = ConnectionRefusedError(111, "Connection refused")
    assert unreachable(url, refused) == (
        "the database at db.example:5433 cannot be reached (PARLEY_DATABASE_URL): Connection refused"
    )
