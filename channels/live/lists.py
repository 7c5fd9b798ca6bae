"""Lists that visitors ask for in single requests: what they had with us before, and articles."""

from datetime import datetime

import msgspec


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


class SuggestedOut(msgspec.Struct, frozen=True):
    """An article that may answer what is being typed."""

    article: str
    title: str
    excerpt: str
    url: str | None


class SuggestionsOut(msgspec.Struct, frozen=True):
    """Likeliest first."""

    items: tuple[SuggestedOut, ...]
