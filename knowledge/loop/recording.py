"""Keeps a question that found nothing good, redacted."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from core.ids import ArticleId, ConversationId, MessageId
from core.store.tables.loop import gap
from core.store.tx import Tx
from knowledge.loop.naming import names_here
from knowledge.loop.redacting import redact, says_something
from knowledge.loop.settings import LoopSettings
from knowledge.text import language_of


class AskedIn(StrEnum):
    """Where a question was asked."""

    BOT = "bot"
    HELP = "help"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that found nothing good; ``text`` as it was asked.

    ``language`` counts where the text itself does not say what it is written in. ``best_article`` and
    ``best_probability``: what came nearest. ``message``: the one that asks, kept once.
    """

    asked_in: AskedIn
    language: str
    text: str
    conversation: ConversationId | None = None
    brand: str | None = None
    best_article: ArticleId | None = None
    best_probability: float = 0.0
    message: MessageId | None = None


def record(tx: Tx, missed: Missed) -> str | None:
    """The id of what is kept; None for what says nothing once it is redacted, and for a message kept before."""
    names = () if missed.conversation is None else names_here(tx, missed.conversation)
    text = redact(missed.text, names, tx.setting(LoopSettings).characters)
    if not says_something(text):
        return None
    made = tx.ids.new()
    row = {
        "id": made,
        "asked_in": missed.asked_in.value,
        "language": language_of(text) or missed.language.partition("-")[0].lower(),
        "text": text,
        "conversation_id": missed.conversation,
        "message_id": missed.message,
        "brand": missed.brand,
        "best_article_id": missed.best_article,
        "best_probability": min(1.0, max(0.0, missed.best_probability)),
        "created_at": tx.now,
    }
    return made if tx.insert_new(gap, row) else None


def kept(tx: Tx, messages: Collection[str]) -> set[str]:
    """Those that a question is kept of already."""
    wanted = select(gap.c.message_id).where(gap.c.message_id.in_(messages))
    return set(tx.conn.execute(wanted).scalars())
