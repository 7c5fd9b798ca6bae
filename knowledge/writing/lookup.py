"""Where links to articles lead for one reader, whatever an article was called when it was linked to."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from core.answer import Reader
from core.store.tables.knowledge import article, published, redirect
from core.store.tx import Tx
from knowledge.filing.audience import readable
from knowledge.helpcenter.addresses import article as address_of

_HOPS = 10
"""Of redirects, one after the other."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who reads, in which language; ``editor``: also drafts may be linked to."""

    language: str
    reader: Reader
    editor: bool = False


def addresses(tx: Tx, slugs: Collection[str], asked: Asked) -> dict[str, str]:
    """Where each slug leads now; none for what is gone, or not for this reader."""
    now = {slug: slug for slug in slugs}
    found: dict[str, str] = {}
    for _ in range(_HOPS):
        if not now:
            break
        here = _languages(tx, now.values(), asked)
        found |= {slug: _address(at, here[at], asked) for slug, at in now.items() if at in here}
        moved = _moved(tx, [at for at in now.values() if at not in here])
        now = {slug: moved[at] for slug, at in now.items() if at in moved}
    return found


def _languages(tx: Tx, slugs: Collection[str], asked: Asked) -> dict[str, list[str]]:
    """Those that exist for the reader, with the languages that they are published in."""
    wanted = (
        select(article.c.slug, published.c.language)
        .select_from(article.outerjoin(published, published.c.article_id == article.c.id))
        .where(article.c.slug.in_(sorted(set(slugs))), readable(asked.reader))
        .order_by(published.c.language)
    )
    found: dict[str, list[str]] = {}
    for row in tx.conn.execute(wanted):
        if row.language is not None:
            found.setdefault(row.slug, []).append(row.language)
        elif asked.editor:
            found.setdefault(row.slug, [])
    return found


def _moved(tx: Tx, slugs: Collection[str]) -> dict[str, str]:
    wanted = select(redirect.c.slug, redirect.c.target).where(redirect.c.slug.in_(sorted(set(slugs))))
    return {row.slug: row.target for row in tx.conn.execute(wanted)}


def _address(slug: str, languages: list[str], asked: Asked) -> str:
    """In the reader's language; where it is not there in that, in one that it has."""
    language = asked.language if asked.language in languages or not languages else languages[0]
    return address_of(language, slug)
