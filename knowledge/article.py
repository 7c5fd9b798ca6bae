"""Articles and their revisions: the values, and what makes one fit to be stored."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from babel import Locale

from core.answer import Audience
from core.errors import Invalid, NotFound
from core.ids import AgentId, ArticleId, CategoryId

TITLE_CHARACTERS = 200
BODY_CHARACTERS = 50_000
QUESTIONS = 50
QUESTION_CHARACTERS = 300
CATEGORY_CHARACTERS = 80
SLUG_CHARACTERS = 80
NOTE_CHARACTERS = 300

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Whatever Unicode calls a control character but line ends and tabs, and halves of characters.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class State(StrEnum):
    """What there is of an article in one language: ``BOTH`` is a published revision and a newer draft."""

    DRAFT = "draft"
    PUBLISHED = "published"
    BOTH = "both"


class Place(StrEnum):
    """Where one revision stands among the others of its language."""

    PUBLISHED = "published"
    DRAFT = "draft"
    EARLIER = "earlier"


class Stage(StrEnum):
    """Where the newest revision stands on its way to being published, while it is not."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class Content:
    """What an editor writes: ``body`` is Markdown, ``questions`` other ways in which customers ask for it."""

    title: str
    body: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable version in one language; ``published_at`` only while it is the published one.

    ``note`` says in a line what changed; ``source_number``: the revision in the article's source language that it
    was translated from.
    """

    number: int
    content: Content
    author: AgentId | None
    created_at: datetime
    published_at: datetime | None = None
    note: str = ""
    source_number: int | None = None


@dataclass(frozen=True, slots=True)
class RevisionMark:
    """A line of the history: everything about a revision but its text."""

    number: int
    author: AgentId | None
    at: datetime
    place: Place


@dataclass(frozen=True, slots=True)
class Edition:
    """An article in one language; ``draft`` is the newest revision unless that is the published one."""

    published: Revision | None
    draft: Revision | None
    history: tuple[RevisionMark, ...]

    @property
    def newest(self) -> int:
        """The number that the next edit must be based on."""
        return max(mark.number for mark in self.history)

    @property
    def state(self) -> State:
        if self.published is None:
            return State.DRAFT
        return State.PUBLISHED if self.draft is None else State.BOTH


@dataclass(frozen=True, slots=True)
class Article:
    """One answer, in as many languages as somebody wrote it in; ``slug`` is its name in addresses.

    ``category``: the names of its category by language (``filing.category.name_in`` picks one), none if it is in none;
    ``brands``: none means all; ``source_language``: the one that its translations follow; ``review_by``: when its owner
    should look at it again; ``version`` rises with each change of anything but its texts.
    """

    id: ArticleId
    slug: str
    category: Mapping[str, str]
    editions: Mapping[str, Edition]
    created_at: datetime
    updated_at: datetime
    category_id: CategoryId | None = None
    audience: Audience = Audience.PUBLIC
    brands: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    owner: AgentId | None = None
    review_by: date | None = None
    source_language: str | None = None
    archived_at: datetime | None = None
    version: int = 1


def checked(content: Content) -> Content:
    """The content without stray space, empty and repeated questions; raises Invalid, which names the field."""
    title = _line("title", content.title, TITLE_CHARACTERS)
    body = content.body.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not body:
        raise Invalid("body", "the article's text")
    if len(body) > BODY_CHARACTERS:
        raise Invalid("body", f"at most {BODY_CHARACTERS} characters, not {len(body)}")
    without_controls("body", body)
    asked = [question for question in content.questions if question.strip()]
    lines = [_line("questions", question, QUESTION_CHARACTERS) for question in asked]
    questions = tuple(dict.fromkeys(lines))
    if len(questions) > QUESTIONS:
        raise Invalid("questions", f"at most {QUESTIONS} questions, not {len(questions)}")
    return Content(title, body, questions)


def checked_category(category: str, field: str = "category") -> str:
    return _line(field, category, CATEGORY_CHARACTERS)


def checked_text(field: str, value: str, limit: int) -> str:
    """One line of at most ``limit`` characters, without stray space; raises Invalid."""
    return _line(field, value, limit)


def checked_note(note: str) -> str:
    """What changed, in a line that may be empty."""
    return _line("note", note, NOTE_CHARACTERS) if note.strip() else ""


def checked_language(language: str, field: str = "language") -> str:
    if not _LANGUAGE.fullmatch(language) or language.split("-", 1)[0] not in _languages():
        raise Invalid(field, "a language tag such as en, zh or pt-BR, of a language that there is")
    return language


@cache
def _languages() -> frozenset[str]:
    """The codes of all languages that the Unicode consortium has a name for."""
    return frozenset(Locale("en").languages)


def checked_slug(slug: str) -> str:
    if len(slug) > SLUG_CHARACTERS or not _SLUG.fullmatch(slug):
        raise Invalid("slug", f"at most {SLUG_CHARACTERS} lower-case letters, digits and single hyphens")
    return slug


def slug_of(title: str) -> str | None:
    """The title's plain Latin words joined by hyphens; None when it has none, as in Chinese."""
    plain = unicodedata.normalize("NFKD", title).casefold().replace("'", "").replace("’", "")
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > SLUG_CHARACTERS:
            break
        slug = longer
    return slug or None


def edition_of(history: Sequence[RevisionMark], texts: Mapping[int, Revision]) -> Edition:
    """``history`` of one language, the newest first; ``texts``, by number, of what is published and of the draft."""
    published, draft = (
        next((texts[mark.number] for mark in history if mark.place is place), None)
        for place in (Place.PUBLISHED, Place.DRAFT)
    )
    return Edition(published, draft, tuple(history))


def published_only(article: Article) -> Article:
    """What whoever writes no articles may see of it: no draft, and none of the revisions before. Raises NotFound for nothing."""
    shown = {
        language: Edition(
            edition.published, None, tuple(mark for mark in edition.history if mark.place is Place.PUBLISHED)
        )
        for language, edition in article.editions.items()
        if edition.published is not None
    }
    if not shown or article.archived_at is not None:
        raise NotFound(f"there is no article {article.id}")
    return replace(article, editions=shown)


def place(number: int, newest: int, published: int | None) -> Place:
    if number == published:
        return Place.PUBLISHED
    return Place.DRAFT if number == newest else Place.EARLIER


def _line(field: str, value: str, limit: int) -> str:
    line = " ".join(value.split())
    if not line:
        raise Invalid(field, "one line of text")
    if len(line) > limit:
        raise Invalid(field, f"at most {limit} characters, not {len(line)}")
    without_controls(field, line)
    return line


def without_controls(field: str, value: str) -> None:
    """Refuse what PostgreSQL cannot store (NUL), what no encoding can (lone surrogates), and the like."""
    found = _CONTROL.search(value)
    if found is not None:
        raise Invalid(field, f"text without control characters, not U+{ord(found.group()):04X}")
