"""What operators may say of agents, queues and inboxes."""

from collections.abc import Callable

import pytest

from core.errors import Invalid
from core.ids import SkillId
from routing import checking

KNOWN = {"german", "billing"}


@pytest.mark.parametrize(
    ("check", "field", "words"),
    [
        (lambda: checking.checked_capacity(0), "capacity", "from 1 to 100000, not 0"),
        (lambda: checking.checked_capacity(-3), "capacity", "not -3"),
        (lambda: checking.checked_weight(0), "weight", "from 1 to 100000, not 0"),
        (lambda: checking.checked_priority(-1), "priority", "from 0 (usual) to 100 (first), not -1"),
        (lambda: checking.checked_priority(101), "priority", "not 101"),
        (lambda: checking.checked_seconds(-1, "delays.ada"), "delays.ada", "not -1"),
        (lambda: checking.checked_seconds(86_401, "routing.wrap_up_s"), "routing.wrap_up_s", "a day"),
        (lambda: checking.checked_skills([("french", 2)], KNOWN), "skills[0].skill", "not 'french'"),
        (lambda: checking.checked_skills([("german", 0)], KNOWN), "skills[0].level", "from 1 to 5, not 0"),
        (
            lambda: checking.checked_skills([("billing", 2), ("german", 6)], KNOWN),
            "skills[1].level",
            "from 1 to 5, not 6",
        ),
        (
            lambda: checking.checked_skills([("german", 1), ("german", 2)], KNOWN),
            "skills[1].skill",
            "each skill once",
        ),
        (lambda: checking.checked_channels([], {"email"}), "channels", "at least one"),
        (lambda: checking.checked_channels(["fax"], {"email"}), "channels", "not 'fax'"),
        (lambda: checking.checked_reserve(3, 2), "routing.reserve", "from 0 to 2"),
        (lambda: checking.checked_reserve(-1, 2), "routing.reserve", "not -1"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field_and_a_sentence(
    check: Callable[[], object], field: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check()
    assert refused.value.field == field
    assert words in refused.value.expected


def test_what_makes_sense_is_taken() -> None:
    assert checking.checked_capacity(1) == 1
    assert checking.checked_priority(0) == 0
    assert checking.checked_skills([("german", 5)], KNOWN) == {SkillId("german"): 5}
    assert checking.checked_channels(None, {"email"}) is None
    assert checking.checked_channels(["widget", "email", "email"], {"email", "widget"}) == ("email", "widget")
