"""How an article is filed: the value, what makes it fit to be stored, and who may make it so. Pure."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from core.answer import Audience, Reader
from core.errors import Invalid
from core.ids import AgentId, CategoryId
from knowledge.article import Article, checked_text

TAG_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything about an article that is neither its texts nor its address; ``brands``: none means all."""

    category: CategoryId | None
    tags: tuple[str, ...]
    audience: Audience
    brands: tuple[str, ...]
    owner: AgentId | None
    review_by: date | None
    source_language: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What a filing may name; ``owners`` are those who may edit, ``languages`` those that the article is written in."""

    categories: Collection[str]
    brands: Collection[str]
    owners: Collection[str]
    languages: Collection[str]
    today: date


def filing_of(article: Article) -> Filing:
    return Filing(
        article.category_id,
        article.tags,
        article.audience,
        article.brands,
        article.owner,
        article.review_by,
        article.source_language,
    )


def checked_tags(tags: Iterable[str], most: int) -> tuple[str, ...]:
    """In order, in lower case, each once; raises Invalid."""
    plain = (unicodedata.normalize("NFKC", tag).casefold() for tag in tags if tag.strip())
    found = sorted({checked_text("tags", tag, TAG_CHARACTERS) for tag in plain})
    if len(found) > most:
        raise Invalid("tags", f"at most {most} tags, not {len(found)}", code="too_many")
    for tag in found:
        if "," in tag:
            raise Invalid("tags", f"tags without commas, not {tag}")
    return tuple(found)


def check(before: Filing, after: Filing, known: Known) -> None:
    """Whether what is new in ``after`` exists; what was there before may stay. Raises Invalid with the field."""
    if after.category not in {None, before.category, *known.categories}:
        raise Invalid("category_id", "a category that exists", code="category_gone")
    strange = sorted({*after.brands} - {*before.brands, *known.brands})
    if strange:
        raise Invalid("brands", f"brands that exist: {strange[0]} does not", code="brand_gone")
    if after.owner not in {None, before.owner, *known.owners}:
        raise Invalid("owner", "somebody who is there and may edit articles", code="owner_unable")
    if after.source_language not in {before.source_language, *known.languages}:
        raise Invalid("source_language", "a language that the article is written in", code="language_missing")
    if after.review_by not in {None, before.review_by} and after.review_by < known.today:
        raise Invalid(
            "review_by", f"a day that is not over, {known.today.isoformat()} or later", code="day_over"
        )


def is_more_public(before: Filing, after: Filing) -> bool:
    """Whether somebody may read it now who might not before."""
    brands = (None, *before.brands, *after.brands)
    readers = [Reader(audience, brand) for audience in Audience for brand in brands]
    return any(
        reader.may_read(after.audience, after.brands) and not reader.may_read(before.audience, before.brands)
        for reader in readers
    )


def needs_publisher(before: Filing, after: Filing, *, published: bool) -> str | None:
    """The field whose change is a publisher's to make; None when whoever edits may make them all.

    Readers meet the category, audience and brands of what is published; of a draft an editor may choose them, but make
    it no more public than it was.
    """
    if is_more_public(before, after):
        return "brands" if before.audience is after.audience else "audience"
    if not published:
        return None
    changes = (
        ("category_id", before.category, after.category),
        ("audience", before.audience, after.audience),
        ("brands", set(before.brands), set(after.brands)),
    )
    return next((field for field, old, new in changes if old != new), None)
