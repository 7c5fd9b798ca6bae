"""Review: where an edition stands, what was said about it, what changed between revisions, and what waits for whom."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from console.wire.base import Answer, Ask, Count, Moment, Number, StageName

StepName = Literal[
    "write",
    "ask",
    "withdraw",
    "approve",
    "request_changes",
    "schedule",
    "unschedule",
    "publish",
    "unpublish",
    "unpublish_at",
    "roll_back",
    "hold_back",
    "archive",
    "bring_back",
    "delete",
]
CommentPlace = Literal["whole", "here", "changed", "outdated"]
LineChange = Literal["equal", "inserted", "deleted", "replaced"]
Note = Annotated[str, msgspec.Meta(max_length=2000)]
Said = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
Version = Count


class Colleague(Answer, frozen=True):
    id: str
    name: str


class ReviewStep(Answer, frozen=True):
    """A line of the history, newest first. ``asked``: of whom; ``due_at``: when it is to happen; ``by``: who did it, or planned it for
    that time; null where nobody did.
    """

    revision: int
    step: StepName
    by: Colleague | None
    at: datetime
    note: str
    asked: Colleague | None
    due_at: datetime | None


class ReviewAnswer(Answer, frozen=True):
    id: str
    body: str
    author: Colleague
    at: datetime


class ReviewComment(Answer, frozen=True):
    """``line`` is in the newest revision's body, from 1; null where the line is gone or it is about all.

    ``quote`` is what the line said in ``revision``.
    """

    id: str
    revision: int
    place: CommentPlace
    line: int | None
    quote: str
    body: str
    author: Colleague
    at: datetime
    resolved_by: Colleague | None
    resolved_at: datetime | None
    answers: tuple[ReviewAnswer, ...]


class Review(Answer, frozen=True):
    """An edition: ``revision`` is its newest, ``body`` that one's Markdown, ``shown`` what readers see.

    ``version`` and ``article_version`` go with every step, which is refused where they are others by then. ``steps``
    are what this person can do now; ``fit``: older revisions that may be published again, newest first.
    ``unpublish_at`` is of what is published at ``publish_at``, where that is set, else of what is published now;
    ``gap_from``: when what readers see now is unpublished, where that is before ``publish_at``.
    """

    revision: int
    title: str
    body: str
    shown: int | None
    stage: StageName
    version: int
    article_version: int
    archived: bool
    approved: bool
    review_required: bool
    author: Colleague | None
    reviewer: Colleague | None
    asked_by: Colleague | None
    asked_at: datetime | None
    decided_by: Colleague | None
    decided_at: datetime | None
    publish_at: datetime | None
    unpublish_at: datetime | None
    gap_from: datetime | None
    steps: tuple[StepName, ...]
    reviewers: tuple[Colleague, ...]
    fit: tuple[int, ...]
    history: tuple[ReviewStep, ...]
    comments: tuple[ReviewComment, ...]


class ComparedPiece(Answer, frozen=True):
    """``changed``: only this side has it."""

    text: str
    changed: bool


class ComparedSide(Answer, frozen=True):
    number: int
    pieces: tuple[ComparedPiece, ...]


class ComparedLine(Answer, frozen=True):
    change: LineChange
    old: ComparedSide | None
    new: ComparedSide | None


class ComparedRevision(Answer, frozen=True):
    number: int
    author: Colleague | None
    at: datetime
    note: str


class Comparison(Answer, frozen=True):
    """What changed from one revision to another, line by line and in words; ``same``: nothing."""

    old: ComparedRevision
    new: ComparedRevision
    same: bool
    title: tuple[ComparedLine, ...]
    questions: tuple[ComparedLine, ...]
    body: tuple[ComparedLine, ...]


class ComparedTexts(Answer, frozen=True):
    """Two texts that somebody is at, line by line and in words."""

    title: tuple[ComparedLine, ...]
    body: tuple[ComparedLine, ...]


class EditorialItem(Answer, frozen=True):
    """``by`` is who asked or decided, ``since`` when."""

    article: str
    language: str
    title: str
    revision: int
    author: Colleague | None
    by: Colleague | None
    since: datetime | None
    asked_of: Colleague | None
    due_at: datetime | None


class EditorialWork(Answer, frozen=True):
    """``count``: how much asks something of this person: ``review``, ``change`` and ``publish``."""

    count: int
    review: tuple[EditorialItem, ...]
    change: tuple[EditorialItem, ...]
    publish: tuple[EditorialItem, ...]
    asked: tuple[EditorialItem, ...]
    scheduled: tuple[EditorialItem, ...]


class ReviewAsk(Ask, frozen=True):
    version: Version
    reviewer: str | None = None
    note: Note = ""


class ReviewStepAsk(Ask, frozen=True):
    """A step that needs nothing but what it was based on."""

    version: Version


class ReviewDecision(Ask, frozen=True):
    version: Version
    approved: bool
    note: Note = ""


class Scheduling(Ask, frozen=True):
    """Without ``unpublish_at`` an end that is planned after ``publish_at`` stays; null: there is none.

    What readers see until then keeps its own end.
    """

    version: Version
    publish_at: Moment
    unpublish_at: Moment | UnsetType | None = UNSET
    note: Note = ""


class Ending(Ask, frozen=True):
    """``unpublish_at`` null: no end is planned any more."""

    version: Version
    unpublish_at: Moment | None


class RollBack(Ask, frozen=True):
    version: Version
    revision: Number
    note: Note = ""


class NewComment(Ask, frozen=True):
    """About ``line`` of the revision's body, or about all of it; or in answer to ``parent``."""

    revision: Number
    body: Said
    line: Number | None = None
    parent: str | None = None


class CommentSettling(Ask, frozen=True):
    resolved: bool


class Archiving(Ask, frozen=True):
    """``version`` is the article's."""

    version: Version
    note: Note = ""
