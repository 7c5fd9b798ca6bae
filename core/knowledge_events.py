"""Facts about the knowledge base; ``core.events`` has the union of all facts."""

from dataclasses import dataclass

from core.ids import AgentId, ArticleId


@dataclass(frozen=True, slots=True)
class ArticlePublished:
    """A revision of an article is what everybody reads from now on."""

    article: ArticleId
    language: str
    revision: int


@dataclass(frozen=True, slots=True)
class ArticleUnpublished:
    """An article is no longer shown in this language."""

    article: ArticleId
    language: str


@dataclass(frozen=True, slots=True)
class ArticleEdited:
    """A new draft revision exists."""

    article: ArticleId
    language: str
    revision: int


@dataclass(frozen=True, slots=True)
class ArticleChanged:
    """Something about the article but its texts is another now: who may read it, where it is filed, its address."""

    article: ArticleId


@dataclass(frozen=True, slots=True)
class ReviewAsked:
    """The author wants the revision looked at; ``by`` who asked."""

    article: ArticleId
    language: str
    revision: int
    by: AgentId


@dataclass(frozen=True, slots=True)
class ReviewDecided:
    """A reviewer has decided on the revision; ``approved`` False: changes are requested."""

    article: ArticleId
    language: str
    revision: int
    by: AgentId
    approved: bool


@dataclass(frozen=True, slots=True)
class StageChanged:
    """The revision stands elsewhere than before, by something but asking and deciding: withdrawn, scheduled, let go.

    ``stage`` as in ``knowledge.article.Stage``.
    """

    article: ArticleId
    language: str
    revision: int
    stage: str


@dataclass(frozen=True, slots=True)
class CommentAdded:
    """Somebody said something about a revision, or answered it."""

    article: ArticleId
    language: str
    comment: str


@dataclass(frozen=True, slots=True)
class CommentResolved:
    """What somebody said about a revision is settled; ``resolved`` False: it is open again."""

    article: ArticleId
    language: str
    comment: str
    resolved: bool


@dataclass(frozen=True, slots=True)
class ArticleFlagged:
    """An agent says that something is wrong with the article."""

    article: ArticleId
    language: str
    flag: str


@dataclass(frozen=True, slots=True)
class FlagResolved:
    """Somebody has seen to what an agent said about the article."""

    article: ArticleId
    language: str
    flag: str


@dataclass(frozen=True, slots=True)
class KnowledgeChanged:
    """Something that many articles rest on changed; ``what`` is categories, synonyms, reusables or brands."""

    what: str
