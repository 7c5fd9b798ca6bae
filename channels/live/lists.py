"""Lists that visitors ask for in single requests: what they had with us before, and articles."""

from datetime import datetime

import msgspec

from channels.live.protocol import EventOut


class EarlierOut(msgspec.Struct, frozen=True):
    """One of a visitor's own conversations: its newest words and whose they are, and how far the visitor has read of ``n``.

    ``status`` is open, resolved or closed; ``author`` contact, bot, agent or system.
    """

    id: str
    status: str
    started_at: datetime
    at: datetime
    text: str
    author: str
    n: int
    read: int


class HistoryOut(msgspec.Struct, frozen=True):
    """Newest first; ``next`` is the cursor of the following page, null at the end."""

    items: tuple[EarlierOut, ...]
    next: str | None


class EventsOut(msgspec.Struct, frozen=True):
    """What happened in ``conversation`` after the number that was asked for, up to ``n``; null: nothing has begun.

    Another conversation than the one asked for: that one is over, and this came after it. ``reload``: too much was missed;
    forget it, and ask for what comes after ``n``.
    """

    conversation: str | None
    n: int
    events: tuple[EventOut, ...] = ()
    reload: bool = False


class SuggestedOut(msgspec.Struct, frozen=True):
    """An article that may answer what is being typed."""

    article: str
    title: str
    excerpt: str
    url: str | None


class SuggestionsOut(msgspec.Struct, frozen=True):
    """Likeliest first."""

    items: tuple[SuggestedOut, ...]
