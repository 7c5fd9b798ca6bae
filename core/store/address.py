"""Where the database is, as people write it and as the driver wants it."""

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from core.errors import Invalid

FIELD = "PARLEY_DATABASE_URL"
_SHAPE = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME"
_SQLITE = "sqlite"
_DRIVERS = {
    _SQLITE: _SQLITE,
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_SSL = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_OPTIONS = ("host", "port", "sslmode", "target_session_attrs", "passfile")
"""Of PostgreSQL's own addresses. The driver refuses all others, but only when it connects."""


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
    if not url.database:
        raise Invalid(FIELD, f"the name of the database at the end: {_SHAPE}")
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
    options = dict(given)
    mode = options.pop("sslmode", None)
    if mode is not None:
        if mode not in _SSL:
            raise Invalid(FIELD, f"sslmode one of {', '.join(_SSL)}")
        options["ssl"] = mode
    return options
