"""What authors write with: previews, images, reusables, links, and their unsaved text."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from console.wire.base import Answer, Ask, Count, Language, Line, Number

ReusableKind = Literal["snippet", "variable"]
Title = Annotated[str, msgspec.Meta(max_length=300)]
Draft = Annotated[str, msgspec.Meta(max_length=200_000)]
Questions = Annotated[tuple[Annotated[str, msgspec.Meta(max_length=500)], ...], msgspec.Meta(max_length=100)]
Texts = Annotated[
    dict[Language, Annotated[str, msgspec.Meta(max_length=50_000)]], msgspec.Meta(min_length=1, max_length=50)
]
Version = Number


class PreviewAsk(Ask, frozen=True):
    """``body`` is Markdown, which is refused in one sentence where it is too long."""

    language: Language
    body: str


class TypedText(Ask, frozen=True):
    title: Title
    body: Annotated[str, msgspec.Meta(max_length=50_000)]


class ComparisonAsk(Ask, frozen=True):
    old: TypedText
    new: TypedText


class PreviewHeading(Answer, frozen=True):
    """``id`` is its anchor in the HTML."""

    level: int
    id: str
    text: str


class PreviewProblem(Answer, frozen=True):
    """``kind``: missing_alt, image_elsewhere, broken_link, unsafe_link, heading_jump, unknown_reusable.

    ``line``, from 1, of the Markdown; ``what`` is the address, the name or the heading.
    """

    kind: str
    line: int
    what: str


class Preview(Answer, frozen=True):
    """``html`` is harmless, and exactly what readers get, with marks where something is missing."""

    html: str
    headings: tuple[PreviewHeading, ...]
    problems: tuple[PreviewProblem, ...]


class ArticleImage(Answer, frozen=True):
    """``markdown`` addresses it in an article: ``image:ID``; ``url`` in a page."""

    id: str
    markdown: str
    url: str
    media_type: str
    width: int
    height: int


class ArticleLink(Answer, frozen=True):
    """An article that can be linked to, by ``article:SLUG``."""

    id: str
    slug: str
    title: str
    language: str
    published: bool


class UsingArticle(Answer, frozen=True):
    """An article; ``title`` in ``language``."""

    id: str
    title: str
    language: str


class Reusable(Answer, frozen=True):
    """``texts`` by language; ``articles`` and ``snippets`` name it; ``by``: the name of who changed it last."""

    name: str
    kind: ReusableKind
    texts: dict[str, str]
    version: int
    updated_at: datetime
    by: str
    articles: tuple[UsingArticle, ...]
    snippets: tuple[str, ...]


class NewReusable(Ask, frozen=True):
    """``name`` is what stands between ``{{`` and ``}}``."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    kind: ReusableKind
    texts: Texts


class ReusableChange(Ask, frozen=True):
    """409 ``newer_version`` when ``version`` is not the newest."""

    texts: Texts
    version: Version


class Unsaved(Ask, frozen=True):
    """What somebody has typed, finished or not; ``base`` is the revision that they began with, 0 for none.

    ``source``: of a translation, the revision of its source that it is made from.
    """

    base: Count
    title: Title
    body: Draft
    questions: Questions = ()
    note: Line = ""
    source: Version | None = None


class MyCopy(Answer, frozen=True):
    base: int
    title: str
    body: str
    questions: tuple[str, ...]
    note: str
    source: int | None
    updated_at: datetime


class OtherCopy(Answer, frozen=True):
    """Who else has unsaved text there, and since when it is as it is."""

    agent: str
    name: str
    base: int
    updated_at: datetime


class Copies(Answer, frozen=True):
    """``newest``: the number of the newest revision, 0 for none; ``mine`` is None where nothing is unsaved."""

    newest: int
    mine: MyCopy | None
    others: tuple[OtherCopy, ...]
