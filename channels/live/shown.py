"""A message as visitors get it: its parts, its author, and how far it got."""

from datetime import datetime

import msgspec


class TextPart(msgspec.Struct, frozen=True, tag_field="type", tag="text"):
    """Plain text."""

    text: str


class ImagePart(msgspec.Struct, frozen=True, tag_field="type", tag="image"):
    """A picture that may be shown, by an address that expires."""

    url: str
    name: str
    size: int
    media_type: str


class FilePart(msgspec.Struct, frozen=True, tag_field="type", tag="file"):
    """A file to be saved, by an address that expires."""

    url: str
    name: str
    size: int
    media_type: str


class Option(msgspec.Struct, frozen=True):
    """One button."""

    id: str
    label: str


class ButtonsPart(msgspec.Struct, frozen=True, tag_field="type", tag="buttons"):
    """Choices to press."""

    options: tuple[Option, ...]


class ChoicePart(msgspec.Struct, frozen=True, tag_field="type", tag="choice"):
    """A pressed button, as the visitor's own message."""

    message: str
    option: str
    label: str


class ArticlePart(msgspec.Struct, frozen=True, tag_field="type", tag="article"):
    """An article, shown short."""

    article: str
    title: str
    excerpt: str
    url: str | None


PartOut = TextPart | ImagePart | FilePart | ButtonsPart | ChoicePart | ArticlePart


class AuthorOut(msgspec.Struct, frozen=True):
    """``kind`` is contact, bot, agent or system."""

    kind: str
    name: str | None


class MessageOut(msgspec.Struct, frozen=True):
    """``key`` only on what the visitor sent."""

    id: str
    author: AuthorOut
    parts: tuple[PartOut, ...]
    at: datetime
    delivery: str | None
    key: str | None
