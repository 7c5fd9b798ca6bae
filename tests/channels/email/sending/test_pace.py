"""How many mails of an inbox leave in a minute, and in which order."""

from random import Random

from channels.email.sending.pace import Pace


def test_a_minutes_worth_leaves_at_once_and_the_rest_when_there_is_room_again() -> None:
    pace = Pace()
    assert [pace.wait_s("a", n, 3, 0.0) for n in range(5)] == [0, 0, 0, 60, 60]
    assert pace.wait_s("b", "x", 3, 0.0) == 0


def test_a_place_is_kept_and_used_once() -> None:
    pace = Pace()
    assert pace.wait_s("a", 1, 1, 0.0) == 0
    assert [pace.wait_s("a", 2, 1, at) for at in (0.0, 10.0, 59.0)] == [60, 50, 1]
    assert pace.wait_s("a", 3, 1, 30.0) == 90
    assert pace.wait_s("a", 2, 1, 60.0) == 0
    assert pace.wait_s("a", 3, 1, 60.0) == 60


def test_nobody_overtakes_and_no_minute_has_more_than_the_rate() -> None:
    pace, random, now = Pace(), Random(7), 0.0
    left: list[tuple[float, int]] = []
    waiting: list[int] = []
    for number in range(300):
        now += random.random() * 4
        waiting.append(number)
        for each in list(waiting):
            if pace.wait_s("a", each, 10, now) == 0:
                waiting.remove(each)
                left.append((now, each))
    assert [each for _, each in left] == sorted(each for _, each in left)
    times = [at for at, _ in left]
    assert all(later - earlier >= 60 - 4 for earlier, later in zip(times, times[10:], strict=False))


def test_a_changed_rate_counts_what_has_left_already() -> None:
    pace = Pace()
    assert [pace.wait_s("a", n, 5, 0.0) for n in range(3)] == [0, 0, 0]
    assert pace.wait_s("a", "x", 2, 1.0) == 59
