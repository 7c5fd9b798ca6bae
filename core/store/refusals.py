"""What a database said when it refused, in words for people: without the driver's names, and without what customers wrote."""

import re

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

_CLASS = re.compile(r"^<class '[^']*'>: ")
_STATEMENT = 300


def said(error: BaseException) -> str:
    """The first line, because those after it may hold values; where there was no statement yet, the setting that leads there."""
    refusal = error.orig if isinstance(error, DBAPIError) else error
    first, *_ = _CLASS.sub("", str(refusal)).splitlines() or [type(error).__name__]
    statement = error.statement if isinstance(error, DBAPIError) else None
    return (
        f"{first} (PARLEY_DATABASE_URL)" if statement is None else f"{first} [SQL: {statement[:_STATEMENT]}]"
    )


def unreachable(url: URL, error: OSError) -> str:
    """Where nobody answered, without user and password."""
    host = url.host or url.query.get("host", "")
    port = "" if url.port is None else f":{url.port}"
    return f"the database at {host}{port} cannot be reached (PARLEY_DATABASE_URL): {error.strerror or error}"
