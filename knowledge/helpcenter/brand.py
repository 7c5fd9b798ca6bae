"""Brands: a name and a look, which of our hosts are theirs, and what makes one fit to be stored."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from core.errors import Invalid
from knowledge.article import checked_language, checked_text
from knowledge.helpcenter.colour import checked_colour

EVERYWHERE: Final = "*"
"""A host of the brand that is shown wherever no other one is at home."""

ID_CHARACTERS = 40
NAME_CHARACTERS = 80
WORDS_CHARACTERS = 200
HOME_CHARACTERS = 500
HOSTS = 20
LANGUAGES = 30
WORDS: Final = ("title", "lead")
"""What a brand may say in words of its own: the front page's heading, and the line below it."""

_ID = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_HOST = re.compile(
    r"(?=.{1,253}(:|$))[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?"
)
_IMAGE = re.compile(r"[0-9A-Za-z]{1,40}")
DEFAULT_COLOUR: Final = "#3b5bdb"

Words = Mapping[str, Mapping[str, str]]
"""By language, what ``WORDS`` are there."""


@dataclass(frozen=True, slots=True)
class Brand:
    """``logo`` is the id of an article image, ``home`` the address that the name leads to; no ``languages``: the default ones."""

    id: str
    name: str
    colour: str = DEFAULT_COLOUR
    logo: str | None = None
    home: str | None = None
    hosts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    words: Words = field(default_factory=dict)
    version: int = 1

    def says(self, word: str, language: str) -> str | None:
        """Of ``WORDS``, in this language."""
        return self.words.get(language, {}).get(word)


def of_host(brands: Sequence[Brand], host: str) -> Brand | None:
    """The brand at home on this host (with or without its port), else the one that is everywhere."""
    asked = host.lower().rstrip(".")
    for name in (asked, asked.rpartition(":")[0] or asked, EVERYWHERE):
        for brand in brands:
            if name in brand.hosts:
                return brand
    return None


def checked(brand: Brand, others: Iterable[Brand]) -> Brand:
    """Fit to be stored beside the ``others``. Raises Invalid with the field."""
    if len(brand.id) > ID_CHARACTERS or not _ID.fullmatch(brand.id):
        raise Invalid("id", f"at most {ID_CHARACTERS} lower-case letters, digits and single hyphens")
    hosts = tuple(dict.fromkeys(each.strip().lower().rstrip(".") for each in brand.hosts))
    for host in hosts:
        if host != EVERYWHERE and not _HOST.fullmatch(host):
            raise Invalid("hosts", "names such as help.example.com, or *")
        if any(host in other.hosts for other in others if other.id != brand.id):
            raise Invalid("hosts", f"hosts of no other brand, unlike {host}", code="host_taken")
    if len(hosts) > HOSTS:
        raise Invalid("hosts", f"at most {HOSTS}")
    if brand.logo is not None and not _IMAGE.fullmatch(brand.logo):
        raise Invalid("logo", "the id of an image")
    return Brand(
        id=brand.id,
        name=checked_text("name", brand.name, NAME_CHARACTERS),
        colour=checked_colour(brand.colour),
        logo=brand.logo,
        home=None if not brand.home else _checked_home(brand.home),
        hosts=hosts,
        languages=_checked_languages(brand.languages),
        words=_checked_words(brand.words),
        version=brand.version,
    )


def _checked_home(home: str) -> str:
    try:
        parts = urlsplit(home.strip())
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(home) > HOME_CHARACTERS:
        raise Invalid("home", "an address such as https://www.example.com")
    return checked_text("home", home, HOME_CHARACTERS)


def _checked_languages(languages: Sequence[str]) -> tuple[str, ...]:
    if len(languages) > LANGUAGES:
        raise Invalid("languages", f"at most {LANGUAGES}")
    return tuple(dict.fromkeys(checked_language(each, "languages") for each in languages))


def _checked_words(words: Words) -> dict[str, dict[str, str]]:
    kept: dict[str, dict[str, str]] = {}
    for language, texts in words.items():
        tag = checked_language(language, "words")
        for word, text in texts.items():
            if word not in WORDS:
                raise Invalid(f"words.{tag}", " or ".join(WORDS))
            if text.strip():
                kept.setdefault(tag, {})[word] = checked_text(f"words.{tag}.{word}", text, WORDS_CHARACTERS)
    return kept
