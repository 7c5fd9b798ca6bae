"""What agents put from articles into replies: kept when it is taken, completed when the reply is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, insert, select, update

from core.answer import Audience
from core.errors import Conflict, NotFound
from core.ids import AgentId, ArticleId, ConversationId, MessageId
from core.message import Text
from core.store.codec import load_parts
from core.store.tables.conversation import message
from core.store.tables.knowledge import article, published, revision
from core.store.tables.loop import article_insertion
from core.store.tx import Tx
from knowledge import using
from knowledge.beside.edition import chosen
from knowledge.beside.keeping import Kept
from knowledge.rendering import Reusables
from knowledge.using import Use, Used
from knowledge.writing.reusables import in_language


class How(StrEnum):
    """Its words, or where it can be read."""

    TEXT = "text"
    LINK = "link"


_USES = {How.TEXT: Use.INSERTED_TEXT, How.LINK: Use.INSERTED_LINK}


@dataclass(frozen=True, slots=True)
class Source:
    """A published revision, with what its text rests on; whose it is."""

    article: ArticleId
    language: str
    number: int
    title: str
    body: str
    audience: Audience
    brands: tuple[str, ...]
    reusables: Reusables


@dataclass(frozen=True, slots=True)
class Insertion:
    """Who takes what for which conversation."""

    conversation: ConversationId
    agent: AgentId
    article: ArticleId
    language: str
    number: int
    how: How


@dataclass(frozen=True, slots=True)
class Sent:
    """A kept insertion whose reply is stored, with the words of both; a link's are for ``at`` to find."""

    id: str
    insertion: Insertion
    title: str
    body: str
    text: str
    reusables: Reusables


def source_of(tx: Tx, article_id: ArticleId, *wishes: str | None) -> Source:
    """In the first of these languages that it has (``edition.chosen``). Raises NotFound where nobody may read it any more."""
    rows = tx.conn.execute(
        select(revision, article.c.audience, article.c.brands)
        .join(article, article.c.id == revision.c.article_id)
        .join(
            published,
            (published.c.article_id == revision.c.article_id)
            & (published.c.language == revision.c.language)
            & (published.c.number == revision.c.number),
        )
        .where(revision.c.article_id == article_id, article.c.archived_at.is_(None))
        .order_by(revision.c.language)
    ).all()
    if not rows:
        raise NotFound(f"article {article_id} is not published")
    language = chosen([row.language for row in rows], *wishes)
    row = next(each for each in rows if each.language == language)
    return Source(
        ArticleId(row.article_id),
        row.language,
        row.number,
        row.title,
        row.body,
        Audience(row.audience),
        row.brands,
        in_language(tx, row.language),
    )


def keep(tx: Tx, taken: Insertion) -> str:
    """Its id, which the reply names when it is sent. Raises Conflict when it is not published like that any more."""
    now = select(published.c.number).where(
        published.c.article_id == taken.article, published.c.language == taken.language
    )
    if tx.conn.execute(now).scalar_one_or_none() != taken.number:
        raise Conflict(f"article {taken.article} was published anew or unpublished", code="newer_revision")
    made = tx.ids.new()
    tx.conn.execute(
        insert(article_insertion).values(
            id=made,
            conversation_id=taken.conversation,
            agent_id=taken.agent,
            article_id=taken.article,
            language=taken.language,
            number=taken.number,
            kind=taken.how.value,
            created_at=tx.now,
        )
    )
    return made


def sent_with(
    tx: Tx, ids: Sequence[str], agent: AgentId, conversation: ConversationId, reply: MessageId
) -> None:
    """The reply that these stood in; what is not theirs, of this conversation and unsent is left alone."""
    tx.conn.execute(
        update(article_insertion)
        .where(
            article_insertion.c.id.in_(sorted(set(ids))),
            article_insertion.c.agent_id == agent,
            article_insertion.c.conversation_id == conversation,
            article_insertion.c.message_id.is_(None),
        )
        .values(message_id=reply)
    )


def unsettled(tx: Tx, reply: MessageId) -> Sequence[Sent]:
    """What stood in this reply, as far as nobody has looked yet what became of it."""
    rows = tx.conn.execute(
        select(article_insertion, revision.c.title, revision.c.body, message.c.parts)
        .join(message, message.c.id == article_insertion.c.message_id)
        .join(
            revision,
            (revision.c.article_id == article_insertion.c.article_id)
            & (revision.c.language == article_insertion.c.language)
            & (revision.c.number == article_insertion.c.number),
        )
        .where(article_insertion.c.message_id == reply, article_insertion.c.edited.is_(None))
        .order_by(article_insertion.c.id)
    )
    return [
        Sent(
            row.id,
            Insertion(
                ConversationId(row.conversation_id),
                AgentId(row.agent_id),
                ArticleId(row.article_id),
                row.language,
                row.number,
                How(row.kind),
            ),
            row.title,
            row.body,
            "\n".join(part.text for part in load_parts(row.parts) if isinstance(part, Text)),
            in_language(tx, row.language),
        )
        for row in rows
    ]


def settle(tx: Tx, became: Sequence[tuple[Sent, Kept]]) -> None:
    """Note and count it, once; what was taken out again before it was sent is forgotten."""
    uses: list[Used] = []
    for sent, how in became:
        this = (article_insertion.c.id == sent.id, article_insertion.c.edited.is_(None))
        if how is Kept.DROPPED:
            tx.conn.execute(delete(article_insertion).where(*this))
            continue
        changed = update(article_insertion).where(*this).values(edited=how is Kept.EDITED)
        if tx.conn.execute(changed).rowcount == 1:
            it = sent.insertion
            uses.append(Used(it.article, it.language, it.number, _USES[it.how]))
    using.count(tx, uses)
