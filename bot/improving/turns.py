"""Misunderstood texts as people look at them: each once, narrowed and paged; and forgotten when they are old."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, func, select

from bot.improving.contract import Kept, Label, MisreadPage, MisreadText, Wanted
from bot.improving.labels import labels_of
from bot.improving.misread import Why
from core.ids import ConversationId
from core.store.tables.improving import bot_example, bot_misread
from core.store.tx import Tx


def page(tx: Tx, wanted: Wanted) -> MisreadPage:
    """Those that came last first."""
    where = _where(tx, wanted)
    grouped = (
        select(
            bot_misread.c.key, func.count().label("times"), func.max(bot_misread.c.created_at).label("last")
        )
        .where(*where)
        .group_by(bot_misread.c.key)
        .subquery()
    )
    total = tx.conn.execute(select(func.count()).select_from(grouped)).scalar_one()
    shown = tx.conn.execute(
        select(grouped.c.key, grouped.c.times)
        .order_by(grouped.c.last.desc(), grouped.c.key)
        .limit(wanted.limit)
        .offset(wanted.offset)
    ).all()
    keys = [row.key for row in shown]
    newest, labels = _newest(tx, keys), labels_of(tx, keys)
    items = tuple(_text(newest[row.key], row.times, labels.get(row.key)) for row in shown)
    return MisreadPage(items, total, _guessed(tx), _languages(tx))


def forget_old(tx: Tx, keep_days: int, at_once: int) -> int:
    """Some of those that are older than they are kept; how many. Examples made of them stay."""
    before = tx.now - timedelta(days=keep_days)
    oldest = select(bot_misread.c.id).where(bot_misread.c.created_at < before)
    some = oldest.order_by(bot_misread.c.created_at, bot_misread.c.id).limit(at_once)
    return tx.conn.execute(delete(bot_misread).where(bot_misread.c.id.in_(some))).rowcount


def _where(tx: Tx, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [bot_misread.c.created_at >= tx.now - timedelta(days=wanted.days)]
    labelled = exists().where(bot_example.c.key == bot_misread.c.key)
    match wanted.kept:
        case Kept.OPEN:
            found.append(~labelled)
        case Kept.LABELLED:
            found.append(labelled)
        case Kept.ALL:
            pass
    if wanted.why is not None:
        found.append(bot_misread.c.why == wanted.why.value)
    if wanted.intent is not None:
        found.append(bot_misread.c.intent == wanted.intent)
    if wanted.language is not None:
        found.append(bot_misread.c.language == wanted.language)
    return found


def _newest(tx: Tx, keys: list[str]) -> dict[str, Row[Any]]:
    place = func.row_number().over(
        partition_by=bot_misread.c.key, order_by=(bot_misread.c.created_at.desc(), bot_misread.c.id.desc())
    )
    ranked = select(bot_misread, place.label("place")).where(bot_misread.c.key.in_(keys)).subquery()
    return {row.key: row for row in tx.conn.execute(select(ranked).where(ranked.c.place == 1))}


def _text(row: Row[Any], times: int, label: Label | None) -> MisreadText:
    return MisreadText(
        key=row.key,
        text=row.text,
        language=row.language,
        times=times,
        intent=row.intent,
        confidence=row.confidence,
        ranking=row.ranking,
        why=Why(row.why),
        outcome=row.outcome,
        conversation=ConversationId(row.conversation_id),
        at=row.created_at,
        label=label,
    )


def _guessed(tx: Tx) -> tuple[str, ...]:
    column = bot_misread.c.intent
    rows = tx.conn.execute(select(column).distinct().where(column.is_not(None)).order_by(column))
    return tuple(rows.scalars())


def _languages(tx: Tx) -> tuple[str, ...]:
    column = bot_misread.c.language
    return tuple(tx.conn.execute(select(column).distinct().order_by(column)).scalars())
