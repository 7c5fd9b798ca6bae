"""Pages out of templates: everything that is put in is escaped, except what rendering has made harmless."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.texts import Texts
from knowledge.helpcenter import addresses
from knowledge.helpcenter.words import Words
from knowledge.rendering import Html

HERE = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that a page can be read in, and where; ``shown``: it is the one of this page."""

    language: str
    name: str
    href: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What search engines and others who link here read of a page.

    ``canonical`` and ``alternates`` (by language) are whole addresses; ``index``: whether it may be found by search
    engines; ``data``: what JSON-LD says of it.
    """

    title: str
    description: str = ""
    canonical: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    kind: str = "website"
    index: bool = True
    data: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Dress:
    """How the brand looks, and what every page of it has: addresses within our host."""

    name: str
    theme: str
    style: str
    script: str
    logo: str | None = None
    home: str | None = None
    chat: tuple[str, str] | None = None
    contact: bool = False
    signed_in: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the content of each page; ``q``: what was searched for; ``about``: the article's slug."""

    words: Words
    head: Head
    dress: Dress
    tongues: tuple[Tongue, ...] = ()
    q: str = ""
    about: str | None = None
    searches: bool = True
    trail: tuple[tuple[str, str], ...] = field(default=())


class Drawer:
    """One a process; ``word_languages`` are those that have texts of their own."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._words: dict[str, Words] = {}
        self._templates = Environment(
            loader=FileSystemLoader(HERE),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.globals["to"] = addresses

    def words(self, language: str) -> Words:
        """Only for languages that a brand or the settings name: each is kept."""
        if language not in self._words:
            self._words[language] = Words(self._texts, language)
        return self._words[language]

    def page(self, template: str, frame: Frame, content: Mapping[str, Any]) -> str:
        found = self._templates.get_template(f"{template}.html")
        return found.render(frame=frame, say=frame.words, **content)


def harmless(html: Html) -> Markup:
    """The one place where HTML is taken as it is: ``knowledge.rendering`` has made it harmless."""
    return Markup(html.body)  # noqa: S704 (see above)
