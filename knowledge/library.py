"""What editors do with articles: write, edit, publish, take back; one transaction each.

An edit never changes a revision: it adds one, as a draft, until somebody publishes it.
"""

from dataclasses import dataclass

from core.errors import Conflict, NotFound
from core.events import ArticleEdited, ArticlePublished, ArticleUnpublished, article_topic
from core.ids import AgentId, ArticleId
from core.store.tx import Tx
from knowledge import store
from knowledge.article import (
    Article,
    ArticleSummary,
    Content,
    Edition,
    State,
    checked,
    checked_category,
    checked_language,
    checked_slug,
    slug_of,
)

LISTED_AT_MOST = 1000
_SLUG_TRIES = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles a list shows; ``text`` is looked for in title and category, None asks for everything."""

    text: str | None = None
    state: State | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What an editor saves: ``base`` is the revision it was written on; ``category`` None leaves it as it is."""

    content: Content
    base: int
    category: str | None = None


def create(
    tx: Tx,
    language: str,
    content: Content,
    *,
    category: str,
    author: AgentId | None = None,
    slug: str | None = None,
) -> Article:
    """A new article with one draft; raises Invalid, and Conflict ``slug_taken`` where a given slug exists."""
    content, category, language = checked(content), checked_category(category), checked_language(language)
    if slug is None:
        slug = _free_slug(tx, slug_of(content.title))
    elif store.slug_taken(tx, checked_slug(slug)):
        raise Conflict(f"there is an article {slug} already", code="slug_taken")
    article = store.insert_article(tx, slug, category)
    store.insert_revision(tx, article, language, 1, content, author)
    tx.emit(article_topic(article), ArticleEdited(article, language, 1))
    return get(tx, article)


def edit(
    tx: Tx, article_id: ArticleId, language: str, change: Edit, author: AgentId | None = None
) -> Article:
    """A new draft on top of revision ``change.base`` (0: the first one in this language).

    Raises Conflict ``newer_revision`` when that is not the newest: somebody else saved in between.
    """
    content, language = checked(change.content), checked_language(language)
    category = None if change.category is None else checked_category(change.category)
    before = get(tx, article_id)
    newest = before.editions[language].newest if language in before.editions else 0
    if change.base != newest:
        raise Conflict(
            f"the newest revision of article {article_id} in {language} is {newest}, not {change.base}",
            code="newer_revision",
        )
    store.insert_revision(tx, article_id, language, newest + 1, content, author)
    store.touch(tx, article_id, category)
    tx.emit(article_topic(article_id), ArticleEdited(article_id, language, newest + 1))
    return get(tx, article_id)


def publish(tx: Tx, article_id: ArticleId, language: str, number: int) -> Article:
    """From now on everybody reads this revision; an older one may be published again, to go back to it.

    Publishing what is published changes nothing. Raises NotFound.
    """
    edition = _edition(get(tx, article_id), language)
    if number not in {mark.number for mark in edition.history}:
        raise NotFound(f"article {article_id} has no revision {number} in {language}")
    if edition.published is None or edition.published.number != number:
        store.set_published(tx, store.Key(article_id, language, number))
        store.touch(tx, article_id)
        tx.emit(article_topic(article_id), ArticlePublished(article_id, language, number))
    return get(tx, article_id)


def unpublish(tx: Tx, article_id: ArticleId, language: str, number: int | None = None) -> Article:
    """Nobody is shown it in this language any more; its revisions stay.

    Raises Conflict ``not_published`` when nothing, or not revision ``number``, is published.
    """
    published = _edition(get(tx, article_id), language).published
    if published is None or number not in {None, published.number}:
        what = "it" if number is None else f"revision {number}"
        raise Conflict(f"{what} is not published in {language}", code="not_published")
    store.clear_published(tx, article_id, language)
    store.touch(tx, article_id)
    tx.emit(article_topic(article_id), ArticleUnpublished(article_id, language))
    return get(tx, article_id)


def get(tx: Tx, article_id: ArticleId) -> Article:
    """Raises NotFound."""
    found = store.find_article(tx, article_id)
    if found is None:
        raise NotFound(f"there is no article {article_id}")
    return found


def list_articles(tx: Tx, wanted: Filter, *, prefer: str = "en") -> list[ArticleSummary]:
    """Those changed last first; titles in the language asked for, else in ``prefer`` where there is one."""
    first = () if wanted.language is None else (wanted.language,)
    summaries = store.list_summaries(tx, (*first, prefer, "en"), LISTED_AT_MOST)
    return [summary for summary in summaries if _is_wanted(summary, wanted)]


def _is_wanted(summary: ArticleSummary, wanted: Filter) -> bool:
    states = summary.states
    if wanted.language is not None:
        if wanted.language not in states:
            return False
        states = {wanted.language: states[wanted.language]}
    if wanted.state is not None and not any(_matches(state, wanted.state) for state in states.values()):
        return False
    needle = (wanted.text or "").strip().casefold()
    return needle in summary.title.casefold() or needle in summary.category.casefold()


def _matches(state: State, wanted: State) -> bool:
    """What is published and has a newer draft is found under either."""
    return state in {wanted, State.BOTH}


def _edition(article: Article, language: str) -> Edition:
    edition = article.editions.get(language)
    if edition is None:
        raise NotFound(f"article {article.id} has no text in {language}")
    return edition


def _free_slug(tx: Tx, wanted: str | None) -> str:
    """``wanted``, or with a number behind it; an id where the title gives no word."""
    if wanted is not None:
        tries = (wanted, *(f"{wanted[:70]}-{count}" for count in range(2, _SLUG_TRIES)))
        for slug in tries:
            if not store.slug_taken(tx, slug):
                return slug
    return tx.ids.new()
