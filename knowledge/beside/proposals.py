"""Drafts from agents' answers: what was said is read, and where a draft came from is kept."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from core.errors import Conflict, NotFound
from core.ids import AgentId, ConversationId, MessageId
from core.message import Kind, Text
from core.store.codec import load_parts
from core.store.forms import StoredParts
from core.store.tables.conversation import conversation, message
from core.store.tables.knowledge import revision
from core.store.tables.loop import article_source
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Article, Content, checked_note
from knowledge.beside.proposal import Answered, Proposal
from knowledge.loop.naming import names_in

_ASKED = 6
"""So many messages of the customer before the answer are looked at."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reply of an agent."""

    conversation: ConversationId
    message: MessageId
    agent: AgentId


def answered(tx: Tx, said: Said) -> Answered:
    """Raises NotFound unless the agent said this to the customer in this conversation. For ``Database.large``."""
    row = _reply(tx, said)
    asked = (
        select(message.c.parts)
        .where(
            message.c.conversation_id == said.conversation,
            message.c.kind == Kind.INBOUND.value,
            message.c.n < row.n,
        )
        .order_by(message.c.n.desc())
        .limit(_ASKED)
    )
    texts = tuple(_words(parts) for parts in tx.conn.execute(asked).scalars())
    language = row.language and row.language.partition("-")[0].lower()
    return Answered(_words(row.parts), texts, _names(tx, said), language or None, _proposed(tx, said))


def draft(tx: Tx, said: Said, proposal: Proposal, note: str) -> Article:
    """A new article of one draft, for somebody who edits to complete; ``proposal`` is redacted.

    Raises Invalid, NotFound as ``answered``, and Conflict ``proposed`` when this answer was proposed before.
    """
    _ = _reply(tx, said)
    before = _proposed(tx, said)
    if before is not None:
        raise Conflict(f"this answer was proposed before, as article {before}", code="proposed")
    asked = (proposal.question,) if proposal.question else ()
    content = Content(proposal.title, proposal.body, asked)
    made = library.create(tx, proposal.language, content, author=said.agent)
    first = (revision.c.article_id == made.id, revision.c.language == proposal.language)
    tx.conn.execute(update(revision).where(*first).values(note=checked_note(note)))
    tx.conn.execute(
        insert(article_source).values(
            article_id=made.id,
            language=proposal.language,
            conversation_id=said.conversation,
            message_id=said.message,
            created_at=tx.now,
        )
    )
    return made


def _proposed(tx: Tx, said: Said) -> str | None:
    found = select(article_source.c.article_id).where(article_source.c.message_id == said.message)
    return tx.conn.execute(found.order_by(article_source.c.created_at).limit(1)).scalar_one_or_none()


def _reply(tx: Tx, said: Said) -> Any:
    wanted = (
        select(message.c.parts, message.c.n, conversation.c.language)
        .join(conversation, conversation.c.id == message.c.conversation_id)
        .where(
            message.c.id == said.message,
            message.c.conversation_id == said.conversation,
            message.c.kind == Kind.REPLY.value,
            message.c.author == "agent",
            message.c.author_id == said.agent,
        )
    )
    row = tx.conn.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"there is no answer {said.message} of yours in conversation {said.conversation}")
    return row


def _names(tx: Tx, said: Said) -> tuple[str, ...]:
    """What those who talk are called."""
    return names_in(tx, [said.conversation])[said.conversation]


def _words(parts: StoredParts) -> str:
    return "\n\n".join(part.text for part in load_parts(parts) if isinstance(part, Text)).strip()
