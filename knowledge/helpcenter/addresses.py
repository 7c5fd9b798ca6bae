"""Where everything in the help center is; the one place that knows."""

from typing import Final
from urllib.parse import quote, urlencode

ROOT: Final = "/help"
IMAGES: Final = f"{ROOT}/images/"
"""What stands before an image's id (``rendering.Context.images``)."""
SIGN_OUT: Final = f"{ROOT}/sign-out"
SITEMAP: Final = f"{ROOT}/sitemap.xml"
ROBOTS: Final = "/robots.txt"
ICON: Final = "/favicon.ico"
"""Where browsers look for it by themselves, too."""


def front(language: str) -> str:
    return f"{ROOT}/{_part(language)}"


def article(language: str, slug: str, q: str = "") -> str:
    """``Settings.public_url``, or the brand's own address, goes before it where it leaves our pages.

    ``q``: what was searched for before, so that whoever then asks a person need not say it again.
    """
    return f"{front(language)}/articles/{_part(slug)}{_query({'q': q} if q else {})}"


def category(language: str, slug: str) -> str:
    return f"{front(language)}/categories/{_part(slug)}"


def search(language: str, q: str = "", page: int = 1) -> str:
    asked = {"q": q} if q else {}
    if page > 1:
        asked["page"] = str(page)
    return f"{front(language)}/search{_query(asked)}"


def suggest(language: str) -> str:
    """What is suggested as one types, as JSON."""
    return f"{front(language)}/suggest"


def vote(language: str, slug: str) -> str:
    """Where "was this helpful" is sent."""
    return f"{article(language, slug)}/votes"


def contact(language: str, article_slug: str | None = None, q: str = "") -> str:
    """How to reach a person, who will see which article and which search came before."""
    asked = {"article": article_slug} if article_slug else {}
    if q:
        asked["q"] = q
    return f"{front(language)}/contact{_query(asked)}"


def feed(language: str, category_slug: str | None = None) -> str:
    """What was published last, as Atom; everywhere, or in a category."""
    return f"{front(language) if category_slug is None else category(language, category_slug)}/feed.xml"


def sitemap(page: int) -> str:
    """One page of it, from 1; ``SITEMAP`` lists them."""
    return f"{ROOT}/sitemap-{page}.xml"


def image(id: str) -> str:
    return f"{IMAGES}{_part(id)}"


def asset(name: str, version: str) -> str:
    """A file of ours; ``version`` changes with what is in it."""
    return f"{ROOT}/assets/{version}/{_part(name)}"


def _part(text: str) -> str:
    return quote(text, safe="")


def _query(asked: dict[str, str]) -> str:
    return f"?{urlencode(asked)}" if asked else ""
