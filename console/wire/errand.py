"""What an agent sends the bot for."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from console.wire.base import Answer, Ask

ErrandKind = Literal["order_number", "photo", "address", "details", "own"]


class Errand(Answer, frozen=True):
    """What the bot has the conversation for, and for whom (``by`` is a name); ``question`` where the agent wrote it."""

    kind: ErrandKind
    question: str | None
    by: str
    since: datetime


class SendBot(Ask, frozen=True):
    """The bot asks the customer for this; ``question`` is asked as it stands, for ``own``."""

    ask: ErrandKind
    question: Annotated[str, msgspec.Meta(max_length=500)] | None = None


class ErrandEvent(Answer, frozen=True, tag_field="kind", tag="errand"):
    """``state``: given, or ended; ``how`` it ended: errand_done, or why the bot could not; ``what`` was asked."""

    state: Literal["given", "ended"]
    what: str | None
    how: str | None
    by: str | None
