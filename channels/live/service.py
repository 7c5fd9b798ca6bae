"""What live visitors are told of those who answer: small Protocols that others satisfy, and what follows from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from channels.live import protocol as wire
from core.answer import PUBLIC_READER, Answer, Reader
from core.ids import ConversationId, QueueId
from core.store.tx import Tx


class Hours(Protocol):
    """When a queue's people work."""

    def there_now(self, tx: Tx, queue: QueueId) -> bool | None:
        """Within its hours, and also beyond them while somebody takes work; None where it has none: nothing is promised."""
        ...

    def opens_at(self, queue: QueueId) -> datetime | None:
        """When they are there next; None while they are, or when nobody knows."""
        ...


class Place(Protocol):
    """Where a conversation stands in its queue: 1 for next; ``expected_wait_s`` None where nobody knows."""

    @property
    def position(self) -> int: ...

    @property
    def expected_wait_s(self) -> int | None: ...


class Waiting(Protocol):
    """The lines in which conversations wait."""

    def places(self, tx: Tx, conversations: Collection[ConversationId]) -> Mapping[ConversationId, Place]:
        """Of those among them that wait."""
        ...

    def expected_s(self, tx: Tx, queue: QueueId) -> int | None:
        """Seconds until somebody who comes now is answered by a person; None where nobody knows."""
        ...


class Articles(Protocol):
    """The published articles."""

    async def search(
        self, q: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        """What may be meant, likeliest first; the last word may be only begun."""
        ...


class NoHours:
    """Nothing is known of when anybody works."""

    def there_now(self, tx: Tx, queue: QueueId) -> bool | None:
        return None

    def opens_at(self, queue: QueueId) -> datetime | None:
        return None


class NoLine:
    """Nothing is known of who waits."""

    def places(self, tx: Tx, conversations: Collection[ConversationId]) -> Mapping[ConversationId, Place]:
        return {}

    def expected_s(self, tx: Tx, queue: QueueId) -> int | None:
        return None


class NoArticles:
    """There are none."""

    async def search(
        self, q: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        return ()


@dataclass(frozen=True, slots=True)
class Around:
    """What others know; by default nobody knows anything."""

    hours: Hours = field(default_factory=NoHours)
    waiting: Waiting = field(default_factory=NoLine)
    articles: Articles = field(default_factory=NoArticles)


def service_of(tx: Tx, queue: QueueId, around: Around) -> wire.ServiceOut:
    """Whether a queue's people are there; while they are not, how long it takes says only when they are next."""
    there = around.hours.there_now(tx, queue)
    expected_s = None if there is False else around.waiting.expected_s(tx, queue)
    return wire.ServiceOut(there, None if there else around.hours.opens_at(queue), expected_s)
