"""What a pager network posts to us, what an inbox of it is configured with, and what is wrong with one that is not so."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from core.errors import Invalid
from core.web import invalid, origin_of

_SECRET_CHARACTERS = 16


Said = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class Page(msgspec.Struct, frozen=True):
    """``id`` is the network's own, the same in each repeat."""

    id: Said
    number: Said
    text: Said
    name: str | None = None


class PagerConfig(msgspec.Struct, frozen=True):
    """``secret`` signs in both directions; replies are posted to ``url``."""

    secret: str
    url: str


def pager_config(config: Mapping[str, object]) -> PagerConfig:
    """Raises Invalid, naming the field."""
    try:
        known = msgspec.convert(dict(config), PagerConfig)
    except msgspec.ValidationError as error:
        raise invalid(error, PagerConfig) from None
    if len(known.secret) < _SECRET_CHARACTERS:
        raise Invalid("secret", f"at least {_SECRET_CHARACTERS} characters")
    if origin_of(known.url) is None:
        raise Invalid("url", "an address like https://pager.example/replies")
    return known
