"""Storing what an import brings, in one transaction: all of it or nothing, and the same again changes nothing.

What editors made stays: an article that is here gets a new draft where the import has another text, never a publication.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from core.errors import Invalid
from core.events import KNOWLEDGE_TOPIC, article_topic
from core.ids import AgentId, ArticleId, CategoryId
from core.knowledge_events import ArticleEdited, ArticlePublished, KnowledgeChanged
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Article
from knowledge.editorial import editions
from knowledge.filing import filed, following
from knowledge.filing.filed import Filing, Known
from knowledge.filing.translations import to_follow
from knowledge.transfer import rows
from knowledge.transfer.bundle import Bundle, BundleArticle, BundleEdition, Version, numbers_of, source_of
from knowledge.transfer.checking import named
from knowledge.transfer.pictures import store_images
from knowledge.transfer.references import with_images
from knowledge.transfer.settings import Rules
from knowledge.transfer.surroundings import Storing

IMPORTING = "knowledge import"
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Report:
    """What became of each article, by slug, and of what they rest on, in words.

    ``as_drafts``: articles of which nothing was published, although the import says so, for they are archived here or
    there. ``kept``: what is here already and stays as it is; ``left_out``: what was not read, and why.
    """

    created: tuple[str, ...] = ()
    languages_added: tuple[str, ...] = ()
    drafts_added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    as_drafts: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """``by``: the agent whose work it counts as; ``trial``: nothing will stay of it, so that nobody is told.

    ``stored`` is told how many articles are.
    """

    by: AgentId | None = None
    rules: Rules = field(default_factory=Rules)
    trial: bool = False
    stored: Callable[[int], None] = lambda count: None


class _Tried(Exception):
    """Carries the report out of a transaction that must leave nothing behind."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def try_import(tx: Tx, bundle: Bundle, given: Given) -> Report:
    """What ``store_import`` would do; nothing stays of it."""

    def attempt(tx: Tx) -> None:
        raise _Tried(store_import(tx, bundle, replace(given, trial=True)))

    try:
        tx.attempt(attempt)
    except _Tried as tried:
        return tried.report
    raise AssertionError


def store_import(tx: Tx, bundle: Bundle, given: Given) -> Report:
    """Raises Invalid for what does not fit what is here, with the file or entry; then nothing is stored."""
    tx.alone(IMPORTING)
    images = store_images(tx, bundle.images, given.by)
    around = Storing(tx, given.rules, given.by, images)
    storing = _Storing(tx, given, around.before_articles(bundle), images)
    articles, count = iter(bundle.articles), 0
    while some := tuple(islice(articles, _AT_ONCE)):
        storing.articles(some)
        given.stored(count := count + len(some))
    around.redirects(bundle.redirects)
    report = storing.report()
    if report.created or around.done.added:
        tx.tell(KNOWLEDGE_TOPIC, KnowledgeChanged("import"))
    left_out = (*bundle.left_out, *storing.strangers())
    return replace(report, added=tuple(around.done.added), kept=tuple(around.done.kept), left_out=left_out)


