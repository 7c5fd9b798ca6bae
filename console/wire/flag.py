"""What agents say is wrong with articles."""

from datetime import datetime
from typing import Annotated

import msgspec

from console.wire.base import Answer, Ask, Language, Line, Number
from console.wire.beside import Id


class Flag(Answer, frozen=True):
    """``title`` is the article's in ``language``, ``number`` the revision that was flagged; ``by`` and ``resolved_by`` are names."""

    id: str
    article: str
    language: str
    number: int
    title: str
    text: str
    by: str
    conversation: str | None
    created_at: datetime
    resolved_by: str
    resolved_at: datetime | None


class FlagAsk(Ask, frozen=True):
    """``number`` is the revision that was read."""

    language: Language
    number: Number
    text: Annotated[Line, msgspec.Meta(min_length=1)]
    conversation: Id | None = None
