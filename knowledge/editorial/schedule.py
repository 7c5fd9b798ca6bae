"""What was scheduled happens when its time has come, unless something about it changed in between."""

from datetime import datetime

from core.errors import NotFound
from core.events import Event, Recorded, TimerFired, article_topic
from core.ids import ArticleId
from core.knowledge_events import StageChanged
from core.outbox import OutboxHandler, TxHandler
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Stage
from knowledge.editorial import editions
from knowledge.editorial.editions import PUBLISH_TIMER, TIMERS, Act, Done
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Standing, Step, unfit


def schedule_handler(rules: EditorialSettings) -> OutboxHandler:
    """For the table of listeners."""

    def run(tx: Tx, recorded: Recorded) -> None:
        if isinstance(recorded.event, TimerFired):
            _time_has_come(tx, ArticleId(recorded.topic.partition(":")[2]), recorded.event, rules)

    return TxHandler("knowledge.schedule", (TimerFired,), run, _is_ours)


def _is_ours(event: Event) -> bool:
    return isinstance(event, TimerFired) and event.kind in TIMERS.values()


def _time_has_come(tx: Tx, article: ArticleId, fired: TimerFired, rules: EditorialSettings) -> None:
    """Only what still stands is acted on: the timer may have been moved or cancelled since it fired."""
    language = fired.ref
    editions.alone_at(tx, article)
    try:
        before = editions.standing(tx, article, language)
    except NotFound:
        return
    if fired.kind == PUBLISH_TIMER:
        due = before.publish_at if before.stage is Stage.SCHEDULED else None
        if due is not None and due <= tx.now and not before.archived:
            _publish(tx, article, language, before, rules, due)
    elif before.ends_at is not None and before.ends_at <= tx.now:
        if before.published is None:
            column = "unpublish_at" if before.publish_at is None else "unpublish_before_at"
            editions.move(tx, article, language, before, {column: None})
        else:
            by = editions.planned_by(tx, article, language, Step.UNPUBLISH_AT, before.ends_at)
            library.unpublish(tx, article, language, before.published, Act(by))


def _publish(
    tx: Tx, article: ArticleId, language: str, before: Standing, rules: EditorialSettings, due: datetime
) -> None:
    by = editions.planned_by(tx, article, language, Step.SCHEDULE, due)
    refused = unfit(before, rules)
    if refused is None:
        library.publish(tx, article, language, before.number, Act(by))
        return
    # The rules were made stricter since it was scheduled.
    after = editions.resting(before)
    dropped = editions.off_schedule(before.publish_at, before.unpublish_before_at)
    editions.move(tx, article, language, before, {"stage": after.value, **dropped})
    editions.record(tx, article, language, Done(before.number, Step.HOLD_BACK, None, tx.now))
    tx.emit(article_topic(article), StageChanged(article, language, before.number, after.value))
