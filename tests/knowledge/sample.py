"""The sample company's articles, text by text, for whoever measures how well questions about them are answered."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.article import Content
from knowledge.transfer.reading import read
from knowledge.transfer.settings import Rules

ARTICLES = Path(__file__).parents[2] / "app" / "sample" / "articles"


@dataclass(frozen=True, slots=True)
class Source:
    """An article in one language."""

    slug: str
    language: str
    content: Content


def read_sample() -> list[Source]:
    """In the order of languages, and then of slugs."""
    found = [
        Source(article.slug, language, edition.versions[-1].content)
        for article in read(ARTICLES, Rules()).articles
        for language, edition in article.editions.items()
    ]
    return sorted(found, key=lambda each: (each.language, each.slug))
