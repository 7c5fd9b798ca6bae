"""Where the database is, as people write it."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from core.errors import Invalid, Unavailable
from core.store.address import check_folder, database_address
from core.store.schema import migrate


@pytest.mark.parametrize(
    ("written", "asked_of_the_driver"),
    [
        ("postgres://u:p%40ss@h:5433/d", {"host": "h", "port": 5433, "password": "p@ss"}),
        ("postgresql://u@/d?host=/run/pg", {"host": "/run/pg", "database": "d"}),
        ("postgresql://u@h/d?sslmode=require", {"host": "h", "ssl": "require"}),
        ("postgresql+asyncpg://u@h?ssl=require", {"host": "h", "ssl": "require"}),
        ("postgresql://u@h/d?prepared_statement_cache_size=0", {"prepared_statement_cache_size": 0}),
        (
            "postgresql://u@/d?host=a:1&host=b:2&target_session_attrs=read-write",
            {"host": ["a", "b"], "port": [1, 2], "target_session_attrs": "read-write"},
        ),
    ],
)
def test_an_address_of_postgresql_reaches_the_driver(
    written: str, asked_of_the_driver: dict[str, object]
) -> None:
    url = make_url(database_address(written))
    _, arguments = url.get_dialect()().create_connect_args(url)
    assert arguments.items() >= asked_of_the_driver.items()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("mysql://somewhere/d", "postgresql://"),
        ("no address", "postgresql://"),
        ("postgresql://u:hush@h:port/d", "HOST:PORT"),
        ("postgresql://u:hush@[::/d", "HOST:PORT"),
        ("postgresql://u:hush@/d?host=a&host=b", "each with its port"),
        ("postgresql://u:hush@h/d?target_session_attrs=best", "target_session_attrs one of any"),
        ("postgresql://u:hush@h/d?sslmode=perhaps", "sslmode one of disable"),
        ("postgresql://u:hush@h/d?connect_timeout=3", "not connect_timeout"),
        ("sqlite://", "sqlite:///PATH"),
        ("sqlite:////tmp/x.db?mode=ro", "without anything behind"),
    ],
)
def test_what_would_never_connect_is_refused_without_telling_the_password(
    written: str, expected: str
) -> None:
    with pytest.raises(Invalid) as refused:
        database_address(written)
    assert refused.value.field == "PARLEY_DATABASE_URL"
    assert expected in refused.value.expected
    assert "hush" not in str(refused.value)


def test_a_file_needs_a_folder(tmp_path: Path) -> None:
    check_folder(f"sqlite:///{tmp_path / 'parley.db'}")
    check_folder("postgresql+asyncpg://h/d")
    with pytest.raises(Invalid, match="a folder that is there"):
        check_folder(f"sqlite:///{tmp_path / 'missing' / 'parley.db'}")


async def test_a_certificate_that_is_not_there_is_told_and_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PGSSLROOTCERT", raising=False)
    with pytest.raises(Unavailable, match="root"):
        await migrate(database_address("postgresql://u@127.0.0.1:1/d?sslmode=verify-full"))
