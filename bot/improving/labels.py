"""Labels in the database: what people say a misunderstood text means, who and when, and taken back again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update

from bot.improving.contract import TURN_SOURCE, Label
from bot.improving.example import Example
from core.errors import Conflict, NotFound
from core.ids import AgentId
from core.store.learning import StoredLabel
from core.store.tables.improving import bot_example, bot_label, bot_misread
from core.store.tables.people import agent
from core.store.tx import Tx


def label(tx: Tx, key: str, intent: str | None, by: AgentId) -> Label:
    """A text that was misunderstood, or that is an example already. Raises NotFound."""
    tx.alone(f"bot label {key}")
    before = _example(tx, key)
    source = _newest(tx, key)
    if before is None and source is None:
        raise NotFound(f"no text {key} was misunderstood")
    made = tx.ids.new()
    row = {"id": made, "key": key, "intent": intent, "labelled_by_id": by, "created_at": tx.now}
    tx.conn.execute(insert(bot_label).values(**row, before=None if before is None else _stored(before)))
    values = {"intent": intent, "labelled_by_id": by, "labelled_at": tx.now}
    if before is not None:
        tx.conn.execute(update(bot_example).where(bot_example.c.key == key).values(**values))
    elif source is not None:
        new = {"key": key, "text": source.text, "language": source.language, "turn_id": source.turn_id}
        tx.conn.execute(insert(bot_example).values(**new, source=TURN_SOURCE, **values))
    return Label(made, intent, _name(tx, by), tx.now)


def undo(tx: Tx, label_id: str, by: AgentId) -> Label | None:
    """What the text means now, None: nothing yet. Raises NotFound, and Conflict when it was labelled again since."""
    found = tx.conn.execute(select(bot_label).where(bot_label.c.id == label_id)).one_or_none()
    if found is None:
        raise NotFound(f"there is no label {label_id}")
    tx.alone(f"bot label {found.key}")
    newest = tx.conn.execute(_newest_label(found.key)).one_or_none()
    if newest is None or newest.id != label_id:
        raise Conflict("the text was labelled again, or this was taken back already", code="labelled_since")
    taken_back = {"undone_at": tx.now, "undone_by_id": by}
    tx.conn.execute(update(bot_label).where(bot_label.c.id == label_id).values(**taken_back))
    mine = bot_example.c.key == found.key
    if found.before is None:
        tx.conn.execute(delete(bot_example).where(mine))
        return None
    before: StoredLabel = found.before
    at = datetime.fromisoformat(before.at)
    values = {"intent": before.intent, "labelled_by_id": before.by, "labelled_at": at}
    tx.conn.execute(update(bot_example).where(mine).values(**values))
    return labels_of(tx, [found.key])[found.key]


def labels_of(tx: Tx, keys: Sequence[str]) -> dict[str, Label]:
    """Of those texts that somebody labelled; the id only where it can be taken back."""
    wanted = (
        select(bot_example, agent.c.name)
        .outerjoin(agent, agent.c.id == bot_example.c.labelled_by_id)
        .where(bot_example.c.key.in_(keys))
    )
    rows = tx.conn.execute(wanted).all()
    last = _last_ids(tx, [row.key for row in rows])
    return {row.key: Label(last.get(row.key), row.intent, row.name, row.labelled_at) for row in rows}


def examples(tx: Tx, most: int) -> list[Example]:
    """What is to be trained with, the oldest first; at most the newest so many."""
    wanted = (
        select(bot_example)
        .where(bot_example.c.intent.is_not(None))
        .order_by(bot_example.c.labelled_at.desc(), bot_example.c.key)
        .limit(most)
    )
    rows = reversed(tx.conn.execute(wanted).all())
    return [Example(row.key, row.text, row.intent, row.language) for row in rows]


def meant(tx: Tx, keys: Sequence[str]) -> dict[str, str | None]:
    """What these texts are labelled with."""
    wanted = select(bot_example.c.key, bot_example.c.intent).where(bot_example.c.key.in_(keys))
    return {row.key: row.intent for row in tx.conn.execute(wanted)}


def bring(tx: Tx, new: Sequence[Example], source: str) -> None:
    """Texts that have no label yet."""
    rows = [
        {
            "key": each.key,
            "text": each.text,
            "language": each.language,
            "intent": each.intent,
            "source": source,
            "labelled_at": tx.now,
        }
        for each in new
    ]
    if rows:
        tx.conn.execute(insert(bot_example), rows)


def _example(tx: Tx, key: str) -> Row[Any] | None:
    return tx.conn.execute(select(bot_example).where(bot_example.c.key == key)).one_or_none()


def _newest(tx: Tx, key: str) -> Row[Any] | None:
    wanted = select(bot_misread).where(bot_misread.c.key == key)
    newest = wanted.order_by(bot_misread.c.created_at.desc(), bot_misread.c.id.desc()).limit(1)
    return tx.conn.execute(newest).one_or_none()


def _stored(row: Row[Any]) -> StoredLabel:
    return StoredLabel(row.intent, row.labelled_by_id, row.labelled_at.isoformat())


def _name(tx: Tx, by: AgentId) -> str | None:
    return tx.conn.execute(select(agent.c.name).where(agent.c.id == by)).scalar_one_or_none()


def _newest_label(key: str) -> Select[Any]:
    standing = select(bot_label).where(bot_label.c.key == key, bot_label.c.undone_at.is_(None))
    return standing.order_by(bot_label.c.created_at.desc(), bot_label.c.id.desc()).limit(1)


def _last_ids(tx: Tx, keys: Sequence[str]) -> dict[str, str]:
    place = func.row_number().over(
        partition_by=bot_label.c.key, order_by=(bot_label.c.created_at.desc(), bot_label.c.id.desc())
    )
    ranked = (
        select(bot_label.c.key, bot_label.c.id, place.label("place"))
        .where(bot_label.c.key.in_(keys), bot_label.c.undone_at.is_(None))
        .subquery()
    )
    return {row.key: row.id for row in tx.conn.execute(select(ranked).where(ranked.c.place == 1))}
