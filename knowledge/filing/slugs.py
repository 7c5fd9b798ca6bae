"""The addresses of articles: found, given, changed with a redirect left behind; and redirects by hand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select, update

from core.errors import Conflict, Invalid, NotFound
from core.events import article_topic
from core.ids import ArticleId
from core.knowledge_events import ArticleChanged
from core.store.tables.knowledge import article, publication, redirect, revision
from core.store.tx import Tx
from knowledge.article import Article, checked_slug, slug_of
from knowledge.filing.redirecting import circle, end_of, ends_of, with_redirect

THE_SLUGS = "slugs"
"""What to wait for (``Tx.alone``) before a change that must know all of them."""
_TRIES = 100
_AT_ONCE = 500
NUMBERED = 70
"""Of a slug that is taken, so much is kept before the number."""
_ID = re.compile(r"[0-9a-z]{26}")


@dataclass(frozen=True, slots=True)
class Resolved:
    """``slug`` is the article's own; ``moved``: another one was asked for, and a redirect led here."""

    article: ArticleId
    slug: str
    moved: bool


def resolve(tx: Tx, slug: str) -> Resolved | None:
    """Whose address this is or was; it says nothing about who may read the article."""
    found = _owner(tx, slug)
    if found is not None:
        return Resolved(found, slug, moved=False)
    seen = {slug}
    at: str | None = slug
    while (at := _target(tx, at or "")) is not None and at not in seen:
        seen.add(at)
        found = _owner(tx, at)
        if found is not None:
            return Resolved(found, at, moved=True)
    return None


def is_free(tx: Tx, slug: str, but: ArticleId | None = None) -> bool:
    """Neither an article (other than ``but``) nor a redirect to one has it."""
    owner, target = _owner(tx, slug), resolve(tx, slug)
    return owner in {None, but} and (target is None or target.article == but)


def free_slug(tx: Tx, wanted: str | None, but: ArticleId | None = None) -> str:
    """``wanted``, or with a number behind it; an id where there is no word."""
    if wanted is not None:
        numbered = (f"{wanted[:NUMBERED].rstrip('-')}-{number}" for number in range(2, _TRIES))
        for slug in (wanted, *numbered):
            if is_free(tx, slug, but):
                return slug
    return tx.ids.new()


def rename(tx: Tx, before: Article, version: int, wanted: str | None) -> str:
    """A publisher's wish: this slug, or None for what the title in the source language gives; the new one.

    Who asks for the former one is led here. Raises Conflict ``newer_version`` when the article was changed since ``version``, and
    Invalid: ``slug_taken`` by an article, ``redirected`` by a redirect to another one.
    """
    if before.version != version:
        raise Conflict(f"the article is at version {before.version}, not {version}", code="newer_version")
    tx.alone(THE_SLUGS)
    if wanted is None:
        slug = free_slug(tx, slug_of(_title(before)), before.id)
    else:
        slug = checked_slug(wanted)
        _check_free(tx, slug, before.id)
    if slug != before.slug:
        _move(tx, before, slug)
    return slug


def follow_title(tx: Tx, before: Article, title: str) -> None:
    """On its first publication an article goes by the title it has then, unless somebody chose its slug by hand."""
    wanted = slug_of(title)
    if wanted is None or before.slug == wanted or was_published(tx, before.id) or not _made(tx, before):
        return
    tx.alone(THE_SLUGS)
    _move(tx, before, free_slug(tx, wanted, before.id))


def was_published(tx: Tx, article_id: ArticleId) -> bool:
    statement = select(publication.c.id).where(publication.c.article_id == article_id).limit(1)
    return tx.conn.execute(statement).first() is not None


def add_redirect(tx: Tx, slug: str, target: str, most: int) -> ArticleId:
    """Lead who asks for ``slug`` to the article at ``target``, which has at most ``most`` redirects; the article.

    Raises Invalid: ``redirect_cycle``, naming the way round, ``slug_taken``, or a ``target`` where no article is.
    """
    slug, target = checked_slug(slug), checked_slug(target)
    tx.alone(THE_SLUGS)
    known = _around(tx, slug, target)
    way = circle(known, slug, target)
    if not way and _owner(tx, slug) is not None:
        raise Invalid("slug", f"an address that no article has: {slug} is one's own", code="slug_taken")
    changed = with_redirect(known, slug, target)
    found = _owner(tx, end_of(known, target))
    if found is None:
        raise Invalid("target", f"an article's address: nothing is at {target}", code="target_gone")
    if len(redirects_to(tx, end_of(known, target))) >= most:
        raise Invalid("slug", f"at most {most} redirects to one article", code="too_many")
    for each, to in changed.items():
        _put(tx, each, to)
    tx.emit(article_topic(found), ArticleChanged(found))
    return found


