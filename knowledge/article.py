"""Articles and their revisions: the values, and what makes one fit to be stored."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.errors import Invalid
from core.ids import AgentId, ArticleId

TITLE_CHARACTERS = 200
BODY_CHARACTERS = 50_000
QUESTIONS = 50
QUESTION_CHARACTERS = 300
CATEGORY_CHARACTERS = 80
SLUG_CHARACTERS = 80

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ALLOWED_CONTROLS = frozenset("\n\t")


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


@dataclass(frozen=True, slots=True)
class Content:
    """What an editor writes: ``body`` is Markdown, ``questions`` other ways in which customers ask for it."""

    title: str
    body: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable version in one language; ``published_at`` only while it is the published one."""

    number: int
    content: Content
    author: AgentId | None
    created_at: datetime
    published_at: datetime | None = None


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
    """One answer, in as many languages as somebody wrote it in; ``slug`` is its name in addresses."""

    id: ArticleId
    slug: str
    category: str
    editions: Mapping[str, Edition]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """A line of a list; ``title`` and ``author`` are of the newest revision in ``language``."""

    id: ArticleId
    title: str
    language: str
    states: Mapping[str, State]
    category: str
    updated_at: datetime
    author: AgentId | None


def checked(content: Content) -> Content:
    """The content without stray space, empty and repeated questions; raises Invalid, which names the field."""
    title = _line("title", content.title, TITLE_CHARACTERS)
    body = content.body.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not body:
        raise Invalid("body", "the article's text")
    if len(body) > BODY_CHARACTERS:
        raise Invalid("body", f"at most {BODY_CHARACTERS} characters, not {len(body)}")
    _no_controls("body", body)
    asked = [question for question in content.questions if question.strip()]
    lines = [_line("questions", question, QUESTION_CHARACTERS) for question in asked]
    questions = tuple(dict.fromkeys(lines))
    if len(questions) > QUESTIONS:
        raise Invalid("questions", f"at most {QUESTIONS} questions, not {len(questions)}")
    return Content(title, body, questions)


def checked_category(category: str) -> str:
    return _line("category", category, CATEGORY_CHARACTERS)


def checked_language(language: str) -> str:
    if not _LANGUAGE.fullmatch(language):
        raise Invalid("language", "a language tag such as en or zh")
    return language


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


def edition_of(revisions: Sequence[Revision]) -> Edition:
    """The edition that these revisions of one language make up, in any order, at least one."""
    ordered = sorted(revisions, key=lambda revision: revision.number, reverse=True)
    published = next((revision for revision in ordered if revision.published_at is not None), None)
    draft = None if ordered[0] is published else ordered[0]
    return Edition(
        published,
        draft,
        tuple(RevisionMark(r.number, r.author, r.created_at, place(r, draft)) for r in ordered),
    )


def place(revision: Revision, draft: Revision | None) -> Place:
    if revision.published_at is not None:
        return Place.PUBLISHED
    return Place.DRAFT if revision is draft else Place.EARLIER


def _line(field: str, value: str, limit: int) -> str:
    line = " ".join(value.split())
    if not line:
        raise Invalid(field, "one line of text")
    if len(line) > limit:
        raise Invalid(field, f"at most {limit} characters, not {len(line)}")
    _no_controls(field, line)
    return line


def _no_controls(field: str, value: str) -> None:
    """Refuse what PostgreSQL cannot store (NUL), what no encoding can (lone surrogates), and the like."""
    for character in value:
        if character not in _ALLOWED_CONTROLS and unicodedata.category(character) in {"Cc", "Cs"}:
            raise Invalid(field, f"text without control characters, not U+{ord(character):04X}")
