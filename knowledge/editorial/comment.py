"""Comments on a revision, and where each stands beside the newest text; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.ids import AgentId
from knowledge.editorial.following import Now, follow


@dataclass(frozen=True, slots=True)
class Comment:
    """``line`` of the body of revision ``number``, from 1, and what stood there; None: about all of it.

    ``parent``: the comment that it answers, which answers none.
    """

    id: str
    number: int
    line: int | None
    quote: str
    body: str
    author: AgentId
    created_at: datetime
    parent: str | None = None
    resolved_by: AgentId | None = None
    resolved_at: datetime | None = None


class Where(StrEnum):
    """What became of the line since: it is there as it was, it reads otherwise, or it is gone."""

    WHOLE = "whole"
    HERE = "here"
    CHANGED = "changed"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Placed:
    """``line`` is in the newest text; None where the line is gone, or the comment is about all."""

    comment: Comment
    where: Where
    line: int | None
    answers: tuple[Comment, ...] = ()


def place(comments: Sequence[Comment], bodies: Mapping[int, str]) -> tuple[Placed, ...]:
    """Each comment with its answers, in order of lines, those about all of it first; ``bodies`` by revision number."""
    newest = max(bodies)
    since = {
        number: follow(bodies[number], bodies[newest])
        for number in {each.number for each in comments if each.line is not None and each.parent is None}
        if number != newest and number in bodies
    }
    roots = [each for each in comments if each.parent is None]
    placed = [_placed(each, comments, newest, since) for each in roots]
    return tuple(sorted(placed, key=lambda one: (_order(one), one.comment.created_at, one.comment.id)))


def _placed(
    root: Comment, comments: Sequence[Comment], newest: int, since: Mapping[int, Mapping[int, Now]]
) -> Placed:
    answers = sorted((each for each in comments if each.parent == root.id), key=lambda each: each.created_at)
    where, line = _where(root, newest, since)
    return Placed(root, where, line, tuple(answers))


def _where(root: Comment, newest: int, since: Mapping[int, Mapping[int, Now]]) -> tuple[Where, int | None]:
    if root.line is None:
        return Where.WHOLE, None
    if root.number == newest:
        return Where.HERE, root.line
    now = since.get(root.number, {}).get(root.line)
    if now is None:
        return Where.OUTDATED, None
    return (Where.CHANGED if now.changed else Where.HERE), now.line


def _order(one: Placed) -> tuple[int, int]:
    if one.line is not None:
        return 1, one.line
    return (0, 0) if one.where is Where.WHOLE else (2, one.comment.line or 0)
