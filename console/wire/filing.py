"""How an article is filed: what its settings show, and what may be changed of them."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from console.wire.base import Answer, Ask, Language, Number
from console.wire.category import Version

AudienceName = Literal["public", "signed_in", "agents"]
Tags = Annotated[tuple[Annotated[str, msgspec.Meta(max_length=100)], ...], msgspec.Meta(max_length=200)]
Brands = Annotated[tuple[Annotated[str, msgspec.Meta(max_length=100)], ...], msgspec.Meta(max_length=100)]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Owner(Answer, frozen=True):
    id: str
    name: str


class Translation(Answer, frozen=True):
    """``followed``: the revision of the source that the newest text, ``number``, was made from; null: nobody knows."""

    language: str
    number: int
    followed: int | None
    stale: bool


class Filing(Answer, frozen=True):
    """``brands``: none means all; ``overdue``: its day of review is over.

    ``translations``: every language but the source; ``source``: the revision that a translation made now would follow;
    ``missing``: languages that it should exist in and does not. ``redirects``: addresses that lead here.
    """

    version: int
    slug: str
    redirects: tuple[str, ...]
    category_id: str | None
    tags: tuple[str, ...]
    audience: AudienceName
    brands: tuple[str, ...]
    owner: Owner | None
    review_by: date | None
    overdue: bool
    source_language: str | None
    source: int | None
    translations: tuple[Translation, ...]
    missing: tuple[str, ...]
    archived_at: datetime | None


class FilingChange(Ask, frozen=True):
    """What is left out stays as it is; 409 ``newer_version`` when ``version`` is not the newest.

    What readers of a published article notice (category, audience, brands), and whatever makes an article more public,
    is a publisher's to change: 403 ``publish``.
    """

    version: Version
    category_id: Id | UnsetType | None = UNSET
    tags: Tags | UnsetType = UNSET
    audience: AudienceName | UnsetType = UNSET
    brands: Brands | UnsetType = UNSET
    owner: Id | UnsetType | None = UNSET
    review_by: date | UnsetType | None = UNSET
    source_language: Language | UnsetType = UNSET


class SlugChange(Ask, frozen=True):
    """``slug`` null: what the title in the source language gives; 409 ``newer_version`` when ``version`` is not the newest."""

    version: Version
    slug: Id | None = None


class NewRedirect(Ask, frozen=True):
    """Who asks for ``slug`` is led to the article at ``target``."""

    slug: Id
    target: Id


class Redirected(Answer, frozen=True):
    article: str


class TagCount(Answer, frozen=True):
    tag: str
    articles: int


class BrandName(Answer, frozen=True):
    id: str
    name: str


class FilingChoices(Answer, frozen=True):
    """What filing can choose from; ``languages``: those in which every article should exist."""

    tags: tuple[TagCount, ...]
    brands: tuple[BrandName, ...]
    owners: tuple[Owner, ...]
    languages: tuple[str, ...]


class StillRight(Ask, frozen=True):
    """``source``: the revision that was looked at; 409 ``newer_revision`` when readers see another one of the source."""

    source: Number


class Words(Answer, frozen=True):
    """Some words of a line; ``changed``: only this side has them."""

    text: str
    changed: bool


class SourceLine(Answer, frozen=True):
    """``old`` is null for a line that is new, ``new`` for one that is gone; both null: unchanged lines left out."""

    old: tuple[Words, ...] | None
    new: tuple[Words, ...] | None


class SourceChanges(Answer, frozen=True):
    """What changed in the source from revision ``followed`` to ``source``; ``title`` null: nothing."""

    language: str
    followed: int
    source: int
    title: SourceLine | None
    questions: tuple[SourceLine, ...]
    lines: tuple[SourceLine, ...]
