"""Translations: whether one still says what its source says, and which are missing. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.article import Article, Edition


@dataclass(frozen=True, slots=True)
class Translation:
    """``followed``: the revision of the source that it was made from, None where nobody knows; ``number``: its own newest."""

    language: str
    number: int
    followed: int | None
    stale: bool


def is_stale(followed: int | None, shown: int | None, ever_shown: Collection[int]) -> bool:
    """Whether the source has been published anew since the revision that the translation follows.

    ``shown``: the source's published revision, ``ever_shown``: all that were published at any time. Who follows a newer
    one than is shown has translated ahead, unless that one was shown already and has been unpublished since.
    """
    if followed is None or shown is None or followed == shown:
        return False
    return followed < shown or followed in ever_shown


def translations_of(
    article: Article, followed: Mapping[str, int | None], ever_shown: Collection[int]
) -> tuple[Translation, ...]:
    """Of each language but the source; ``followed`` by language, of its newest revision."""
    source = article.editions.get(article.source_language or "")
    shown = None if source is None or source.published is None else source.published.number
    return tuple(
        Translation(
            language,
            edition.newest,
            followed.get(language),
            is_stale(followed.get(language), shown, ever_shown),
        )
        for language, edition in sorted(article.editions.items())
        if language != article.source_language
    )


def to_follow(source: Edition | None) -> int | None:
    """What a translation begun now is made from: what readers see of the source, else its newest text."""
    if source is None:
        return None
    return source.newest if source.published is None else source.published.number


def missing(written: Collection[str], wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(language for language in wanted if language not in written)


def in_all(languages: Iterable[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """Those wanted, in their order, then any others that something is written in."""
    return (*wanted, *sorted(set(languages) - set(wanted)))