def add_redirects(tx: Tx, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Many at once, which other parts are told of by whoever adds them; those that are here already, or an article's, stay.

    These are returned. Raises Invalid: ``redirect_cycle``, or a ``target`` where no article is.
    """
    tx.alone(THE_SLUGS)
    known = {row.slug: row.target for row in tx.conn.execute(select(redirect))}
    owned = set(tx.conn.execute(select(article.c.slug)).scalars())
    new = {slug: target for slug, target in wanted.items() if slug not in known and slug not in owned}
    ends = ends_of({**known, **{checked_slug(slug): checked_slug(to) for slug, to in new.items()}}, new)
    for slug, target in new.items():
        if ends[slug] not in owned:
            raise Invalid(
                f"{slug}: target", f"an article's address: nothing is at {target}", code="target_gone"
            )
    rows = [{"slug": slug, "target": ends[slug], "created_at": tx.now} for slug in new]
    for start in range(0, len(rows), _AT_ONCE):
        tx.conn.execute(insert(redirect), rows[start : start + _AT_ONCE])
    return tuple(slug for slug in wanted if slug not in new)


def remove_redirect(tx: Tx, slug: str) -> None:
    """Raises NotFound."""
    found = resolve(tx, slug)
    if tx.conn.execute(delete(redirect).where(redirect.c.slug == slug)).rowcount != 1:
        raise NotFound(f"there is no redirect from {slug}")
    if found is not None:
        tx.emit(article_topic(found.article), ArticleChanged(found.article))


def redirects_to(tx: Tx, slug: str) -> Sequence[str]:
    wanted = select(redirect.c.slug).where(redirect.c.target == slug).order_by(redirect.c.slug)
    return tx.conn.execute(wanted).scalars().all()


def _move(tx: Tx, before: Article, slug: str) -> None:
    """What led to the old slug leads to the new one, and so does the old one if readers ever knew it."""
    tx.conn.execute(delete(redirect).where(redirect.c.slug == slug))
    tx.conn.execute(update(redirect).where(redirect.c.target == before.slug).values(target=slug))
    if was_published(tx, before.id):
        _put(tx, before.slug, slug)
    values = {"slug": slug, "version": article.c.version + 1, "updated_at": tx.now}
    moved = update(article).where(article.c.id == before.id, article.c.version == before.version)
    if tx.conn.execute(moved.values(**values)).rowcount != 1:
        raise Conflict(f"the article is no longer at version {before.version}", code="newer_version")
    tx.emit(article_topic(before.id), ArticleChanged(before.id))


def _check_free(tx: Tx, slug: str, but: ArticleId) -> None:
    if _owner(tx, slug) not in {None, but}:
        raise Invalid("slug", f"another one: there is an article at {slug}", code="slug_taken")
    led = resolve(tx, slug)
    if led is not None and led.article != but:
        expected = f"another one: {slug} leads to {led.slug}, remove that redirect first"
        raise Invalid("slug", expected, code="redirected")


def _made(tx: Tx, of: Article) -> bool:
    """Whether its slug was made from a title that it has or had, or is an id, rather than chosen by hand."""
    if _ID.fullmatch(of.slug):
        return True
    which = (revision.c.article_id == of.id, revision.c.language == of.source_language)
    titles = tx.conn.execute(select(revision.c.title).where(*which).distinct()).scalars()
    made = {slug for slug in map(slug_of, titles) if slug is not None}
    stem = re.sub(r"-\d+$", "", of.slug)
    return of.slug in made or stem in {slug[:NUMBERED].rstrip("-") for slug in made}


def _title(of: Article) -> str:
    edition = of.editions.get(of.source_language or "") or next(iter(of.editions.values()))
    text = edition.published or edition.draft
    return "" if text is None else text.content.title


def _owner(tx: Tx, slug: str) -> ArticleId | None:
    found = tx.conn.execute(select(article.c.id).where(article.c.slug == slug)).scalar_one_or_none()
    return None if found is None else ArticleId(found)


def _target(tx: Tx, slug: str) -> str | None:
    return tx.conn.execute(select(redirect.c.target).where(redirect.c.slug == slug)).scalar_one_or_none()


def _around(tx: Tx, *slugs: str) -> dict[str, str]:
    """Every redirect from or to one of these, and whatever hangs on them."""
    found: dict[str, str] = {}
    asked: set[str] = set()
    waiting = set(slugs)
    while waiting:
        near = or_(redirect.c.slug.in_(waiting), redirect.c.target.in_(waiting))
        rows = tx.conn.execute(select(redirect.c.slug, redirect.c.target).where(near)).all()
        asked |= waiting
        found |= {row.slug: row.target for row in rows}
        waiting = {each for row in rows for each in (row.slug, row.target)} - asked
    return found


def _put(tx: Tx, slug: str, target: str) -> None:
    values = {"target": target, "created_at": tx.now}
    statement = tx.insert_for(redirect).values(slug=slug, **values)
    tx.conn.execute(statement.on_conflict_do_update(index_elements=["slug"], set_=values))