class _Storing:
    """Collects rows, so that many articles take few statements."""

    def __init__(
        self, tx: Tx, given: Given, categories: Mapping[str, CategoryId], images: Mapping[str, str]
    ) -> None:
        self._tx = tx
        self._given = given
        self._categories = categories
        self._images = images
        self._here = rows.Here.read(tx)
        self._written = rows.Written()
        self._events: list[Callable[[], object]] = []
        self._done: dict[str, list[str]] = {}
        self._strangers: dict[str, None] = {}

    def report(self) -> Report:
        return Report(**{what: tuple(slugs) for what, slugs in self._done.items()})

    def strangers(self) -> tuple[str, ...]:
        """Owners and authors who are nobody here."""
        return tuple(f"{email}: nobody here" for email in self._strangers)

    def articles(self, some: Sequence[BundleArticle]) -> None:
        ids = {self._here.articles[each.slug] for each in some if each.slug in self._here.articles}
        said = rows.said(self._tx, ids) if ids else {}
        for article in some:
            known = self._here.articles.get(article.slug)
            if known is None:
                self._new(article)
            else:
                self._again(known, article, said)
        self._flush()

    def _flush(self) -> None:
        self._written.flush(self._tx)
        events, self._events = self._events, []
        if self._given.trial:
            return
        for told in events:
            told()
        # What many articles tell is written as it comes, and not kept until the end.
        self._tx.write_out()

    def _note(self, what: str, slug: str) -> None:
        self._done.setdefault(what, []).append(slug)

    def _new(self, article: BundleArticle) -> None:
        self._note("created", article.slug)
        if article.archived and any(each.published is not None for each in article.editions.values()):
            self._note("as_drafts", article.slug)
        source = source_of(article)
        made = ArticleId(self._tx.ids.new())
        self._insert(made, replace(article, source_language=source))
        original = article.editions[source]
        followed = numbers_of(original)[-1 if original.published is None else original.published]
        for language, edition in article.editions.items():
            own = edition if language == source else _following(edition, followed)
            event = self._edition(made, language, own, archived=article.archived)
            told = partial(self._tx.emit_as, self._written.count_event(), article_topic(made), event)
            self._events.append(told)

    def _again(self, known: ArticleId, article: BundleArticle, said: rows.Said) -> None:
        """What is new of an article that is here; nothing of an archived one is published."""
        changed = self._changed(known, article, said)
        if changed:
            editions.alone_at(self._tx, known)
            self._flush()
            # An editor, or this import under a former slug, may have brought the same since ``said`` was read.
            changed = self._changed(known, article, rows.said(self._tx, {known}))
        if not changed:
            self._note("unchanged", article.slug)
            return
        before = library.get(self._tx, known)
        archived = before.archived_at is not None
        became = set[str]()
        for language, edition in changed.items():
            if language in before.editions:
                self._draft(before, language, _newest(edition))
                became.add("drafts_added")
                continue
            followed = to_follow(before.editions.get(before.source_language or ""))
            own = tuple(replace(each, number=None, source_number=None) for each in edition.versions)
            fresh = _following(replace(edition, versions=own), followed)
            self._tell(known, self._edition(known, language, fresh, archived=archived))
            became.add("languages_added")
        if archived and any(each.published is not None for each in changed.values()):
            became.add("as_drafts")
        for what in became:
            self._note(what, article.slug)

    def _changed(self, known: ArticleId, article: BundleArticle, said: rows.Said) -> dict[str, BundleEdition]:
        """By language, what brings a text that no revision has."""
        return {
            language: edition
            for language, edition in article.editions.items()
            if rows.digest(with_images(_newest(edition).content, self._images)) not in said[known, language]
        }

    def _tell(self, article: ArticleId, event: ArticleEdited | ArticlePublished) -> None:
        self._events.append(partial(self._tx.emit, article_topic(article), event))

    def _insert(self, made: ArticleId, article: BundleArticle) -> None:
        if article.slug in self._here.redirects:
            led = self._here.redirects[article.slug]
            raise Invalid(f"{article.where}: slug", f"one that is free; {article.slug} leads to {led}")
        category = None if article.category is None else self._categories[article.category]
        owner = self._agent(article.owner)
        self._check_filing(article, category, owner)
        self._written.article(self._tx, made, article, owner, category)

    def _check_filing(
        self, article: BundleArticle, category: CategoryId | None, owner: AgentId | None
    ) -> None:
        """As where it comes from; but its brands must be here, or nobody knows for whom it is."""
        wanted = Filing(
            category,
            article.tags,
            article.audience,
            article.brands,
            owner,
            article.review_by,
            article.source_language,
        )
        known = Known((), self._here.brands, (), (), self._tx.now.date())
        named(article.where, filed.check, replace(wanted, brands=()), wanted, known)

    def _edition(
        self, article: ArticleId, language: str, edition: BundleEdition, *, archived: bool
    ) -> ArticleEdited | ArticlePublished:
        """What there is to tell of it."""
        numbers = numbers_of(edition)
        for number, version in zip(numbers, edition.versions, strict=True):
            self._revision(article, language, number, version)
        shown = None if edition.published is None or archived else numbers[edition.published]
        self._written.standing(self._tx, (article, language), numbers[-1], shown, self._given.by)
        if shown is None:
            return ArticleEdited(article, language, numbers[-1])
        return ArticlePublished(article, language, shown)

    def _draft(self, before: Article, language: str, version: Version) -> None:
        """Another text than any revision has had, as editors would save it."""
        number = before.editions[language].newest + 1
        self._revision(
            before.id, language, number, replace(version, at=None, number=None, source_number=None)
        )
        self._written.standing(self._tx, (before.id, language), number, None, self._given.by)
        self._tell(before.id, ArticleEdited(before.id, language, number))
        self._flush()
        following.follow(self._tx, before, language, number, None)

    def _revision(self, article: ArticleId, language: str, number: int, version: Version) -> None:
        if version.at is not None and version.at > self._tx.now:
            raise Invalid(
                f"{version.where or language}: at", f"a time that is over, not {version.at.isoformat()}"
            )
        # A revision that has a number had its author noted where it comes from, if anybody.
        unsaid = version.author is None and version.number is None
        author = self._given.by if unsaid else self._agent(version.author)
        content = with_images(version.content, self._images)
        version = replace(version, number=number, content=content)
        self._written.revision(self._tx, (article, language), version, author)

    def _agent(self, email: str | None) -> AgentId | None:
        if email is None:
            return None
        found = self._here.agents.get(email.strip().casefold())
        if found is None:
            self._strangers[email] = None
        return found


def _newest(edition: BundleEdition) -> Version:
    """What the import would have readers see, else its newest text."""
    return edition.versions[-1 if edition.published is None else edition.published]


def _following(edition: BundleEdition, followed: int | None) -> BundleEdition:
    """Of a translation of which nobody says what it was made from: of what readers see of the source."""
    if any(each.source_number is not None or each.number is not None for each in edition.versions):
        return edition
    return replace(
        edition, versions=tuple(replace(each, source_number=followed) for each in edition.versions)
    )
