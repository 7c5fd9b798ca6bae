"""How the installation is doing: the bot, the outbox, the checks."""

from datetime import datetime
from typing import Literal

from console.wire.base import Answer

Engine = Literal["rasa", "scripted"]


class BotState(Answer, frozen=True):
    """``engine`` is the one that answers now; ``step`` and ``seconds`` say how far the other one is."""

    state: str
    engine: Engine
    step: str | None
    seconds: float | None
    detail: str | None
    model: str | None


class DeadRow(Answer, frozen=True):
    """Work that was given up after its last attempt; it can be replayed."""

    handler: str
    topic: str
    seq: int
    error: str
    at: datetime


class OutboxState(Answer, frozen=True):
    waiting: int
    oldest_s: float | None
    dead: tuple[DeadRow, ...]


class Check(Answer, frozen=True):
    name: str
    ok: bool
    detail: str


class SystemStatus(Answer, frozen=True):
    bot: BotState
    outbox: OutboxState
    database: str
    version: str
    uptime_s: float
    sockets: int
    checks: tuple[Check, ...]
