"""An article that every search finds, and a conversation beside which it is wanted."""

from core import lifecycle
from core.conversation import Cause
from core.ids import AgentId, ArticleId, ConversationId
from core.store.conversations import get_conversation
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Content
from tests.console.conftest import Office, OneAnswer

BODY = "Send it back **within 30 days**.\n\nWe pay the postage for every lamp."
PLAIN = "Send it back within 30 days.\n\nWe pay the postage for every lamp."
LINK = "https://help.example/help/en/articles/"


def _returns(tx: Tx) -> ArticleId:
    made = library.create(tx, "en", Content("Returns", BODY), category="Orders")
    library.publish(tx, made.id, "en", 1)
    return made.id


def _held(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.assign(tx, get_conversation(tx, conversation), AgentId("ada"), cause=Cause.TAKEN)


async def published_returns(office: Office) -> ArticleId:
    """Published, and what every search finds."""
    made = await office.world.db.run(_returns)
    finder(office).article = made
    return made


def finder(office: Office) -> OneAnswer:
    assert isinstance(office.parts.finder, OneAnswer)
    return office.parts.finder


async def a_talk(office: Office, text: str = "How do I return a lamp?") -> str:
    """A conversation that ada holds."""
    received = await office.visitor_says(text)
    await office.world.db.run(_held, received.conversation)
    return f"/api/conversations/{received.conversation}"
