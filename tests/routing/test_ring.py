"""How long an offer rings."""

from datetime import timedelta

import pytest

from routing import ring
from routing.settings import RoutingSettings
from tests.builders import MORNING

SETTINGS = RoutingSettings(offer_s=30, offer_least_s=10, offer_slack_share=0.5)


@pytest.mark.parametrize(
    ("slack_s", "expected"), [(600, 30), (60, 30), (40, 20), (20, 10), (5, 10), (0, 10), (-100, 10)]
)
def test_it_rings_for_a_share_of_the_time_left_so_that_a_second_agent_can_still_answer(
    slack_s: int, expected: float
) -> None:
    deadline = MORNING + timedelta(seconds=slack_s)
    assert ring.seconds(deadline, MORNING, SETTINGS, standby=True) == expected


def test_without_a_second_agent_or_without_a_deadline_it_rings_in_full() -> None:
    soon = MORNING + timedelta(seconds=20)
    assert ring.seconds(soon, MORNING, SETTINGS, standby=False) == 30
    assert ring.seconds(None, MORNING, SETTINGS, standby=True) == 30


def test_the_least_is_never_more_than_the_most() -> None:
    settings = RoutingSettings(offer_s=5, offer_least_s=10)
    assert ring.seconds(MORNING, MORNING, settings, standby=True) == 5
