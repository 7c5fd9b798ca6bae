"""How often each revision of an article was shown, told and inserted, counted by day; shared by all that count."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from core.events import BotAnswered, Event, Recorded
from core.ids import ArticleId
from core.outbox import TxHandler
from core.store.tables.bot import bot_turn
from core.store.tables.loop import article_use
from core.store.tx import Tx

NAME = "knowledge.use"


class Use(StrEnum):
    """What was done with it: read in the help center, told or suggested by the bot, shown to an agent, inserted."""

    VIEWED = "viewed"
    BOT_ANSWERED = "bot_answered"
    BOT_SUGGESTED = "bot_suggested"
    SHOWN = "shown"
    INSERTED_TEXT = "inserted_text"
    INSERTED_LINK = "inserted_link"


_TOLD = {"answered": Use.BOT_ANSWERED, "suggested": Use.BOT_SUGGESTED}


@dataclass(frozen=True, slots=True, order=True)
class Used:
    """One use of one revision."""

    article: ArticleId
    language: str
    number: int
    kind: Use


def count(tx: Tx, uses: Iterable[Used]) -> None:
    """Add these to today's, each once; whatever an article's readers do, its row of the day is one."""
    for used, times in sorted(Counter(uses).items()):
        row = {
            "day": tx.now.date(),
            "article_id": used.article,
            "language": used.language,
            "number": used.number,
            "kind": used.kind.value,
            "count": times,
        }
        statement = tx.insert_for(article_use).values(row)
        more = {"count": article_use.c.count + times}
        key = ["day", "article_id", "language", "number", "kind"]
        tx.conn.execute(statement.on_conflict_do_update(index_elements=key, set_=more))


def by_revision(tx: Tx, article: ArticleId) -> Mapping[tuple[str, int], Mapping[Use, int]]:
    """All that was counted, by language and number."""
    found: dict[tuple[str, int], dict[Use, int]] = {}
    columns = (article_use.c.language, article_use.c.number, article_use.c.kind)
    wanted = select(*columns, func.sum(article_use.c.count).label("times")).where(
        article_use.c.article_id == article
    )
    for row in tx.conn.execute(wanted.group_by(*columns)):
        if row.kind in set(Use):
            found.setdefault((row.language, row.number), {})[Use(row.kind)] = int(row.times)
    return found


def by_day(tx: Tx, article: ArticleId, language: str | None, since: date) -> Mapping[date, Mapping[Use, int]]:
    """From a day on, the days on which anything was counted; in one language or in all."""
    columns = (article_use.c.day, article_use.c.kind)
    wanted = select(*columns, func.sum(article_use.c.count).label("times")).where(
        article_use.c.article_id == article, article_use.c.day >= since
    )
    if language is not None:
        wanted = wanted.where(article_use.c.language == language)
    found: dict[date, dict[Use, int]] = {}
    for row in tx.conn.execute(wanted.group_by(*columns)):
        if row.kind in set(Use):
            found.setdefault(row.day, {})[Use(row.kind)] = int(row.times)
    return found


def use_handler() -> TxHandler:
    """For the table of listeners: what the bot told and suggested."""
    return TxHandler(NAME, (BotAnswered,), _count_told, _tells)


def _tells(event: Event) -> bool:
    return isinstance(event, BotAnswered) and event.outcome in _TOLD


def _count_told(tx: Tx, recorded: Recorded) -> None:
    event = recorded.event
    if not isinstance(event, BotAnswered):
        return
    articles = tx.conn.execute(
        select(bot_turn.c.articles).where(bot_turn.c.id == event.turn_id)
    ).scalar_one_or_none()
    kind = _TOLD[event.outcome]
    # Whoever asks for more of an article still has the same answer.
    given = [each for each in articles or () if not each.further]
    count(tx, [Used(ArticleId(each.article), each.language, each.revision, kind) for each in given])
