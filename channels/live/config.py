"""What an administrator sets for an inbox of live visitors: its look, its greeting, and on which pages it may be."""

import re
from collections.abc import Mapping

import msgspec

from channels.live import protocol as wire
from channels.live.identity import MOST_SECRETS, SECRET_BYTES
from channels.live.questions import Asked, check_questions, shown
from core.errors import Invalid
from core.web import invalid, origin_of

ANY_ORIGIN = "*"
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


SECRETS = ("identity.secrets",)
"""Fields of the configuration that are written and never shown."""

THROUGH = {"mail": "email", "telegram": "telegram"}
"""Fields that name an inbox through which visitors are reached elsewhere, and its kind."""


class IdentityConfig(msgspec.Struct, frozen=True):
    """``secrets`` sign the tokens of a site's users: a new one stands beside the old until all sign with it.

    ``required``: nobody else is let in.
    """

    secrets: tuple[str, ...] = ()
    required: bool = False


class LiveConfig(msgspec.Struct, frozen=True):
    """``origins``: the sites that may show it (``https://shop.example``), or ``*``; our own pages always may.

    ``mail``: the inbox (a mailbox) through which conversations go on when a visitor left an address and has gone, and
    which sends codes to addresses that visitors want to prove; ``telegram``: the same for accounts there.
    ``questions`` are asked before the first message, ``rating``: how it went at the end, ``articles``: some are
    suggested while one types. ``identity``: how the site says who its users are.
    """

    origins: tuple[str, ...] = ()
    color: str | None = None
    position: str = "right"
    greeting: dict[str, str] = {}
    languages: tuple[str, ...] = ("en", "zh")
    mail: str | None = None
    telegram: str | None = None
    questions: tuple[Asked, ...] = ()
    rating: bool = False
    articles: bool = False
    identity: IdentityConfig = IdentityConfig()

    def greeting_in(self, language: str) -> str:
        """In the visitor's language, else in the inbox's first one that has a greeting; empty where there is none."""
        wanted = (language, language.partition("-")[0], *self.languages)
        return next((self.greeting[tag] for tag in wanted if tag in self.greeting), "")

    def questions_in(self, language: str) -> tuple[wire.Question, ...]:
        """As a visitor with this language sees them."""
        return shown(self.questions, language, self.languages)

    @property
    def ways(self) -> Mapping[str, str | None]:
        """The inbox named for each kind of ``THROUGH``."""
        named: dict[str, str | None] = {kind: getattr(self, field) for field, kind in THROUGH.items()}
        return named

    @property
    def offers(self) -> wire.Offers:
        """What visitors get beside talking."""
        return wire.Offers(
            rating=self.rating,
            articles=self.articles,
            mail=self.mail is not None,
            prove=tuple(kind for kind, inbox in self.ways.items() if inbox is not None),
        )


def live_config(config: Mapping[str, object]) -> LiveConfig:
    """Raises Invalid, naming the field."""
    try:
        known = msgspec.convert(dict(config), LiveConfig)
    except msgspec.ValidationError as error:
        raise invalid(error, LiveConfig) from None
    for origin in known.origins:
        if origin != ANY_ORIGIN and origin_of(origin) != origin:
            raise Invalid("origins", "addresses like https://shop.example, without a path, or *")
    if known.color is not None and _COLOUR.fullmatch(known.color) is None:
        raise Invalid("color", "a colour like #1f6f5c")
    if known.position not in {"left", "right"}:
        raise Invalid("position", "left or right")
    if not known.languages:
        raise Invalid("languages", "at least one language")
    check_questions(known.questions)
    _check_identity(known.identity)
    return known


def _check_identity(identity: IdentityConfig) -> None:
    if len(identity.secrets) > MOST_SECRETS:
        raise Invalid("identity.secrets", f"at most {MOST_SECRETS}: the one in use and the next")
    if any(len(secret.encode()) < SECRET_BYTES for secret in identity.secrets):
        raise Invalid("identity.secrets", f"random secrets of at least {SECRET_BYTES} characters")
    if identity.required and not identity.secrets:
        raise Invalid("identity.secrets", "a secret, because only proven visitors are let in", code="empty")
