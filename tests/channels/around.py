"""What others know of hours, lines and articles, as a test sets it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from channels.live.service import Around
from core.answer import PUBLIC_READER, Answer, Reader
from core.ids import ArticleId, ConversationId, QueueId
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Stands:
    """A place in line."""

    position: int
    expected_wait_s: int | None = None


@dataclass(slots=True)
class Surroundings:
    """Set its fields; it is the hours, the line and the articles at once."""

    open: bool | None = None
    opens: datetime | None = None
    expected: int | None = None
    line: dict[str, Stands] = field(default_factory=dict)
    articles: list[Answer] = field(default_factory=list)
    looked: int = 0

    def there_now(self, tx: Tx, queue: QueueId) -> bool | None:
        return self.open

    def opens_at(self, queue: QueueId) -> datetime | None:
        return self.opens

    def places(self, tx: Tx, conversations: Collection[ConversationId]) -> Mapping[ConversationId, Stands]:
        self.looked += 1
        return {each: self.line[each] for each in conversations if each in self.line}

    def expected_s(self, tx: Tx, queue: QueueId) -> int | None:
        return self.expected

    async def search(
        self, q: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        return [each for each in self.articles if each.language == language][:limit]

    def around(self) -> Around:
        return Around(self, self, self)


def an_article(title: str, *, language: str = "en", probability: float = 0.9) -> Answer:
    """Something that is published."""
    key = ArticleId(title.lower())
    return Answer(key, 1, language, title, f"All about {title}.", f"About {title}.", probability)
