"""What somebody is told whose request does not have the right form."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Literal

import msgspec
import pytest

from core.errors import Invalid
from core.web import invalid

Email = Annotated[
    str, msgspec.Meta(pattern="^[^@]+@[^@]+$", description="an address such as name@example.com")
]


class Size(Enum):
    S = "s"
    M = "m"
    L = "l"


class Inner(msgspec.Struct):
    size: Size


class Ask(msgspec.Struct, forbid_unknown_fields=True):
    """One field of each kind that may be wrong."""

    email: Email
    colour: Literal["red", "green"] = "red"
    at: datetime | None = None
    code: Annotated[str, msgspec.Meta(pattern="^[0-9]+$")] = "1"
    copies: Annotated[tuple[Email, ...], msgspec.Meta(max_length=9)] | None = None
    by_name: dict[str, Inner | None] = msgspec.field(default_factory=dict)
    times: tuple[tuple[Email, Email], ...] = ()
    level: Annotated[int, msgspec.Meta(ge=1)] = 1


def refusal(body: str) -> Invalid:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(body, type=Ask)
    return invalid(refused.value, Ask)


@pytest.mark.parametrize(
    ("body", "field", "expected"),
    [
        ('{"email": "nobody"}', "email", "an address such as name@example.com"),
        ('{"email": "a@b", "colour": "blue"}', "colour", "green or red"),
        ('{"email": "a@b", "code": "x"}', "code", "a valid value"),
        (
            '{"email": "a@b", "copies": ["a@b", "c"]}',
            "copies[1]",
            "an address such as name@example.com",
        ),
        ('{"email": "a@b", "times": [["a@b", "c"]]}', "times[0][1]", "an address such as name@example.com"),
        ('{"email": "a@b", "by_name": {"x": {"size": "xl"}}}', "by_name[...].size", "s, m or l"),
        ('{"email": "a@b", "at": "soon"}', "at", "a date and time such as 2026-01-31T09:00:00Z"),
        ('{"email": "a@b", "level": 0}', "level", "a whole number >= 1"),
        ('{"email": 3}', "email", "text, not a whole number"),
        ("{}", "email", "a value"),
        ('{"email": "a@b", "size": 3}', "size", "no such field"),
    ],
)
def test_an_error_names_the_field_and_what_a_person_would_understand(
    body: str, field: str, expected: str
) -> None:
    error = refusal(body)
    assert (error.field, error.expected) == (field, expected)


def test_a_pattern_is_not_shown_whatever_the_field() -> None:
    assert "regex" not in str(refusal('{"email": "nobody"}'))
