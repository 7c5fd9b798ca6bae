"""Why an agent was asked: from what routing stored with the reservation; the page finds the words for the code."""

from collections.abc import Mapping
from typing import Any

import msgspec

from console.queries.messages import Names
from console.wire.conversation import Candidate, Reason


class _StoredCandidate(msgspec.Struct, frozen=True):
    agent: str
    index: float = 0.0
    skills: dict[str, int] = msgspec.field(default_factory=dict)


class _StoredReason(msgspec.Struct, frozen=True):
    code: str = ""
    candidates: tuple[_StoredCandidate, ...] = ()


def reason_of(stored: Mapping[str, Any], names: Names) -> Reason:
    """``stored`` is the column ``reason`` of a reservation; ``names`` knows its candidates."""
    reason = msgspec.convert(stored, _StoredReason)
    candidates = tuple(
        Candidate(each.agent, names.get(each.agent) or "", each.index, each.skills)
        for each in reason.candidates
    )
    return Reason(reason.code, "", candidates)


def candidates_of(stored: Mapping[str, Any]) -> set[str]:
    """Whose names ``reason_of`` needs."""
    return {each.agent for each in msgspec.convert(stored, _StoredReason).candidates}
