"""What the checker of the faults must find, in made-up accounts of agents."""

import pytest

from tests.chaos.agents import Held
from tests.chaos.checks import check_held
from tests.chaos.farm import CAPACITY


def test_one_after_the_other_is_in_order() -> None:
    check_held([Held("ada", "c1", 0, 1), Held("bob", "c1", 1, 2), Held("ada", "c2", 0, 3)])


def test_two_agents_on_one_conversation_are_found() -> None:
    with pytest.raises(AssertionError, match="c1 is ada's and bob's"):
        check_held([Held("bob", "c1", 1, 2), Held("ada", "c1", 0, 1.5)])


def test_more_conversations_than_an_agent_may_have_are_found() -> None:
    with pytest.raises(AssertionError, match=f"ada has {CAPACITY + 1}"):
        check_held([Held("ada", f"c{at}", at, 10) for at in range(CAPACITY + 1)])
