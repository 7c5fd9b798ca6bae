"""What somebody is told whose request does not have the right form."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
import pytest

from core.errors import Invalid
from core.web import invalid


class Ask(msgspec.Struct, forbid_unknown_fields=True):
    """One field of each kind that may be wrong."""

    email: Annotated[str, msgspec.Meta(pattern="^[^@]+@[^@]+$")]
    colour: Literal["red", "green"] = "red"
    at: datetime | None = None
    level: Annotated[int, msgspec.Meta(ge=1)] = 1


def refusal(body: str) -> Invalid:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(body, type=Ask)
    return invalid(refused.value)


@pytest.mark.parametrize(
    ("body", "field", "expected"),
    [
        ('{"email": "nobody"}', "email", "a valid value"),
        ('{"email": "a@b", "colour": "blue"}', "colour", "a valid value"),
        ('{"email": "a@b", "at": "soon"}', "at", "a date and time such as 2026-01-31T09:00:00Z"),
        ('{"email": "a@b", "level": 0}', "level", "int >= 1"),
        ('{"email": 3}', "email", "str, got int"),
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
