"""From a cluster to an article: a draft made from the best answers with their sources, or a link to one that exists."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from core.errors import Conflict, Invalid
from core.ids import AgentId, ArticleId
from core.store.tables.conversation import message
from core.store.tables.knowledge import published
from core.store.tables.loop import article_source, gap
from core.store.tables.people import agent
from core.store.tx import Tx
from knowledge import library
from knowledge.article import QUESTION_CHARACTERS, QUESTIONS, TITLE_CHARACTERS, Content
from knowledge.loop.answers import AgentAnswer, answers
from knowledge.loop.cluster import Cluster, State, change, find
from knowledge.loop.clustering import Question, Scale
from knowledge.loop.labelling import most_central
from knowledge.loop.naming import names_in
from knowledge.loop.redacting import MARKS, cut, redact, redact_lines
from knowledge.loop.settings import LoopSettings

ANSWERS = 3
"""So many answers make up a draft."""
_ASKED = 10
_LOOKED_AT = 200
_BETWEEN = "\n\n---\n\n"


@dataclass(frozen=True, slots=True)
class Source:
    """An answer that a draft was made from, for editors; ``text`` as it was written, ``names`` of who talked there."""

    conversation: str
    message: str
    agent: str
    text: str
    at: datetime
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What a cluster gives an article, without what names a person: ``asked`` the newest first, each once.

    ``content``: of a draft; None where nothing was asked. ``answers``: what its body was made from.
    """

    cluster: str
    language: str
    asked: tuple[str, ...]
    content: Content | None
    answers: tuple[AgentAnswer, ...]


def words_for(tx: Tx, cluster_id: str) -> Words:
    """They take a second where conversations are long: for ``Database.large``, before the transaction that writes."""
    cluster = find(tx, cluster_id)
    asked, found = _questions(tx, cluster), answers(tx, cluster_id, ANSWERS)
    content = Content(_title(tx, asked), _body(found, asked), tuple(asked[:_ASKED])) if asked else None
    return Words(cluster_id, cluster.language, tuple(asked), content, tuple(found))


def draft(tx: Tx, words: Words, version: int, author: AgentId) -> ArticleId:
    """A draft in the cluster's language, never published by itself; the cluster is being drafted from now on.

    Raises Conflict ``newer_version``, and Invalid where nothing was asked.
    """
    if words.content is None:
        raise Invalid("cluster", "one in which something was asked")
    article = library.create(tx, words.language, words.content, author=author)
    for each in words.answers:
        row = {"article_id": article.id, "language": words.language, "message_id": each.message}
        tx.conn.execute(
            insert(article_source).values(**row, conversation_id=each.conversation, created_at=tx.now)
        )
    _linked(tx, words.cluster, version, article.id)
    return article.id


def answered_here(tx: Tx, words: Words, version: int, article: ArticleId, author: AgentId) -> int | None:
    """There is an article: the cluster's questions become variants of it, in a new draft; its number.

    None where all of them stand in it already; then what readers see is watched from now on. Raises Conflict where the
    article has no text in the cluster's language, and ``newer_version``.
    """
    cluster = find(tx, words.cluster)
    edition = library.get(tx, article).editions.get(cluster.language)
    newest = None if edition is None else edition.draft or edition.published
    if newest is None or edition is None:
        raise Conflict(f"article {article} has no text in {cluster.language}", code="no_language")
    content = newest.content
    known = {each.casefold() for each in (content.title, *content.questions)}
    more = [each for each in words.asked if each.casefold() not in known][:_ASKED]
    questions = (*content.questions, *more)[:QUESTIONS]
    _linked(tx, cluster.id, version, article)
    if questions == content.questions:
        _watch(tx, cluster, article)
        return None
    edit = library.Edit(Content(content.title, content.body, questions), edition.newest)
    return library.edit(tx, article, cluster.language, edit, author).editions[cluster.language].newest


def sources(tx: Tx, article: ArticleId) -> dict[str, list[Source]]:
    """By language, the answers that its first draft was made from. For ``Database.large``."""
    rows = tx.conn.execute(
        select(article_source, message.c.text, message.c.created_at.label("at"), agent.c.name)
        .join(message, message.c.id == article_source.c.message_id)
        .join(agent, agent.c.id == message.c.author_id, isouter=True)
        .where(article_source.c.article_id == article)
        .order_by(article_source.c.language, message.c.created_at)
    ).all()
    names = names_in(tx, {row.conversation_id for row in rows})
    found: dict[str, list[Source]] = {}
    for row in rows:
        one = Source(
            row.conversation_id, row.message_id, row.name or "", row.text, row.at, names[row.conversation_id]
        )
        found.setdefault(row.language, []).append(one)
    return found


def _linked(tx: Tx, cluster_id: str, version: int, article: ArticleId) -> None:
    values = {"article_id": article, "number": None, "watched_since": None, "reason": None}
    change(tx, cluster_id, version, state=State.DRAFTING.value, **values)


def _watch(tx: Tx, cluster: Cluster, article: ArticleId) -> None:
    here = published.c.article_id == article, published.c.language == cluster.language
    number = tx.conn.execute(select(published.c.number).where(*here)).scalar_one_or_none()
    if number is not None:
        change(tx, cluster.id, None, state=State.WATCHING.value, number=number, watched_since=tx.now)


def _questions(tx: Tx, cluster: Cluster) -> list[str]:
    """What was asked, the newest first, each once: without marks, since readers and the index see them."""
    rows = tx.conn.execute(
        select(gap.c.text, gap.c.conversation_id)
        .where(gap.c.cluster_id == cluster.id)
        .order_by(gap.c.created_at.desc())
        .limit(_LOOKED_AT)
    ).all()
    names = names_in(tx, {row.conversation_id for row in rows if row.conversation_id})
    found: dict[str, str] = {}
    for row in rows:
        # Once more: a name may have been given after the question was kept.
        text = redact(row.text, names[row.conversation_id] if row.conversation_id else ())
        if len(text) <= QUESTION_CHARACTERS and not any(mark in text for mark in MARKS):
            found.setdefault(text.casefold(), text)
    if not found:
        return (
            [cut(redact(rows[0].text, names[rows[0].conversation_id or ""]), QUESTION_CHARACTERS)]
            if rows
            else []
        )
    return list(found.values())


def _title(tx: Tx, asked: list[str]) -> str:
    scale = Scale(tx.setting(LoopSettings))
    return cut(most_central([Question(text, text) for text in asked[:_ASKED]], scale).text, TITLE_CHARACTERS)


def _body(found: list[AgentAnswer], asked: list[str]) -> str:
    """The answers without names and addresses, one below the other; the questions where nobody answered."""
    texts = [text for each in found if (text := redact_lines(each.text, each.names))]
    return _BETWEEN.join(texts) or "\n".join(f"- {text}" for text in asked[:_ASKED])
