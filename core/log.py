"""Structured logs: one JSON object a line, or a readable line on a terminal, each with the conversation it is about."""

import json
import logging
import re
import sys
from contextvars import ContextVar
from typing import TextIO

conversation_id: ContextVar[str | None] = ContextVar("conversation_id", default=None)

_SECRET = re.compile(
    r"(?i)(authorization|cookie|password|secret|session|token)(\"?\s*[=:]\s*\"?(?:bearer\s+|basic\s+)?)([^\s\",;&]+)"
)
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def redact(text: str) -> str:
    """Without whatever stands behind a name that looks like a secret's."""
    return _SECRET.sub(r"\1\2[redacted]", text)


class JsonFormatter(logging.Formatter):
    """``at`` in UTC, ``level``, ``logger``, ``message``, ``conversation`` and whatever ``extra`` holds."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if (conversation := conversation_id.get()) is not None:
            line["conversation"] = conversation
        line.update({key: value for key, value in vars(record).items() if key not in _STANDARD})
        if record.exc_info:
            line["error"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class TerminalFormatter(logging.Formatter):
    """For people: time, level, logger, message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def configure(level: str, *, as_json: bool, stream: TextIO = sys.stderr) -> None:
    """Set up the root logger of a process."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter() if as_json else TerminalFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("aiohttp.access", "alembic", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
