"""How fast a bot sends, to whom first, and how it rests when it is told to."""

import heapq
from collections import Counter, defaultdict
from random import Random

from channels.telegram.sending.pace import Pace, Rate, Ticket

CHAT = Rate(1, 3)
FAST = Rate(1000, 1000)


def a_ticket(reply: object, chat: str = "c", *, bot: str = "b", count: int = 1, rate: Rate = CHAT) -> Ticket:
    return Ticket(bot, chat, reply, count, rate)


def leave(pace: Pace, tickets: list[tuple[float, Ticket]]) -> list[tuple[float, Ticket]]:
    """Each asks at its time and again whenever it was told to; when each left."""
    asks = [(at, number, ticket) for number, (at, ticket) in enumerate(tickets)]
    heapq.heapify(asks)
    left = []
    while asks:
        now, number, ticket = heapq.heappop(asks)
        wait_s = pace.wait_s(ticket, now)
        if wait_s > 0:
            heapq.heappush(asks, (now + wait_s, number, ticket))
        else:
            left.append((now, ticket))
    return left


def test_a_few_leave_at_once_and_then_one_a_second() -> None:
    left = leave(Pace(FAST), [(0.0, a_ticket(n)) for n in range(6)])
    assert [round(at) for at, _ in left] == [0, 0, 0, 1, 2, 3]
    assert [ticket.reply for _, ticket in left] == list(range(6))


def test_a_silence_lets_a_few_leave_at_once_again() -> None:
    pace = Pace(FAST)
    leave(pace, [(0.0, a_ticket(n)) for n in range(3)])
    assert [at for at, _ in leave(pace, [(2.0, a_ticket(n)) for n in "abc"])] == [2.0, 2.0, 3.0]


def test_one_chat_waits_for_itself_only() -> None:
    pace = Pace(Rate(10, 1))
    leave(pace, [(0.0, a_ticket(n, "flooded")) for n in range(3)])
    for n in range(100):
        pace.wait_s(a_ticket(("flood", n), "flooded"), 1.0)
    assert pace.wait_s(a_ticket("x", "other"), 1.0) < 0.2


def test_bots_do_not_wait_for_one_another() -> None:
    pace = Pace(Rate(1, 1))
    assert pace.wait_s(a_ticket(1, bot="one"), 0.0) == 0
    assert pace.wait_s(a_ticket(2, "d", bot="one"), 0.0) == 1
    assert pace.wait_s(a_ticket(3, bot="two"), 0.0) == 0


def test_asking_again_neither_moves_nor_takes_a_place() -> None:
    pace = Pace(Rate(1, 1))
    assert pace.wait_s(a_ticket(1, "a"), 0.0) == 0
    assert [pace.wait_s(a_ticket(2, "b"), at) for at in (0.0, 0.25, 0.5)] == [1, 0.75, 0.5]
    assert pace.wait_s(a_ticket(3, "c"), 0.5) == 1.5
    assert pace.wait_s(a_ticket(2, "b"), 1.0) == 0


def test_several_messages_leave_together_and_make_the_next_wait() -> None:
    left = leave(Pace(FAST), [(0.0, a_ticket("long", count=5)), (0.0, a_ticket("next"))])
    assert [(ticket.reply, round(at)) for at, ticket in left] == [("long", 0), ("next", 3)]


def test_no_second_has_more_than_rate_and_burst_and_every_chat_gets_its_turn() -> None:
    random, pace, rate = Random(3), Pace(Rate(25, 5)), Rate(1, 3)
    tickets = [(random.random() * 5, a_ticket(n, f"chat{n % 40}", rate=rate)) for n in range(400)]
    left = leave(pace, tickets)
    assert len(left) == 400
    times = [at for at, _ in left]
    assert all(later - earlier > 1 - 1e-6 for earlier, later in zip(times, times[30:], strict=False))
    chats: dict[object, list[float]] = defaultdict(list)
    for at, ticket in left:
        chats[ticket.chat].append(at)
    assert all(c - a > 1 - 1e-6 for each in chats.values() for a, c in zip(each, each[4:], strict=False))
    first = Counter(ticket.chat for _, ticket in left[:120])
    assert max(first.values()) - min(first[f"chat{n}"] for n in range(40)) <= 4


def test_a_chat_that_was_flooded_rests_and_others_do_not() -> None:
    pace = Pace(FAST)
    pace.rest("b", "c", 30, 0.0)
    assert pace.wait_s(a_ticket(1), 1.0) == 29
    assert pace.wait_s(a_ticket(2, "d"), 1.0) == 0
    assert pace.wait_s(a_ticket(1), 30.0) == 0


def test_a_second_chat_that_is_refused_at_once_lets_the_whole_bot_rest() -> None:
    pace = Pace(FAST)
    pace.rest("b", "c", 30, 0.0)
    pace.rest("b", "d", 10, 0.0)
    assert pace.wait_s(a_ticket(1, "e"), 0.0) == 10
    assert pace.wait_s(a_ticket(2, "e", bot="other"), 0.0) == 0


def test_who_waited_when_the_rest_began_leaves_in_order_and_no_faster_behind_it() -> None:
    pace = Pace(Rate(2, 1))
    assert pace.wait_s(a_ticket(0, "c0"), 0.0) == 0
    waiting = [a_ticket(n, f"c{n}") for n in range(1, 5)]
    assert [pace.wait_s(ticket, 0.0) for ticket in waiting] == [0.5, 1, 1.5, 2]
    pace.rest("b", "x", 100, 0.0)
    pace.rest("b", "y", 100, 0.0)
    left = leave(pace, [(0.5 * n, ticket) for n, ticket in enumerate(waiting, 1)])
    assert [(ticket.reply, at) for at, ticket in left] == [(1, 100), (2, 100.5), (3, 101), (4, 101.5)]


def test_memory_is_bounded_however_many_chats_there_are() -> None:
    pace = Pace(FAST)
    for n in range(25_000):
        pace.wait_s(a_ticket(n, f"chat{n}"), n * 10.0)
    assert len(pace._bots["b"].chats) <= 10_000
    for n in range(25_000):
        pace.wait_s(a_ticket(("w", n), "one"), 300_000.0)
    assert len(pace._waiting) <= 10_000
