"""Structured logs: one JSON object a line, or a readable line on a terminal, each with the conversation it is about."""

import json
import logging
import re
import sys
from contextvars import ContextVar
from typing import TextIO

from aiohttp.http_exceptions import HttpProcessingError

conversation_id: ContextVar[str | None] = ContextVar("conversation_id", default=None)

_SECRET = re.compile(
    r"(?i)(authorization|cookie|password|secret|session|token)(\"?\s*[=:]\s*\"?(?:bearer\s+|basic\s+)?)([^\s\",;&]+)"
)
_SECRETS = re.compile(
    r"""
    \bey[\w-]+\.ey[\w-]+\.[\w-]*        # a signed token (JWT)
  | \bv1\.[0-9a-z]{1,40}\.[\w-]{20,80}    # a visitor's session
  | (?<!\d)\d{6,}:[\w-]{30,}                 # a bot's token, also in an address
    """,
    re.VERBOSE,
)
_OURS = r"[0-9a-z]{8,26}\.[0-9a-z]{8,26}\.[0-9a-z]+"
"""The left side of a Message-ID of ours, which names a conversation and a message."""
_PERSON = re.compile(rf"(?<![\w.@])(?!{_OURS}@)[\w.!#$%&'*+/=?^`{{|}}~-]{{1,64}}@[\w-]+(?:\.[\w-]+)*")
_THREAD = re.compile(r"\b(intake:[^\s:]+):[^\s,;]+")
"""A provider's own name for a chat, which is its owner's address."""
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def redact(text: str) -> str:
    """Without whatever stands behind a name that looks like a secret's or is of a secret's form, and without addresses.

    What other servers answer often names the address that they were told: an id says which it was.
    """
    text = _SECRETS.sub("[redacted]", _SECRET.sub(r"\1\2[redacted]", text))
    return _THREAD.sub(r"\1:[address]", _PERSON.sub("[address]", text))


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


def _no_http(record: logging.LogRecord) -> bool:
    """What was no HTTP is told in a line, to who wants all: anybody may send that, as often as they like."""
    problem = record.exc_info[1] if record.exc_info else None
    if not isinstance(problem, HttpProcessingError):
        return True
    record.exc_info = record.exc_text = None
    record.levelno, record.levelname = logging.DEBUG, "DEBUG"
    record.msg, record.args = f"no HTTP came: {' '.join(problem.message.split())}", ()
    return logging.getLogger().isEnabledFor(logging.DEBUG)


def configure(level: str, *, as_json: bool, stream: TextIO = sys.stderr) -> None:
    """Set up the root logger of a process."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter() if as_json else TerminalFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.getLogger("aiohttp.server").addFilter(_no_http)
    # Whatever python-telegram-bot says below that names chats and texts.
    for noisy in ("aiohttp.access", "alembic", "asyncio", "telegram"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
