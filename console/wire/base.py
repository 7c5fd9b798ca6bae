"""What the shapes of the wire have in common: two bases, lists, errors, and words with a fixed set of values."""

from datetime import datetime
from typing import Annotated, Generic, Literal, TypeVar

import msgspec

T = TypeVar("T")

StatusState = Literal["open", "waiting", "snoozed", "resolved", "closed"]
HandlerKind = Literal["bot", "queue", "agent", "nobody"]
AuthorKind = Literal["contact", "bot", "agent", "system"]
DueKind = Literal["first", "next", "resolution"]
StageName = Literal["draft", "in_review", "changes_requested", "approved", "scheduled"]
ArticleState = Literal["published", "draft", "both"]

INTEGER_MOST = 2_147_483_647
"""The highest number that a column of the database holds."""
Count = Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MOST)]
Number = Annotated[int, msgspec.Meta(ge=1, le=INTEGER_MOST)]

Name = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$",
        max_length=200,
        description="one line with something in it",
    ),
]
"""One line with something in it."""
Line = Annotated[str, msgspec.Meta(max_length=500)]
Subject = Annotated[
    str, msgspec.Meta(pattern=r"^[^\x00-\x1f\x7f\x85\u2028\u2029]*$", max_length=300, description="one line")
]
"""One line, perhaps with nothing in it."""
Address = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[^@\s<>()\[\]\\,;:\"\x00-\x1f\x7f]+@[^@\s<>()\[\]\\,;:\"\x00-\x1f\x7f]+$",
        max_length=254,
        description="an address such as name@example.com",
    ),
]
"""Of a mailbox, without a name beside it."""
Language = Annotated[
    str,
    msgspec.Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="a language such as en or zh"),
]
Seconds = Annotated[int, msgspec.Meta(ge=1, le=366 * 86_400)]
Level = Annotated[int, msgspec.Meta(ge=1, le=5, description="a level from 1 to 5")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Answer(msgspec.Struct, frozen=True):
    """What the server says: every field is always there."""


class Ask(msgspec.Struct, frozen=True):
    """What a client sends: a field with a default may be left out; unknown fields are ignored."""


class Items(Answer, Generic[T], frozen=True):
    """A whole list; lists that can grow long have a cursor of their own."""

    items: tuple[T, ...]


class Fault(Answer, frozen=True):
    """What was wrong: ``field`` and ``expected`` where a field of the input was."""

    code: str
    field: str | None
    expected: str | None
    message: str


class ApiErrorBody(Answer, frozen=True):
    """The body of every answer from 400 on."""

    error: Fault
