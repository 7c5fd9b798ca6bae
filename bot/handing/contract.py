"""What handing over needs of others: small Protocols, all asked inside a transaction."""

from collections.abc import Callable
from typing import Protocol

from bot.contract import Turn
from bot.handing.service import Service
from bot.handing.values import Topic
from bot.proposals import Understanding
from core.ids import AgentId, ConversationId, QueueId
from core.store.tx import Tx


class Staff(Protocol):
    """Who answers for a queue, and when."""

    def service(self, tx: Tx, queue: QueueId) -> Service:
        """At this moment, in this transaction."""
        ...


class Topics(Protocol):
    """The supervisors' rules that lead to a person."""

    def topic_of(self, tx: Tx, turn: Turn, understood: Understanding | None = None) -> Topic | None:
        """The first rule that holds, of those that ask for no more than is known; None where none does."""
        ...


Returns = Callable[[Tx, ConversationId, AgentId], bool]
"""Gives a conversation that waits back to an agent who had it; False where they are away or full, and it waits on."""


class Addresses(Protocol):
    """Where customers can be reached when they have gone."""

    def wanted(self, tx: Tx, conversation: ConversationId) -> bool:
        """Whether an answer would reach them elsewhere if they left an address, and they have left none."""
        ...
