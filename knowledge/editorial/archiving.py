"""Taking a whole article away from readers, bringing it back, and deleting one that nobody was ever shown."""

from typing import Any

from sqlalchemy import delete, update

from core.errors import Conflict
from core.events import article_topic
from core.ids import ArticleId
from core.knowledge_events import ArticleChanged, ArticleUnpublished
from core.store.tables import metadata
from core.store.tables.knowledge import article, redirect
from core.store.tx import Tx
from knowledge import library, store
from knowledge.article import Article
from knowledge.editorial import editions, people
from knowledge.editorial.editions import Done
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Step, Who, check


class Archive:
    """``version`` is the article's own, as somebody saw it; another one is Conflict ``newer_version``."""

    def __init__(self, rules: EditorialSettings) -> None:
        self.rules = rules

    def archive(self, tx: Tx, article_id: ArticleId, version: int, who: Who, note: str = "") -> Article:
        """No reader is shown it from now on, in any language; what was planned is off. Its addresses stay its own."""
        found = self._begin(tx, article_id, version, who, Step.ARCHIVE)
        said = people.checked_words("note", note, self.rules.note_characters)
        for language, edition in found.editions.items():
            before = editions.standing(tx, article_id, language)
            if edition.published is not None:
                store.clear_published(tx, article_id, language)
                tx.emit(article_topic(article_id), ArticleUnpublished(article_id, language))
            values = {
                "stage": editions.resting(before).value,
                **dict.fromkeys(("publish_at", "unpublish_at", "unpublish_before_at")),
            }
            editions.move(tx, article_id, language, before, values)
            done = Done(edition.newest, Step.ARCHIVE, who.agent, tx.now, said)
            editions.record(tx, article_id, language, done)
        _mark(tx, article_id, tx.now)
        return library.get(tx, article_id)

    def bring_back(self, tx: Tx, article_id: ArticleId, version: int, who: Who) -> Article:
        """It can be worked on again. Nothing is published by that: somebody looks first, and publishes."""
        found = self._begin(tx, article_id, version, who, Step.BRING_BACK)
        for language, edition in found.editions.items():
            done = Done(edition.newest, Step.BRING_BACK, who.agent, tx.now)
            editions.record(tx, article_id, language, done)
        _mark(tx, article_id, None)
        return library.get(tx, article_id)

    def delete(self, tx: Tx, article_id: ArticleId, version: int, who: Who) -> None:
        """For ever, with all its drafts, which nobody outside has read."""
        found = self._begin(tx, article_id, version, who, Step.DELETE)
        tx.emit(article_topic(article_id), ArticleChanged(article_id))
        for language in found.editions:
            for timer in editions.TIMERS.values():
                tx.cancel_timer(article_topic(article_id), timer, language)
        tx.conn.execute(delete(redirect).where(redirect.c.target == found.slug))
        _forget(tx, article_id)

    def _begin(self, tx: Tx, article_id: ArticleId, version: int, who: Who, step: Step) -> Article:
        editions.alone_at(tx, article_id)
        found = library.get(tx, article_id)
        if found.version != version:
            raise Conflict("it has changed meanwhile", code="newer_version")
        check(step, editions.standing(tx, article_id, min(found.editions)), who, self.rules)
        return found


def _mark(tx: Tx, article_id: ArticleId, archived_at: Any) -> None:
    values = {"archived_at": archived_at, "updated_at": tx.now, "version": article.c.version + 1}
    tx.conn.execute(update(article).where(article.c.id == article_id).values(values))
    tx.emit(article_topic(article_id), ArticleChanged(article_id))


def _forget(tx: Tx, article_id: ArticleId) -> None:
    """Every row that is about it; what only names it, such as a question it was the best answer to, loses the name."""
    for table in reversed(metadata.sorted_tables):
        for column in table.columns:
            if all(key.column is not article.c.id for key in column.foreign_keys):
                continue
            about = column == article_id
            if column.nullable:
                tx.conn.execute(update(table).where(about).values({column.name: None}))
            else:
                tx.conn.execute(delete(table).where(about))
    tx.conn.execute(delete(article).where(article.c.id == article_id))
