"""Articles for tests of the index."""

from core.answer import AGENT_READER, Audience, Reader
from core.ids import ArticleId
from knowledge.article import Content
from knowledge.index import Filed, Finding, Index, Prepared, prepare
from knowledge.index.synonyms import Group, Synonyms
from knowledge.store import Key

SIGNED_IN = Reader(Audience.SIGNED_IN)
AGENTS = Filed(audience=Audience.AGENTS)


def article(
    slug: str, title: str, body: str = "Text.", *asked: str, language: str = "en", filed: Filed | None = None
) -> Prepared:
    key = Key(ArticleId(slug), language, 1)
    return prepare(key, Content(title, body, asked), filed or Filed(slug))


def index(*articles: Prepared, synonyms: tuple[tuple[str, ...], ...] = ()) -> Index:
    groups = Synonyms(Group("en", words) for words in synonyms)
    return Index({each.key: each for each in articles}, groups)


def look(
    of: Index, question: str, reader: Reader = AGENT_READER, *, language: str = "en", complete: bool = True
) -> Finding:
    return of.finder.find(question, language, 10, reader, complete=complete)


def found(of: Index, question: str, reader: Reader = AGENT_READER, *, language: str = "en") -> list[str]:
    return [hit.document.article for hit in look(of, question, reader, language=language).hits]
