"""Brands: a name and a look for the help center and the inboxes."""

from typing import Annotated

import msgspec

from console.wire.base import Answer, Ask, Count, Line, Name

Words = dict[str, Annotated[dict[str, Line], msgspec.Meta(max_length=10)]]


class Brand(Answer, frozen=True):
    """``logo`` is the id of an article image; ``words`` by language: ``title`` and ``lead`` of the front page.

    ``hosts``: where its help center is, ``*`` for wherever no other brand is at home; ``inboxes`` show it.
    """

    id: str
    name: str
    color: str
    logo: str | None
    home: str | None
    hosts: tuple[str, ...]
    languages: tuple[str, ...]
    words: dict[str, dict[str, str]]
    inboxes: tuple[str, ...]
    version: int


class BrandAsk(Ask, frozen=True):
    """``id``: a word of one's own, of a new one only. ``version``: 409 ``newer_version`` when it is not the newest."""

    name: Name
    color: str
    id: str = ""
    logo: str | None = None
    home: Line | None = None
    hosts: Annotated[tuple[Line, ...], msgspec.Meta(max_length=100)] = ()
    languages: Annotated[tuple[Line, ...], msgspec.Meta(max_length=100)] = ()
    words: Annotated[Words, msgspec.Meta(max_length=50)] = msgspec.field(default_factory=dict)
    inboxes: Annotated[tuple[str, ...], msgspec.Meta(max_length=200)] = ()
    version: Count | None = None
