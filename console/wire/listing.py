"""The editors' list of articles."""

from datetime import date, datetime

from console.wire.base import Answer, ArticleState, StageName
from console.wire.filing import AudienceName


class ArticleSummary(Answer, frozen=True):
    """``title`` is in ``language``; ``author`` is the name of who wrote the newest revision of it.

    ``category`` is its name in the reader's language, ``owner`` a name, both empty for none. ``stages``: of languages whose
    newest text is not published; ``stale``: languages that are behind their source, ``missing``: that it should exist in
    and does not. ``flags``: how many agents said that something is wrong with it, as far as nobody has seen to it.
    """

    id: str
    slug: str
    title: str
    language: str
    languages: dict[str, ArticleState]
    stages: dict[str, StageName]
    stale: tuple[str, ...]
    missing: tuple[str, ...]
    category: str
    category_id: str | None
    audience: AudienceName
    tags: tuple[str, ...]
    owner: str
    owner_id: str | None
    review_by: date | None
    overdue: bool
    archived: bool
    updated_at: datetime
    author: str
    flags: int


class ArticlePage(Answer, frozen=True):
    """``next`` is the cursor of the following page, or null; ``total`` how many the filter finds, never above ``most``."""

    items: tuple[ArticleSummary, ...]
    next: str | None
    total: int
    most: int


class ArticleCounts(Answer, frozen=True):
    """How many articles each view has, none counted above ``most``; ``missing`` by language, ``mine``: the asker owns them."""

    all: int
    published: int
    draft: int
    stages: dict[StageName, int]
    overdue: int
    mine: int
    mine_overdue: int
    stale: int
    missing: dict[str, int]
    archived: int
    most: int
