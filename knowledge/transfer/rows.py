"""What an import finds here, read once; and its own rows, collected so that many articles take few statements."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, insert, select, update

from core.ids import AgentId, ArticleId, CategoryId
from core.store.tables import knowledge as tables
from core.store.tables import metadata
from core.store.tables.people import agent
from core.store.tx import Tx
from knowledge.article import Content, Stage
from knowledge.editorial.editions import begun_anew
from knowledge.editorial.stages import Step
from knowledge.filing.redirecting import end_of
from knowledge.transfer.bundle import BundleArticle, Version

_AT_ONCE = 500

Edition = tuple[ArticleId, str]
Said = Mapping[Edition, Collection[bytes]]


def digest(content: Content) -> bytes:
    """The same for the same text, and only for that."""
    parts = (content.title, content.body, *content.questions)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, slots=True)
class Here:
    """``articles`` by slug, also by those they had; ``agents`` by e-mail address; the ids of all ``brands``."""

    articles: dict[str, ArticleId]
    redirects: dict[str, str]
    agents: dict[str, AgentId]
    brands: frozenset[str]

    @classmethod
    def read(cls, tx: Tx) -> "Here":
        slugs = tx.conn.execute(select(tables.article.c.slug, tables.article.c.id)).all()
        articles = {row.slug: ArticleId(row.id) for row in slugs}
        redirects = {row.slug: row.target for row in tx.conn.execute(select(tables.redirect))}
        for slug in redirects:
            target = end_of(redirects, slug)
            if slug not in articles and target in articles:
                articles[slug] = articles[target]
        people = tx.conn.execute(select(agent.c.email, agent.c.id)).all()
        brands = frozenset(tx.conn.execute(select(tables.brand.c.id)).scalars())
        return cls(articles, redirects, {row.email: AgentId(row.id) for row in people}, brands)


def said(tx: Tx, ids: Collection[ArticleId]) -> Said:
    """Of these articles, the digests of all that their revisions say."""
    found: dict[Edition, set[bytes]] = defaultdict(set)
    for row in tx.conn.execute(select(tables.revision).where(tables.revision.c.article_id.in_(ids))):
        content = Content(row.title, row.body, row.questions)
        found[ArticleId(row.article_id), row.language].add(digest(content))
    return found


@dataclass(slots=True)
class Written:
    """Rows on their way in; ``flush`` stores them in an order that the tables' references allow."""

    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def article(
        self,
        tx: Tx,
        id: ArticleId,
        article: BundleArticle,
        owner: AgentId | None,
        category: CategoryId | None,
    ) -> None:
        self._rows["article"].append(
            {
                "id": id,
                "slug": article.slug,
                "category_id": category,
                "audience": article.audience.value,
                "brands": article.brands,
                "owner_id": owner,
                "review_by": article.review_by,
                "source_language": article.source_language,
                "archived_at": tx.now if article.archived else None,
                "n": 0,
                "created_at": tx.now,
                "updated_at": tx.now,
            }
        )
        self._rows["article_tag"] += [{"article_id": id, "tag": tag} for tag in dict.fromkeys(article.tags)]

    def count_event(self) -> int:
        """The number of one more event about the newest article."""
        newest = self._rows["article"][-1]
        newest["n"] += 1
        return int(newest["n"])

    def revision(self, tx: Tx, edition: Edition, version: Version, author: AgentId | None) -> None:
        content = version.content
        self._rows["revision"].append(
            {
                "article_id": edition[0],
                "language": edition[1],
                "number": version.number,
                "title": content.title,
                "body": content.body,
                "questions": content.questions,
                "note": version.note,
                "source_number": version.source_number,
                "author_id": author,
                "created_at": version.at or tx.now,
            }
        )

    def standing(self, tx: Tx, edition: Edition, newest: int, shown: int | None, by: AgentId | None) -> None:
        """Where the edition stands: its newest revision, and the one that is published, if any is anew."""
        of = {"article_id": edition[0], "language": edition[1]}
        self._rows["edition"].append({**of, "number": newest})
        if shown is not None:
            done = {**of, "number": shown, "by_id": by, "at": tx.now}
            self._rows["published"].append({**of, "number": shown, "published_at": tx.now})
            self._rows["publication"].append({"id": tx.ids.new(), **done})
            step = {"step": Step.PUBLISH.value, "note": ""}
            self._rows["review_step"].append({"id": tx.ids.new(), **done, **step})

    def flush(self, tx: Tx) -> None:
        for name in ("article", "article_tag", "revision", "published", "publication", "review_step"):
            self._insert(tx, metadata.tables[name], self._rows[name])
        new = {row["id"] for row in self._rows["article"]}
        begun = [row for row in self._rows["edition"] if row["article_id"] in new]
        self._insert(tx, tables.edition, [{**row, "stage": Stage.DRAFT.value} for row in begun])
        for row in self._rows["edition"]:
            if row["article_id"] not in new:
                begun_anew(tx, row["article_id"], row["language"], row["number"])
        touched = {row["article_id"] for row in self._rows["edition"]} - new
        if touched:
            changed = update(tables.article).where(tables.article.c.id.in_(touched))
            tx.conn.execute(changed.values(updated_at=tx.now))
        self._rows.clear()

    def _insert(self, tx: Tx, table: Table, rows: list[dict[str, Any]]) -> None:
        for start in range(0, len(rows), _AT_ONCE):
            tx.conn.execute(insert(table), rows[start : start + _AT_ONCE])
