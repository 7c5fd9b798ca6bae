"""Short ways to have something asked, and a model whose vectors are easy to foresee."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert, select

from core.events import BotAnswered, Recorded, Topic
from core.ids import AgentId, ArticleId, ConversationId, TurnId
from core.knowledge_events import ArticlePublished
from core.receive import receive_message
from core.store.forms import StoredGivenArticle, StoredParts
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import conversation, message
from core.store.tables.loop import gap, gap_cluster
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Content
from knowledge.loop import cluster as use
from knowledge.loop.drafting import draft, words_for
from knowledge.loop.gathering import Gatherer, Reading
from knowledge.loop.hearing import hear
from knowledge.loop.recording import AskedIn, Missed, record
from knowledge.loop.watching import published
from tests.builders import World, an_inbound

ADA = AgentId("ada")
THEMES = ("engrav", "gift", "plant", "刻字")


class Themes:
    """Texts that name the same theme have the same vector."""

    name = "themes"
    fingerprint = "themes-1"
    dimensions = len(THEMES) + 1

    def __init__(self) -> None:
        self.read = 0

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += len(texts)
        rows = [[float(theme in text.casefold()) for theme in THEMES] + [0.1] for text in texts]
        found = np.array(rows, np.float32).reshape(len(texts), self.dimensions)
        unit: NDArray[np.float32] = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
        return unit

    passages = questions


def reading(model: Themes) -> Any:
    return lambda _language: Reading(model, 0.0)


async def ask(world: World, *texts: str, language: str = "en") -> None:
    for text in texts:
        world.clock.forward(1)
        await world.db.run(record, Missed(AskedIn.HELP, language, text))


async def gather(world: World, gatherer: Gatherer) -> None:
    while await gatherer.step():
        pass


def clusters(tx: Tx) -> dict[str, set[str]]:
    """Cluster -> its questions."""
    found: dict[str, set[str]] = {}
    for row in tx.conn.execute(select(gap).where(gap.c.cluster_id.is_not(None))):
        found.setdefault(row.cluster_id, set()).add(row.text)
    return found


def labels(tx: Tx) -> dict[str, str]:
    return {row.id: row.label for row in tx.conn.execute(select(gap_cluster))}


def asked_bot(tx: Tx, text: str, visitor: str, turn: Mapping[str, object]) -> tuple[ConversationId, str, str]:
    """A customer asks the bot: conversation, message, and the turn's id."""
    received = receive_message(tx, an_inbound(text, key=tx.ids.new(), visitor=visitor))
    made: dict[str, object] = {
        "turn": 1,
        "engine": "scripted",
        "intent": "ask_knowledge",
        "language": "en",
        "slots": {},
        "articles": (),
        "failures": 0,
        "milliseconds": 1,
        "outcome": "answered",
    }
    key = tx.ids.new()
    row = {"id": key, "conversation_id": received.conversation, "message_id": received.message}
    tx.conn.execute(insert(bot_turn).values(**row, created_at=tx.now, **{**made, **turn}))
    return received.conversation, received.message, key


def agent_replied(
    tx: Tx, here: ConversationId, text: str, *, status: str = "resolved", after_s: float = 60
) -> str:
    """Ada answered and the conversation ended so."""
    key = tx.ids.new()
    tx.conn.execute(
        insert(message).values(
            id=key,
            conversation_id=here,
            inbox_id="web",
            n=900 + tx.conn.execute(select(message)).all().__len__(),
            kind="reply",
            author="agent",
            author_id="ada",
            turn=1,
            parts=StoredParts(()),
            text=text,
            created_at=tx.now + timedelta(seconds=after_s),
        )
    )
    tx.conn.execute(conversation.update().where(conversation.c.id == here).values(status=status))
    return key


def an_article(tx: Tx, title: str = "Engraving", language: str = "en") -> ArticleId:
    """Published."""
    made = library.create(tx, language, Content(title, "We engrave it."), author=AgentId("ada"))
    library.publish(tx, made.id, language, 1)
    return made.id


async def watched(world: World, gatherer: Gatherer) -> tuple[str, ArticleId]:
    """A cluster about engraving whose article is published."""
    await ask(world, "Can you engrave it?", "Engraving?")
    await gather(world, gatherer)
    (one,) = await world.db.read(clusters)

    def write(tx: Tx) -> ArticleId:
        article = draft(tx, words_for(tx, one), use.find(tx, one).version, ADA)
        library.publish(tx, article, "en", 1)
        event = ArticlePublished(article, "en", 1)
        published(tx, Recorded(Topic(f"article:{article}"), 1, None, tx.now, event))
        return article

    world.clock.forward(1)
    return one, await world.db.run(write)


def ask_bot(tx: Tx, text: str, visitor: str, article: ArticleId, number: int, outcome: str) -> ConversationId:
    given = (StoredGivenArticle(article, number, "en", "Engraving"),)
    turn = {"outcome": outcome, "articles": given}
    here, _, key = asked_bot(tx, text, visitor, turn)
    event = BotAnswered(here, TurnId(key), "scripted", outcome)
    hear(tx, Recorded(Topic("conversation:x"), 1, None, tx.now, event))
    return here
