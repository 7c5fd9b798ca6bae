"""Identifiers: one type a noun, and the source that makes new ones."""

from collections.abc import Callable
from typing import NewType, Protocol

from core.clock import Clock

AgentId = NewType("AgentId", str)
ArticleId = NewType("ArticleId", str)
CannedReplyId = NewType("CannedReplyId", str)
CategoryId = NewType("CategoryId", str)
ContactId = NewType("ContactId", str)
ContactMergeId = NewType("ContactMergeId", str)
ContactPointId = NewType("ContactPointId", str)
ConversationId = NewType("ConversationId", str)
HoursId = NewType("HoursId", str)
InboxId = NewType("InboxId", str)
MediaId = NewType("MediaId", str)
MessageId = NewType("MessageId", str)
OrderId = NewType("OrderId", str)
OrderRequestId = NewType("OrderRequestId", str)
QueueId = NewType("QueueId", str)
RearrangementId = NewType("RearrangementId", str)
ReservationId = NewType("ReservationId", str)
RuleId = NewType("RuleId", str)
SimulationId = NewType("SimulationId", str)
SkillId = NewType("SkillId", str)
SLAPolicyId = NewType("SLAPolicyId", str)
TurnId = NewType("TurnId", str)
VerificationId = NewType("VerificationId", str)
WrapUpId = NewType("WrapUpId", str)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_BITS, _RANDOM_BITS, _LENGTH = 48, 80, 26


class Ids(Protocol):
    """Makes identifiers that never repeat."""

    def new(self) -> str: ...


class TimeOrderedIds:
    """ULIDs: 26 characters, 48 bits of milliseconds before 80 random ones, so that new rows lie side by side.

    Source: the ULID specification (github.com/ulid/spec), in lower case.
    """

    def __init__(self, clock: Clock, random_bits: Callable[[int], int]) -> None:
        self._clock = clock
        self._random_bits = random_bits

    def new(self) -> str:
        milliseconds = int(self._clock.now().timestamp() * 1000) & ((1 << _TIME_BITS) - 1)
        value = (milliseconds << _RANDOM_BITS) | self._random_bits(_RANDOM_BITS)
        return "".join(_ALPHABET[(value >> shift) & 31] for shift in range((_LENGTH - 1) * 5, -1, -5))
