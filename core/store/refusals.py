"""What a database said when it refused, in words for people: without the driver's names, and without what customers wrote."""

import re

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, StatementError

_CLASS = re.compile(r"^<class '[^']*'>: ")
_VALUE = re.compile(r"(query argument \$\d+): .*|: [\"'].*")
_STATEMENT = 300


def said(error: BaseException) -> str:
    """The first line without the value that it may end with, because those after it hold more of them; then the details that were added, and the statement."""
    refusal = error.orig if isinstance(error, DBAPIError) else error
    first, *_ = _CLASS.sub("", str(refusal)).splitlines() or [type(error).__name__]
    words = [_VALUE.sub(r"\1", first)]
    if isinstance(error, StatementError):
        words += [f"({each})" for each in error.detail]
        words += [] if error.statement is None else [f"[SQL: {error.statement[:_STATEMENT]}]"]
    return " ".join(words)


def unreachable(url: URL, error: OSError) -> str:
    """Where nobody answered, without user and password."""
    asked = url.host or url.query.get("host", "")
    host = asked if isinstance(asked, str) else ", ".join(asked)
    port = "" if url.port is None else f":{url.port}"
    why = error.strerror or str(error) or "it does not answer"
    return f"the database at {host}{port} cannot be reached (PARLEY_DATABASE_URL): {why}"
