"""Articles of the knowledge base, their revisions, and what a search in them finds."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from console.wire.base import Answer, Ask, Count, Language, Line, Name, Number, StageName

CautionName = Literal["agents", "signed_in", "brand"]
"""For agents only, for customers who are known, for another brand."""
Body = Annotated[str, msgspec.Meta(min_length=1, max_length=50_000)]
Category = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Questions = Annotated[
    tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=500)], ...], msgspec.Meta(max_length=100)
]


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
    """``draft`` is the newest revision when it is not the published one, and ``stage`` where that stands."""

    published: Revision | None
    draft: Revision | None
    revisions: tuple[RevisionRef, ...]
    stage: StageName | None


class ArticleDetail(Answer, frozen=True):
    """``category`` is its English name where it has one; ``version`` counts changes of anything but the texts.

    Whoever writes no articles gets what is published, without drafts and the revisions before.
    """

    id: str
    slug: str
    category: str
    languages: dict[str, ArticleLanguage]
    category_id: str | None
    version: int
    archived_at: datetime | None


class NewArticle(Ask, frozen=True):
    language: Language
    title: Name
    body: Body
    category: Category
    questions: Questions = ()


class ArticleEdit(Ask, frozen=True):
    """``base`` is the revision that was edited, 0 for a language that has none; 409 when it is not the newest.

    Without ``category`` it stays what it is. ``note`` says in a line what changed. ``source``: of a translation, the
    revision of the source that it says the same as; left out: as its last revision did.
    """

    title: Name
    body: Body
    base: Count
    questions: Questions = ()
    category: Category | None = None
    note: Line = ""
    source: Number | None = None


class Publishing(Ask, frozen=True):
    """With ``version``, the edition's as its review shows it, 409 if that is another one by now."""

    revision: Number
    version: Count | None = None
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Found(Answer, frozen=True):
    """``probability``, from 0 to 1, that the article answers the question.

    ``url``: where the customer may read it, null where nobody outside may. ``caution``: why it is not for the customer of
    the conversation that was named, null where it is.
    """

    article: str
    title: str
    language: str
    excerpt: str
    probability: float
    revision: int
    url: str | None
    caution: CautionName | None
