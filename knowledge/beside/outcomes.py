"""How the articles that agents gave did: per revision, what was given and what happened then."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from core.events import MessageReceived, StatusChanged, conversation_topic
from core.ids import ArticleId, ConversationId
from core.store.codec import decode_event, event_name
from core.store.tables.conversation import conversation, event, message
from core.store.tables.loop import article_insertion
from core.store.tx import Tx
from knowledge.beside.after import Then, then

_AT_ONCE = 200
_OVER = frozenset({"resolved", "closed"})


@dataclass(frozen=True, slots=True)
class Given:
    """How often agents gave a revision, how many of these changed its words, and what happened then."""

    texts: int = 0
    links: int = 0
    edited: int = 0
    helped: int = 0
    came_back: int = 0
    settling: int = 0


def given_by_revision(
    tx: Tx, article: ArticleId, window: timedelta, most: int
) -> Mapping[tuple[str, int], Given]:
    """By language and number, of the ``most`` newest insertions that were sent."""
    rows = tx.conn.execute(
        select(article_insertion, message.c.created_at.label("said_at"))
        .join(message, message.c.id == article_insertion.c.message_id)
        .where(article_insertion.c.article_id == article, article_insertion.c.edited.is_not(None))
        .order_by(article_insertion.c.created_at.desc())
        .limit(most)
    ).all()
    lives = _lives(tx, {row.conversation_id for row in rows})
    found: dict[tuple[str, int], list[tuple[Any, Then]]] = defaultdict(list)
    for row in rows:
        resolved, wrote = lives[row.conversation_id]
        outcome = then(row.said_at, resolved, wrote, tx.now, window)
        found[row.language, row.number].append((row, outcome))
    return {key: _given(some) for key, some in found.items()}


def _given(some: Sequence[tuple[Any, Then]]) -> Given:
    kinds = Counter(row.kind for row, _ in some)
    outcomes = Counter(outcome for _, outcome in some)
    return Given(
        kinds["text"],
        kinds["link"],
        sum(bool(row.edited) for row, _ in some),
        outcomes[Then.HELPED],
        outcomes[Then.CAME_BACK],
        outcomes[Then.SETTLING],
    )


_Life = tuple[list[datetime], list[datetime]]


def _lives(tx: Tx, ids: Collection[str]) -> Mapping[str, _Life]:
    """When each conversation was resolved, and when its customer wrote, there or elsewhere."""
    people = {row.id: row.contact_id for row in _rows(tx, conversation.c.id, ids)}
    theirs: dict[str, list[str]] = defaultdict(list)
    for row in _rows(tx, conversation.c.contact_id, set(people.values())):
        theirs[row.contact_id].append(row.id)
    resolved, wrote = _happened(tx, {each for some in theirs.values() for each in some})
    return {id: (resolved[id], [at for each in theirs[people[id]] for at in wrote[each]]) for id in people}


def _happened(
    tx: Tx, ids: Collection[str]
) -> tuple[Mapping[str, list[datetime]], Mapping[str, list[datetime]]]:
    kinds = (event_name(StatusChanged), event_name(MessageReceived))
    resolved: dict[str, list[datetime]] = defaultdict(list)
    wrote: dict[str, list[datetime]] = defaultdict(list)
    topics = {str(conversation_topic(ConversationId(each))): each for each in ids}
    for some in _chunks(sorted(topics)):
        for row in tx.conn.execute(select(event).where(event.c.topic.in_(some), event.c.type.in_(kinds))):
            match decode_event(row.type, row.data):
                case StatusChanged(status=status) if status in _OVER:
                    resolved[topics[row.topic]].append(row.at)
                case MessageReceived():
                    wrote[topics[row.topic]].append(row.at)
                case _:
                    pass
    return resolved, wrote


def _rows(tx: Tx, column: Any, values: Collection[str]) -> Iterable[Any]:
    for some in _chunks(sorted(values)):
        yield from tx.conn.execute(
            select(conversation.c.id, conversation.c.contact_id).where(column.in_(some))
        )


def _chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
