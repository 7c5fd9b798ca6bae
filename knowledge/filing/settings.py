"""Every limit of filing, by name; ``app/settings.py`` may give others."""

from dataclasses import dataclass

from knowledge.filing.category import CATEGORIES


@dataclass(frozen=True, slots=True)
class FilingSettings:
    """``languages``: those in which every article should exist.

    There are at most so many ``categories``, ``tags`` on an article and ``redirects`` by hand to one; a page of the list has ``page``
    articles, and none of its counts goes on beyond ``counted``.
    """

    languages: tuple[str, ...] = ("en", "zh")
    categories: int = CATEGORIES
    tags: int = 30
    redirects: int = 100
    page: int = 50
    counted: int = 10_000
