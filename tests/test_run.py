"""`make test` and `make soak` together run each test once, whatever marks it carries."""

import itertools

import pytest
from _pytest.mark.expression import Expression

from tests.run import CHECKS, MARKED, SOAK, Part

MARKS = ("served", "server", "rasa", "browser", "postgres", "soak")


def selects(part: Part, marks: set[str]) -> bool:
    expression = part.command[part.command.index("-m", 2) + 1]
    return Expression.compile(expression).evaluate(lambda name, /, **_: name in marks)


@pytest.mark.parametrize("carried", list(itertools.product((False, True), repeat=len(MARKS))))
def test_each_test_belongs_to_one_part(carried: tuple[bool, ...]) -> None:
    marks = {mark for mark, there in zip(MARKS, carried, strict=True) if there}
    parts = [part for part in (CHECKS[-1], *MARKED, SOAK[0]) if selects(part, marks)]
    assert len(parts) == 1, [part.name for part in parts]
