"""What the knowledge base gives to whoever asks, and what the bot passes on to a person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.ids import ArticleId


class Audience(StrEnum):
    """Who may read an article; each sees what those before it see, too."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    AGENTS = "agents"


_RANK = {audience: rank for rank, audience in enumerate(Audience)}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks; of no ``brand``: sees what is for every brand."""

    audience: Audience = Audience.PUBLIC
    brand: str | None = None

    def may_read(self, audience: Audience, brands: Collection[str] = ()) -> bool:
        """Whether an article for these is for them; one without brands is for every brand, and agents see all brands."""
        if _RANK[audience] > _RANK[self.audience]:
            return False
        return self.audience is Audience.AGENTS or not brands or self.brand in brands

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Those whose articles they may read."""
        return tuple(each for each in Audience if _RANK[each] <= _RANK[self.audience])


PUBLIC_READER = Reader()
AGENT_READER = Reader(Audience.AGENTS)


@dataclass(frozen=True, slots=True)
class Answer:
    """A published article that may answer a question.

    ``text`` is the article's own words as plain text, ``excerpt`` its best passage, ``probability`` (0 to 1)
    that it answers the question, ``slug`` its name in addresses; ``audience`` and ``brands`` say whose it is.
    """

    article: ArticleId
    revision: int
    language: str
    title: str
    text: str
    excerpt: str
    probability: float
    slug: str = ""
    audience: Audience = Audience.PUBLIC
    brands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handoff:
    """Why the bot passes a conversation on, and what the agent should know before reading it.

    ``reason`` is a code such as ``asked_for_person``; ``summary`` has three lines: what they want, what was tried, where it
    stands. ``quotes`` are the customer's own words, the newest last; ``steps`` what the bot did, each a code and what it was
    about, the newest last. ``matter``: the newest intent that says what it is about. ``mood`` as in ``bot.handing.mood``, ``tier`` the contact's, ``topic`` the name of the rule that
    sent it. ``back_at``: when the customer was told that somebody is there again; ``case``: the number they were told.
    """

    reason: str
    summary: str
    intent: str | None = None
    confidence: float | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    tried: tuple[str, ...] = ()
    articles: tuple[tuple[ArticleId, str], ...] = ()
    language: str | None = None
    quotes: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    matter: str | None = None
    mood: str | None = None
    tier: str | None = None
    topic: str | None = None
    back_at: datetime | None = None
    case: int | None = None
