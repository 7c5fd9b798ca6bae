"""Categories of the knowledge base, and how they are changed."""

from typing import Annotated

import msgspec

from console.wire.base import Answer, Ask, Number

Texts = Annotated[dict[str, Annotated[str, msgspec.Meta(max_length=1000)]], msgspec.Meta(max_length=50)]
Version = Number


class Category(Answer, frozen=True):
    """``names`` and ``descriptions`` by language; ``articles``: how many are in it and not archived."""

    id: str
    slug: str
    parent: str | None
    names: dict[str, str]
    descriptions: dict[str, str]
    position: int
    version: int
    articles: int


class NewCategory(Ask, frozen=True):
    """It comes last under ``parent``; without ``slug`` its address is made from its name."""

    names: Texts
    descriptions: Texts = msgspec.field(default_factory=dict)
    parent: str | None = None
    slug: str | None = None


class CategoryChange(Ask, frozen=True):
    """All of its words; 409 ``newer_version`` when ``version`` is not the newest."""

    version: Version
    names: Texts
    descriptions: Texts = msgspec.field(default_factory=dict)
    slug: str | None = None


class CategoryPlace(Ask, frozen=True):
    """Where it is to stand: under ``parent``, before ``before``; null: on the upper level, last."""

    version: Version
    parent: str | None = None
    before: str | None = None


class CategoryRemoval(Ask, frozen=True):
    """``to``: where its articles go, null for no category; left out: there are none, or 409 ``in_use``."""

    version: Version
    to: str | msgspec.UnsetType | None = msgspec.UNSET
