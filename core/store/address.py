"""Where the database is, as people write it and as the driver wants it."""

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from core.errors import Invalid

FIELD = "PARLEY_DATABASE_URL"
_SHAPE = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME; of several hosts each with its port"
_SQLITE = "sqlite"
_DRIVERS = {
    _SQLITE: _SQLITE,
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_SERVERS = ("any", "primary", "standby", "read-write", "read-only", "prefer-standby")
_CHOICES = {"sslmode": _MODES, "ssl": _MODES, "target_session_attrs": _SERVERS}
_OPTIONS = ("host", "port", *_CHOICES, "passfile", "prepared_statement_cache_size")
"""Most are of PostgreSQL's own addresses. What the driver does not know it refuses only when it connects."""


def database_address(written: str) -> str:
    """Raises Invalid for what is no address of a database, or has options that would never work."""
    try:
        url = make_url(written)
        url = url.set(drivername=_DRIVERS[url.drivername])
        if url.drivername == _SQLITE:
            if not url.database or url.host or url.query:
                raise Invalid(FIELD, "sqlite:///PATH, without anything behind the path")
            return written
        # Several hosts, and their ports, are only looked at when the driver is asked for its arguments.
        _ = url.get_dialect()().create_connect_args(url)
    except (ArgumentError, KeyError, ValueError):
        # Whatever they say may hold the password.
        raise Invalid(FIELD, _SHAPE) from None
    return url.set(query=_options(url.query)).render_as_string(hide_password=False)


def check_folder(address: str) -> None:
    """Raises Invalid for a file in a folder that is not there, or where nobody may write."""
    url = make_url(address)
    if url.drivername != _SQLITE or not url.database:
        return
    folder = Path(url.database).parent
    if not folder.is_dir():
        raise Invalid(FIELD, f"a file in a folder that is there, and {folder} is not")
    if not os.access(folder, os.W_OK):
        raise Invalid(FIELD, f"a file in a folder that may be written, and {folder} may not")


def _options(given: Mapping[str, str | tuple[str, ...]]) -> dict[str, str | tuple[str, ...]]:
    wrong = [name for name in given if name not in _OPTIONS]
    if wrong:
        raise Invalid(FIELD, f"no options but {', '.join(_OPTIONS)}: not {', '.join(wrong)}")
    for name, choices in _CHOICES.items():
        if given.get(name, choices[0]) not in choices:
            raise Invalid(FIELD, f"{name} one of {', '.join(choices)}")
    options = dict(given)
    if "sslmode" in options:
        options["ssl"] = options.pop("sslmode")
    return options
