"""Articles of the knowledge base, their revisions, and what a search in them finds."""

from datetime import datetime
from typing import Annotated

import msgspec

from console.wire.base import Answer, ArticleState, Ask, Language, Name

Body = Annotated[str, msgspec.Meta(min_length=1, max_length=100_000)]
Category = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Questions = Annotated[
    tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=500)], ...], msgspec.Meta(max_length=100)
]


class ArticleSummary(Answer, frozen=True):
    """``title`` is in ``language``; ``author`` is the name of who wrote the newest revision."""

    id: str
    title: str
    language: str
    languages: dict[str, ArticleState]
    category: str
    updated_at: datetime
    author: str


class Revision(Answer, frozen=True):
    """``body`` is Markdown; ``questions`` are other ways to ask for it."""

    number: int
    title: str
    body: str
    questions: tuple[str, ...]
    author: str
    created_at: datetime
    published_at: datetime | None


class RevisionRef(Answer, frozen=True):
    """``state`` is published, draft (newest and not published) or old."""

    number: int
    author: str
    at: datetime
    state: str


class ArticleLanguage(Answer, frozen=True):
    """``draft`` is the newest revision when it is not the published one."""

    published: Revision | None
    draft: Revision | None
    revisions: tuple[RevisionRef, ...]


class ArticleDetail(Answer, frozen=True):
    id: str
    slug: str
    category: str
    languages: dict[str, ArticleLanguage]


class NewArticle(Ask, frozen=True):
    language: Language
    title: Name
    body: Body
    category: Category
    questions: Questions = ()


class ArticleEdit(Ask, frozen=True):
    """``base`` is the revision that was edited, 0 for a language that has none; 409 when it is not the newest.

    Without ``category`` it stays what it is.
    """

    title: Name
    body: Body
    base: Annotated[int, msgspec.Meta(ge=0)]
    questions: Questions = ()
    category: Category | None = None


class Publishing(Ask, frozen=True):
    revision: Annotated[int, msgspec.Meta(ge=1)]


class Found(Answer, frozen=True):
    """``probability``, from 0 to 1, that the article answers the question."""

    article: str
    title: str
    language: str
    excerpt: str
    probability: float
