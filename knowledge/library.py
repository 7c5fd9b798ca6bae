"""What editors do with articles: write, edit, publish, unpublish; one transaction each.

An edit never changes a revision: it adds one, as a draft, until somebody publishes it.
"""

from dataclasses import dataclass

from core.errors import Conflict, NotFound
from core.events import article_topic
from core.ids import AgentId, ArticleId, CategoryId
from core.knowledge_events import ArticleChanged, ArticleEdited, ArticlePublished, ArticleUnpublished
from core.store.tx import Tx
from knowledge import store
from knowledge.article import (
    Article,
    Content,
    Edition,
    checked,
    checked_language,
    checked_note,
    checked_slug,
    published_only,
    slug_of,
)
from knowledge.editorial import editions
from knowledge.editorial.editions import NOBODY, Act
from knowledge.filing import categories, following, slugs
from knowledge.filing.category import Category


@dataclass(frozen=True, slots=True)
class Edit:
    """What an editor saves: ``base`` is the revision it was written on.

    ``category``: one of those there are, or the name of one to find or to make; None leaves it as it is.
    ``note``: what changed, in a line. ``source``: of a translation, the revision of its source that it says the same
    as; None: as the one before, or what readers see.
    """

    content: Content
    base: int
    category: Category | str | None = None
    note: str = ""
    source: int | None = None


def create(
    tx: Tx,
    language: str,
    content: Content,
    *,
    category: Category | str | None = None,
    author: AgentId | None = None,
    slug: str | None = None,
) -> Article:
    """A new article with one draft; a ``category`` that is a name is found or made.

    Raises Invalid, and Conflict ``slug_taken`` where a given slug exists.
    """
    content, language = checked(content), checked_language(language)
    shelf = _shelf(tx, category, language)
    if slug is None:
        slug = slugs.free_slug(tx, slug_of(content.title))
    elif not slugs.is_free(tx, checked_slug(slug)):
        raise Conflict(f"there is an article {slug} already", code="slug_taken")
    article = store.insert_article(tx, slug, shelf, language)
    store.insert_revision(tx, store.Key(article, language, 1), content, author)
    tx.emit(article_topic(article), ArticleEdited(article, language, 1))
    return get(tx, article)


def edit(
    tx: Tx, article_id: ArticleId, language: str, change: Edit, author: AgentId | None = None
) -> Article:
    """A new draft on top of revision ``change.base`` (0: the first one in this language).

    Raises Conflict ``newer_revision`` when that is not the newest: somebody else saved in between; ``archived``.
    """
    content, language = checked(change.content), checked_language(language)
    editions.alone_at(tx, article_id)
    before = _kept(get(tx, article_id))
    newest = before.editions[language].newest if language in before.editions else 0
    if change.base != newest:
        raise Conflict(
            f"the newest revision of article {article_id} in {language} is {newest}, not {change.base}",
            code="newer_revision",
        )
    key = store.Key(article_id, language, newest + 1)
    store.insert_revision(tx, key, content, author, note=checked_note(change.note))
    following.follow(tx, before, language, newest + 1, change.source)
    shelf = _shelf(tx, change.category, language)
    moved = shelf is not None and shelf != before.category_id
    store.touch(tx, article_id, shelf if moved else None)
    tx.emit(article_topic(article_id), ArticleEdited(article_id, language, newest + 1))
    if moved:
        tx.emit(article_topic(article_id), ArticleChanged(article_id))
    return get(tx, article_id)


def publish(tx: Tx, article_id: ArticleId, language: str, number: int, act: Act = NOBODY) -> Article:
    """From now on everybody reads this revision; an older one may be published again, to roll back to it.

    Publishing what is published changes nothing. Whether somebody had to approve it is for ``editorial.desk`` to know.
    Raises NotFound, and Conflict ``archived``.
    """
    editions.alone_at(tx, article_id)
    before = _kept(get(tx, article_id))
    edition = _edition(before, language)
    if number not in {mark.number for mark in edition.history}:
        raise NotFound(f"article {article_id} has no revision {number} in {language}")
    if edition.published is None or edition.published.number != number:
        key = store.Key(article_id, language, number)
        if language == before.source_language:
            slugs.follow_title(tx, before, store.load_contents(tx, [key])[key].title)
        store.set_published(tx, key, act.agent)
        editions.is_published(tx, article_id, language, number, act)
        store.touch(tx, article_id)
        tx.emit(article_topic(article_id), ArticlePublished(article_id, language, number))
    return get(tx, article_id)


def unpublish(
    tx: Tx, article_id: ArticleId, language: str, number: int | None = None, act: Act = NOBODY
) -> Article:
    """Nobody is shown it in this language any more; its revisions stay.

    Raises Conflict ``not_published`` when nothing, or not revision ``number``, is published.
    """
    editions.alone_at(tx, article_id)
    published = _edition(get(tx, article_id), language).published
    if published is None or number not in {None, published.number}:
        what = "it" if number is None else f"revision {number}"
        raise Conflict(f"{what} is not published in {language}", code="not_published")
    store.clear_published(tx, article_id, language)
    editions.is_unpublished(tx, article_id, language, published.number, act)
    store.touch(tx, article_id)
    tx.emit(article_topic(article_id), ArticleUnpublished(article_id, language))
    return get(tx, article_id)


def get(tx: Tx, article_id: ArticleId) -> Article:
    """Raises NotFound."""
    found = store.find_article(tx, article_id)
    if found is None:
        raise NotFound(f"there is no article {article_id}")
    return found


def get_for(tx: Tx, article_id: ArticleId, *, drafts: bool) -> Article:
    """As somebody may see it who writes articles (``drafts``) or does not. Raises NotFound."""
    found = get(tx, article_id)
    return found if drafts else published_only(found)


def _shelf(tx: Tx, category: Category | str | None, language: str) -> CategoryId | None:
    if category is None or isinstance(category, Category):
        return None if category is None else category.id
    return categories.find_or_make(tx, category, language)


def _kept(article: Article) -> Article:
    if article.archived_at is not None:
        raise Conflict(f"article {article.id} is archived", code="archived")
    return article


def _edition(article: Article, language: str) -> Edition:
    edition = article.editions.get(language)
    if edition is None:
        raise NotFound(f"article {article.id} has no text in {language}")
    return edition
