"""What the knowledge base gives to whoever asks, and what the bot passes on to a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.ids import ArticleId


@dataclass(frozen=True, slots=True)
class Answer:
    """A published article that may answer a question.

    ``text`` is the article's own words as plain text, ``excerpt`` its best passage, ``probability`` (0 to 1)
    that it answers the question.
    """

    article: ArticleId
    revision: int
    language: str
    title: str
    text: str
    excerpt: str
    probability: float


@dataclass(frozen=True, slots=True)
class Handoff:
    """Why the bot passes a conversation on, and what the agent should know before reading it.

    ``reason`` is a code such as ``asked_for_person``; ``summary`` is written for the agent.
    """

    reason: str
    summary: str
    intent: str | None = None
    confidence: float | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    tried: tuple[str, ...] = ()
    articles: tuple[tuple[ArticleId, str], ...] = ()
    language: str | None = None
